"""Somebody who speaks English: what they type unasked, and how letters keep their language."""

from __future__ import annotations

import re

import pytest

from content.search import HitKind
from handlers.account.buttons import SetLanguage
from handlers.letters.buttons import ShowDraft, StartLetter
from handlers.library.buttons import LibraryEntry
from handlers.reminders.buttons import AskHolidays
from tests.conversations.stage import Stage
from tests.known import KNOWLEDGE

TEXTS = KNOWLEDGE.words("en").texts
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _phone(stage: Stage) -> None:
    stage.me.user["language_code"] = "en-US"


@pytest.mark.parametrize(
    "text",
    [
        "I can’t take it anymore, she yelled at me again",
        "i'm done with this client",
        "I’ve been crying all evening because of him",
        "please help, I don't know what to do with them",
    ],
)
async def test_a_cry_is_met_with_warmth_first(stage: Stage, text: str) -> None:
    await stage.client("Vector Studio")
    assert TEXTS("unsorted.cry.warmth") in await stage.say(text)


@pytest.mark.parametrize(
    ("text", "what"), [("hi there!", "hello"), ("Thanks a lot", "thanks"), ("help", "help")]
)
async def test_what_is_said_to_the_coach_itself_is_answered(
    stage: Stage, text: str, what: str
) -> None:
    await stage.client("Vector Studio")
    assert TEXTS(f"unsorted.talk.{what}") in await stage.say(text)


async def test_a_fact_is_read_with_its_sum_its_delay_and_its_sign(stage: Stage) -> None:
    await stage.client("Vector Studio")
    await stage.say("/fact The $2,500 invoice is three weeks late and still not paid")
    assert "$2,500" in stage.text
    assert "21 days" in stage.text
    assert KNOWLEDGE.words("en").signs["late_payment"].short in stage.text.lower()  # type: ignore[index]
    assert not CYRILLIC.search(stage.text)


async def test_a_letter_keeps_the_language_it_was_written_in(stage: Stage) -> None:
    await stage.client("Vector Studio")
    await stage.press(StartLetter(client=1, kind="limits"))
    await stage.say("on weekdays, 10 am to 7 pm")
    while TEXTS("letters.later") in stage.labels:
        await stage.tap(TEXTS("letters.later"))
    written = stage.text
    assert written.startswith("Hello")
    await stage.press(SetLanguage(language="ru"))
    await stage.press(ShowDraft(letter=1, piece=0))
    assert stage.text == written
    assert CYRILLIC.search("".join(stage.labels))


async def test_the_countries_that_speak_alike_come_first(stage: Stage) -> None:
    await stage.say("/reminders")
    await stage.press(AskHolidays(page=0))
    assert stage.labels[0] == "United States"
    assert {"Canada", "United Kingdom", "Ireland"} < set(stage.labels[:8])


async def test_the_full_stop_of_what_is_quoted_last_stands_within_it(stage: Stage) -> None:
    await stage.say("/library")
    for sign in KNOWLEDGE.words("en").signs:
        await stage.press(LibraryEntry(kind=HitKind.SIGN, id=sign))
        assert "”." not in stage.text
