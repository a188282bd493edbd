"""What of an English text only its writer can mend: words run together, short forms, loose ends.

Nothing is guessed here: each place is shown to whoever typed it. The words that the doubts go by
stand in ``content/data/checking/en/doubts.toml``.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from content.checking.findings import Doubt, Known, Rule
from content.checking.lexicon import EnglishDoubts, read
from content.english.notes import with_article
from content.english.words import is_listed
from content.typography import NO_BREAK
from content.wordlists import any_of


def doubts(text: str, known: Known, *, money: bool = False) -> Iterator[Doubt]:
    """Yield what of a text its writer has to look at, each place once.

    ``money``: it answers a question about money, so that a number of nothing is a sum.
    """
    text = text.replace(NO_BREAK, " ").replace("’", "'")
    reach = 0
    found = [
        *_loose(text),
        *(each for stretch in _STRETCH.finditer(text) for each in _run_on(text, stretch)),
        *_short(text, known),
        *_of_somebody(text),
        *(Doubt(Rule.NO_CURRENCY, *each.span()) for each in _BARE.finditer(text) if money),
    ]
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.start >= reach:
            yield each
            reach = each.end


_STRETCH = re.compile(r"(?:[^.,;:!?()\n\N{EM DASH}\N{EN DASH}“”\"‹›]|(?<=\d)[.,:](?=\d))+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[$€£]?\d[\d.,:]*\w*|&")


def _run_on(text: str, stretch: re.Match[str]) -> Iterator[Doubt]:
    """Yield where a clause begins with nothing before it: “it is done | I sent the codes”."""
    tokens = [*_WORD.finditer(text, *stretch.span())]
    low = [each[0].lower() for each in tokens]
    words = _words()
    under = bool(low) and low[0] in words.under
    for place in range(1, len(low)):
        before = low[place - 1]
        if before in words.joints or place < _SHORTEST:
            continue
        if low[place] in words.clauses or _is_whole(low, place):
            start, end = tokens[place - 1].start(), tokens[place].end()
            fix = f"{tokens[place - 1][0]}, {tokens[place][0]}" if under else None
            yield Doubt(Rule.RUN_ON, start, end, fix)
            return
    said = stretch[0].lstrip()
    if low and low[0] not in words.joints and said != with_article(said):
        start = stretch.end() - len(said)
        yield Doubt(Rule.UNFINISHED, start, start + len(" ".join(said.split()[:_HEAD])))
    yield from _told_twice(
        tokens, low, words.states if words.being.isdisjoint(low) else words.being
    )


_SHORTEST = 2
"""Words before a clause that runs on."""
_HEAD = 3
"""Words that show where an article is lacking: “new concept is”."""


def _is_whole(low: Sequence[str], place: int) -> bool:
    """Tell whether a subject has its verb and what it is done to: “I sent the codes”.

    “The folder I sent” has not, unless what stands before takes no such clause.
    """
    words = _words()
    if low[place] not in words.subjects or place + 1 == len(low):
        return False
    if low[place - 1] in words.ends:
        return True
    verb = place + 1
    while verb < len(low) and low[verb] in words.helpers:
        verb += 1
    if low[place] == "it":
        return low[place + 1] in words.being
    behind = low[verb + 1] if verb + 1 < len(low) else ""
    return behind in words.objects or behind[:1] in {*"$€£"}


def _told_twice(
    tokens: Sequence[re.Match[str]], low: Sequence[str], told: frozenset[str]
) -> Iterator[Doubt]:
    """Yield “done banner half done”: two things, each with what is told of it."""
    places = [place for place, word in enumerate(low) if word in told]
    for first, then in pairwise(places):
        between = low[first + 1 : then] if told is _words().states else low[:then]
        if then - first > 1 and _words().joints.difference(told).isdisjoint(between):
            yield Doubt(Rule.RUN_ON, tokens[first].start(), tokens[then].end())
            return


def _loose(text: str) -> Iterator[Doubt]:
    """Yield what is open, casual, or breaks off, and a sum that nothing parts from its thing."""
    for pattern, rule in _turns():
        for found in pattern.finditer(text):
            yield Doubt(rule, *found.span())


@cache
def _turns() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    words = _words()
    return tuple(
        (re.compile(pattern, re.IGNORECASE | re.MULTILINE), rule)
        for pattern, rule in (
            (rf"(?<![\w'-])(?:{any_of(words.casual)})(?![\w'-])", Rule.SHORTHAND),
            (rf"(?<![\w'/-])(?:{any_of(words.open)})(?![\w'/-])", Rule.UNFINISHED),
            (rf"(?<![\w'-])[a-z'-]+ (?:{any_of(words.dangling)})(?=[.;,]?\s*$)", Rule.UNFINISHED),
            (rf"\b(?:a|per|each) (?:{any_of(words.rated)}) [$€£]\d[\d.,]*", Rule.RUN_ON),
            (rf"{_BARE_SUM} (?:still )?(?:{any_of(words.of_money)})\b", Rule.NO_CURRENCY),
            (r"(?<=\s)\+\d+(?! ?[$€£%\d])", Rule.NO_CURRENCY),
        )
    )


_BARE_SUM = r"(?<![\w$€£.,#:/-])\d{2,}(?:\.\d\d)?"


_BARE = re.compile(
    rf"(?<!\bof )(?<!\bto )(?<!\bby )(?<!\d: ){_BARE_SUM}(?=[,;)]|$| (?:now|later|at|on|when|if"
    r"|half|the|and|or|for|plus|up|down|after|before|upon)\b)"
)


def _short(text: str, known: Known) -> Iterator[Doubt]:
    """Yield short forms that no word is, and a name that is typed small, with its capital."""
    for found in _SMALL.finditer(text):
        word = found[0].removesuffix("'s")
        if len(word) < _SHORTEST or word in _words().trade or is_listed(word) or known.words(word):
            continue
        if word in known.names:
            yield Doubt(Rule.UNSURE, *found.span(), found[0].capitalize())
        elif len(word) <= _LONGEST_SHORT or not re.search("[aeiouy]", word):
            yield Doubt(Rule.SHORTHAND, *found.span())


_SMALL = re.compile(r"(?<![\w@#./'&-])[a-z]+(?:'[a-z]+)?(?![\w@/'-]|\.\w)")
_LONGEST_SHORT = 4
"""Letters; what is longer and in no dictionary is rather a word of somebody's trade."""


def _of_somebody(text: str) -> Iterator[Doubt]:
    """Yield “he” in a sentence that names nobody: whoever it is of may be who reads it."""
    for sentence in _SENTENCE.finditer(text):
        for found in _THEY.finditer(text, *sentence.span()):
            before = text[sentence.start() : found.start()]
            named = {each for each in _NAMED.findall(before[1:]) if each not in _OF_THE_CALENDAR}
            small = set(re.findall(r"[a-z]+", before))
            if not named and small.isdisjoint(_words().people):
                yield Doubt(Rule.UNTOLD, *found.span())
            break


_SENTENCE = re.compile(r"[^.!?;\n]+")
_THEY = re.compile(
    r"(?<![\w'-])(?:he|she|him|his|her|hers|he's|she's|he'll|she'll)(?![\w-])", re.IGNORECASE
)
_NAMED = re.compile(r"(?<![\w'])[A-Z][a-z]+")
_OF_THE_CALENDAR = frozenset((*month_name, *day_name))


def _words() -> EnglishDoubts:
    words: EnglishDoubts = read("en", EnglishDoubts)
    return words
