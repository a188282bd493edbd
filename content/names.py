"""Names of Russian clients, people and firms, in the cases that a letter needs.

A guess that the person may correct: names obey habits more than rules.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from content.morphology import dictionary_form, morphology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytrovich.detector import PetrovichGenderDetector
    from pytrovich.enums import Gender, NamePart
    from pytrovich.maker import PetrovichDeclinationMaker

    from content.morphology import Parse


class Case(StrEnum):
    """The five cases besides the nominative, by their grammemes."""

    GENITIVE = "gent"
    DATIVE = "datv"
    ACCUSATIVE = "accs"
    INSTRUMENTAL = "ablt"
    PREPOSITIONAL = "loct"


_PIECE = re.compile(r"[«„“\"][^«»„“”\"]*(?:„[^“”]*[“”][^»]*)?[»“”\"]?|[^\s«„\"]+")
_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_PATRONYMIC = re.compile(r".+(вич|вна|чна|[иы]нична|оглы|кызы|улы)$", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
_SOLE_TRADER = "ИП"
_LONGEST_PERSON = 3
_READINGS = 5
"""Readings of a word that are looked at; the rest are far-fetched."""


def mentioned(names: tuple[str, ...], text: str) -> int | None:
    """Return the place of the one name that a text speaks of, in any case; else None.

    A common word of a name («Студия „Вектор“», «Жмот с дизайном») tells only with all the others.
    """
    said = set(_forms(text))
    found = [
        place
        for place, name in enumerate(names)
        if (words := _forms(name))
        and (said.issuperset(words) or any(said & {word} for word in words if _tells(word)))
    ]
    return found[0] if len(found) == 1 else None


def _forms(text: str) -> list[str]:
    return [dictionary_form(word.lower()) for word in _NAME_WORD.findall(text)]


def _tells(word: str) -> bool:
    """Tell whether a word is a name by itself: a person's, or one that no dictionary has."""
    parse = morphology().parse(word)[0]
    named = any(kind in parse.tag for kind in ("Name", "Surn", "Patr", "Geox", "Orgn"))
    return named or not parse.is_known


def decline(name: str, case: Case) -> str:
    """Return a name in a case: «Студия „Вектор“» → «Студии „Вектор“», «ИП Смирнов» → «ИП Смирнова».

    What stands in quotation marks, in Latin letters, in capitals or after a comma stays as it is,
    as does all that cannot be read as a name.
    """
    named, comma, rest = name.partition(",")
    bracket = named.find("(")
    if bracket >= 0:
        named, comma, rest = named[:bracket], "", named[bracket:] + comma + rest
    pieces = list(_PIECE.finditer(named))
    declined, end = "", 0
    for piece, form in zip(pieces, _declined([piece[0] for piece in pieces], case), strict=True):
        declined += named[end : piece.start()] + form
        end = piece.end()
    return declined + named[end:] + comma + rest


def _declined(pieces: Sequence[str], case: Case) -> list[str]:
    if not pieces:
        return []
    if pieces[0] == _SOLE_TRADER:
        rest = pieces[1:]
        return [pieces[0], *(_person(rest, case) if _are_names(rest, sure=False) else rest)]
    if pieces[0].isupper() and len(pieces[0]) > 1:
        return list(pieces)  # «ООО Ромашка», «НИИ»: the letters do not change, nor what they govern
    if _are_names(pieces, sure=True):
        return _person(pieces, case)
    return _phrase(pieces, case)


def _are_names(pieces: Sequence[str], *, sure: bool) -> bool:
    """Tell whether these words name a person; ``sure`` asks that one of them is known as a name."""
    if not 0 < len(pieces) <= _LONGEST_PERSON:
        return False
    if not all(_WORD.fullmatch(piece) and piece[0].isupper() for piece in pieces):
        return False
    return not sure or _known(pieces[0]) or (any(map(_known, pieces[1:])) and not _noun(pieces[0]))


def _known(word: str) -> bool:
    return any(
        grammeme in parse.tag
        for parse in morphology().parse(word)[:_READINGS]
        for grammeme in ("Name", "Surn", "Patr")
    ) or bool(_PATRONYMIC.fullmatch(word))


def _noun(word: str) -> bool:
    """Tell whether the word is first of all a common noun or an adjective of the dictionary."""
    first = morphology().parse(word)[0]
    return first.is_known and first.tag.POS in ("NOUN", "ADJF") and not _known(word)


def _person(words: Sequence[str], case: Case) -> list[str]:
    from pytrovich.enums import Case as TheirCase  # noqa: PLC0415  only for those who need it

    parts = _parts(words)
    gender = _gender(words, parts)
    maker = _maker()
    return [
        maker.make(part, gender, TheirCase[case.name], word)
        for word, part in zip(words, parts, strict=True)
    ]


def _parts(words: Sequence[str]) -> list[NamePart]:
    from pytrovich.enums import NamePart  # noqa: PLC0415

    parts = [NamePart.LASTNAME] * len(words)
    for place, word in enumerate(words):
        if len(words) > 1 and place and _PATRONYMIC.fullmatch(word):
            parts[place] = NamePart.MIDDLENAME
            parts[place - 1] = NamePart.FIRSTNAME
            return parts
    first = next((n for n, word in enumerate(words) if _is_first_name(word)), None)
    if first is not None:
        parts[first] = NamePart.FIRSTNAME
    elif len(words) > 1:
        parts[0] = NamePart.FIRSTNAME
    return parts


def _is_first_name(word: str) -> bool:
    readings = morphology().parse(word)[:_READINGS]
    return any("Name" in parse.tag and parse.tag.case == "nomn" for parse in readings)


def _gender(words: Sequence[str], parts: Sequence[NamePart]) -> Gender:
    from pytrovich.enums import Gender  # noqa: PLC0415

    named = {part.name.lower(): word for word, part in zip(words, parts, strict=True)}
    found: Gender = _detector().detect(**named)  # type: ignore[no-untyped-call]  # as it ships
    if found is not Gender.ANDROGYNOUS:
        return found
    tags = [morphology().parse(word)[0].tag for word in words]
    return Gender.FEMALE if any("femn" in tag for tag in tags) else Gender.MALE


def _phrase(pieces: Sequence[str], case: Case) -> list[str]:
    """Decline the adjectives and the noun that a phrase begins with, and a person it names."""
    head = next((n for n, piece in enumerate(pieces) if _nominative(piece, "NOUN")), None)
    if head is None or not all(_nominative(piece, "ADJF") for piece in pieces[:head]):
        return list(pieces)
    noun = _nominative(pieces[head], "NOUN")
    assert noun is not None  # noqa: S101  it was found by this very question
    forms = [
        *(_agreeing(piece, noun, case) for piece in pieces[:head]),
        _inflected(pieces[head], noun, {case}),
    ]
    rest = pieces[head + 1 :]
    if "anim" in noun.tag and _are_names(rest, sure=True):
        rest = _person(rest, case)
    return [*forms, *rest]


def _nominative(piece: str, part_of_speech: str) -> Parse | None:
    if not _WORD.fullmatch(piece) or (piece.isupper() and len(piece) > 1):
        return None
    return next(
        (
            parse
            for parse in morphology().parse(piece)
            if part_of_speech in parse.tag and parse.tag.case == "nomn"
        ),
        None,
    )


def _agreeing(piece: str, noun: Parse, case: Case) -> str:
    adjective = _nominative(piece, "ADJF")
    assert adjective is not None  # noqa: S101  all words before the noun are such
    wanted: set[str] = {case, str(noun.tag.number)}
    if noun.tag.number == "sing":
        wanted.add(str(noun.tag.gender))
    if case is Case.ACCUSATIVE and "femn" not in wanted:
        wanted.add("anim" if "anim" in noun.tag else "inan")
    return _inflected(piece, adjective, wanted)


def _inflected(piece: str, parse: Parse, wanted: set[str]) -> str:
    form = parse.inflect(wanted) or parse.inflect(wanted - {"anim", "inan"})
    if form is None:
        return piece
    return form.word.capitalize() if piece[0].isupper() else form.word


@cache
def _maker() -> PetrovichDeclinationMaker:
    from pytrovich.maker import PetrovichDeclinationMaker  # noqa: PLC0415

    return PetrovichDeclinationMaker()


@cache
def _detector() -> PetrovichGenderDetector:
    from pytrovich.detector import PetrovichGenderDetector  # noqa: PLC0415

    return PetrovichGenderDetector()
