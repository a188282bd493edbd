"""Who is spoken to: the test sets were written before the rules, and are larger than they."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.checking import Rule, check, marked
from tests.content.checking.scores import Score, read_sentences, score

CASES = Path(__file__).parents[2] / "cases/checking"
ADDRESSING = read_sentences((CASES / "second_person.txt").read_text("utf-8"))
CLEAN = read_sentences((CASES / "clean.txt").read_text("utf-8"))
ONLY = frozenset({Rule.SECOND_PERSON})


def found(text: str, language: str = "ru") -> list[str]:
    return [finding.excerpt for finding in check(text, language=language, rules=ONLY)]


def test_the_sets_are_large_and_without_doubles() -> None:
    assert len(set(ADDRESSING)) == len(ADDRESSING) >= 300
    assert len(set(CLEAN)) == len(CLEAN) >= 300


def test_nearly_every_sentence_that_addresses_the_reader_is_found_and_few_others() -> None:
    result = score(ADDRESSING, CLEAN)

    assert result.recall >= 0.99, result.missed
    assert result.precision >= 0.97, result.mistaken


def test_scores_are_shares() -> None:
    result = Score(found=9, missed=("Вы!",), mistaken=("Мели.", "Дали.", "Вели."))

    assert result.recall == 0.9
    assert result.precision == 0.75


def test_words_of_the_client_are_quoted_and_address_nobody() -> None:
    assert found("В письме стояло: «вы ещё заплатите».") == []
    assert found("Ответ “вы сами виноваты” пришёл ночью.") == []
    assert found("Договор с ООО „Ваша мебель“ и «Домом „Твой уют“» закончен.") == []


def test_a_quotation_mark_that_is_never_closed_hides_nothing() -> None:
    assert found("Фраза «вы не платите. А вы молчите.") != []


@pytest.mark.parametrize(
    "text",
    [
        "Плитка положена со сдвигом на 2 см.",
        "Госпожа Вам приняла макеты.",
        "Акт подписал А. Вам.",
        "Акт подписал Вам А. П. в октябре.",
        "ООО Ваша мебель оплатило счёт.",
        "Рейс в Вашингтон отменён.",
        "Архив лежит на https://ваш-дом.рф до декабря.",
        "Общение было на вы.",
        "Будь то макет или текст, всё готово.",
    ],
)
def test_names_addresses_and_idioms_address_nobody(text: str) -> None:
    assert found(text) == []


def test_a_surname_in_another_place_is_not_taken_for_a_pronoun_and_the_other_way_round() -> None:
    assert found("Анна Вам перезвонит.") == ["Вам"]
    assert found("вам А. Белов всё передаст") != []


def test_a_plural_without_a_subject_is_said_to_the_reader() -> None:
    assert found("Правки прислали ночью.") != []
    assert found("Правки пришли ночью.") == []
    assert found("Правки прислали редакторы.") == []


def test_a_subject_is_carried_into_the_next_clause_but_not_over_a_colon() -> None:
    assert found("Редакторы сказали, что прислали правки.") == []
    assert found("Редакторы ушли: не оплатили счёт.") != []


def test_a_thing_is_not_carried_into_a_clause_that_depends_on_it() -> None:
    assert found("Правки пришли ночью, хотя обещали утром.") != []
    assert found("Правки пришли ночью, ушли утром.") == []
    assert found("Правки пришли ночью, а счёт не оплатили.") != []


def test_what_is_said_of_us_is_not_said_to_the_reader() -> None:
    assert found("Рады, что работали вместе.") == []
    assert found("Подготовили архив и передаём доступы.") == []
    assert found("Хотели бы закончить 5 декабря.") == []


def test_two_people_make_a_subject_and_one_with_others_too() -> None:
    assert found("Анна и Пётр прислали правки.") == []
    assert found("Анна с Петром прислали правки.") == []
    assert found("Договор и смета потерялись.") == []
    assert found("Редактор или автор прислали правки.") == []


def test_counted_people_are_a_subject_and_counted_things_may_be() -> None:
    assert found("Пять авторов прислали правки.") == []
    assert found("Пять страниц прислали ночью.") != []
    assert found("12 страниц пришли ночью.") == []


def test_courtesy_is_marked_and_not_found() -> None:
    text = "Здравствуйте, Ольга! Прошу подтвердить получение, пожалуйста."

    assert found(text) == []
    assert [text[span.start : span.end] for span in marked(text)] == ["Здравствуйте", "пожалуйста"]


def test_the_dashes_and_brackets_part_clauses() -> None:
    assert found("Решение простое — найдите студию.") == ["найдите"]
    assert found("Смета (её прислали редакторы) лежит в папке.") == []


def test_one_finding_holds_the_pronoun_and_its_verb_where_no_rule_can_mend_them() -> None:
    assert found("Потом вы сомневались во всём.") == ["вы сомневались"]


@pytest.mark.parametrize(
    "text",
    [
        "You did not pay the invoice.",
        "I sent the files to you.",
        "Your edits came late.",
        "The decision is yours.",
        "You're late.",
        "You’ve missed the date.",
        "Pay the invoice by Friday.",
        "Then send the files.",
        "One thing remains: sign the act.",
        "Do it yourself.",
        "Don't call at night.",
    ],
)
def test_english_that_addresses_the_reader_is_found(text: str) -> None:
    assert found(text, "en") != []


@pytest.mark.parametrize(
    "text",
    [
        "The invoice was not paid.",
        "Thank you for the bold ideas.",
        "Please confirm receipt.",
        "Yours sincerely, Igor",
        "He said “you will pay for this”.",
        'The section "Your orders" is done.',
        "The young team did well.",
        "We send the files on Friday.",
        "Payment came late, call logs are attached.",
    ],
)
def test_english_that_does_not_is_left_alone(text: str) -> None:
    assert found(text, "en") == []


def test_english_courtesy_is_marked() -> None:
    text = "Thank you for the ideas. Please confirm."

    assert [text[span.start : span.end] for span in marked(text, language="en")] == [
        "Thank you",
        "Please confirm",
    ]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("You approved the layout on November 3.", False),
        ("You wrote “looks great, publish it” on November 5.", False),
        ("You gave the go-ahead on November 6.", False),
        ("You both liked the first version.", False),
        ("You were very happy with the first batch.", False),
        ("You told me the draft was perfect.", False),
        ("Your “approved, thanks” came on November 4.", False),
        ("Thanks for the way you always answered within an hour.", False),
        ("You told me I was lazy.", True),
        ("You had no comments on the final draft.", False),
        ("We can ship it to you again.", False),
        ("I will fix it and send you the new link.", False),
        ("On November 30, I stop posting and send you the files.", False),
        ("I sent you the invoice three times.", True),
        ("By December 2, we can walk you through the changes.", False),
        ("I’ll share it with you.", False),
        ("Many thanks for the trust you gave me.", False),
        ("Thank you for how you treated the crew.", False),
        ("As agreed with you, the text was cut.", False),
        ("You approved it and then refused to pay.", True),
        ("You approved it and still owe $300.", True),
        ("You never approved it.", True),
        ("You wrote “this is trash”.", True),
        ("I will wait until you pay.", True),
        ("I know you never read it.", True),
        ("I cannot send you the files.", True),
        ("We expect you to pay.", True),
        ("Thanks for nothing, you were late again.", True),
    ],
)
def test_what_is_in_the_readers_favor_is_no_reproach(text: str, held: bool) -> None:
    assert bool(found(text, "en")) == held


@pytest.mark.parametrize(
    "text",
    [
        "The shop access goes back to you on Friday.",
        "We are handing over your photos.",
        "Everything is in your inbox.",
        "You’re right, the typo is mine.",
        "You are the admin since November 18.",
    ],
)
def test_what_goes_back_or_is_theirs_reproaches_nobody(text: str) -> None:
    assert found(text, "en") == []
