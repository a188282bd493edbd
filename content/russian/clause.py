"""Whether a row of Russian words is one clause, and how likely.

A clause tells one thing, and every noun in it has its place: it did it, it was done to it, or
something before it governs it. The judge is lenient: where the dictionary knows a reading in which
a word fits, it fits.

The words that the rules go by stand in ``content/data/checking/ru/haste.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from babel.dates import get_month_names

from content.russian.lexicon import grammar, haste
from content.russian.morphology import Parse, morphology
from content.russian.telling import OF_US

VERBLESS = 2
"""What it costs to tell nothing: «корзина в работе»."""
_NOBODY = 3
"""What it costs that a thing is told of which is not named: «сорвалась»."""
_NEAR = 2
_SURE = 0.75
_POSSIBLE = 0.005
_RUSSIAN = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яё]+)*")
_TELLING = frozenset({"VERB", "PRTS", "ADJS", "PRED"})
_ATTRIBUTES = frozenset({"ADJF", "PRTF", "NUMR"})
_NAMING = frozenset({"NOUN", "NPRO", "ADJF", "PRTF", "VERB"})
"""What may be a noun where it tells nothing: «замер» is both."""
_TAKING = frozenset({"INFN", "GRND", "PRTF"})
_BESIDE = frozenset({"datv", "ablt", "loct", "voct"})
"""Cases in which a noun stands beside a verb by itself."""
_MONTHS = frozenset(get_month_names("wide", context="stand-alone", locale="ru").values())


@dataclass(frozen=True)
class Word:
    """A word of a text, in small letters, with where it stands and all it may be."""

    text: str
    start: int
    end: int
    readings: tuple[Parse, ...]
    big: bool

    @cached_property
    def tells(self) -> Parse | None:
        """The reading as what tells of something, where it is no other word."""
        told = [each for each in self.readings if each.tag.POS in _TELLING and each.is_known]
        ours = [each for each in told if "1per" in each.tag]
        if sum(each.score for each in ours) >= OF_US:
            return next((each for each in ours if "tran" in each.tag), ours[0])  # «утверждаем»
        if (
            self.text in haste().no_deed | haste().no_verb
            or sum(each.score for each in told) < _SURE
        ):
            return None
        deeds = [each for each in told if each.tag.POS != "ADJS"] or told  # «повторим»
        return next((each for each in deeds if "impr" not in each.tag), deeds[0])

    @cached_property
    def is_how(self) -> bool:
        """Whether it is «криво», which beside a deed tells how."""
        return self.tells is not None and self.tells.tag.POS == "ADJS" and "neut" in self.tells.tag

    @cached_property
    def lemmas(self) -> frozenset[str]:
        return frozenset(each.normal_form for each in self.readings)

    @cached_property
    def cases(self) -> frozenset[str]:
        likely = (each for each in self.readings if each.score >= _POSSIBLE)
        return frozenset(str(each.tag.case) for each in likely if each.tag.case)

    @property
    def pos(self) -> str | None:
        """The likeliest part of speech."""
        return str(self.readings[0].tag.POS) if self.readings else None

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdigit()

    @property
    def joins(self) -> bool:
        """Whether it joins clauses, or begins one."""
        asks = not self.lemmas.isdisjoint({"который", "какой"})
        return asks or self.text in haste().joining | haste().questions

    def may_be(self, *parts: str) -> bool:
        return any(each.tag.POS in parts for each in self.readings if each.score >= _POSSIBLE)

    def goes_with(self, then: Word | None) -> bool:
        """Tell «рабочий» of «рабочий разговор»."""
        if then is None or then.pos in {"PREP", "CONJ"}:
            return False
        mine = [e.tag for e in self.readings if e.tag.POS in _ATTRIBUTES and e.score >= _POSSIBLE]
        theirs = [e.tag for e in then.readings if e.tag.POS in _ATTRIBUTES | {"NOUN"}]
        return any(
            my.case == its.case and (my.number == its.number or its.POS == "NUMR")
            for my in mine
            for its in theirs
        )


Words = Sequence[Word]


def words_of(text: str) -> Words:
    """Return the words of a row that no mark parts."""
    return [_word(found) for found in re.finditer(r"\S+", text)]


def _word(found: re.Match[str]) -> Word:
    word = found[0].lower()
    readings = tuple(morphology().parse(word)) if _RUSSIAN.fullmatch(word) else ()
    return Word(word, *found.span(), readings, found[0][:1].isupper())


def pieces(clause: Words) -> Iterator[tuple[Words, int, bool]]:
    """Yield what stands between words that join, where it begins, and whether «и» is before it."""
    begin, joined = 0, False
    for place, word in enumerate(clause):
        before, then = clause[place - 1 : place], clause[place + 1 : place + 2]
        inside = any(each.goes_with(word) for each in before) or word.may_be("NOUN")
        inside = inside or all(each.is_number for each in (*before, *then))  # «12 и 19 ноября»
        if (word.joins or word.pos == "CONJ") and not inside:
            yield clause[begin:place], begin, joined
            begin, joined = place + 1, word.text not in grammar().opening
    yield clause[begin:], begin, joined


def cost(piece: Words, *, joined: bool, several: bool, follows: bool = False) -> int | None:
    """Return how unlikely it is that a piece is one clause, None where it is none.

    ``joined``: a joint stands before, and its first noun belongs to what is before that.
    ``several``: more than one may have done it: «Анна и Пётр».
    ``follows``: another clause stands before, which may name whoever did it.
    """
    told = [*_told(piece, several=several and not joined)]
    things = [*_things(piece, told)][joined:]
    takers = sum(word.pos in _TAKING for word in piece)
    if not told:
        so = len(things) == len(("what", "how")) and _is_so(*things)
        return VERBLESS if so or len(things) <= 1 + takers else None
    if len(told) > 1:
        return None
    verb = told[0]
    takers += verb.takes or any(word.text in haste().how_much for word in piece)
    places = [_placed(verb, doer, things, takers) for doer in (None, *things)]
    found = [each for each in places if each is not None]
    if not found:
        return None
    nobody = all(not named for _, named in found) and verb.is_of_a_thing
    bare = all(word.tells or word.pos in {"PRCL", "ADVB"} for word in piece)
    return min(each for each, _ in found) + bare + (nobody and (1 if follows else _NOBODY))


def is_note(piece: Words) -> bool:
    """Tell «предоплата половина», where nothing is told, from a row of more things."""
    return not any(each.tells for each in piece) and len([*_things(piece, ())]) <= len(
        ("thing", "what of it")
    )


def _placed(
    verb: _Told, doer: _Thing | None, things: Sequence[_Thing], takers: int
) -> tuple[int, bool] | None:
    """Return what it costs that a thing did it, and the others have a place beside, None if not."""
    if doer is not None and not doer.may_do(verb):
        return None
    others = [each for each in things if each is not doer]
    done = [each for each in others if each.may_be_done(verb)]
    spare = [each for each in done if each.beside][: max(0, len(done) - takers)]
    left = [each for each in others if each not in done] + spare
    if len(others) - len(left) > takers or not all(each.beside for each in left):
        return None
    behind = doer is not None and doer.place > verb.place and not verb.counts(doer)
    instead = doer is None and any(each.may_do(verb) for each in done)
    lacks = verb.takes and not done
    return behind + instead + lacks + len(left), doer is not None


class _Thing(NamedTuple):
    """A noun that nothing before it governs, with what it may be to a verb."""

    place: int
    readings: Sequence[Parse]
    counted: bool
    """«Пять страниц», which takes any verb."""
    beside: bool
    """Whether it may stand there by itself: «записи» is «кому» as well."""

    @property
    def cases(self) -> frozenset[str]:
        return frozenset(str(each.tag.case) for each in self.readings)

    def may_do(self, verb: _Told) -> bool:
        if self.counted or (verb.takes_some and verb.is_neuter and "gent" in self.cases):
            return not verb.lacks and verb.reading.tag.person != "1per"
        return any(each.tag.case == "nomn" and verb.agrees(each) for each in self.readings)

    def may_be_done(self, verb: _Told) -> bool:
        if verb.reading.tag.POS == "PRED" and not verb.lacks:
            return self.counted or not self.cases.isdisjoint({"nomn", "accs"})
        wanted = {"gent"} if verb.lacks else {"accs", "gen2"}
        wanted |= {"gent"} if verb.denied or verb.takes_some else set()
        return self.counted or not self.cases.isdisjoint(wanted)


class _Told(NamedTuple):
    """What is told, and where."""

    place: int
    word: Word
    reading: Parse
    denied: bool
    several: bool

    @property
    def takes_some(self) -> bool:
        """Whether it takes the second case: «жду оплаты»."""
        return not self.word.lemmas.isdisjoint(haste().of_a_thing)

    @property
    def lacks(self) -> bool:
        """Whether it tells that something is not there."""
        return self.word.text in {"нет", "надо"}

    @property
    def takes(self) -> bool:
        """Whether something may be done to a thing."""
        tag = self.reading.tag
        deed = (tag.POS == "VERB" and "tran" in tag) or tag.POS == "PRED" or self.takes_some
        return deed or (self.denied and not self.word.lemmas.isdisjoint(haste().lacking))

    @property
    def is_neuter(self) -> bool:
        return "neut" in self.reading.tag

    @property
    def is_of_a_thing(self) -> bool:
        """Whether only something that is named is told of so: «сорвалась», but not «сдал»."""
        tag = self.reading.tag
        state = tag.POS in {"PRTS", "ADJS"} or "intr" in tag
        return state and tag.gender != "neut" and tag.number == "sing" and not tag.person

    def counts(self, doer: _Thing) -> bool:
        """Tell «отредактировано 12 статей»."""
        return doer.counted and self.is_neuter

    def agrees(self, name: Parse) -> bool:
        verb = self.reading.tag
        if verb.number != name.tag.number:
            return self.several and "plur" in verb
        if verb.person and verb.person != (name.tag.person or "3per"):
            return False
        genders = {verb.gender, name.tag.gender}
        by_trade = "anim" in name.tag and genders == {"masc", "femn"}  # «главред написала»
        return verb.number == "plur" or None in genders or len(genders) == 1 or by_trade


def _told(piece: Words, *, several: bool) -> Iterator[_Told]:
    """Yield what is told; «был готов» and «должно быть готово» are told once."""
    some = haste().of_a_thing
    denied = any(
        word.text in haste().denying
        or word.text in haste().how_much
        or (word.pos == "INFN" and not word.lemmas.isdisjoint(some))
        for word in piece
    )
    beside = None
    alone = True
    for place, word in enumerate(piece):
        if word.tells is None or _is_no_deed(piece, place):
            continue
        found = _Told(place, word, word.tells, denied, several)
        being = not word.lemmas.isdisjoint(haste().being | haste().beside)
        if being and not (_stands_alone(piece, place) and any(_deeds(piece, word))):
            beside = beside or found
        else:
            alone = False
            yield found
    if beside and alone:
        yield beside


def _is_no_deed(piece: Words, place: int) -> bool:
    """Tell «криво» beside a deed, «надо мной», and what an adjective or a preposition leads to."""
    word, before = piece[place], piece[place - 1] if place else None
    over = word.text == "надо" and any("ablt" in w.cases for w in piece[place + 1 : place + 2])
    named = before is not None and (before.pos == "PREP" or before.goes_with(word))
    return over or named or (word.is_how and any(_deeds(piece, word)))


def _stands_alone(piece: Words, place: int) -> bool:
    """Tell «осталось залить тексты», where «стало известно» and «было готово» is one."""
    behind = piece[place + 1 : place + 1 + _NEAR]
    before = piece[max(0, place - _NEAR) : place] if "быть" in piece[place].lemmas else ()
    return not any(each.may_be("ADJS", "PRTS", "ADJF", "PRED") for each in (*before, *behind))


def _deeds(piece: Words, beside: Word) -> Iterator[bool]:
    return (each.tells is not None and not each.is_how for each in piece if each is not beside)


def _things(piece: Words, told: Sequence[_Told]) -> Iterator[_Thing]:
    """Yield the nouns that stand by themselves: no «до пятницы», no «сайта» of «часть сайта»."""
    governed = named = counted = False
    is_so = any(not each.word.lemmas.isdisjoint(haste().being) for each in told)
    verbs = {each.place for each in told}
    for place, (word, then) in enumerate(zip_longest(piece, piece[1:])):
        if word.pos in {"PREP", "COMP"}:
            governed = True
        elif word.is_number or word.pos == "NUMR" or word.text in haste().how_much | haste().more:
            counted = True
        elif place in verbs or (
            is_so and word.may_be("ADJS", "PRTS", "ADJF") and not word.goes_with(then)
        ):
            named = counted = False
        elif word.goes_with(then) or _goes_far(piece, place) or (told and _is_of(piece, place)):
            continue
        elif word.pos in _NAMING or not word.readings:
            known = [e for e in word.readings if e.is_known or "-" in word.text]
            readings = [e for e in known if e.score >= _POSSIBLE and e.tag.case]
            if then and not then.goes_with(piece[place + 2] if place + 2 < len(piece) else None):
                readings = _as_its_own(readings, then)
            counted = counted and "gent" in word.cases
            of_that = (named or counted) and "gent" in word.cases and (named or not counted)
            if not (governed or of_that or _is_loose(word, readings)):
                beside = not word.cases.isdisjoint(_BESIDE)
                yield _Thing(place, readings, counted, beside)
            governed = governed and bool(word.readings) and "Apro" in word.readings[0].tag
            named, counted = not governed, False
        else:
            named = named and word.pos in {"PRCL", "ADVB"}
            counted = False


def _goes_far(piece: Words, place: int) -> bool:
    """Tell «выгодный» of «выгодный с виду проект»."""
    led, far = piece[place + 1 : place + 2], piece[place + 3 : place + 4]
    return any(each.pos == "PREP" for each in led) and any(map(piece[place].goes_with, far))


def _is_of(piece: Words, place: int) -> bool:
    """Tell «лицензионные» of «шрифты лицензионные не передаю»."""
    before = piece[place - 1 : place]
    return any(each.pos == "NOUN" and piece[place].goes_with(each) for each in before)


def _as_its_own(readings: Sequence[Parse], then: Word) -> list[Parse]:
    """Return the readings of a noun that agree with what it is said to be behind it, if any do."""
    so = {each.tag.case for each in then.readings if each.tag.POS in _ATTRIBUTES}
    return [each for each in readings if each.tag.case in so] or [*readings]


def _is_loose(word: Word, readings: Sequence[Parse]) -> bool:
    """Tell what may stand anywhere: a name, a time, «это», a noun that is only «кому» or «чем»."""
    only_beside = word.cases.isdisjoint({"nomn", "accs", "gent"})
    when = not word.lemmas.isdisjoint(haste().of_time | haste().when | {"номер"})
    several = word.text in haste().of_a_verb and word.pos != "NPRO"
    one = not word.lemmas.isdisjoint(haste().one_of_them)
    pronoun = bool(word.readings) and "Apro" in word.readings[0].tag and not one
    each_other = word.text == "друг"  # «друг другу»
    loose = only_beside or when or several or pronoun or each_other
    return not readings or word.big or loose or _is_month(word)


def _is_month(word: Word) -> bool:
    return not word.lemmas.isdisjoint(_MONTHS)


def _is_so(thing: _Thing, how: _Thing) -> bool:
    """Tell «стоимость прежняя»."""
    said = [e.tag for e in how.readings if e.tag.POS in _ATTRIBUTES and e.tag.case == "nomn"]
    named = (e.tag for e in thing.readings if e.tag.case == "nomn" and e.tag.POS == "NOUN")
    return any(t.number == n.number and t.gender in {n.gender, None} for n in named for t in said)
