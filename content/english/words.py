"""What an English word is in a typed answer, and how a sentence goes on to it."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from functools import cache

from content.checking.lexicon import EnglishOrdinary, read

ON_A_DAY = r"(?:[Oo]n |[Aa]s of )?"
THERE_IS = "There is "
ORDINAL_DAY = r"the \d{1,2}(?:st|nd|rd|th)"
JOINS_WEEKDAYS = r"(?:\s?[-–]\s?| (?:to|and|through|thru|till) )"
JOINS_DAYS = r"and |to |or "
AND_A_DAY = r" and"
AFTER_AN_ORDINAL = r"(?<=\d(?:st|nd|rd|th) )|(?<=\d(?:st|nd|rd|th) of )"
OTHER_WORDS = ("March", "May")
"""Months whose names are words besides."""
BEFORE_A_DAY = r"(?:^|(?<=\b(?:on|by) ))"
MONTHS_OF_A_THING = ("Feb", "Apr", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec")
"""Months that are written short before what they are of: “the nov invoice”; none is a name."""


def several_days(month: str) -> tuple[str, ...]:
    """Return what finds “November 6 and 13” and “6, 13 and 20 November”."""
    joint = r"(?:,| and|, and| &)"
    thing = r"(?!(?:was|is|has)\b)[a-z]+s\b|am\b|pm\b"  # “November 6 and 7 pages were added”
    more = rf"{joint}\s(?:{month}\s)?\d{{1,2}}(?![\w:.%]|\s(?:{thing}))"
    return (
        rf"{month}\s\d{{1,2}}(?:{more})+",
        rf"\d{{1,2}}(?:\s{month})?(?:{joint}\s\d{{1,2}}(?:\s{month})?)+(?<=[a-z])",
    )


def is_ordinary(word: str, rest: str) -> bool:
    """Tell whether a word in small letters is no name; ``rest`` follows it: “over” of an oven."""
    if word.capitalize() in _OF_THE_CALENDAR:
        return False
    if is_listed(word.replace("’", "'")):
        return True
    named = rest[:1].isupper()  # “Jennings Hall”
    thing = rest[:1].islower() and rest.partition(" ")[0] not in _JOINTS
    return not named and bool(_THING.search(word) or (thing and _KIND.search(word)))


_OF_THE_CALENDAR = frozenset((*month_name[1:], *day_name)).difference(OTHER_WORDS)
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
    text = _SMALL_I.sub("I", _ILL.sub("I’ll", text))
    return _SMALL_DAY.sub(lambda found: found[0].capitalize(), text)


def with_months(text: str) -> str:
    """Return “in March” and “until May” for those in small letters, which are words besides."""
    return _SMALL_MONTH.sub(lambda found: found[0].capitalize(), text)


_LEADS_TO_A_MONTH = "|".join(
    rf"(?<=\b{each} )"
    for each in (
        "in",
        "by",
        "of",
        "until",
        "since",
        "early",
        "after",
        "from",
        "till",
        "late",
        "next",
    )
)
_SMALL_MONTH = re.compile(
    rf"(?:{_LEADS_TO_A_MONTH})(?:march|may)(?!\w)|(?<=\bto )(?:march|may)(?=[,.;]|\s*$)"
)
_SMALL_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day(?=s?\b)")
_ILL = re.compile(
    r"(?:\A|(?<=[,.;:\n] )|(?<=\b(?:and|but) )|(?<=\bthen ))[Ii]ll"
    r"(?= (?!(?:with|on|for|at|since|from|in|and|again|this|all|that|last|today)\b)[a-z])"
)
_SMALL_I = re.compile(r"(?<![\w.'’-])i(?=['’](?:m|ll|ve|d)\b| [a-z])")


def is_i(word: str) -> bool:
    """Tell “I” and “I’ll”, which keep their capital wherever they stand."""
    return bool(_BIG_I.match(word))


_BIG_I = re.compile(r"I(?:['’]|$)")


def as_occupation(jobs: str, text: str) -> str:
    """Return “the website” for “website”; empty for what has a name of its own.

    “Work on the website”, but “on math tutoring”, which is no thing.
    """
    if text.endswith(" work") and not re.search(rf"{jobs}\Z", text.removesuffix(" work").lower()):
        return f"the {text}" if text.islower() and not _DETERMINED.match(text) else text
    text = text.removesuffix(" work")  # of which the letter speaks anyway
    named = re.split(r" (?:of|for|with|in|on|at|to|from)\b", text, maxsplit=1)[0]
    words = named.split(" ")
    told = named.islower() and all(
        is_ordinary(word.removesuffix("’s"), " ".join(words[place + 1 :]))
        for place, word in enumerate(words)
    )
    if not told and not re.search(rf"{jobs}\Z", named.lower()):
        return ""
    whole = (
        _DETERMINED.match(text)
        or "’s " in words[0] + " "
        or _ends_in_mass(named)
        or named.lower().endswith("media")
    )
    return text if whole else f"the {text}"


def as_work(on_what: str) -> str:
    """Return “career coaching” for “ on career coaching”, “work on the site” for “ on the site”."""
    doing = _DOING.fullmatch(on_what) or _WORK.fullmatch(on_what)
    kind = on_what.removeprefix(" on ")
    if doing is None and on_what.startswith(" on ") and not _DETERMINED.match(kind):
        return kind if kind.islower() and _ends_in_mass(kind) else f"work{on_what}"
    return doing[1] if doing else f"work{on_what}"


def _ends_in_mass(work: str) -> bool:
    """Tell work that is no single thing: “lawn care”, “tutoring”."""
    last = work.lower().rpartition(" ")[2]
    return last.endswith("ing") or last in read("en", EnglishOrdinary).mass


_WORK = re.compile(r" on the (.+ work)")
_DOING = re.compile(r" on ((?!(?:the|a|an|my|our|your|this)\b)[a-z’ -]*ing(?: [a-z]+ .+)?)")
_DETERMINED = re.compile(r"(?:the|a|an|my|our|your|this)\b", re.IGNORECASE)


def which_invoice(said: str, one: str, several: str) -> str:
    """Return “the last invoice”, “the May invoice”, “the invoice for the shop”; "" for a number."""
    said = _UNNUMBERED.sub("the invoice ", _SENT.sub("", _IT_IS.sub("", _MINE.sub("", said))))
    if found := _WHICH.fullmatch(said):
        thing = several if found["many"] or found["joined"] else one
        return f"the {found['which']}{found['many'] or ''} {thing}{found['more']}"
    if month := _OF_A_MONTH.fullmatch(said):
        return f"the {month[1]} {one}"
    if _OF_WHAT.match(said):
        return f"the {one} {_THE_ONE.sub('', said)}".rstrip()
    if (payment := _PAYMENT.match(said)) or _OF_A_THING.fullmatch(said):
        return f"the {said.removeprefix('the ')}{'' if payment else f' {one}'}"
    if _FROM_DAYS.match(said):
        return f"the {several} of {said}"
    led = "for" if _FOR_A_THING.match(said) else "of"
    said = f"the {said}" if _ONE_THING.match(said) else said
    return f"the {one} {led} {said}" if led == "for" or _FROM_A_DAY.match(said) else ""


def is_nothing(text: str, *, to_do: bool = False) -> bool:
    """Tell whether a text says that there is nothing, with ``to_do`` “nothing to hand over”."""
    return bool(re.match(r"nothing (?:to|left|more|else)\b" if to_do else r"nothing\b", text))


def said_once(text: str, lead: str) -> str:
    """Return an answer without “until then” where its lead says it."""
    return _UNTIL_THEN.sub("", text) if _UNTIL_THEN.search(lead) else text


_UNTIL_THEN = re.compile(r",? until then\b", re.IGNORECASE)


def numbered_alone(said: str) -> str:
    """Return “18” for “September’s invoice, no 18”."""
    found = _WHOSE_NUMBER.fullmatch(said)
    return found[1] if found else said


def with_sum(bill: str, amount: str) -> str:
    """Return “invoice #14 for $600”, but “the invoice for the shop ($600)”."""
    return f"{bill} ({amount})" if " for " in bill else f"{bill} for {amount}"


def names_several(said: str) -> bool:
    """Tell “October and November” and “the last two” from one invoice."""
    found = _WHICH.fullmatch(said)
    return bool(_FROM_DAYS.match(said) or (found and (found["many"] or found["joined"])))


_MONTH = rf"(?:{'|'.join(month_name[1:])})"
_WHICH = re.compile(
    rf"(?:for |the |my |our )?(?P<which>last|first|second|latest|final|\d(?:st|nd|rd|th)|{_MONTH}"
    rf"(?P<joined>(?:(?:,| and|, and) {_MONTH})+)?)(?P<many> (?:two|three))?"
    rf"(?: ones?| invoices?)?(?P<more>(?: (?:for|from|of|dated|sent|on|about)\b.*)?)"
)
_UNNUMBERED = re.compile(
    r"\A(?:.*\b)?(?:no|not|without|(?:do|does)n[’']t have)\b.*\bnumber(?:ed)?\Z", re.IGNORECASE
)
_SENT = re.compile(
    rf"\A(?:(?:I|we|it was) )?(?:sent|emailed|mailed|texted)(?: it)?(?: on)?"
    rf" (?={_MONTH}[\s\u00a0]\d)",
    re.IGNORECASE,
)
"""“Sent it on October 3” says of what day it is."""
_MINE = re.compile(
    r"\A(?:my|our) (?:invoice|bill|one) (?=(?:for|from|of|dated|sent)\b)", re.IGNORECASE
)
_IT_IS = re.compile(r"\A(?:it[’']s|it is|its|that[’']s) (?=for|from|the|of\b)", re.IGNORECASE)
_THE_ONE = re.compile(
    r"the (?:one|invoice) |(?:(?:my|our|the) bill|that) (?=(?:for|from|of|dated|sent|on|about)\b)"
)
_WHOSE_NUMBER = re.compile(
    r"(?:the )?[\w’]+(?:’s)? invoice,? (?:n(?:o|r|um(?:ber)?)\b\.? ?|#)(\d[\w/-]*)", re.IGNORECASE
)
"""“September’s invoice, no 18”."""
_OF_A_MONTH = re.compile(rf"(?:the one |the invoice )?(?:for|of|from) ({_MONTH})")
_OF_WHAT = re.compile(rf"{_THE_ONE.pattern}|(?:for|from|of|dated|sent)\b")
_OF_A_THING = re.compile(rf"[a-z]{{4,}}(?: [a-z]{{3,}})?|(?:the )?{_MONTH} [a-z]{{4,}}")
_FOR_A_THING = re.compile(
    r"[a-z]{4,} (?:for|of|on|in|at|from|stage|phase|part) "
    r"|(?:the|my|our|your) (?!invoice|one\b)[a-z]"
)
_PAYMENT = re.compile(
    r"(?:the )?(?:final|last|first|second|third|remaining) (?:payment|installment|balance|half)\b"
)
_ONE_THING = re.compile(r"(?:deposit|balance|retainer|rest|repair|move) ")
_FROM_DAYS = re.compile(rf"{_MONTH}[\s\u00a0]\d+(?:,| and|, and) (?:{_MONTH}[\s\u00a0])?\d+(?!\d)")
_FROM_A_DAY = re.compile(rf"{_MONTH}[\s\u00a0]\d|\d{{1,2}}[\s\u00a0]{_MONTH}\b")
