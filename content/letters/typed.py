"""What people type in a hurry, as a letter may say it."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from content.letters.models import BlankText, LetterManners
from content.letters.ordinary import (
    begins_with_a_thing,
    calmed,
    is_ordinary,
    is_shortened,
    says_something,
)
from content.letters.templates import bare, going_on
from content.models import Language
from content.typography import NO_BREAK
from content.vocabulary import one_of, plain


def tidy(typed: str) -> str:
    """Return what was typed without what only haste or the keyboard has made of it.

    «дизайн ГОТОВ», «макет - 5 мая», «№14», «аудит. до 1 мая».
    """
    words = _SHOUTED.sub(_calm, typed)
    words = _HYPHEN.sub(" —", _NUMBER.sub(f"№{NO_BREAK}", words))
    return _STOP.sub(_comma, words)


def _calm(found: re.Match[str]) -> str:
    word = found[0]
    alone = len(word) == 1 and not found.string.isupper()
    if alone or not word.isupper():
        return word
    begins = bool(_BEGINS.search(found.string, 0, found.start()))
    return calmed(word, begins=begins, sure=found.string.isupper())


def _comma(found: re.Match[str]) -> str:
    goes_on = found["then"].islower() and not is_shortened(found.string[: found.start()])
    return ", " if goes_on else found[0]


_SHOUTED = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_BEGINS = re.compile(r"(?:^|[.!?…]\s|\n)[\s«„\"(—–-]*\Z")
_HYPHEN = re.compile(r"(?<=\S) -(?= )")
_NUMBER = re.compile(r"№(?=\d)")
_STOP = re.compile(r"(?<=[^\W\d_]{3})\. (?=(?P<then>[^\W\d_]))")


def calendared(typed: str, language: Language) -> str:
    """Return months and days of the week as their language writes them: “the October invoice”."""
    return _calendar(language).sub(lambda found: found[0].capitalize(), typed)


@cache
def _calendar(language: Language) -> re.Pattern[str]:
    locale = _locale(language)
    names = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    small = (each.lower() for each in names if each[:1].isupper() and each not in _OTHER_WORDS)
    return re.compile(rf"\b(?:{'|'.join(small) or '(?!)'})\b")


_OTHER_WORDS = ("March", "May")


def without_lead(text: BlankText, typed: str) -> str:
    """Return what was typed without the lead, or the end of it, that was typed as well."""
    kept = typed.strip()
    for lead in sorted(text.lead, key=len, reverse=True):
        words = lead.split()
        for at in range(len(words)):
            found = _led(" ".join(words[at:])).match(kept)
            if found:
                return kept[found.end() :]
    return kept


@cache
def _led(lead: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(lead)}(?:\s*[:—–-])?\s+", re.IGNORECASE)


def dated(line: str, manners: LetterManners) -> tuple[str, str, str]:
    """Return «on», the day and the rest of a fact; a fact without a day is all rest."""
    found = _dated(manners.date, manners.date_and_year).match(line)
    if found is None:
        return "", "", line
    rest = going_on(found["rest"])
    told = found["mark"] or says_something(rest) or not begins_with_a_thing(rest)
    return found["on"], found["day"], f"{found['mark']} {rest}" if told else f" — {rest}"


@cache
def _dated(*patterns: str) -> re.Pattern[str]:
    """Return what finds a day at the beginning of a fact, as one of CLDR's patterns writes it."""
    days = "|".join([*map(_written, sorted(patterns, key=len, reverse=True)), _FIGURES])
    return re.compile(rf"^(?P<on>(?:on |as of )?)(?P<day>{days})(?P<mark>,?)\s(?P<rest>.+)$")


_FIGURES = r"\d{1,2}\.\d\d(?:\.\d{2,4})?"


def _written(pattern: str) -> str:
    said = {"d": r"\d{1,2}", "MMMM": r"\w+", "y": r"\d{4}", " ": r"\s"}
    pieces = re.findall(r"'[^']*'|[A-Za-z]+|.", pattern)
    return "".join(said.get(piece) or re.escape(piece.strip("'")) for piece in pieces)


def grouped(typed: str, manners: LetterManners, language: Language, *, named: bool = False) -> str:
    """Return amounts as they are read: «15 000 рублей»; ``named``: those with a currency only."""
    mark = str(_locale(language).number_symbols["latn"]["group"])
    return (_sum(manners.typed.currencies) if named else _DIGITS).sub(
        lambda found: f"{int(found[0]):,}".replace(",", mark), typed
    )


_PLAIN = r"(?<![\d.,№/#-])(?<!№\s)[1-9]\d{4,8}(?![\d/-])"
_DIGITS = re.compile(_PLAIN)


@cache
def _sum(currencies: str) -> re.Pattern[str]:
    currency = one_of(currencies).replace(r"(?<!\w)", "")
    return re.compile(rf"{_PLAIN}(?=\s?{currency})|(?<=[$€£¥₽]){_PLAIN}", re.IGNORECASE)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(language.replace("-", "_"))


def greeted(typed: str, manners: LetterManners) -> str:
    """Return how somebody is greeted, without the greeting itself, where that was typed as well."""
    name = _greeting(manners.typed.greetings).sub("", bare(typed)).strip(" ,.!…")
    if is_nobody(typed, manners):
        return ""
    words = name.split(" ")
    if len(words) > _NAME_WORDS or not all(word.isalpha() for word in words):
        return name
    if len(words) == 1 and plain(name) in manners.typed.everybody.split("|"):
        return name.lower()
    # «анна» is a name, «капитан» is none.
    named = name.islower() and not is_ordinary(words[0], " ".join(words[1:]))
    return " ".join(map(str.capitalize, words)) if named else name


def is_nobody(typed: str, manners: LetterManners) -> bool:
    """Tell an answer that declines to name anybody: «никак», «без имени»."""
    return plain(bare(typed)).strip("-–—") in ("", *manners.typed.nobody.split("|"))


@cache
def _greeting(forms: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{one_of(forms)}[,!. ]*)+", re.IGNORECASE)


_NAME_WORDS = 3
