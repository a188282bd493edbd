"""Ten people and their clients, written before they were played: how long it takes to a verdict."""

from __future__ import annotations

import pytest

from content.models import QuestionId
from handlers.assessment.buttons import CloseTopic, CriticalDone, Tick
from tests.conversations.reading import Reader
from tests.conversations.stage import Stage, mildest
from tests.known import KNOWLEDGE

SIGNS = KNOWLEDGE.catalogue.signs
SECONDS = 180
SITUATIONS: dict[str, tuple[str, dict[str, str], str]] = {
    "a translator whose agency pays late": (
        "не платит третью неделю, каждый раз новая причина",
        {"late_payment": "often", "payment_maze": "once", "emotional_toll": "once"}
        | {"agreed_in_writing": "partly"},
        "Можно наладить",
    ),
    "a craftsman who has agreed on nothing": (
        "",
        {"after_hours": "often", "scope_creep": "often", "never_satisfied": "once"}
        | {"set_limits": "bad", "agreed_in_writing": "bad", "explained_scope": "partly"},
        "Начать с себя",
    ),
    "a first insult": (
        "вчера наорал на меня в голосовом",
        {"rudeness": "once", "last_minute": "once"},
        "Можно наладить",
    ),
    "a marketer who is drained": (
        "",
        dict.fromkeys(("price_pressure", "disputes_invoices", "late_payment"), "often")
        | dict.fromkeys(("scope_creep", "costs_more_than_brings"), "always")
        | {"never_satisfied": "often", "emotional_toll": "often"},
        "Расстаться спокойно",
    ),
    "a good client": (
        "",
        {"vague_brief": "once", "last_minute": "once"},
        "Обычные трения",
    ),
    "a developer who is told how": (
        "указывает, как делать, и отбрасывает всё, что я предлагаю",
        {"know_it_all": "always", "ignored_advice": "often"}
        | {"never_satisfied": "often", "unfair_criticism": "often"},
        "Последняя попытка",
    ),
    "a writer who is burnt out": (
        "",
        dict.fromkeys(("is_it_them", "could_do_better", "giving_best"), "bad")
        | {"emotional_toll": "always", "reporting": "partly"},
        "Начать с себя",
    ),
    "a threat with a review": (
        "пишет, что разнесёт меня в отзывах, если не сделаю скидку",
        {"threats": "once", "price_pressure": "often"},
        "Расстаться спокойно",
    ),
    "a tutor whose hours are lost": (
        "",
        {"no_shows": "always", "set_limits": "bad", "late_payment": "once"},
        "Можно наладить",
    ),
    "a little of everything": (
        "",
        dict.fromkeys(("know_it_all", "vague_brief", "last_minute", "indecision"), "often")
        | dict.fromkeys(("price_pressure", "after_hours", "no_feedback"), "once"),
        "Можно наладить",
    ),
}


async def play(stage: Stage, told: str, answers: dict[str, str]) -> Reader:
    """Go from the client's card to the verdict, with the shortcuts of quiet topics."""
    await stage.client()
    reader = Reader(stage)
    await stage.tap("Разбор")
    if told:
        await stage.say(told)
    await stage.tap(next(each for each in ("Дальше", *stage.labels) if each in stage.labels))
    while (question := stage.question) is not None or stage.offered(CriticalDone):
        given = await stage.given()
        left = {SIGNS[QuestionId(each)].topic for each in answers.keys() - given if each in SIGNS}
        quiet = [each for each in stage.offered(CloseTopic) if each.topic not in left]
        if done := stage.offered(CriticalDone):
            for each in stage.offered(Tick):
                if each.question in answers:
                    await stage.press(each)
            await stage.press(done[0])
        elif quiet:
            await stage.press(quiet[0])
        elif question is not None:
            await stage.answer(answers.get(question, mildest(question)))
    while not stage.header.endswith("вывод 21 ноября"):
        onward = ("Показать вывод", "Дальше", "Ещё нет")
        await stage.tap(next(each for each in onward if each in stage.labels))
    return reader


@pytest.mark.campaign
@pytest.mark.parametrize("who", SITUATIONS)
async def test_each_comes_to_its_verdict_within_three_minutes(stage: Stage, who: str) -> None:
    told, answers, verdict = SITUATIONS[who]
    reader = await play(stage, told, answers)
    print(f"{who}: {reader.taps} taps, {reader.seconds:.0f} s")  # noqa: T201  for docs/asking.md
    assert verdict in stage.text
    assert reader.seconds <= SECONDS
