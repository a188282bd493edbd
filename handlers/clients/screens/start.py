"""The welcome and the made-up client."""

from __future__ import annotations

from content.advice import Card
from content.answers import reason
from content.demo import SKIP_DIGIT
from content.knowledge import Words
from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS, SKIP, OptionId, QuestionId
from content.texts import Texts
from handlers.account import buttons as to_account
from handlers.clients import buttons as to
from handlers.engine.screen import ButtonRow, Screen, Strong, button, primary
from handlers.library import buttons as to_library


def welcome(texts: Texts) -> Screen:
    """Say what the coach does and what it does not; offer one thing to try at once."""
    return Screen(
        header=texts("start.header"),
        body=(texts("start.body"),),
        rows=(
            (primary(texts("start.try"), to.Demo(digits="")),),
            (button(texts("start.add"), to.NewClient()),),
            (button(texts("start.privacy"), to_account.Privacy()),),
        ),
        place=to.Home().pack(),
    )


def scene(words: Words, digits: str, labels: tuple[str, ...]) -> Screen:
    """Show one scene; each answer carries the digits of all before it."""
    texts = words.texts
    told = words.demo.scene[len(digits)]
    total = len(words.demo.scene)
    answers = [
        button(label, to.Demo(digits=f"{digits}{digit}")) for digit, label in enumerate(labels)
    ]
    rows: tuple[ButtonRow, ...] = (
        (tuple(answers[:2]), tuple(answers[2:]))
        if len(answers) == len(SIGN_OPTIONS)
        else tuple((each,) for each in answers)
    )
    back = to.Demo(digits=digits[:-1]) if digits else to.Home()
    key = "start.demo.scene" if told.hour else "start.demo.scene_plain"
    parts = {"quote": told.quote, "ask": told.ask} | ({"hour": told.hour} if told.hour else {})
    return Screen(
        header=" · ".join(
            (
                texts("start.demo.header", client=words.demo.client),
                texts("start.demo.number", number=len(digits) + 1, total=total),
            )
        ),
        progress=(len(digits) + 1, total),
        body=(texts(key, **parts),),
        rows=(
            *rows,
            (
                button(texts("common.back"), back),
                button(texts("assess.skip"), to.Demo(digits=f"{digits}{SKIP_DIGIT}")),
                button(texts("start.demo.close"), to.Home()),
            ),
        ),
    )


def demo_verdict(words: Words, digits: str, card: Card, *, rude: bool) -> Screen:
    """Show what the made-up answers come to."""
    texts = words.texts
    bullets = "\n".join(texts("verdict.bullet", text=each) for each in card.reasons)
    body = (
        Strong(card.name),
        card.meaning,
        bullets,
        card.own,
        card.easier,
    )
    worse = button(texts("start.demo.rude"), to.DemoView(view="rude", digits=digits))
    back = button(texts("start.demo.to_verdict"), to.Demo(digits=digits))
    close = button(texts("start.demo.close"), to.Home())
    return Screen(
        header=" · ".join(
            (texts("start.demo.header", client=words.demo.client), texts("start.demo.verdict"))
        ),
        body=tuple(line for line in body if line),
        state=texts("start.demo.nothing_kept"),
        rows=(
            (primary(texts("start.demo.own"), to.NewClient()),),
            *(() if rude else ((worse,),)),
            (button(texts("start.demo.rule"), to.DemoView(view="rule", digits=digits)),),
            (back, close) if rude else (close,),
        ),
    )


def own_answer(words: Words, own: QuestionId, option: OptionId) -> str:
    """Let one's own answer about the made-up client come back in the verdict."""
    if option == SKIP:
        return ""
    if option == REFLECTION_OPTIONS[0]:
        return words.texts("start.demo.own_well")
    return words.texts("start.demo.own_gap", answer=reason(words, own, option))


def rule(texts: Texts, digits: str) -> Screen:
    """Say in words how a verdict is reached."""
    return Screen(
        header=texts("start.demo.rule_header"),
        body=(texts("start.demo.rule_body"),),
        rows=(
            (primary(texts("start.demo.own"), to.NewClient()),),
            (button(texts("start.demo.to_verdict"), to.Demo(digits=digits)),),
        ),
    )


def help_screen(texts: Texts) -> Screen:
    """Say what the coach can do, and how it is asked."""
    return Screen(
        header=texts("start.help.header"),
        body=(texts("start.help.body"), texts("start.help.commands")),
        folded=(texts("start.help.typed"),),
        rows=(
            (primary(texts("start.help.clients"), to.ClientList(page=0, archived=0)),),
            (
                button(texts("start.help.library"), to_library.ShowLibrary()),
                button(texts("start.help.settings"), to_account.ShowSettings()),
            ),
            (button(texts("start.help.demo"), to.Demo(digits="")),),
        ),
        place=to.Help().pack(),
    )
