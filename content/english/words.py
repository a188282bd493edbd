"""What an English word is in a typed answer, and how a sentence goes on to it."""

from __future__ import annotations

import re
from calendar import month_name
from functools import cache

from content.checking.lexicon import EnglishOrdinary, read

ON_A_DAY = r"(?:[Oo]n |[Aa]s of )?"
ORDINAL_DAY = r"the \d{1,2}(?:st|nd|rd|th)"
JOINS_WEEKDAYS = r"(?:\s?[-–]\s?| (?:to|and|through|thru|till) )"
JOINS_DAYS = r"and |to |or "
AND_A_DAY = r" and"
AFTER_AN_ORDINAL = r"(?<=\d(?:st|nd|rd|th) )|(?<=\d(?:st|nd|rd|th) of )"
OTHER_WORDS = ("March", "May")
"""Months whose names are words besides."""
BEFORE_A_DAY = r"(?:^|(?<=\b(?:on|by) ))"
MONTHS_OF_A_THING = ("Feb", "Apr", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
"""Months that are written short before what they are of: “the nov invoice”; none is a name."""


def is_ordinary(word: str, rest: str) -> bool:
    """Tell whether a word in small letters is no name; ``rest`` follows it: “over” of an oven."""
    if is_listed(word.replace("’", "'")):
        return True
    named = rest[:1].isupper()  # “Jennings Hall”
    thing = rest[:1].islower() and rest.partition(" ")[0] not in _JOINTS
    return not named and bool(_THING.search(word) or (thing and _KIND.search(word)))


_THING = re.compile(
    r"(?:ings?|tions?|sions?|ments?|ness|ages|ures?|ware|work|works|ables|ves|ets|ries|ards|ills|ools)$"
)
"""Ends of words for things, of which no list is long enough: “drawings and hardware”."""
_KIND = re.compile(r"(?:over|able|ible|ful|less|ous|ed|ive|ary|ly|al)$")
"""Ends of words for what kind of thing it is: “leftover tile”, not “Clive and Ann”."""
_JOINTS = frozenset({"and", "or", "at", "from", "of", "in", "for", "who", "with", "is"})


@cache
def _small() -> frozenset[str]:
    return frozenset(read("en", EnglishOrdinary).small)


def is_listed(word: str) -> bool:
    """Tell whether a word in small letters is one that answers begin with."""
    return word in _small()


def with_capitals(text: str) -> str:
    """Return “I’ll send it on Friday” for “i’ll send it on friday”."""
    return _SMALL_DAY.sub(lambda found: found[0].capitalize(), _SMALL_I.sub("I", text))


_SMALL_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day(?=s?\b)")
_SMALL_I = re.compile(r"(?<![\w.'’-])i(?=['’](?:m|ll|ve|d)\b| [a-z])")


def is_i(word: str) -> bool:
    """Tell “I” and “I’ll”, which keep their capital wherever they stand."""
    return bool(_BIG_I.match(word))


_BIG_I = re.compile(r"I(?:['’]|$)")


def as_occupation(jobs: str, text: str) -> str:
    """Return “the website” for “website”; empty for what has a name of its own.

    “Work on the website”, but “on math tutoring”, which is no thing.
    """
    text = text.removesuffix(" work")  # of which the letter speaks anyway
    named = re.split(r" (?:of|for|with|in|on|at|to|from)\b", text, maxsplit=1)[0]
    words = named.split(" ")
    told = named.islower() and all(
        is_ordinary(word.removesuffix("’s"), " ".join(words[place + 1 :]))
        for place, word in enumerate(words)
    )
    if not told and not re.search(rf"{jobs}\Z", named.lower()):
        return ""
    whole = _DETERMINED.match(text) or named.lower().endswith("ing")
    return text if whole else f"the {text}"


def as_work(on_what: str) -> str:
    """Return “career coaching” for “ on career coaching”, “work on the site” for “ on the site”."""
    doing = _DOING.fullmatch(on_what)
    return doing[1] if doing else f"work{on_what}"


_DOING = re.compile(r" on ((?!(?:the|a|an|my|our|your|this)\b)[a-z’ -]*ing(?: [a-z]+ .+)?)")
_DETERMINED = re.compile(r"(?:the|a|an|my|our|your|this)\b", re.IGNORECASE)


def which_invoice(said: str) -> str:
    """Return “(the last one)” for “last one”, “(the May one)” for “May”; "" for a number."""
    if said.startswith(_WHICH):
        return f"(the {said.removeprefix('the ')})"
    of_a_month = _OF_A_MONTH.fullmatch(said)
    return f"(the {of_a_month[1]} one)" if of_a_month else ""


_WHICH = ("the ", "last ", "first ", "latest ", "final ")
_OF_A_MONTH = re.compile(rf"({'|'.join(month_name[1:])})(?: one| invoice)?")


def of_months(bill: str) -> str:
    """Return “for October and November” for months alone, which number no invoice."""
    return f"for {bill}" if _MONTHS.fullmatch(bill) and " " in bill else bill


_MONTH = rf"(?:{'|'.join(month_name[1:])})"
_MONTHS = re.compile(rf"{_MONTH}(?:(?:,| and|, and) {_MONTH})*")


def with_article(thing: str, rest: str) -> str:
    """Return “the invoice” where ``rest`` says which: “for the lessons” is not one of many."""
    if thing.lower() != "invoice" or not rest.lower().startswith("for "):
        return thing
    return f"{'The' if thing[0].isupper() else 'the'} {thing.lower()}"
