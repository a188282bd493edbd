"""Judgements, absolutes, threats, apologies and claims at law."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from content.checking import Rule, check, mend
from content.checking.lexicon import Lexicon, RuleTexts, Wordings, read

CASES: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases/checking/turns.toml").read_text("utf-8")
)


def cases(kind: str) -> list[tuple[str, str, str]]:
    return [
        (language, rule, text)
        for language, rules in CASES.items()
        for rule, texts in rules.items()
        for text in texts[kind]
    ]


def found(text: str, rule: str, language: str = "ru") -> list[str]:
    findings = check(text, language=language, rules=frozenset({Rule(rule)}))
    return [finding.excerpt for finding in findings]


@pytest.mark.parametrize(("language", "rule", "text"), cases("say"))
def test_a_turn_of_the_rule_is_found(language: str, rule: str, text: str) -> None:
    assert found(text, rule, language) != []


@pytest.mark.parametrize(("language", "rule", "text"), cases("not"))
def test_what_looks_alike_is_left_alone(language: str, rule: str, text: str) -> None:
    assert found(text, rule, language) == []


def test_the_lexicon_of_judging_words_is_large_enough() -> None:
    assert len(set(read("ru", Lexicon).judging_word.say)) >= 150


def test_one_apology_is_free_and_each_further_one_is_found() -> None:
    assert found("Извините за сроки.", "apology") == []
    assert found("Извините за сроки. Мне жаль. Прошу прощения.", "apology") == [
        "Мне жаль",
        "Прошу прощения",
    ]


def test_an_absolute_is_left_out_by_its_fix_where_the_sense_allows() -> None:
    rules = frozenset({Rule.ABSOLUTE})
    for text, mended in (
        ("Всегда поздно приходят правки.", "Поздно приходят правки."),
        ("Правки приходят постоянно.", "Правки приходят."),
        ("Абсолютно всё переделано.", "Абсолютно всё переделано."),
        ("(всегда)", "(всегда)"),
    ):
        assert mend(text, check(text, rules=rules)) == mended
    never = check("The dates were never kept.", language="en", rules=rules)
    assert [finding.fix for finding in never] == [None]


def test_only_the_rules_asked_for_are_looked_at() -> None:
    text = "Вы хам и всегда врёте, иначе суд."

    assert check(text, rules=frozenset()) == ()
    assert {f.rule for f in check(text, rules=frozenset({Rule.ABSOLUTE}))} == {Rule.ABSOLUTE}


def test_the_reasons_are_short_and_told_in_the_language_asked_for() -> None:
    rules = frozenset({Rule.THREAT})
    (russian,) = check("Pay or else", language="en", rules=rules, told_in="ru")
    (english,) = check("Pay or else", language="en", rules=rules)

    assert russian.why == read("ru", RuleTexts)[Rule.THREAT].why
    assert english.why == read("en", RuleTexts)[Rule.THREAT].why
    assert russian.why != english.why


def test_there_is_no_checker_for_an_unknown_language() -> None:
    with pytest.raises(LookupError, match="'fr'"):
        check("Bonjour", language="fr")


@pytest.mark.parametrize("pattern", ["..", "вы?", "* всегда", "a+b", "вы|", "суд ,"])
def test_a_pattern_that_could_match_anything_or_nothing_is_a_fault(pattern: str) -> None:
    with pytest.raises(ValidationError):
        Wordings(say=(pattern,))


def test_a_turn_does_not_reach_into_the_next_sentence() -> None:
    assert found("Работа дошла до конца. Суд в статье описан верно.", "threat") == []
