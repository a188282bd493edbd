"""English letters: chosen before the questions, with nothing Russian in them, names asked once."""

from __future__ import annotations

import re

import pytest

from handlers.letters.buttons import (
    EditPart,
    FinishLetter,
    LetterBlank,
    LetterParts,
    MarkSent,
    Restyle,
    ShowDone,
    StartLetter,
)
from tests.conversations import grammar
from tests.conversations.stage import Stage
from tests.conversations.test_letters import fact, fill
from tests.known import KNOWLEDGE

ANSWERS = {
    "Where does the work stand": "the home page is ready",
    "What do you hand over": "the layouts and logins",
    "last working day": "4 декабря",
    "What about the money": "The last invoice will follow",
    "recommend instead": "Nobody",
    "What was good": "the bold ideas",
    "What did you agree on": "five pages by November 1, $1,200",
    "needs a new agreement": "Only the terms",
    "Which terms": "payment within three days",
    "expect an answer": "30 ноября",
    "terms hold": "14 декабря",
    "they don’t confirm": "I end the work",
    "Which invoice": "#14 of November 1",
    "For what amount": "$600",
    "due to be paid": "10 ноября",
    "What work is it for": "ten lessons",
    "expect the money": "30 ноября",
    "greet this client": "Olga",
    "name the project": "catalog",
    "sign letters": "Igor",
}
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


async def begun(stage: Stage, kind: str) -> None:
    """Begin a letter and choose English before anything is answered."""
    await stage.press(StartLetter(client=1, kind=kind))
    if "English" not in stage.labels:
        await stage.tap("Дальше")
    await stage.tap("English")


@pytest.mark.parametrize("kind", ["farewell", "last_effort", "payment_reminder"])
async def test_an_english_letter_is_asked_in_english_and_has_nothing_russian(
    stage: Stage, kind: str
) -> None:
    await stage.client("Анна Кузнецова")
    await fact(stage, "добавила две страницы сверх сметы, это ещё 30 тыс. руб.", "scope_creep")
    await fact(stage, "оплата опоздала на 18 дней", "late_payment", day=5)
    await fact(stage, "пишет гадости", "harassment", day=7)
    await begun(stage, kind)
    text = await fill(stage, **ANSWERS)
    assert not CYRILLIC.search(text)
    assert text.startswith("Hello Olga,")
    if kind != "payment_reminder":
        assert "RUB 30,000" in text
        assert "the conversation went beyond the work" in text
    label = next(each for each in stage.labels if each.startswith("Тема:"))
    assert not CYRILLIC.search(label.removeprefix("Тема:"))
    await stage.press(FinishLetter(letter=1))
    assert not CYRILLIC.search(stage.text)


@pytest.mark.parametrize("typed", ["Sue", "frank and sue"])
async def test_a_name_is_no_threat(stage: Stage, typed: str) -> None:
    await stage.client("Анна Кузнецова")
    await begun(stage, "reply_begging")
    await fill(stage, **{**ANSWERS, "greet this client": typed, "last working day": "4 декабря"})
    assert "Sue," in stage.text
    assert stage.labels[0] == "Проверка: чисто"


async def test_a_delay_in_own_words_is_of_no_day(stage: Stage) -> None:
    await stage.client("Anna")
    await fact(stage, "the october fee came 20 days late", "late_payment", day=21)
    await fact(stage, "two pages added beyond the estimate", "scope_creep", day=20)
    await begun(stage, "farewell")
    text = await fill(stage, **ANSWERS)
    assert "On November 20, two pages were added beyond the estimate" in text
    assert "the October fee came 20 days late" in text
    assert "November 21, the October" not in text


async def test_the_latin_name_and_signature_are_asked_once_and_kept(stage: Stage) -> None:
    await stage.client("Анна Кузнецова")
    await begun(stage, "payment_reminder")
    await fill(stage, **ANSWERS)
    await stage.press(FinishLetter(letter=1))
    await stage.press(MarkSent(letter=1))
    await begun(stage, "farewell")
    asked = []
    for _ in range(12):
        if "Изменить" in stage.labels:
            break
        asked.append(stage.text)
        found = [words for word, words in ANSWERS.items() if word in stage.text]
        if "Next" in stage.labels:
            await stage.say("on November 3, a task was added")
            await stage.tap("Next")
        else:
            await stage.say(found[-1] if found else stage.labels[0])
    assert any("Where does the work stand" in each for each in asked)
    again = [each for each in asked if "sign letters" in each or "greet this client" in each]
    assert again == []
    assert stage.text.startswith("Hello Olga,")
    assert stage.text.splitlines()[-2] == "Igor"
    await stage.press(ShowDone(letter=1, piece=0))
    assert stage.text.startswith("Hello Olga,")


async def test_a_russian_answer_is_not_taken_into_an_english_letter(stage: Stage) -> None:
    await stage.client()
    await begun(stage, "farewell")
    await stage.tap("Later")
    await stage.say("главная готова")
    assert "answer in English" in stage.text
    await stage.say("the home page is ready")
    assert "What do you hand over" in stage.text


async def test_the_russian_name_and_signature_stay_those_of_russian_letters(stage: Stage) -> None:
    await stage.client()
    await begun(stage, "payment_reminder")
    await fill(stage, **ANSWERS)
    await stage.press(StartLetter(client=1, kind="reply_begging"))
    await stage.say("4 декабря")
    await stage.say("довести начатый этап")
    assert "поздороваться" in stage.text


async def test_the_persons_calm_words_of_a_fact_are_offered_whole(stage: Stage) -> None:
    stage.me.user["language_code"] = "en-US"
    await stage.client("Vector Studio")
    calm = "Two pages beyond the estimate were added after the layouts were approved, $300"
    await fact(stage, calm, "scope_creep")
    await fact(stage, "She canceled the call again!", "no_shows", day=5)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap(KNOWLEDGE.words("en").texts("letters.on"))
    assert "t" + calm[1:] in stage.text
    assert "canceled the call again" not in stage.text
    assert "a meeting did not take place at the agreed time" in stage.text


@pytest.mark.parametrize(("own", "other"), [("ru", "en"), ("en", "ru")])
async def test_no_question_of_a_letter_in_the_other_language_mixes_the_two(
    stage: Stage, own: str, other: str
) -> None:
    stage.me.user["language_code"] = own
    texts = KNOWLEDGE.words(other).texts
    await stage.client("7")
    await fact(stage, "450", "late_payment")
    found = []

    def look() -> None:
        found.extend(grammar.wording_faults(stage.me.screen, other))

    for number, kind in enumerate(KNOWLEDGE.letters.kinds, start=1):
        await stage.press(StartLetter(client=1, kind=kind))
        if not stage.offered(Restyle):  # what to see to before parting comes first
            await stage.tap(KNOWLEDGE.words(own).texts("letters.on"))
        there = next(each for each in stage.offered(Restyle) if each.language == other)
        await stage.press(there)
        while stage.offers(texts("letters.later")):
            look()
            await stage.say("7 " * 200)  # whatever is asked, that is no answer to it
            look()
            await stage.tap(texts("letters.later"))
        await stage.press(LetterParts(letter=number, page=0))
        for part in stage.offered(EditPart):
            await stage.press(part)
            look()
    assert found == []


async def test_a_fact_that_speaks_of_its_reader_is_told_as_what_happened_or_left_out(
    stage: Stage,
) -> None:
    await stage.client("Max")
    await begun(stage, "farewell")
    await stage.say("nov 3 came home early and canceled the walk\nnov 10: asked me to do the cat")
    assert "Left out: “nov 3 came home early and canceled the walk”" in stage.text
    await stage.say("Nov: 2 payments late")
    text = await fill(stage, **ANSWERS)
    assert "On November 10, there was a request to do the cat" in text
    assert "everything is paid" not in text
    assert "in November, 2 payments were late" in text
    assert "came home early" not in text


async def test_an_answer_that_speaks_of_its_reader_is_asked_for_anew(stage: Stage) -> None:
    await stage.client("Max")
    await begun(stage, "reply_withheld")
    await stage.say("#14")
    await stage.say("$600")
    await stage.say("she said it is great")
    assert "the client reads this letter" in stage.text
    await stage.say("walked through it with me nov 8 and signed")
    text = await fill(stage, **ANSWERS)
    assert "confirmation: you walked through it with me on November 8 and signed." in text


async def test_a_doubtful_answer_is_given_back_and_may_stay(stage: Stage) -> None:
    await stage.client("Max")
    await begun(stage, "refusal")
    await stage.say("five more posts")
    await stage.tap("Not my line of work")
    await stage.say("make a lil card")
    assert "“lil”: " in stage.text
    assert "Copy the line" in stage.labels
    await stage.say("make a small crd")
    assert "“crd”: " in stage.text
    await stage.tap("Leave it as it is")
    await fill(stage, **ANSWERS)
    assert "I can make a small crd." in stage.text
    assert stage.labels[0] == "Проверка: чисто"


@pytest.mark.parametrize(
    ("invoice", "sum_", "reads"),
    [
        ("no. 12 from 3 oct", "$50", "4 December"),
        ("no. 12", "£50", "4 December"),
        ("no. 12", "1200 eur", "4 December"),
        ("no. 12 from oct 3", "£50", "April 12, 2027"),
        ("no. 12 from 10/25", "50", "April 12, 2027"),
        ("no. 12", "$50", "April 12, 2027"),
        ("no. 12", "50", ""),
    ],
)
async def test_figures_of_a_day_are_read_as_the_letter_puts_days_or_asked_about(
    stage: Stage, invoice: str, sum_: str, reads: str
) -> None:
    stage.me.user["language_code"] = "en"
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await stage.say(invoice)
    await stage.say(sum_)
    await stage.press(LetterBlank(letter=1, blank="pay_by", page=0))

    shown = await stage.say("4/12")

    assert f"reads: “{reads}”" in shown or (not reads and "“4/12” may be April 12" in shown)


@pytest.mark.parametrize(
    "price",
    [
        "$500, net 15",
        "$1,400: 700 when we start, 700 when it's live, net 30",
        "$640 for the 16 done, 12 days, all on 99designs",
        "£90/hr, 2 rounds, paid in 14 days",
    ],
)
async def test_terms_and_counts_beside_a_sum_are_no_money_on_the_way_there_or_back(
    stage: Stage, price: str
) -> None:
    stage.me.user["language_code"] = "en"
    await stage.client()
    await stage.press(StartLetter(client=1, kind="agreement"))
    for said in ("The whole work", "one logo", "December 12", price):
        await stage.say(said)
    assert "ollars, euros" not in stage.text
    for said in ("December 5", "Olga", "catalog"):
        await stage.say(said)
    assert "sign letters" in stage.text
    assert "name the project" in await stage.tap("‹ Back")
    assert "greet this client" in await stage.tap("‹ Back")
    assert "a confirmation" in await stage.tap("‹ Back")
