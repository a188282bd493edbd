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
from string import ascii_lowercase

from content.checking.findings import Doubt, Known, Rule
from content.checking.lexicon import EnglishDoubts, read
from content.english.hasty import is_thing, tells
from content.english.notes import has_verb, with_article
from content.english.words import is_listed
from content.typography import NO_BREAK
from content.wordlists import any_of


def doubts(text: str, known: Known, *, money: bool = False, event: bool = False) -> Iterator[Doubt]:
    """Yield what of a text its writer has to look at, each place once.

    ``money``: it answers a question about money, so that a number of nothing is a sum; ``event``:
    it tells what happened, and needs a verb.
    """
    text = text.replace(NO_BREAK, " ").replace("’", "'")
    reach = 0
    in_currency = bool(re.search("[$€£]", text))
    found = [
        *(each for each in _loose(text) if not _is_counted(each, text, money and not in_currency)),
        *_lacking(text),
        *(each for stretch in _STRETCH.finditer(text) for each in _run_on(text, stretch)),
        *_short(text, known),
        *_slips_of_the_keyboard(text, known),
        *([Doubt(Rule.UNFINISHED, 0, len(text))] if event and not has_verb(text) else ()),
        *_of_somebody(text),
        *(Doubt(Rule.NO_CURRENCY, *each.span()) for each in _bare_sums(text) if money),
    ]
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.start >= reach:
            yield each
            reach = each.end


def _is_counted(doubt: Doubt, text: str, money: bool) -> bool:
    """Tell a number of guests, “for 40”, from a sum: only of a sum somebody asked for it."""
    return not money and bool(_FOR_SO_MANY.fullmatch(text, doubt.start, doubt.end))


_FOR_SO_MANY = re.compile(r"for \d\d")
_STRETCH = re.compile(r"(?:[^.,;:!?()\n\N{EM DASH}\N{EN DASH}“”\"‹›]|(?<=\d)[.,:](?=\d))+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[$€£]?\d[\d.,:]*\w*|&")


def _run_on(text: str, stretch: re.Match[str]) -> Iterator[Doubt]:
    """Yield where a clause begins with nothing before it: “it is done | I sent the codes”."""
    tokens = [*_WORD.finditer(text, *stretch.span())]
    low = [each[0].lower() for each in tokens]
    words = _words()
    under = bool(low) and low[0] in words.under
    for place in range(_SHORTEST, len(low)):
        before = low[place - 1]
        if before in words.joints or words.joints.union(words.ends).issuperset(low[:place]):
            continue
        if low[place] in words.clauses or _is_whole(low, place):
            start, end = tokens[place - 1].start(), tokens[place].end()
            fix = f"{tokens[place - 1][0]}, {tokens[place][0]}" if under else None
            yield Doubt(Rule.RUN_ON, start, end, fix)
            return
    said = stretch[0].lstrip()
    mended = _OF_A_THING.match(said)  # which the letter gives its article
    if low and not mended and low[0] not in words.joints and said != with_article(said):
        start = stretch.end() - len(said)
        bare = " ".join(said.split()[:_HEAD])
        fix = " ".join(with_article(said).split()[: len(bare.split()) + 1])
        yield Doubt(Rule.UNFINISHED, start, start + len(bare), fix)
    yield from _told_twice(
        tokens, low, words.states if words.being.isdisjoint(low) else words.being
    )


_OF_A_THING = re.compile(r"[a-z]+(?: [a-z]+)? (?:for|from|of|on|about|with) ", re.IGNORECASE)
_SHORTEST = 2
"""Words before a clause that runs on."""
_HEAD = 3
"""Words that show where an article is lacking: “new concept is”."""


def _is_whole(low: Sequence[str], place: int) -> bool:
    """Tell whether a subject has its verb and what it is done to: “I sent the codes”.

    “The folder I sent” has not, unless what stands before takes no such clause.
    """
    words = _words()
    behind = low[place + 1 :]
    if not behind:
        return False
    if low[place] == "that's":
        return behind[0] in words.thats or behind[0][0] in "$€£0123456789"
    if low[place] in words.wholes:
        return behind[0] in words.being
    told = words.saying.isdisjoint(low[max(0, place - _TOLD) : place])
    if low[place] not in words.subjects or not told:
        return False
    if low[place - 1] in words.ends:
        return True
    while behind[1:] and behind[0] in words.helpers:
        behind = behind[1:]
    deed = behind[0] not in words.joints and behind[0] != "to"
    return deed and bool(behind[1:]) and (behind[1] in words.objects or behind[1][0] in "$€£")


_TOLD = 3
"""Words before a clause in which it is said who was told it."""


def _told_twice(
    tokens: Sequence[re.Match[str]], low: Sequence[str], told: frozenset[str]
) -> Iterator[Doubt]:
    """Yield “done banner half done”: two things, each with what is told of it."""
    words, states = _words(), told is _words().states
    places = [place for place, word in enumerate(low) if word in told]
    if states and any(word.endswith("'s") for word in low):
        return  # “you explained what's missing”
    if states and places and places[-1] == len(low) - 1:  # “raked only hedge left”
        places = [i for i, word in enumerate(low) if word in told or word.endswith("ed")]
        places = [i for i in places if i == 0 or low[i - 1] not in words.attributive]
    for first, then in pairwise(places):
        between = low[first + 1 : then] if states else low[:then]
        parting = words.parting if states else words.joints
        if then - first > 1 and parting.difference(told).isdisjoint(between):
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
            (rf"(?<![\w'-])(?-i:{any_of(words.casual)})(?![\w'-])", Rule.SHORTHAND),
            (
                rf"(?<!\bas of )(?<!\w)(?:{any_of(words.passing)})(?![\w']|, (?:{_MONTH})\b)",
                Rule.PASSING,
            ),
            (rf"(?<![\w'/-])(?:{any_of(words.open)})(?![\w'/-])", Rule.UNFINISHED),
            (rf"(?<![\w'-])[a-z'-]+ (?:{any_of(words.dangling)})(?=[.;,]?\s*$)", Rule.UNFINISHED),
            (rf"\b(?:a|per|each) (?:{any_of(words.rated)}) [$€£]\d[\d.,]*", Rule.RUN_ON),
            (rf"{_BARE_SUM} (?:still )?(?:{any_of(words.of_money)})\b", Rule.NO_CURRENCY),
            (rf"{_BARE_SUM} (?:an?|per) (?:{any_of(words.rated)})\b", Rule.NO_CURRENCY),
            (r"\b\d*x\d+\b|(?<=\s)=(?=\s)|\b1/2\b", Rule.SHORTHAND),
            (
                rf"\b(?:{any_of(words.priced)}) (?!20\d\d){_BARE_SUM}(?=[,;.)]|$| {_NO_THING})",
                Rule.NO_CURRENCY,
            ),
            (rf"(?<=[a-z], )(?!20\d\d){_BARE_SUM}(?=[,;.]|$)", Rule.NO_CURRENCY),
            (r"(?<=\s)\+\d+(?! ?[$€£%\d]| (?:days?|weeks?|months?|hours?)\b)", Rule.NO_CURRENCY),
            (_lacking_a_comma(), Rule.RUN_ON),
            (_things_in_a_row(), Rule.RUN_ON),
            (r"[$€£]\d(?:[\d,.]*\d)?k? \d", Rule.RUN_ON),
            (r"^(?:was|were|is|had|did)\b", Rule.UNFINISHED),
        )
    )


def _lacking_a_comma() -> str:
    """Return what finds “Fri no weekends”, “can otherwise”, “load rest when” and “done u owe”."""
    words = _words()
    led = rf"(?<=[\w)][ \N{{EN DASH}}])(?!(?:{any_of(words.before_no)}|\w+ed|\w+ing)\b)\w+"
    no = rf"{led} no (?!(?:{any_of(words.behind_no)})\b)[a-z]+|{led} nothing else"
    otherwise = r"\b(?!(?:and|or|unless|not|said|agreed|but|because|that)\b)\w+ otherwise(?= \w)"
    when = r"(?:when|on|at|after|later|now|upon|once)\b"
    rest = rf"\b(?!(?:the|and|or|a|my|our|then|plus|than|for|of)\b)[\w$€£]+ (?:rest|half) {when}"
    goes_on = any_of(words.joints | words.ends | words.behind_done)
    done = rf"\bdone (?:nothing|everything|(?!(?:{goes_on})\b)[a-z]+)"
    return "|".join((no, otherwise, rest, done))


def _things_in_a_row() -> str:
    """Return what finds “6 screens 8k”, but not “1 for $600”."""
    no_thing = rf"(?:{any_of(_words().joints)}|[ap]m)\b"
    ended = "(?: (?:out|done|up|ready|left|in))?"
    return rf"(?<![\w.,#])\d+(?:[.,]\d+)*k? (?!{no_thing})[a-z]+{ended} [$€£]?\d[\d.]*k?\b"


_NO_THING = r"(?:now|later|at|on|when|if|half|the|and|or|for|plus|down|after|before|upon)\b"
_BARE_SUM = r"(?<![\w$€£.,#:/-])\d{2,}(?:\.\d\d)?"


def is_rough(typed: str) -> bool:
    """Tell what was typed as in a chat, so that its writer sees first how the letter has it.

    Two marks of haste are enough, or one in a line of some words that nothing parts.
    """
    words = _TYPED.findall(typed.lower().replace("’", "'"))
    found = [*(word for word in words if word in _words().chat), *_IT_IS.findall(typed)]
    bare = len(words) >= _SOME and not re.search(r"[.,;:]", typed)
    return len(found) > 1 or (bare and not _words().elided.issuperset(found))


_TYPED = re.compile(r"(?<!\w)[a-z]+(?:'[a-z]+)?(?!\w)|=|&")
_IT_IS = re.compile(r"\bits [a-z]+ed\b")
_SOME = 4
"""Words."""


def _bare_sums(text: str) -> Iterator[re.Match[str]]:
    """Yield numbers of nothing that is told, but for those of days: “half, 35”."""
    if not re.search("[$€£]", text):
        yield from _HOURS.finditer(text)  # “40–60 hours” is rather what an hour costs
    else:
        yield from _AMONG_SUMS.finditer(text)
    for found in _BARE.finditer(text):
        before = text[: found.start()].rstrip()
        of_days = before.rpartition(" ")[2] in _OF_THE_CALENDAR or _TERM_OF.search(before)
        if not of_days and not _PARTED.search(before):
            yield found


_TERM_OF = re.compile(r"\b(?:net|eom)\Z", re.IGNORECASE)
"""“Net 15” are days."""
_PARTED = re.compile(r"[$€£]\d[\d.,]*: [^;$€£\n]*\Z")
"""“$1,400: 700 now, 700 later” are parts of the sum."""


_HOURS = re.compile(r"\b\d+ hours?(?=[,;)]|$)")
_AMONG_SUMS = re.compile(
    r"(?<![\w$€£.,#:/\N{EN DASH}-])(?!20\d\d)\d{3,}(?:\.\d\d)?"
    r"(?= (?!of\b)[a-z]+[^s\W](?: [a-z]+[^s\W])? [$€£])"
)
_BARE = re.compile(
    rf"(?<!\bof )(?<!\bto )(?<!\bby )(?<!\d: )(?<!\bthan )"
    rf"{_BARE_SUM}(?=[,;)]|$| {_NO_THING})(?!, [$€£])"
)


def _lacking(text: str) -> Iterator[Doubt]:
    """Yield “in mailbox”, which lacks its article, and “on May 4, again a new idea”, its verb."""
    words = _words()
    for found in _before_a_thing().finditer(text):
        thing = found[1].lower()
        if is_thing(thing) and not thing.endswith("s") and thing not in words.bare:
            yield Doubt(Rule.UNFINISHED, *found.span())
    for found in _ON_A_DAY.finditer(text):
        said = re.findall(r"[a-z]+(?:'[a-z]+)?", found["told"].lower())
        done = words.past.isdisjoint(said) and not any(word.endswith("ed") for word in said)
        if done and not tells(found["told"]) and not _SAID_OR_DENIED.match(found["told"]):
            yield Doubt(Rule.UNFINISHED, *found.span("told"))


@cache
def _before_a_thing() -> re.Pattern[str]:
    led = any_of(_words().before_a_thing)
    return re.compile(rf"\b(?:{led}) ([a-z]+)(?=[,.;)]|\s*$)", re.MULTILINE)


_MONTH = "|".join(month_name[1:])
_SAID_OR_DENIED = re.compile(rf"[“‘'\"]|not (?:(?:{_MONTH}) \d|\d)")
"""“On May 4, ‘all good’”, “on May 4, not May 3”."""
_ON_A_DAY = re.compile(
    rf"(?:^|(?<=[.;\n] ))[Oo]n (?:(?:{_MONTH}) \d{{1,2}}|\d{{1,2}} (?:{_MONTH})), (?!20\d\d)"
    r"(?P<told>[^.;\n]+)"
)


def _short(text: str, known: Known) -> Iterator[Doubt]:
    """Yield short forms that no word is, and a name that is typed small, with its capital."""
    for found in _SMALL.finditer(text):
        word = found[0]
        listed = word in _words().trade or is_listed(word) or known.words(word)
        if "'" in word or len(word) < _SHORTEST or listed:
            continue
        if word in known.names:
            yield Doubt(Rule.UNSURE, *found.span(), found[0].capitalize())
        elif (
            len(word) <= _LONGEST_SHORT
            or not re.search("[aeiouy]", word)
            or (word.endswith("in") and known.words(f"{word}g"))  # “waitin”
        ):
            yield Doubt(Rule.SHORTHAND, *found.span())


def _slips_of_the_keyboard(text: str, known: Known) -> Iterator[Doubt]:
    """Yield words that nobody knows and that are one letter away from a common one: “hight”."""
    for found in _SMALL.finditer(text):
        word = found[0]
        strange = len(word) > _LONGEST_SHORT and "'" not in word and not known.words(word)
        known_so = word in _words().trade or word in known.names or is_listed(word)
        if not strange or known_so or _BRITISH.search(word):
            continue
        meant = [each for each in _one_letter_away(word) if known.common(each)]
        if meant:
            yield Doubt(Rule.UNSURE, *found.span(), meant[0] if len(set(meant)) == 1 else None)


_BRITISH = re.compile(r"our|is(?:e|ed|es|ing|er|ation)s?$|ll(?:ed|ing|er)s?$|tres?$|yse")


def _one_letter_away(word: str) -> Iterator[str]:
    """Yield what a word is with two letters swapped, one left out, changed or put in."""
    if word.endswith("ys"):
        yield f"{word[:-2]}ies"  # “replys”
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for head, tail in halves:
        if tail[1:]:
            yield head + tail[1] + tail[0] + tail[2:]
        if tail:
            yield head + tail[1:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]


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
            several = found[0].lower() == "their" and any(map(_ANY_PLURAL.search, small))
            if not (named or several) and small.isdisjoint(_words().people):
                yield Doubt(Rule.UNTOLD, *found.span())
            break


_SENTENCE = re.compile(r"[^.!?\n]+")
_ANY_PLURAL = re.compile(
    r"[a-z]{2}[^su]s$|^(?:people|team|family|children|everyone|somebody|all|both|who|each)$"
)
_THEY = re.compile(
    r"(?<![\w'-])(?:he|she|him|his|her|hers|he's|she's|he'll|she'll|their)(?![\w-])"
    r"|^they(?= (?!are|were|will|have|can|come|need))",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = re.compile(r"(?<![\w'])[A-Z][a-z]+")
_OF_THE_CALENDAR = frozenset((*month_name, *day_name))


def _words() -> EnglishDoubts:
    words: EnglishDoubts = read("en", EnglishDoubts)
    return words
