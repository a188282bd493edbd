"""What a Russian word is at the beginning of a typed answer, and who is meant by a clause."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from content.russian.morphology import Parse, morphology

_CYRILLIC = re.compile(r"[а-яё]+(?:-[а-яё]+)*")
_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr")
"""What the dictionary calls names of people, places and firms."""
_LIKELY = 0.01
_SMALL = frozenset({"PREP", "CONJ", "PRCL", "ADVB", "PRED", "NPRO", "NUMR", "INFN"})


class Reviewed(Protocol):
    """The words that the dictionary does not tell; see ``checking/ru/ordinary.toml``."""

    @property
    def virtues(self) -> tuple[str, ...]: ...
    @property
    def governed(self) -> tuple[str, ...]: ...
    @property
    def borrowed(self) -> tuple[str, ...]: ...
    @property
    def endings(self) -> tuple[str, ...]: ...


def is_ordinary(reviewed: Reviewed, word: str, rest: str) -> bool:
    """Tell whether a word is no name; ``rest`` follows it: «любовь к деталям»."""
    if not _CYRILLIC.fullmatch(word):
        return False
    if not morphology().word_is_known(word):
        return _is_borrowed(reviewed, word)
    readings = [each for each in morphology().parse(word) if each.score >= _LIKELY]
    if any(each.tag.POS in _SMALL for each in readings):
        return True  # «по», «в»: their other reading is an abbreviation
    names = [each for each in readings if _names(each)]
    if not names:
        return any(each.tag.POS for each in readings)
    common = len(names) < len(readings) or word in reviewed.virtues
    after, _, then = rest.partition(" ")
    return common and after in reviewed.governed and then[:1].islower()


def calmed(word: str, *, begins: bool, sure: bool) -> str:
    """Return a word in capitals as a sentence has it; what is always written so stays."""
    small = word.lower()
    readings = morphology().parse(small) if morphology().word_is_known(small) else []
    short = any("Abbr" in each.tag for each in readings) and len(word) > 1
    if not readings or short:
        return word
    if (
        not sure
        and len(word) < _SHORTEST_NOUN
        and not any(each.tag.POS in _SMALL for each in readings)
    ):
        return word  # it may be letters of something after all
    return small.capitalize() if begins or _names(readings[0]) else small


_SHORTEST_NOUN = 4


def says_something(text: str) -> bool:
    """Tell whether a clause has a verb or what stands for one: «придёт», «готово», «нужен»."""
    words = re.findall(r"[а-яё]+", text.lower())
    return any(morphology().parse(word)[0].tag.POS in _PREDICATES for word in words)


_PREDICATES = frozenset({"VERB", "INFN", "PRTS", "ADJS", "PRED"})


def _names(reading: Parse) -> bool:
    return any(name in reading.tag for name in _NAMES)


def as_object(text: str) -> str:
    """Return a list as what is done to it is said: «инструкцию, интересную тему».

    Only what has another form there, and only what is named first in each thing of the list.
    """
    return "".join(map(_accusative, _NEXT.split(text)))


AND = " и "
_NEXT = re.compile(rf"(, |{AND})")


def _accusative(thing: str) -> str:
    """Return a feminine noun, with the adjectives before it, in the accusative."""
    words = thing.split(" ")
    for place, word in enumerate(words):
        reading = morphology().parse(word)[0]
        bent = reading.inflect({"accs", "sing"}) if word.islower() else None
        fits = all(each in reading.tag for each in ("femn", "sing", "nomn"))
        if bent is None or not fits or reading.tag.POS not in {"NOUN", "ADJF"}:
            break
        words[place] = bent.word
        if reading.tag.POS == "NOUN":
            return " ".join(words)
    return thing


def is_first_name(word: str) -> bool:
    """Tell whether it is nothing but a first name: «Анна»."""
    return bool(_CYRILLIC.fullmatch(word.casefold())) and any(
        "Name" in reading.tag and reading.tag.case == "nomn"
        for reading in morphology().parse(word)[:5]
    )


def _is_borrowed(reviewed: Reviewed, word: str) -> bool:
    """Tell «лендинг» and «чек-лист» from a brand, of which the dictionary knows neither."""
    _, dash, last = word.rpartition("-")
    if dash:
        return morphology().word_is_known(last)
    return bool(_borrowed(reviewed.borrowed, reviewed.endings).search(word))


@cache
def _borrowed(words: tuple[str, ...], endings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words)})(?:{'|'.join(endings)})?$")
