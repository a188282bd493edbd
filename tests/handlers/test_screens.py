"""Every screen of an assessment fits its phone, whatever was answered and however one is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from content.knowledge import Knowledge
from content.models import SIGN_OPTIONS, QuestionId
from content.sheet import Sheet
from content.verdict import RULE, judge
from handlers.assessment.buttons import Ask
from handlers.assessment.screens import verdict as screens
from handlers.assessment.screens.advice import advice as advice_screen
from handlers.assessment.verdict import _look
from handlers.engine.screen import Screen
from handlers.engine.visit import Visit
from storage.protocols import Storage
from storage.records import Answer, Assessment, Depth
from storage.rows.memory import Memory
from tests.content.sheets import random_sheet
from tests.conversations import grammar
from tests.handlers.shown import EVENING, shown, visit

FORTY = "Издательство учебной литературы «Просвет»"[:40]
HOSTILE = (
    FORTY,
    "Ы" * 60,
    "Я",
    "<b>{name}</b> %s %(n)s",
    "👨‍👩‍👧‍👦" * 8,
    "\u202eעברית مرحبا بالعالم",
    "z̶a̶l̶g̶o̶" * 4,
)
VERDICT, ADVICE, ADVICE_SEEN = 1200, 900, 450
QUESTION, QUESTION_SEEN = 600, 160
MESSAGE = 4096
SHARE, STEP, CAMPAIGN = 50, 200, 10_000


def judged(view: Visit, name: str, sheet: Sheet) -> Assessment:
    """Store a sheet as a judged assessment of a new client."""
    memory = view.memory
    client = memory.clients.add(name, EVENING)
    number = memory.assessments.start(
        client.number, Depth.FULL, team=sheet.team, now=EVENING
    ).number
    memory.assessments.answer(
        number, [Answer(question, option) for question, option in sheet.answers.items()]
    )
    assessment = memory.assessments.get(number)
    assert assessment is not None
    memory.assessments.save(
        replace(
            assessment,
            tried=frozenset(map(str, sheet.tried)),
            last_effort=str(sheet.last_effort),
            exhausted=sheet.exhausted,
        )
    )
    memory.assessments.freeze(number, judge(view.catalogue, sheet).id, RULE, EVENING)
    done = memory.assessments.get(number)
    assert done is not None
    return done


def look_at_all(view: Visit, seeds: Iterable[int]) -> list[str]:
    """Return what is wrong with the screens of these random sheets."""
    return look_at(view, ((seed, random_sheet(view.catalogue, seed)) for seed in seeds))


def look_at(view: Visit, sheets: Iterable[tuple[int, Sheet]]) -> list[str]:
    """Return what is wrong with the screens of numbered sheets."""
    found: list[str] = []
    for seed, sheet in sheets:
        done = judged(view, HOSTILE[seed % len(HOSTILE)], sheet)
        look = _look(view, done)
        verdict = shown(screens.verdict(view.words, look))
        found += _told(seed, grammar.faults(verdict))
        told = len(grammar.unfolded(verdict))
        if told > VERDICT:
            found.append(f"{seed}: verdict of {told} characters")
        for index in range(len(look.advice)):
            advice = advice_screen(view.words, view.catalogue, look, index)
            found += _told(seed, grammar.faults(shown(advice)))
            seen, size = seen_and_whole(advice)
            if size > ADVICE or seen > ADVICE_SEEN:
                found.append(f"{seed}: advice of {size} characters, {seen} seen")
        others = (
            screens.why(view.words, view.catalogue, look),
            screens.about_oneself(view.words, look, ()),
            screens.more(view.words, view.catalogue, look),
            screens.ask_end(view.words, look, "exhausted"),
            screens.ask_end(view.words, look, "wants_out"),
            screens.client_leaves(view.words, look, "hand_over"),
            screens.kind_word(view.words, look),
        )
        for other in others:
            found += _told(seed, grammar.faults(shown(other)))
            found += [f"{seed}: {sum(seen_and_whole(other))}"] * (seen_and_whole(other)[1] > 2000)
        for voice in ("male", "female", "unknown", "team"):
            if len(screens.second_opinion(view.words, view.catalogue, look, voice)) > MESSAGE:
                found.append(f"{seed}: a second opinion too long for one message")
    return found


def seen_and_whole(screen: Screen) -> tuple[int, int]:
    """Return the characters between header and state line: at first sight, and unfolded."""
    seen = sum(len(line if isinstance(line, str) else line.text) for line in screen.body)
    return seen, seen + sum(map(len, screen.folded))


def _told(seed: int, faults: list[str]) -> list[str]:
    return [f"{seed}: {each}" for each in faults]


@pytest.mark.parametrize(("language", "share"), [("ru", SHARE), ("en", SHARE // 2)])
async def test_the_screens_of_random_sheets_fit(
    knowledge: Knowledge, storage: Storage, language: str, share: int
) -> None:
    def step(memory: Memory) -> list[str]:
        return look_at_all(visit(knowledge, memory, language=language), range(share))

    assert await storage.write(step) == []


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_advice_fits_at_every_stage(
    knowledge: Knowledge, storage: Storage, language: str
) -> None:
    """Of each sign alone or beside a debt, as it grows, and after its advice was in vain."""

    def step(memory: Memory) -> list[str]:
        view = visit(knowledge, memory, language=language)
        calm = dict.fromkeys(view.catalogue.signs, SIGN_OPTIONS[0])
        owing = {QuestionId("late_payment"): SIGN_OPTIONS[2]}
        return look_at(
            view,
            enumerate(
                Sheet({**calm, **beside, sign: option}, tried=frozenset(tried))
                for sign in view.catalogue.signs
                for option in SIGN_OPTIONS[1:]
                for beside, tried in (({}, ()), ({}, (sign,)), (owing, ()))
            ),
        )

    assert await storage.write(step) == []


@pytest.mark.campaign
async def test_the_screens_of_ten_thousand_sheets_fit(
    knowledge: Knowledge, storage: Storage
) -> None:
    for first in range(SHARE, CAMPAIGN, STEP):

        def step(memory: Memory, first: int = first) -> list[str]:
            owner = 1 + first // STEP  # nobody keeps so many clients
            view = visit(knowledge, memory, owner, ("ru", "en")[first // STEP % 2])
            return look_at_all(view, range(first, first + STEP))

        assert await storage.write(step) == []


@pytest.mark.parametrize(
    ("language", "name"),
    [*(("ru", name) for name in HOSTILE), ("en", "Brightside Educational Publishing House")],
    ids=range(len(HOSTILE) + 1),
)
async def test_every_question_fits_and_asks_in_160_characters(
    knowledge: Knowledge, storage: Storage, language: str, name: str
) -> None:
    def step(memory: Memory) -> list[str]:
        view = visit(knowledge, memory, language=language)
        client = memory.of(view.person.owner).clients.add(name, EVENING)
        found: list[str] = []
        for depth in (Depth.EXPRESS, Depth.FULL):
            started = view.memory.assessments.start(client.number, depth, team=True, now=EVENING)
            whole = [*knowledge.catalogue.questions, *knowledge.catalogue.signs]
            for question in whole:
                at = Ask(assessment=started.number, question=question)
                screen = view.open(at.pack())
                if screen.place != at.pack():
                    continue
                found += [f"{question}: {each}" for each in grammar.faults(shown(screen))]
                seen, size = seen_and_whole(screen)
                if size > QUESTION or seen > QUESTION_SEEN:
                    found.append(f"{question}: {size} characters, {seen} seen")
        return found

    assert await storage.write(step) == []


async def test_the_screen_of_a_client_whose_name_cannot_be_read_says_so(
    knowledge: Knowledge, storage: Storage
) -> None:
    def step(memory: Memory) -> str:
        view = visit(knowledge, memory)
        view.memory.clients.add("\ufffd", EVENING)
        return shown(view.open("c:1")).text

    assert (await storage.write(step)).startswith("Имя не читается\N{NO-BREAK SPACE}· ")
