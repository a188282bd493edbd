"""A jotted or forwarded text is read for the signs it speaks of."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from content.loading import DATA, check
from content.reading.signs import LONGEST_TEXT, PROPOSE, classify

if TYPE_CHECKING:
    from content.knowledge import Catalogue, Words

CASES = Path(__file__).parents[2] / "cases/facts"
SETS = {
    name: tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))
    for name in ("phrases", "fresh", "third")
}
NEUTRAL = [text for each in SETS.values() for text in each["neutral"]["phrases"]]


@pytest.mark.parametrize("name", SETS)
def test_nineteen_of_twenty_phrases_have_their_sign_among_the_first_three(
    words: Words, name: str
) -> None:
    said = [(sign, text) for sign, texts in SETS[name]["speaks_of"].items() for text in texts]
    missed = [
        (sign, text)
        for sign, text in said
        if sign not in {spoken.sign for spoken in classify(words, text)}
    ]

    assert len(missed) <= len(said) * 0.05, missed


def test_every_sign_with_phrases_has_cues(words: Words, catalogue: Catalogue) -> None:
    # A new sign may come without both: it is then asked, but not proposed.
    phrases = {sign for each in SETS.values() for sign in each["speaks_of"]}

    assert len(phrases) >= 27
    assert phrases <= set(words.cues) <= set(catalogue.signs)
    assert min(len(SETS["phrases"]["speaks_of"][sign]) for sign in phrases) >= 5


def test_what_says_nothing_bad_proposes_nothing(words: Words) -> None:
    proposed = [
        text for text in NEUTRAL if any(each.score >= PROPOSE for each in classify(words, text))
    ]

    assert len(NEUTRAL) >= 80
    assert len(proposed) <= len(NEUTRAL) * 0.05, proposed


def test_signs_come_best_first_and_no_more_than_asked_for(words: Words) -> None:
    text = "Опять не заплатил, просит скидку, звонит ночью и угрожает отзывом"
    spoken = classify(words, text, limit=8)
    scores = [each.score for each in spoken]

    assert len(spoken) == 8
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert classify(words, text) == spoken[:3]


@pytest.mark.parametrize("text", ["", "   ", "…", "12", "🦊", "Ъ", "good morning"])
def test_a_text_without_cues_speaks_of_nothing(words: Words, text: str) -> None:
    assert not [each for each in classify(words, text) if each.score >= PROPOSE]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Не хамит", "rudeness"),
        ("Торга не было", "price_pressure"),
        ("Угроз не слышал", "threats"),
    ],
)
def test_what_is_denied_is_not_proposed(words: Words, text: str, sign: str) -> None:
    assert (sign, True) not in {
        (each.sign, each.score >= PROPOSE) for each in classify(words, text)
    }


def test_a_denial_may_stand_a_few_words_before_or_be_said_after(words: Words) -> None:
    for text in ("Не собирается он платить", "Денег так и нет", "Без предоплаты не платит"):
        assert classify(words, text)[0].sign == "late_payment", text


def test_an_hour_of_the_night_tells_and_one_of_the_day_does_not(words: Words) -> None:
    assert classify(words, "23:50")[0].sign == "after_hours"
    assert classify(words, "03:10")[0].sign == "after_hours"
    assert classify(words, "14:30") == ()


def test_praise_makes_cues_weaker_unless_it_is_taken_back(words: Words) -> None:
    praised = classify(words, "Спасибо за доработки")
    taken_back = classify(words, "Спасибо, но опять доработки")

    assert not [each for each in praised if each.score >= PROPOSE]
    assert taken_back[0].sign == "never_satisfied"
    assert taken_back[0].score >= PROPOSE


def test_what_lies_beyond_the_longest_message_is_not_read(words: Words) -> None:
    assert classify(words, "а" * LONGEST_TEXT + " угрожает отзывом") == ()


def test_a_language_without_cues_proposes_nothing(words: Words) -> None:
    assert classify(replace(words, cues={}), "Угрожает отзывом") == ()


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("nobody", 'sure = ["угрожать"]', "there is no signs/nobody.toml"),
        ("threats", "sure = []", "at least 1 item"),
        ("threats", 'sure = ["Угрожать"]', "not a cue"),
        ("threats", 'sure = ["отзыв не"]', "not a cue"),
        ("threats", 'sure = ["не не платить"]', "not a cue"),
        ("threats", 'sure = ["плохой  отзыв"]', "not a cue"),
        ("threats", 'sure = ["отзыв|"]', "not a cue"),
        ("threats", 'sure = ["чёрный"]', "not a cue"),
        ("threats", 'sure = ["@hour"]', "not a cue"),
        ("threats", 'sure = ["*"]', "not a cue"),
        ("threats", 'sure = [""]', "not a cue"),
    ],
)
def test_a_cue_that_cannot_be_read_is_told_with_its_file(
    tmp_path: Path, file: str, text: str, fault: str
) -> None:
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    (root / f"words/ru/cues/{file}.toml").write_text(text, encoding="utf-8")
    faults = [each for each in check(root) if each.file == f"words/ru/cues/{file}.toml"]

    assert any(fault in str(each) for each in faults), faults
