"""The profile of a client by topic."""

from __future__ import annotations

from content.knowledge import Catalogue, Words
from content.models import SIGN_OPTIONS, Topic
from content.pictures.profile import profile
from content.sheet import Sheet
from tests.content.sheets import calm


def test_a_bar_is_longer_the_more_often_something_happens(
    words: Words, catalogue: Catalogue
) -> None:
    before = -1.0
    for option in SIGN_OPTIONS:
        sheet = Sheet(answers=calm(catalogue, late_payment=option))
        shown = profile(words, catalogue, sheet, "Ольга", "21 ноября")
        money, *others = shown.topics
        assert money.share > before
        assert {each.share for each in others} == {0}
        before = money.share


def test_a_topic_says_how_many_signs_are_there_and_the_worst(
    words: Words, catalogue: Catalogue
) -> None:
    answers = calm(catalogue, late_payment="often", price_pressure="always")
    shown = profile(words, catalogue, Sheet(answers=answers), "Ольга", "21 ноября")
    money = shown.topics[0]
    asked = sum(sign.topic is Topic.MONEY for sign in catalogue.signs.values())
    assert money.value.replace("\N{NO-BREAK SPACE}", " ") == f"2 из {asked}"
    assert money.worst.startswith(words.signs["price_pressure"].short)  # type: ignore[index]
    assert [each.value for each in shown.topics[1:]] == ["признаков нет"] * (len(Topic) - 1)


def test_what_was_not_asked_is_told_from_what_did_not_happen(
    words: Words, catalogue: Catalogue
) -> None:
    shown = profile(words, catalogue, Sheet(answers={}), "Ольга", "21 ноября")
    assert {each.value for each in shown.topics} == {"не спрошено"}


def test_all_that_is_drawn_is_told_below(words: Words, catalogue: Catalogue) -> None:
    answers = calm(catalogue, late_payment="often", rudeness="once")
    shown = profile(words, catalogue, Sheet(answers=answers), "Ольга", "21 ноября")
    for each in shown.topics:
        assert f"{each.name}: {each.value}." in shown.caption
        assert each.worst in shown.caption
