"""Notes that tell of somebody unnamed, told as what happened: “there was a request to redo it”.

How each is said stands in ``content/data/checking/en/notes.toml``.
"""

from __future__ import annotations

import re
from calendar import month_name
from functools import cache

from content.checking.lexicon import EnglishAddress, EnglishNotes, Retold, read
from content.wordlists import any_of


def retold(note: str, *, dated: bool = False) -> str | None:
    """Return “I had to wait an hour” for “kept me waiting an hour”, None for other notes.

    What was ``dated`` was once: “there was a request”.
    """
    note = note.replace("’", "'").rstrip(" .")
    dated = dated or bool(_ON_A_DAY.search(note))
    for said, way in _ways():
        found = said.fullmatch(note)
        thing = (found.groupdict().get("thing") or "") if found else ""
        # “The version approved” is no thing that was rejected, but what was done to one.
        done = thing.endswith("ed") and len(thing.split(" ")) > _SHORT
        if found and not done and not _span().fullmatch(thing):
            given = {name: value or "" for name, value in found.groupdict().items()}
            several = re.search(r"\b(?:us|our)\b", found[0], re.IGNORECASE)
            by = way.once if dated and way.once and not _HABIT.search(note) else way.by
            was = be(given.get("thing", "").split())
            has = {"was": "has", "were": "have"}[was]
            told = by.format(**given, was=was, has=has, I="we" if several else "I")
            return told.replace("'", "’")
    return None


_SHORT = 2
"""Words."""
_ON_A_DAY = re.compile(rf"\b(?:{'|'.join(month_name[1:])})[ \u00a0]\d", re.IGNORECASE)
_HABIT = re.compile(r"\b(?:every|each|always|constantly|all the time|\w+days)\b", re.IGNORECASE)


def be(words: list[str]) -> str:
    """Return “were” for several things, “was” for one."""
    thing = words
    if words and words[0].isdigit() and words[0] != "1":
        return "were"
    for place, word in enumerate(words):
        if place and word.lower() in _words().prepositions:
            thing = words[:place]
            break
    heads = [word for word in map(str.lower, thing) if word.isalpha()]
    heads = [word for word in heads if word not in _words().between]
    several = not _words().counts.isdisjoint(heads) or (
        bool(heads) and heads[-1].endswith("s") and not heads[-1].endswith(("ss", "us"))
    )
    return "were" if several or "and" in heads else "was"


@cache
def _ways() -> tuple[tuple[re.Pattern[str], Retold], ...]:
    ways = _words().retold
    return tuple((re.compile(_spelled(each.say), re.IGNORECASE), each) for each in ways)


def _spelled(say: str) -> str:
    return re.sub(rf"@({any_of(_marks())})", lambda mark: _marks()[mark[1]], say)


@cache
def _span() -> re.Pattern[str]:
    return re.compile(
        r"(?:half an?|an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|a few)"
        r" (?:minute|min|hour|day|night|week|month)s?|all (?:day|night|week|morning)"
    )


@cache
def _marks() -> dict[str, str]:
    ends = any_of(read("en", EnglishAddress).object_ends)
    months = "|".join(month_name[1:])
    span = f"(?:{_span().pattern})"
    behind = rf"(?:{ends}|every|each|about|behind|again|\w+ times|{months})\b|{span}\b"
    own = "an?|the|my|our|another"
    somebody = "me|us|i|we|you|he|she|they|that|who"
    adverbs = "to|and|but|then|again|twice|once|too|late|also|back|out|off|up|over"
    no = rf"(?:{own}|{somebody}|{adverbs})\b"
    word = r"[\w'$%/-]+"
    return {
        "days": rf"(?:{months})[ \u00a0]\d+(?:(?:, and|,| and) (?:(?:{months})[ \u00a0])?\d+)*",
        "me": "(?:me|us)",
        "rest": "(?P<rest>.+)",
        "span": f"(?P<span>{span})",
        "tail": rf"(?P<tail>(?:,? (?:{behind}|the (?:day|night|morning)).*)?)",
        "thing": rf"(?:(?:{own}) )?(?!{no}){word}(?: (?!{no}){word}){{0,4}}?",
        "s": "s?",
    }


def _words() -> EnglishNotes:
    words: EnglishNotes = read("en", EnglishNotes)
    return words
