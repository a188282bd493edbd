"""Where one clause ends and the next begins in Russian typed without commas.

The words that the rules go by stand in ``content/data/checking/ru/haste.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from babel.dates import get_month_names

from content.russian.lexicon import haste
from content.russian.morphology import Parse, morphology

_CLAUSES = re.compile(r"[^,;:.!?()«»„“—·/\n]+")
_WORD = re.compile(r"\S+")
_RUSSIAN = re.compile(r"[А-Яа-яё]+(?:-[а-яё]+)*")
_TELLING = frozenset({"VERB", "PRTS", "ADJS", "PRED"})
_LEADING = _TELLING | {"NOUN", "INFN"}
"""What leads to «что поменялось»."""
_BEFORE_A_NAME = frozenset({"ADJF", "PRTF", "NUMR"})
_SURE = 0.75
_LIKELY = 0.05
_MONTHS = frozenset(get_month_names("wide", locale="ru").values())
_LONG_ENOUGH, _DAY_AND_DEED = 4, 2
_NEAR = 2
"""Words between «был» and what somebody was."""


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    readings: tuple[Parse, ...]

    @property
    def tells(self) -> Parse | None:
        """The reading as what tells of something, where it is no other word."""
        told = [each for each in self.readings if each.tag.POS in _TELLING and each.is_known]
        if self.word in haste().no_deed or sum(each.score for each in told) < _SURE:
            return None
        return next((each for each in told if "impr" not in each.tag), told[0])

    @property
    def names(self) -> list[Parse]:
        """The readings as a noun in the first case, or as «третья» without one."""
        return [
            each
            for each in self.readings
            if (each.tag.POS in {"NOUN", "NPRO"} or "Anum" in each.tag or _is_one(each))
            and each.tag.case == "nomn"
            and each.score >= _LIKELY
        ]

    def stands_in(self, *cases: str) -> bool:
        return any(each.tag.case in cases for each in self.readings if each.score >= _LIKELY)

    def may_be(self, *parts: str) -> bool:
        return any(each.tag.POS in parts for each in self.readings if each.score >= _LIKELY)

    @property
    def joins(self) -> bool:
        relative = any(each.normal_form == "который" for each in self.readings)
        return relative or self.word in haste().joining | haste().questions


def _is_one(reading: Parse) -> bool:
    return reading.normal_form in haste().one_of_them


class _Verb(NamedTuple):
    """What tells of something, and where it stands."""

    place: int
    told: Parse

    @property
    def takes_an_object(self) -> bool:
        return self.told.tag.POS == "VERB" and "tran" in self.told.tag


_Tokens = Sequence[_Token]


def parted(text: str) -> str:
    """Return a text with a comma between clauses that follow each other without any.

    «Съёмка сорвалась никто не приехал» → «съёмка сорвалась, никто не приехал».
    """
    return _CLAUSES.sub(_with_commas, text)


def _with_commas(found: re.Match[str]) -> str:
    clause = found[0]
    tokens = [_token(found) for found in _WORD.finditer(clause)]
    ends = {*_questions(tokens), *_ends_of_clauses(tokens), *_said_again(tokens)}
    if found.string[: found.start()].endswith(",") and tokens[:1]:
        ends |= {*_behind_an_exception(tokens)}
    for place in sorted(ends, reverse=True):
        start = tokens[place].start
        clause = f"{clause[:start].rstrip()}, {clause[start:]}"
    return clause


def _token(found: re.Match[str]) -> _Token:
    word = found[0].lower()
    known = _RUSSIAN.fullmatch(word)
    return _Token(word, found.start(), morphology().parse(word) if known else ())


def _questions(tokens: _Tokens) -> Iterator[int]:
    """Yield where «список, что поменялось» goes on: after a word that means something."""
    for place, (before, token) in enumerate(pairwise(tokens), 1):
        then = tokens[place + 1 :]
        leads = not before.joins and before.readings and before.readings[0].tag.POS in _LEADING
        whatever = not then or then[0].word in haste().whoever
        told = any(each.normal_form in haste().tells for each in before.readings)
        how = token.word == "как" and told and bool(then) and then[0].tells is not None
        which = told and any(each.normal_form == "какой" for each in token.readings)
        asks = (token.word in haste().questions or how or which) and not whatever
        of_a_thing = token.word == "что" and before.may_be("NOUN")
        deed = any(each.tells or (which and each.may_be("INFN")) for each in then)
        if asks and leads and (of_a_thing or deed):
            yield place


def _said_again(tokens: _Tokens) -> Iterator[int]:
    """Yield where the same begins anew: «половина сразу, половина в конце», a second day."""
    for place, token in enumerate(tokens[2:], 2):
        word = token.word if len(token.word) >= _LONG_ENOUGH else ""
        before = tokens[place - 1]
        again = word and word == tokens[0].word and not any(e.joins for e in tokens[1:place])
        anew = bool(again) and not before.may_be("PREP", "PRCL")
        if anew or _counts_again(tokens, place):
            yield place
        elif _is_day(tokens, place) and _is_day(tokens, 0) and place > _DAY_AND_DEED:
            behind = tokens[place + 2 :][:1]
            goes_on = before.word in haste().joined or before.may_be("PREP", "CONJ")
            if behind and not goes_on and not behind[0].may_be("PREP"):
                yield place


def _counts_again(tokens: _Tokens, place: int) -> bool:
    """Tell «2 правки по монтажу, 1 по звуку»."""
    before, behind = tokens[1:place], tokens[place + 1 : place + 2]
    number = tokens[0].word.isdigit() and tokens[place].word.isdigit()
    same = bool(behind) and behind[0].may_be("PREP") and behind[0].word in {e.word for e in before}
    return number and same and not (before[-1].may_be("PREP") or before[-1].joins)


def _is_day(tokens: _Tokens, place: int) -> bool:
    """Tell «5 ноября»."""
    number, month = tokens[place : place + 1], tokens[place + 1 : place + 2]
    return bool(number and month) and number[0].word.isdigit() and month[0].word in _MONTHS


def _behind_an_exception(tokens: _Tokens) -> Iterator[int]:
    """Yield where it goes on behind «…, кроме датчика на кухне, ждём замену»."""
    verb = next((p for p in range(1, len(tokens)) if _verb(tokens, p)), 0)
    if tokens[0].word in haste().excepting and verb > 1:
        yield _with_its_particles(tokens, 0, verb)


def _ends_of_clauses(tokens: _Tokens) -> Iterator[int]:
    place = 0
    while step := _next_clause(tokens[place:]):
        place += step
        yield place


def _next_clause(tokens: _Tokens) -> int:
    """Return at which word the next clause begins, 0 where all is one."""
    told = [_Verb(place, verb) for place in range(len(tokens)) if (verb := _verb(tokens, place))]
    if told and (place := _verb_of_nothing(tokens, told[0])):
        return place
    if told and (place := _second_subject(tokens, told[0]) or _one_of_them(tokens, told[0])):
        return place
    for one, two in pairwise([*told, None]):
        if one is None:
            break
        between = tokens[one.place + 1 : two.place + 1 if two else None]
        if any(each.joins for each in between):
            continue
        if two is not None:
            return (
                _subject(tokens, one, two)
                or _thing_without_verb(tokens[: two.place], one)
                or _object(tokens, one, two)
                or _with_its_particles(tokens, one.place, two.place)
            )
        if place := _thing_without_verb(tokens, one):
            return place
    return 0


def _verb(tokens: _Tokens, place: int) -> Parse | None:
    """Return what happened, as a word says it; «был» says it only where no other word does."""
    token, before, behind = tokens[place], tokens[:place][-1:], tokens[place + 1 :][:_NEAR]
    if token.tells is None or any(each.may_be("PREP") or each.word == "быть" for each in before):
        return None
    then = behind[0] if behind else None
    deed = then and then.tells if token.tells.tag.POS == "ADJS" else None
    how = deed and deed.tag.POS == "VERB" and token.tells.tag.gender == "neut" != deed.tag.gender
    behind_verb = any(each.tells and each.tells.tag.POS == "VERB" for each in before)
    how = how or (behind_verb and token.tells.tag.POS == "ADJS" and "neut" in token.tells.tag)
    over = token.word == "надо" and then and then.stands_in("ablt")
    lacks = token.word != "нет" or any(e.stands_in("gent") for e in [*tokens[:place], *behind])
    if how or over or not lacks:
        return None  # «бездоказательно обвиняет», «надо мной», «сказал нет»
    if token.tells.normal_form not in haste().being:
        return token.tells
    so_far = [] if token.word.startswith("оста") else tokens[max(0, place - _NEAR) : place]
    near = [*so_far, *behind]
    is_so = any(each.may_be("PRTS", "ADJS", "PRED", "ADVB") for each in near)
    return None if is_so else token.tells


def _verb_of_nothing(tokens: _Tokens, verb: _Verb) -> int:
    """Return where «корзина в работе, осталось два экрана» has its comma, 0 for nowhere.

    «Съёмка на среду, готовлю реквизит» is told of oneself.
    """
    start = _with_its_particles(tokens, 0, verb.place)
    told = verb.told.tag
    of_nothing = told.POS == "VERB" and (told.gender == "neut" or told.person == "1per")
    names = tokens[0].names
    if not of_nothing or not names or tokens[0].stands_in("accs", "gent"):
        return 0
    apart = any(each.may_be("PREP") for each in tokens[1:start])
    return start if apart and not any(_agree(each, verb.told) for each in names) else 0


def _second_subject(tokens: _Tokens, verb: _Verb) -> int:
    """Return where «глава 4, половина готова» has its comma, 0 for nowhere."""
    first, start = tokens[0], _with_its_particles(tokens, 0, verb.place) - 1
    names = [each for each in tokens[start].names if "Name" not in each.tag] if start > 0 else []
    apart = [*tokens[1:start]]
    sure = not first.stands_in("accs", "gent") and not tokens[start].stands_in("accs", "gent")
    told = any(_agree(each, verb.told) for each in names)
    joined = not apart or any(each.joins or each.may_be("ADJF") for each in apart)
    return start if first.names and sure and told and not joined else 0


def _one_of_them(tokens: _Tokens, verb: _Verb) -> int:
    """Return where «3 эскиза, один доводим» has its comma, 0 for nowhere.

    So has «плитка на складе, опись приложу», where another thing stands nearer.
    """
    place = _with_its_particles(tokens, 0, verb.place) - 1
    which = [each for each in tokens[max(place, 0)].readings if each.tag.case == "accs"]
    one = any(_is_one(each) or "Anum" in each.tag for each in which)
    first, thing = tokens[0], tokens[max(place, 0)]
    so = place > 1 and tokens[place - 1].may_be("ADJF")  # «стоимость прежняя»
    so = so and not _goes_with(tokens[place - 1], thing)
    far = first.may_be("NOUN") and (so or any(each.may_be("PREP") for each in tokens[1:place]))
    own = thing.may_be("NOUN") and not thing.stands_in("gent", "loct", "datv")
    one = one or (own and far and bool(which) and not tokens[place - 1].may_be("PREP"))
    ours = verb.told.tag.person == "1per" and "tran" in verb.told.tag
    return place if place > 1 and one and ours and (so or tokens[place - 1].may_be("NOUN")) else 0


def _subject(tokens: _Tokens, one: _Verb, two: _Verb) -> int:
    """Return where that begins which the second verb tells of, 0 where it is not named."""
    owned = _has_subject(tokens, one)
    last = _with_its_particles(tokens, one.place, two.place) - 1
    if last > one.place and _is_told_of(tokens[last], two):
        return last
    for place in range(one.place + 1, two.place):
        names = tokens[place].names
        if not names or not _stands_alone(tokens, place, one.place):
            continue
        if not owned and any(_agree(each, one.told) for each in names):
            owned = True  # «пришёл счёт»
            continue
        taken = tokens[place].stands_in("accs", "gent") and _lacks_object(tokens, one, place)
        if any(_agree(each, two.told) for each in names) and not taken:
            return _phrase(tokens, place, one.place)
    return 0


def _is_told_of(token: _Token, verb: _Verb) -> bool:
    """Tell «французский» of «меню свёрстано, французский не вычитан»."""
    alone = all(each.tag.POS == "ADJF" and "Apro" not in each.tag for each in token.readings)
    nomn = (each for each in token.readings if each.tag.case == "nomn")
    done = verb.told.tag.POS in {"PRTS", "ADJS"} and verb.told.tag.number == "sing"
    return bool(token.readings) and alone and done and any(_agree(each, verb.told) for each in nomn)


def _object(tokens: _Tokens, one: _Verb, two: _Verb) -> int:
    """Return where «четвёртую пишу» or «подписи нет» begins, 0 where the verb has nothing."""
    place = _with_its_particles(tokens, one.place, two.place) - 1
    if place <= one.place or not _stands_alone(tokens, place, one.place):
        return 0
    lacking = two.told.normal_form in haste().lacking
    case = "gent" if lacking else "accs"
    if lacking and any(each.stands_in(case) for each in tokens[two.place + 1 :][:1]):
        return 0
    start = _phrase(tokens, place, one.place)
    told_of = not _has_subject(tokens, one) and any(
        _agree(each, one.told) for each in tokens[place].names
    )
    people = any("anim" in each.tag for each in tokens[place].readings)
    other = people or any(each.stands_in("accs") for each in tokens[two.place + 1 :])
    of_that = other and tokens[place].stands_in("gent") and tokens[start - 1].may_be("NOUN")
    free = lacking or not (_lacks_object(tokens, one, start) or told_of or of_that)
    takes = lacking or "tran" in two.told.tag
    return start if takes and free and tokens[place].stands_in(case) else 0


def _lacks_object(tokens: _Tokens, verb: _Verb, until: int) -> bool:
    """Tell whether a verb has not yet what is done to, by the words up to a place."""
    before = [
        p for p in range(verb.place) if not any(_agree(n, verb.told) for n in tokens[p].names)
    ]
    others = [*before, *range(verb.place + 1, until)]
    named = (p for p in others if tokens[p].stands_in("accs") or not tokens[p].readings)
    free = any(not p or not tokens[p - 1].may_be("PREP") for p in named)
    return verb.takes_an_object and not free


def _thing_without_verb(tokens: _Tokens, verb: _Verb) -> int:
    """Return where «корзина в работе» begins behind «каталог свёрстан», 0 for nowhere."""
    behind = tokens[verb.place + 1 :]
    to_do = any(each.may_be("INFN") for each in behind)
    if verb.takes_an_object or to_do or not _has_subject(tokens, verb):
        return 0
    for place in range(verb.place + 1, len(tokens)):
        names = [each for each in tokens[place].names if each.tag.POS != "NPRO"]
        object_of = tokens[place].stands_in("accs", "gent") and verb.told.tag.POS != "PRTS"
        of_time = any(each.normal_form in haste().of_time for each in names)
        alone = _stands_alone(tokens, place, verb.place)
        if names and alone and not object_of and not of_time:
            return _phrase(tokens, place, verb.place) if len(tokens) > place + 1 else 0
    return 0


def _stands_alone(tokens: _Tokens, place: int, after: int) -> bool:
    """Tell whether nothing before a noun takes it: no preposition and no number."""
    before = tokens[_phrase(tokens, place, after) - 1]
    return not before.may_be("PREP", "NUMR") and not before.word[-1:].isdigit()


def _phrase(tokens: _Tokens, place: int, after: int) -> int:
    """Return where a noun begins with its adjectives."""
    noun = tokens[place]
    while place - 1 > after and _goes_with(tokens[place - 1], noun):
        place -= 1
    return place


def _goes_with(before: _Token, noun: _Token) -> bool:
    forms = {(each.tag.case, each.tag.number) for each in noun.readings}
    same = any((each.tag.case, each.tag.number) in forms for each in before.readings)
    return before.may_be("NUMR") or (same and before.may_be(*_BEFORE_A_NAME))


def _with_its_particles(tokens: _Tokens, after: int, verb: int) -> int:
    """Return where «ещё не готов» begins, or «14 ноября вернулся» behind another day."""
    told = tokens[verb].tells
    while verb - 1 > after and tokens[verb - 1].word in haste().of_a_verb:
        verb -= 1
    if told and told.normal_form in haste().auxiliary and verb - 1 > after:
        verb -= tokens[verb - 1].may_be("INFN")  # «продлевать не буду»
    told_of_a_day = _is_day(tokens, verb - 2) and _is_day(tokens, 0)
    return verb - 2 if told_of_a_day and verb - 2 > after else verb


def _has_subject(tokens: _Tokens, verb: _Verb) -> bool:
    before = tokens[: verb.place]
    several = any(  # the 3 of «3 ноября» counts nothing
        token.word == "и" or token.word.isdigit() or token.may_be("NUMR")
        for place, token in enumerate(before)
        if not _is_day(tokens, place)
    )
    free = [*before[:1], *(each for of, each in pairwise(before) if not of.may_be("PREP"))]
    named = any(_agree(name, verb.told) for token in free for name in token.names)
    return named or (several and "plur" in verb.told.tag)


def _agree(name: Parse, verb: Parse) -> bool:
    persons = {verb.tag.person, name.tag.person or "3per"}
    if verb.tag.number != name.tag.number or (verb.tag.person and len(persons) > 1):
        return False
    genders = {verb.tag.gender, name.tag.gender}
    return verb.tag.number == "plur" or None in genders or len(genders) == 1
