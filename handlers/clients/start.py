"""/start, /help and the made-up client, of whom nothing is ever stored."""

from __future__ import annotations

from dataclasses import replace

from content.advice import card
from content.answers import label_of
from content.demo import demo_sheet
from content.models import SKIP, QuestionId
from content.questionnaire import options_of
from content.sheet import Sheet
from content.verdict import judge
from handlers.clients import buttons as to
from handlers.clients import home
from handlers.clients.screens import start as screens
from handlers.engine.routing import Routes
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from storage.errors import NotFound

routes = Routes()
routes.shortcut("start", to.Home())
routes.shortcut("help", to.Help())


@routes.tap(to.Home, opens=True)
def go_home(visit: Visit, _at: to.Home) -> Screen:
    """Show the first screen."""
    return home.screen(visit)


@routes.tap(to.Help, opens=True)
def get_help(visit: Visit, _at: to.Help) -> Screen:
    """Say what the coach can do."""
    return screens.help_screen(visit.texts)


@routes.tap(to.Demo)
def demo(visit: Visit, at: to.Demo) -> Screen:
    """Show the next scene of the made-up client, or the verdict after the last."""
    sheet = _sheet(visit, at.digits)
    scenes = visit.catalogue.demo.scene
    if len(at.digits) == len(scenes):
        return _verdict(visit, at.digits, sheet, rude=False)
    question = QuestionId(scenes[len(at.digits)].question)
    own = visit.words.demo.scene[len(at.digits)].labels or {}
    labels = tuple(
        own.get(option) or label_of(visit.words, question, option)
        for option in options_of(visit.catalogue, question)
    )
    return screens.scene(visit.words, at.digits, labels)


@routes.tap(to.DemoView)
def demo_view(visit: Visit, at: to.DemoView) -> Screen:
    """Show the rule, or the verdict if the made-up client were rude on top of it."""
    sheet = _sheet(visit, at.digits)
    if at.view == "rule":
        return screens.rule(visit.texts, at.digits)
    rude = QuestionId(visit.catalogue.demo.rude)
    answers = {**sheet.answers, rude: options_of(visit.catalogue, rude)[2]}
    return _verdict(visit, at.digits, replace(sheet, answers=answers), rude=True)


def _sheet(visit: Visit, digits: str) -> Sheet:
    try:
        return demo_sheet(visit.catalogue, digits)
    except ValueError as error:
        raise NotFound(str(error)) from error


def _verdict(visit: Visit, digits: str, sheet: Sheet, *, rude: bool) -> Screen:
    words, catalogue = visit.words, visit.catalogue
    verdict = judge(catalogue, sheet)
    own = QuestionId(catalogue.demo.scene[0].question)
    shown = card(words, catalogue, sheet, verdict)
    if not (shown.own or rude):
        told = screens.own_answer(words, own, sheet.answers.get(own, SKIP))
        shown = replace(shown, own=told)
    return screens.demo_verdict(words, digits, shown, rude=rude)
