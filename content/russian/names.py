"""Names of Russian clients, people and firms, in the cases that a letter needs.

A guess that the person may correct: names obey habits more than rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from content.russian.lexicon import grammar
from content.russian.morphology import Parse, dictionary_form, morphology

if TYPE_CHECKING:
    from pytrovich.detector import PetrovichGenderDetector
    from pytrovich.enums import Gender, NamePart
    from pytrovich.maker import PetrovichDeclinationMaker


class Case(StrEnum):
    """The five cases besides the nominative, by their grammemes."""

    GENITIVE = "gent"
    DATIVE = "datv"
    ACCUSATIVE = "accs"
    INSTRUMENTAL = "ablt"
    PREPOSITIONAL = "loct"


_PIECE = re.compile(r"[«„“\"][^«»„“”\"]*(?:„[^“”]*[“”][^»]*)?[»“”\"]?|[^\s«„\"]+")
_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_PATRONYMIC = re.compile(
    r"(.+(вич|вна|чна|[иы]нична|оглы|кызы|улы|[еь]ич)|(лук|фом|кузьм|сав)ич)$",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
_SOLE_TRADER = "ИП"
_AND = "и"
_INITIALS = re.compile(r"(?:[А-ЯЁA-Z]\.){1,3}")
_SURNAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н|[сц]к(?:ий|ой)|[оеё]ва|[иы]на|[сц]кая)(?:-[А-ЯЁ][А-Яа-яЁё-]+)?"
)
_INVARIABLE = re.compile(r"[А-ЯЁ][а-яё-]+(?:[ыи]х|ко|аго|яго|ово)")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")
_CONSONANT_ENDS = {
    Case.GENITIVE: "а",
    Case.DATIVE: "у",
    Case.ACCUSATIVE: "а",
    Case.INSTRUMENTAL: "ом",
    Case.PREPOSITIONAL: "е",
}
_STRESSED = re.compile(r"(?:Иль|Лук|Фом|Кузьм|Сав)ич")
"""Fathers' names with the stress on the end: «Ильичом»."""
_VOWELS = "аеёиоуыэюя"
_SHORT = 4
"""Letters: three words no longer («Ким Чен Ын») decline in ways that nobody is sure of."""
_LONGEST_PERSON = 3
_LIKELY = 0.3
"""Share of the readings of a word that one has which is not far-fetched."""
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
    as does all that cannot be read as a name. A person's name is declined whole or not at all.
    """
    named, comma, rest = name.partition(",")
    bracket = named.find("(")
    if bracket >= 0:
        named, comma, rest = named[:bracket], "", named[bracket:] + comma + rest
    pieces = list(_PIECE.finditer(named))
    declined, end = "", 0
    forms = _declined([piece[0] for piece in pieces], case) if pieces else []
    for piece, form in zip(pieces, forms, strict=True):
        declined += named[end : piece.start()] + form
        end = piece.end()
    return declined + named[end:] + comma + rest


def _declined(pieces: Sequence[str], case: Case) -> list[str]:
    if all(map(str.islower, pieces)) and _are_names(upper := _capitalised(pieces), sure=True):
        return [form[0].lower() + form[1:] for form in _person(upper, case)]
    if _AND in pieces[1:-1]:
        return _both(pieces, case)
    if pieces[0] == _SOLE_TRADER:
        rest = pieces[1:]
        return [pieces[0], *(_person(rest, case) if _are_names(rest, sure=False) else rest)]
    if _is_closed(pieces):
        return list(pieces)
    if _are_names(pieces, sure=True):
        return _person(pieces, case)
    return _phrase(pieces, case)


def _is_closed(pieces: Sequence[str]) -> bool:
    """Tell what nothing changes in: letters and what they govern («ООО Ромашка»), «Ван Хален»."""
    letters = pieces[0].isupper() and len(pieces[0]) > 1 and not _INITIALS.fullmatch(pieces[0])
    return letters or (len(pieces) > 1 and pieces[0].lower() in grammar().particles)


def _capitalised(pieces: Sequence[str]) -> list[str]:
    return [piece[0].upper() + piece[1:] for piece in pieces]


def _both(pieces: Sequence[str], case: Case) -> list[str]:
    """Decline two people; anything else joined by «и» («Рога и копыта») stays as it is."""
    at = pieces.index(_AND)
    one, other = pieces[:at], pieces[at + 1 :]
    if not (_are_names(one, sure=True) and _are_names(other, sure=True)) or len(one) != len(other):
        return list(pieces)
    if any(_person(each, Case.GENITIVE) == list(each) for each in (one, other)):
        return list(pieces)  # one that is not sure, or a name that never changes: no harm is done
    return [*_person(one, case), _AND, *_person(other, case)]


def _are_names(pieces: Sequence[str], *, sure: bool) -> bool:
    """Tell whether these words name a person; ``sure`` asks that one of them is known as a name."""
    words = _changing(pieces)
    if not 0 < len(words) <= _LONGEST_PERSON or pieces[0].lower() in grammar().particles:
        return False
    if not all(_WORD.fullmatch(word) and word[0].isupper() for word in words):
        return False
    if not sure or any(map(_INITIALS.fullmatch, pieces)) or _known(words[0]):
        return True
    if len(words) == 1:
        return _is_surname(words[0])
    return any(map(_known, words[1:])) and (not _noun(words[0]) or _is_of_a_woman(*words[:2]))


def _changing(pieces: Sequence[str]) -> list[str]:
    """Return the words of a name but those that are the same in every case."""
    return [piece for place, piece in enumerate(pieces) if not _stays(pieces, place)]


def _stays(pieces: Sequence[str], place: int) -> bool:
    """Tell whether a part of a name is the same in every case: «И. П.», «фон», «Рашид оглы»."""
    piece, *after = pieces[place : place + 2]
    if _INITIALS.fullmatch(piece) or piece.lower() in grammar().sons:
        return True
    if not after:
        return False
    return piece.lower() in grammar().particles or (
        place > 0 and after[0].lower() in grammar().sons
    )


def _known(word: str) -> bool:
    return any(
        grammeme in parse.tag
        for half in word.split("-")
        for parse in morphology().parse(half)[:_READINGS]
        for grammeme in ("Name", "Surn", "Patr")
        if parse.is_known
    ) or bool(_PATRONYMIC.fullmatch(word))


def _is_surname(word: str) -> bool:
    """Tell whether a word that is no noun of the dictionary ends as a surname does."""
    return bool(_SURNAME.fullmatch(word)) and _nominative(word, "NOUN", known=True) is None


def _is_of_a_woman(noun: str, name: str) -> bool:
    """Tell whether a man's noun is the surname of a woman: «Соловей Ольга», not «Логопед Ольга»."""
    first = morphology().parse(noun)[0].tag
    woman = any(
        all(each in reading.tag for each in ("Name", "femn", "nomn"))
        for reading in morphology().parse(name)
    )
    job = noun.lower().endswith(grammar().jobs)
    return woman and "masc" in first and first.case == "nomn" and not job


def _noun(word: str) -> bool:
    """Tell whether the word is first of all a common noun or an adjective of the dictionary."""
    first = morphology().parse(word)[0]
    return first.is_known and first.tag.POS in ("NOUN", "ADJF") and not _known(word)


def _person(pieces: Sequence[str], case: Case, *, woman: bool = False) -> list[str]:
    """Decline a person's name; all of it stays where a part of it is not sure.

    ``woman``: the word before the name says so, «госпожа».
    """
    from pytrovich.enums import Gender, NamePart  # noqa: PLC0415  only for those who need it

    words = _changing(pieces)
    parts = _parts(words)
    gender = Gender.FEMALE if woman else _gender(words, parts)
    # «Нгуен Тхи Лан»: which of three is the surname is known from a father's name only.
    foreign = len(words) == _LONGEST_PERSON and NamePart.MIDDLENAME not in parts
    foreign = foreign or (len(words) > 1 and _is_strange(words[0]))
    if gender is None or foreign or _may_be_either(pieces):
        return list(pieces)
    forms = iter([_form(word, part, gender, case) for word, part in zip(words, parts, strict=True)])
    return [piece if _stays(pieces, place) else next(forms) for place, piece in enumerate(pieces)]


def _is_strange(word: str) -> bool:
    """Tell whether a word is too short for a Russian first name that is not known: «Сунь Ян»."""
    short = len(word) <= _SHORT and word[-1] not in _VOWELS
    return short and not _known(word) and _nominative(word, "NOUN", known=True) is None


def _may_be_either(pieces: Sequence[str]) -> bool:
    """Tell whether initials hide if a surname is a man's, which changes: «Ким А. С.»."""
    words = _changing(pieces)
    return (
        len(words) == 1
        and any(map(_INITIALS.fullmatch, pieces))
        and bool(_CONSONANT.search(words[0]))
        and not _SURNAME.fullmatch(words[0])
        and not _is_first_name(words[0])
    )


def _form(word: str, part: NamePart, gender: Gender, case: Case) -> str:
    """Decline a word, of a hyphened one the parts that change."""
    from pytrovich.enums import Case as TheirCase  # noqa: PLC0415  only for those who need it
    from pytrovich.enums import Gender, NamePart  # noqa: PLC0415

    halves = word.split("-")
    forms = []
    for place, half in enumerate(halves):
        last = place == len(halves) - 1
        if half.lower() in grammar().sons or (not last and _half_stays(part, half, place)):
            forms.append(half)
            continue
        if part is NamePart.LASTNAME and _is_unbent(half):
            forms.append(half)
            continue
        form: str = _maker().make(part, gender, TheirCase[case.name], half)
        changes = part is NamePart.FIRSTNAME or gender is Gender.MALE
        if changes and (by_dictionary := _from_dictionary(part, half, case)):
            form = by_dictionary
        if part is NamePart.MIDDLENAME and case is Case.INSTRUMENTAL and _STRESSED.fullmatch(half):
            form = f"{half}ом"
        if part is NamePart.LASTNAME and form == half and _changes(half, gender):
            form = half + _CONSONANT_ENDS[case]
        forms.append(half[0] + form[1:] if form[:1].lower() == half[:1].lower() else form)
    return "-".join(forms)


def _from_dictionary(part: NamePart, half: str, case: Case) -> str | None:
    """Return the form of a first name («Джека») or of a noun that is a surname («Прибоя»)."""
    from pytrovich.enums import NamePart  # noqa: PLC0415

    if part is NamePart.FIRSTNAME:
        kind, found = "Name", half.endswith(("ек", "ец"))
    else:
        kind = "NOUN"
        found = half == "Лев" or (
            half.endswith(("ой", "ей", "ок", "ек", "ёк")) and not _known(half)
        )
    if not found:
        return None
    readings = morphology().parse(half)
    noun = next((r for r in readings if kind in r.tag and r.tag.case == "nomn"), None)
    if noun is None or "ADJF" in {r.tag.POS for r in readings}:
        return None
    # A person's accusative is the genitive, whatever the noun means.
    wanted = Case.GENITIVE if case is Case.ACCUSATIVE else case
    form = noun.inflect({"sing", wanted})
    return form.word.capitalize() if form else None


def _half_stays(part: NamePart, half: str, place: int) -> bool:
    """Tell whether a part before the last one stays: «Жан-Клода», but «Анны-Марии»."""
    from pytrovich.enums import NamePart  # noqa: PLC0415

    if part is NamePart.FIRSTNAME:
        return half[-1] not in "ая"
    if place == 0:  # «Бонч-Бруевича»
        return len(half) <= _SHORT and not _known(half) and not _SURNAME.fullmatch(half)
    return True  # «Семёнова-Тян-Шанского»


def _is_unbent(surname: str) -> bool:
    """Tell a surname that is the same in every case whoever has it: «Черных», «Дюма»."""
    return surname in grammar().unbent or bool(_INVARIABLE.fullmatch(surname))


def _changes(word: str, gender: Gender) -> bool:
    """Tell whether a surname that ends in a consonant is a man's, and so changes."""
    from pytrovich.enums import Gender  # noqa: PLC0415

    if _is_unbent(word):
        return False
    return gender is Gender.MALE and bool(_CONSONANT.search(word))


def _parts(words: Sequence[str]) -> list[NamePart]:
    from pytrovich.enums import NamePart  # noqa: PLC0415

    if len(words) == 1 and _is_fathers_name(words[0]):
        return [NamePart.MIDDLENAME]
    parts = [NamePart.LASTNAME] * len(words)
    for place, word in enumerate(words):
        if len(words) > 1 and place and "-" not in word and _PATRONYMIC.fullmatch(word):
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
    return _is_of_kind("Name", word.partition("-")[0])


def _is_fathers_name(word: str) -> bool:
    """Tell whether a word alone is how somebody is called by the father: «Петровна», «Ильич»."""
    return bool(_PATRONYMIC.fullmatch(word)) and _is_of_kind("Patr", word)


def _is_of_kind(kind: str, word: str) -> bool:
    readings = morphology().parse(word)[:_READINGS]
    return any(kind in parse.tag and parse.tag.case == "nomn" for parse in readings)


def _gender(words: Sequence[str], parts: Sequence[NamePart]) -> Gender | None:
    """Return the gender that a name shows; None where it shows none."""
    from pytrovich.enums import Gender, NamePart  # noqa: PLC0415

    by_part = list(zip(words, parts, strict=True))
    told: set[str] = set()
    for word, part in by_part:
        if part is NamePart.FIRSTNAME:
            readings = morphology().parse(word.partition("-")[0])[:_READINGS]
            told = {
                str(each.tag.gender)
                for each in readings
                if each.is_known and "Name" in each.tag and each.tag.case == "nomn"
            } - {"None", "ms-f"}
    if len(told) == 1:
        return Gender.FEMALE if told == {"femn"} else Gender.MALE
    named = {part.name.lower(): word for word, part in by_part}
    found: Gender = _detector().detect(**named)  # type: ignore[no-untyped-call]  # as it ships
    if found is not Gender.ANDROGYNOUS:
        return found
    surname = next((word for word, part in by_part if part is NamePart.LASTNAME), "")
    if _SURNAME.fullmatch(surname):
        return Gender.FEMALE if surname.partition("-")[0][-1] in "ая" else Gender.MALE
    if any(_is_of_both(word) for word, part in by_part if part is NamePart.FIRSTNAME):
        # «Саша Грей» may be either; of «Женя» alone the forms are the same.
        return Gender.FEMALE if len(words) == 1 else None
    tags = [morphology().parse(word)[0].tag for word in words]
    if any("femn" in tag for tag in tags):
        return Gender.FEMALE
    male = any("masc" in tag for tag in tags) or _is_unbent(surname)
    return Gender.MALE if male else None


def _is_of_both(name: str) -> bool:
    """Tell whether men and women have this first name: «Саша»."""
    return any("Name" in r.tag and "ms-f" in r.tag for r in morphology().parse(name)[:_READINGS])


def _phrase(pieces: Sequence[str], case: Case) -> list[str]:
    """Decline the adjectives and the noun that a phrase begins with, and a person it names."""
    # Who or what an unknown name is, nobody can tell: «Томирис».
    noun_at = (n for n in range(len(pieces)) if _is_head(pieces, n))
    head = next(noun_at, None)
    if len(pieces) == _LONGEST_PERSON and all(p.istitle() and len(p) <= _SHORT for p in pieces):
        return list(pieces)  # «Пак Чжи Сон»
    if head is None or not all(_nominative(piece, "ADJF") for piece in pieces[:head]):
        return list(pieces)
    noun = _nominative(pieces[head], "NOUN", known=True)
    assert noun is not None  # noqa: S101  it is a head
    stem, hyphen, _ = pieces[head].rpartition("-")
    forms = [
        *(_agreeing(piece, noun, case) for piece in pieces[:head]),
        stem + hyphen + _inflected(pieces[head][len(stem + hyphen) :], noun, {case}),
    ]
    rest = pieces[head + 1 :]
    if "Name" in noun.tag and any(map(_is_foreign, rest)):
        return list(pieces)
    if noun.tag.number == "plur" and (family := _family(rest, case)):
        return [*forms, *family]
    if "anim" in noun.tag and rest and _are_names(rest, sure=False):
        woman = noun.tag.gender == "femn"
        declined = _person(rest, case, woman=woman)
        if declined == list(rest) and not woman and not any(_noun(word) for word in rest):
            return list(pieces) if _changes_at_all(rest) else [*forms, *rest]
        rest = declined
    if "Name" in noun.tag and len(rest) == 1 and rest[0].islower():
        job = _nominative(rest[0], "NOUN", known=True)
        if job is not None and "anim" in job.tag:  # «Вася сантехник»
            rest = [_inflected(rest[0], job, {case})]
    return [*forms, *rest]


_APOSTROPHE = re.compile(r"[А-ЯЁа-яё]['’ʼ][А-ЯЁ]")


def _is_foreign(piece: str) -> bool:
    """Tell a surname that nobody can be sure of: «О'Коннор», «аль-Рашид»."""
    strange = piece[0].isupper() and bool(_APOSTROPHE.search(piece))
    return strange or piece.partition("-")[0].lower() in grammar().particles


def _family(rest: Sequence[str], case: Case) -> list[str] | None:
    """Decline the surname of several people: «супругов Беловых»."""
    if len(rest) != 1:
        return None
    readings = morphology().parse(rest[0])
    them = next((r for r in readings if {"Surn", "plur", "nomn"} <= _of(r)), None)
    return [_inflected(rest[0], them, {"plur", case})] if them else None


def _of(reading: Parse) -> set[str]:
    return {each for each in ("Surn", "plur", "nomn") if each in reading.tag}


def _is_head(pieces: Sequence[str], place: int) -> bool:
    """Tell whether a word is a noun; «Чёрный» before «кот» is not, though the dictionary has it."""
    noun = _nominative(pieces[place], "NOUN", known=True)
    if noun is None or (noun.tag.number == "plur" and noun.score < _LIKELY):
        return False  # «Кеша» is hardly what «кеш» has in the plural
    after = pieces[place + 1 : place + 2]
    described = after and _nominative(pieces[place], "ADJF") and _nominative(after[0], "NOUN")
    return not described


def _changes_at_all(words: Sequence[str]) -> bool:
    """Tell whether any of these words would change in a case, if one were sure how."""
    return any(map(_CONSONANT.search, _changing(words)))


def _nominative(piece: str, part_of_speech: str, *, known: bool = False) -> Parse | None:
    """Return how a word stands in the nominative; of a hyphened one its last part."""
    last = piece.rpartition("-")[2]
    if not _WORD.fullmatch(piece) or (piece.isupper() and len(piece) > 1):
        return None
    if last != piece and last[0].isupper():
        return None  # «Стройка-Юг»: two names, not one word
    return next(
        (
            parse
            for parse in morphology().parse(last)
            if part_of_speech in parse.tag
            and parse.tag.case == "nomn"
            and (parse.is_known or not known)
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
