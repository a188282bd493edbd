"""Where one clause ends and the next begins in Russian typed without commas.

Where a row of words is no clause, and there is one best way to cut it into some, a comma stands
there. Where there are several, or none, nobody but whoever typed it knows what was meant: then
that is told, and nothing guessed.

The words that the rules go by stand in ``content/data/checking/ru/haste.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from babel.dates import get_month_names

from content.russian.clause import VERBLESS, Words, cost, is_note, pieces, words_of
from content.russian.lexicon import haste

_CLAUSES = re.compile(r"[^,;:.!?()«»„“—·/\n]+")
_LEADING = frozenset({"VERB", "PRTS", "ADJS", "PRED", "NOUN", "INFN"})
"""What leads to «что поменялось»."""
_MONTHS = frozenset(get_month_names("wide", locale="ru").values())
_LONG_ENOUGH, _DAY_AND_DEED = 4, 2
_LONGEST = 40
"""Words; a longer row is a text, and is left as it is."""
_A_CUT, _BY_FAR = 3, 1


def parted(text: str) -> str:
    """Return a text with a comma between clauses that follow each other without any.

    «Съёмка сорвалась никто не приехал» → «съёмка сорвалась, никто не приехал».
    """
    return _CLAUSES.sub(_with_commas, text)


def run_together(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand side by side that nothing surely joins or parts.

    «Эскизы готовы к чистовикам не приступали», «балкон 1000 глажка 500 в час».
    """
    for found in _CLAUSES.finditer(text):
        words = words_of(found[0])
        in_a_row = text[: found.start()].endswith(",")  # «главная, каталог готовы»
        if not (holds_together(words, in_a_row=in_a_row) or is_note(words)):
            yield found.start() + words[0].start, found.start() + words[-1].end


def holds_together(words: Words, *, in_a_row: bool = False) -> bool:
    """Tell whether words are one clause, or some that are joined; ``in_a_row``: behind others."""
    several = in_a_row or _are_several(words)
    return all(_holds(piece, joined, several) for piece, _, joined in pieces(words))


def _with_commas(found: re.Match[str]) -> str:
    clause = found[0]
    words = words_of(clause)
    ends = {*_questions(words), *_said_again(words)}
    if found.string[: found.start()].endswith(",") and words[:1]:
        ends |= {*_behind_an_exception(words)}
    if len(words) <= _LONGEST:
        ends |= {*_ends_of_clauses(words)}
    for place in sorted(ends, reverse=True):
        start = words[place].start
        clause = f"{clause[:start].rstrip()}, {clause[start:]}"
    return clause


def _holds(piece: Words, joined: bool, several: bool) -> bool:
    return not piece or cost(piece, joined=joined, several=several) is not None


def _are_several(clause: Words) -> bool:
    return any(each.text in {"и", "с", "со", "или"} for each in clause)


def _ends_of_clauses(words: Words) -> Iterator[int]:
    """Yield where the one best way to cut a row of words into clauses cuts it."""
    several = _are_several(words)
    for piece, begin, joined in pieces(words):
        if not _holds(piece, joined, several):
            cuts = _cuts(piece, joined=joined, several=several)
            yield from (begin + place for place in cuts)


def _cuts(piece: Words, *, joined: bool, several: bool) -> tuple[int, ...]:
    """Return the places of the cheapest cuts, none where another way is nearly as good."""
    best: list[list[tuple[int, tuple[int, ...]]]] = [[(0, ())]]
    for end in range(1, len(piece) + 1):
        ways = []
        for start in range(end):
            if not best[start] or not _may_begin(piece, start):
                continue
            here = joined and not start
            price = cost(piece[start:end], joined=here, several=several, follows=start > 0)
            if price is not None and not (price == VERBLESS and end - start == 1):
                price += _A_CUT + _goes_on(piece, start)
                ways += [(c + price, (*cuts, start)) for c, cuts in best[start]]
        best.append(sorted(ways)[:2])
    found = best[-1]
    if not found or (len(found) > 1 and found[1][0] - found[0][0] < _BY_FAR):
        return ()
    return found[0][1][1:]


def _goes_on(piece: Words, place: int) -> bool:
    """Tell whether a word rather belongs to what stands before: «изменился 14 ноября»."""
    if piece[place].is_number:
        return not piece[0].is_number
    return place > 0 and piece[place].pos in {"PREP", "ADVB"}


def _may_begin(piece: Words, place: int) -> bool:
    """Tell whether a clause may begin with a word: not within «не готов» or «новый макет»."""
    before, word = piece[place - 1], piece[place]
    return not place or not (
        before.pos in {"PREP", "PRCL"}
        or before.text in haste().joined
        or before.text in haste().of_a_verb
        or (before.is_number and "gent" in word.cases)
        or before.goes_with(word)
        or word.text in haste().behind
    )


def _questions(words: Words) -> Iterator[int]:
    """Yield where «список, что поменялось» goes on: after a word that means something."""
    for place, (before, word) in enumerate(pairwise(words), 1):
        then = words[place + 1 :]
        leads = not before.joins and before.readings and before.readings[0].tag.POS in _LEADING
        whatever = not then or then[0].text in haste().whoever
        told = any(each.normal_form in haste().tells for each in before.readings)
        how = word.text == "как" and told and bool(then) and then[0].tells is not None
        which = told and any(each.normal_form == "какой" for each in word.readings)
        asks = (word.text in haste().questions or how or which) and not whatever
        of_a_thing = word.text == "что" and before.may_be("NOUN")
        deed = any(each.tells or (which and each.may_be("INFN")) for each in then)
        if asks and leads and (of_a_thing or deed):
            yield place


def _said_again(words: Words) -> Iterator[int]:
    """Yield where the same begins anew: «половина сразу, половина в конце», a second day."""
    for place, word in enumerate(words[2:], 2):
        before = words[place - 1]
        again = len(word.text) >= _LONG_ENOUGH and word.text == words[0].text
        again = again and not any(each.joins for each in words[1:place])
        anew = again and not before.may_be("PREP", "PRCL")
        if anew or _counts_again(words, place):
            yield place
        elif _is_day(words, place) and _is_day(words, 0) and place > _DAY_AND_DEED:
            behind = words[place + 2 :][:1]
            goes_on = before.text in haste().joined or before.may_be("PREP", "CONJ")
            if behind and not goes_on and not behind[0].may_be("PREP"):
                yield place


def _counts_again(words: Words, place: int) -> bool:
    """Tell «2 правки по монтажу, 1 по звуку»."""
    before, behind = words[1:place], words[place + 1 : place + 2]
    number = words[0].text.isdigit() and words[place].text.isdigit()
    same = bool(behind) and behind[0].may_be("PREP") and behind[0].text in {e.text for e in before}
    return number and same and not (before[-1].may_be("PREP") or before[-1].joins)


def _is_day(words: Words, place: int) -> bool:
    """Tell «5 ноября»."""
    number, month = words[place : place + 1], words[place + 1 : place + 2]
    return bool(number and month) and number[0].text.isdigit() and month[0].text in _MONTHS


def _behind_an_exception(words: Words) -> Iterator[int]:
    """Yield where it goes on behind «…, кроме датчика на кухне, ждём замену»."""
    verb = next((place for place, word in enumerate(words) if place > 1 and word.tells), 0)
    while verb and words[verb - 1].text in haste().of_a_verb:
        verb -= 1
    if words[0].text in haste().excepting and verb > 1:
        yield verb
