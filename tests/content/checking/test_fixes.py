"""The same said without a word to the reader."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.checking import Finding, Rule, check, mend
from content.checking.lexicon import RussianFixes, read
from content.checking.russian.agreement import inflected
from tests.chance import many
from tests.content.checking.scores import read_sentences

CASES = Path(__file__).parents[2] / "cases/checking"
FIXES: dict[str, list[dict[str, Any]]] = tomllib.loads((CASES / "fixes.toml").read_text("utf-8"))
ADDRESSING = read_sentences((CASES / "second_person.txt").read_text("utf-8"))
ONLY = frozenset({Rule.SECOND_PERSON})
LANGUAGES = (("fixes", "ru"), ("english", "en"))


def findings(text: str, language: str = "ru") -> tuple[Finding, ...]:
    return check(text, language=language, rules=ONLY)


def test_at_least_sixty_constructions_are_rewritten() -> None:
    assert sum("fix" in case for case in FIXES["fixes"]) >= 60
    assert sum("fix" in case for case in FIXES["english"]) >= 20


@pytest.mark.parametrize(
    ("language", "case"),
    [(language, case) for table, language in LANGUAGES for case in FIXES[table]],
    ids=lambda value: value["say"] if isinstance(value, dict) else value,
)
def test_the_fix_says_the_same_to_nobody(language: str, case: dict[str, Any]) -> None:
    found = findings(case["say"], language)

    assert found
    if "fix" in case:
        assert mend(case["say"], found) == case["fix"]
        assert findings(case["fix"], language) == ()
    else:
        assert [finding.fix for finding in found] == [None] * len(found)


@pytest.mark.parametrize("sentence", ADDRESSING)
def test_no_fix_brings_in_more_than_it_mends(sentence: str) -> None:
    found = findings(sentence)
    mended = mend(sentence, found)

    assert all(finding.fix for finding in found if finding.fix is not None)
    assert len(findings(mended)) <= sum(finding.fix is None for finding in found)
    assert "  " not in mended
    assert mended[0].isupper() == sentence[0].isupper()


def test_every_verb_of_the_fixes_has_the_forms_they_need() -> None:
    fixes = read("ru", RussianFixes)
    for gender in ("masc", "femn", "neut", "plur"):
        for verb in fixes.passive:
            assert inflected(verb, {"PRTS", "past", "pssv", gender})
        for verb in (
            *(f"{verb}ся" for verb in fixes.reflexive),
            *(pair.by for pair in fixes.replaced),
        ):
            number = "plur" if gender == "plur" else "sing"
            assert inflected(verb, {"VERB", "past", gender})
            assert inflected(verb, {"VERB", "3per", number})
    assert all(inflected(nominal.noun, {"gent"}) for nominal in fixes.nominal)


def test_all_findings_of_a_letter_are_mended_at_once() -> None:
    text = "Ваш счёт не оплачен. Вы не ответили на три письма, пришлите акт."

    assert mend(text, findings(text)) == (
        "Счёт не оплачен. Ответа на три письма не было, прошу прислать акт."
    )


def test_of_findings_that_overlap_the_first_and_longest_is_mended() -> None:
    text = "Вы всегда задерживаете оплату."
    found = check(text)

    assert {finding.rule for finding in found} > {Rule.ABSOLUTE, Rule.SECOND_PERSON}
    assert mend(text, found) == "Оплата часто задерживается."


def test_findings_do_not_overlap_and_quote_the_text() -> None:
    for sentence in ADDRESSING:
        reach = 0
        for finding in findings(sentence):
            assert finding.start is not None
            assert finding.end is not None
            assert finding.start >= reach
            assert sentence[finding.start : finding.end] == finding.excerpt
            reach = finding.end


def test_offsets_are_code_points() -> None:
    text = "🙂🙂 Ваш счёт не оплачен."
    (finding,) = findings(text)

    assert (finding.start, finding.end, finding.excerpt) == (3, 11, "Ваш счёт")


WORDS = sorted({word for sentence in ADDRESSING for word in sentence.split()})


@settings(max_examples=many(150))
@given(st.lists(st.sampled_from([*WORDS, "«", "»", "(", "—", "12", "не", "вы", "🙂"]), max_size=40))
def test_any_pile_of_words_is_read_to_its_end(words: list[str]) -> None:
    text = " ".join(words)
    reach = 0
    for finding in findings(text):
        assert finding.start is not None
        assert finding.end is not None
        assert reach <= finding.start < finding.end <= len(text)
        reach = finding.end
    assert isinstance(mend(text, findings(text)), str)


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_checked(text: str) -> None:
    for language in ("ru", "en"):
        for finding in check(text, language=language):
            if finding.start is not None:
                assert text[finding.start : finding.end] == finding.excerpt


def test_an_english_thing_whose_name_goes_on_past_a_number_is_not_torn_apart() -> None:
    (finding, *_) = check("You never paid the invoice of 3 March.", language="en")

    assert (finding.rule, finding.fix) == (Rule.SECOND_PERSON, None)
