"""What haste leaves out of English: articles, commas, hyphens, capitals of whoever has something.

The words that the rules go by stand in ``content/data/checking/en/haste.toml``.
"""

from __future__ import annotations

import re
from calendar import day_name, month_abbr, month_name
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile

from content.checking.lexicon import EnglishDoubts, EnglishHaste, EnglishNotes, read
from content.english.retelling import be as be_of
from content.english.words import is_listed, is_ordinary
from content.wordlists import any_of


def tells(text: str) -> bool:
    """Tell whether a text has a verb that makes a sentence: not “last invoice $600”."""
    text = _NO_VERB.sub(" ", text.lower().replace("’", "'"))
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", text)
    return any(
        word in _words().finite or word.endswith(("'ll", "'re", "'m", "n't")) for word in words
    )


def tells_by_itself(text: str) -> bool:
    """Tell “I sent the logins” and “everything’s on Drive” from “the files that are ready”."""
    return bool(_SOMEBODY.match(text) or (_GIVEN.match(text) and tells(text)))


_SOMEBODY = re.compile(r"(?:I|[Ww]e)\b")
_GIVEN = re.compile(r"(?:it|they|everything|all of it)\b", re.IGNORECASE)
_NO_VERB = re.compile(
    r"\d\s?[ap]m\b|\A(?:still )?to [a-z]+|\b(?:without|no|extra|for) (?:pay|need)\b"
    r"|\b(?:in|from|of|since|by|until|till|late|early) may\b"
)
"""“9 am”, “without pay”, “from May”, and “to be paid” at the beginning."""


def is_determined(text: str) -> bool:
    """Tell “the files”, “everything” and “files and logins” from “mailing list, logo”."""
    first = text.lower().replace("’", "'").split(" ")[0]
    things = re.split(r",| (?:and|of|on|in|for|with|by|from|as|to) ", text)
    last = things[0].rstrip(" .").lower()
    return (
        first in _words().determiners
        or first[:1].isdigit()
        or re.search("[^s]s$", last) is not None
    )


def is_felt(text: str) -> bool:
    """Tell a deed, a name or what somebody has from a thing: “being kind”, “Leo’s patience”."""
    words = text.split(" ")
    deed = any(word.lower().endswith(("ing", "ly")) for word in words[:2])
    named = words[0][:1].isupper() or any("’s" in word or "'s" in word for word in words[:2])
    return deed or named or words[0].lower() in _words().felt


def with_whose(text: str, article: str) -> str:
    """Return “your patience”, “the cool idea”, “clear briefs and quick answers”, “being kind”."""
    things = [each.removeprefix("and ") for each in text.split(", ")]
    if len(things) > 1 and all(
        len(each.split(" ")) <= _FEW and " and " not in each and not _HANGS.match(each)
        for each in things
    ):
        text = f"{', '.join(things[:-1])}{',' if things[2:] else ''} and {things[-1]}"
    first = things[0].split(" and ")[0]
    if first.rpartition(" ")[2].lower() in _words().qualities and not _is_owned(first):
        return f"your {text}"
    return text if is_determined(text) or is_felt(text) else f"{article}{text}"


_FEW = 4
"""Words of one thing."""


def _is_owned(thing: str) -> bool:
    """Tell whether a thing is said to be somebody’s, or is what was done: “always giving time”."""
    return thing.split(" ", maxsplit=1)[0].lower() in _words().determiners or is_felt(thing)


def how_often(text: str) -> tuple[str, str]:
    """Return “usually ” and “the same day” for “usually the same day”."""
    first, _, rest = text.partition(" ")
    return (f"{first} ", rest) if first in _words().often and rest else ("", text)


def as_when(text: str) -> str:
    """Return “on weekdays” for “weekdays”, “after 3 PM”, and "" for what is no such time."""
    first = text.split(" ", maxsplit=1)[0].lower().rstrip(",")
    if first in _words().on_these:
        return f"on {text}"
    day = any(each.lower().startswith(first.removesuffix("s")[:5]) for each in day_name)
    return text if first in _words().when or (day and len(first) > _SHORT_DAY) else ""


_SHORT_DAY = 2
"""Letters."""


def is_less(text: str) -> bool:
    """Tell “fewer pages” and “one concept instead of two” from “the blog”."""
    words = text.lower().split(" ")
    return words[0] in _words().less or words[0].endswith("ing") or "instead" in words


def without_to(text: str) -> str:
    """Return “send the files” for “to send the files” and “will send the files”."""
    return _TO.sub("", text, count=1)


def with_be(text: str) -> str:
    """Return “furniture is not included” for “furniture not included”."""
    found = _NOT_INCLUDED.match(text)
    if found is None or found[1].endswith((" is", " are")):
        return text
    return f"{found[1]} {'are' if found[1].endswith('s') else 'is'} {found[2]}"


_NOT_INCLUDED = re.compile(r"(\w[^,.;]*?) (not included\b.*)")


def within(text: str) -> str:
    """Return “within 24 hours” for “24 hours”, “the next morning” for “next morning”."""
    text = _NEXT.sub(lambda found: f"the {found[0].lower()}", text)
    return f"within {text}" if _SPAN.fullmatch(text.rstrip(".").lower()) else text


_NEXT = re.compile(
    r"(?<!\bthe )\b(?:next|following|same)(?= (?:\w+ )?(?:morning|day|afternoon|evening|night)\b)",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:\d+(?:(?: ?[-\N{EN DASH}] ?| to | or )\d+)?|an?|one|two|three|four|five|six|twelve)"
    r"[\s-](?:(?:business|working|work) )?(?:minute|hour|day|week|hr)s?"
    r"(?: (?:after|from|of)\b[^,;]+)?"
)


def with_the(text: str) -> str:
    """Return “the last invoice is open” for “last invoice open”, of which there is one."""
    said = _bare_last().sub(lambda found: f"the {found[0]}", text)
    open_ = _STILL_OPEN.fullmatch(said) if not tells(said) else None
    if open_ is None:
        return said
    return f"{open_[1]} {'are' if be_of(open_[1].split()) == 'were' else 'is'} {open_[2]}"


_STILL_OPEN = re.compile(r"(the [^,;:$€£]+?) ((?:still )?(?:open|unpaid|outstanding|overdue)\b.*)")


def with_a_comma(text: str, money: str) -> str:
    """Return “last invoice, $600” where a sum stands behind its thing and nothing tells of it.

    “Final $900 due on May 2” is a sentence but for its verb.
    """
    if due := re.fullmatch(
        rf"(?:the )?({any_of(_words().only)}) ({_amount(money)}) due (.+)", text, re.IGNORECASE
    ):
        return f"the {due[1].lower()} {due[2]} is due {due[3]}"
    if len(re.findall(_amount(money), text)) > 1:
        return text  # a list of prices, which commas part already: “blog $400, shop $300”
    told = re.match(
        rf"([a-z][^\d$€£,;]*[a-z]) ({_amount(money)}) (?=is|was|will|remains)", text, re.IGNORECASE
    )
    if told and told[1].lower().split(" ")[-1] not in {*_words().only, *_words().before_a_sum}:
        return f"{told[1]}, {told[2]}, {text[told.end() :]}"
    clauses = re.split(r"([,;]\s|\n)", text)
    return "".join(
        each if place % 2 or _says_who(each) or ":" in each else _told_price(each, money)
        for place, each in enumerate(clauses)
    )


def _says_who(clause: str) -> bool:
    """Tell a clause that says who does something: “I return $120”, “it costs $40”."""
    return tells(clause) or not read("en", EnglishNotes).subjects.isdisjoint(clause.lower().split())


def _told_price(clause: str, money: str) -> str:
    amount = rf"(?:\+ ?)?{_amount(money)}"
    said = re.sub(rf"({amount}) (?=half|up front|upfront|due|the rest)", r"\1, ", clause)
    said = re.sub(
        r"(?<=[a-z])(?<!\bthen)(?<!\band)(?<!\bor) (?=half (?:later|on|at|after|upon|when)\b)",
        ", ",
        said,
    )
    if still := re.fullmatch(_open_sum(amount), said):
        led = (still["what"] or "for").lower().split(" ")[-1] in _words().before_a_sum
        what = f"{still['what'] or ''} {still['sum']}".strip()
        what = what if led else f"{still['what'].rstrip(',')}, {still['sum']},"
        be = {"was": "is", "were": "are"}[be_of((still["what"] or "sum").split())]
        return f"{what} {be} {still['how']}{still['rest']}"
    found = re.match(rf"(.*?[a-z)]) (?={amount})", said)
    beside = (*_words().only, *_words().before_a_sum)
    known = found and found[1].split(" ")[-1].lower() not in beside
    if not found or not known:
        return said
    return f"{said[: found.end() - 1]}, {said[found.end() :].lstrip('+ ')}"


def _open_sum(amount: str) -> str:
    """Return what finds a sum that is not paid, told without a verb: “last invoice $120 open”."""
    how = r"(?:still )?(?:open|unpaid|outstanding|overdue|not paid)(?: yet)?"
    of = r"(?: (?:for|from) [^$€£,;]+?)?"
    what = r"(?:(?P<what>[^$€£]*?[a-z\d],?) )?"
    return rf"{what}(?P<sum>{amount}{of}),? (?P<how>{how})(?P<rest>(?: .*)?)"


def _amount(money: str) -> str:
    return rf"(?:[$€£¥₽]\s?\d[\d,.]*k?|\d[\d,.]*k?\s?(?:{money})(?!\d))"


def mended(text: str) -> str:
    """Return a text with what a thumb leaves out: “a 12-page booklet, the rest on delivery”."""
    for found, said in _slips():
        text = found.sub(said, text)
    text = _on_its_day().sub(_with_on, text)
    text = _joined().sub(lambda found: found[0].replace(" ", "-"), text)
    text = _counted().sub(_several, _measured().sub(_with_hyphen, text))
    return with_owners(_SPLICED.sub(_parted, _BUT.sub(_with_comma, text)))


@cache
def _slips() -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    """Return what finds a slip → what stands there instead; none hangs on what the text is of."""
    ends = r"end of (?:the )?(month|week|year|quarter|day)\b(?! \w+ing\b)"
    rest = r"(?:the )?(?:rest|remainder|balance) (?:on|at|after|when|upon|later|once|by|due"
    rest += r"|before|(?:\w+ )?(?:days?|weeks?|months?) (?:before|after))\b"
    starts = r"(?:the|a|an|half|\$|\d|i|we|another)(?!\w)"
    months = "|".join(month_name[1:])
    words = _words()
    no_noun, nth, paid = any_of(words.no_noun), any_of(words.nth), any_of(words.paid)
    verb = any_of((*words.ordered, *words.now))
    not_, so = any_of(words.before_not), any_of(words.not_so)
    several = any_of(each for each in words.several if each not in {"both", "many", "several"})
    other = rf"not (?!in (?:yet|place|stock|use)\b)(?:\d|{several}\b|[A-Z]|an? [a-z]+$|(?:{so})\b)"
    dated = any_of(words.before_a_date)
    owner, owned = any_of(words.owners), any_of(words.owned)
    its_state, then = any_of(words.its_state), any_of(words.then)
    same, because = any_of(words.same), any_of(words.subjects)
    slips = (
        (rf"(?<![\w.@/#&'’(-])({any_of(words.short)})(?![\w@/&'’)-]|\. ?\S)", _in_full),
        (rf"(?i)\b(it)s(?= (?:\d|(?:{any_of(words.its_verb)})\b(?!-)))", r"\1’s"),
        (rf"(?i)\b(it)s(?= (?:{its_state})(?:[.,;!]|$| (?:{then})\b))", r"\1’s"),
        (rf"(?<!\w)(?:{_SHORT_DAYS})(?:(?:, | and | or | & )(?:{_SHORT_DAYS}))+\b", _whole_days),
        (
            rf"\b((?:{months})[ \u00a0]\d\d?) (?=\d+ (?![ap]m\b|and\b|or\b|to\b)[a-z]{{3,}})",
            r"\1, ",
        ),
        (rf"\b(?:in|at) (?:the )?{ends}", r"at the end of the \1"),
        (r"\bin the end of (?=(?:the|this|each|every)\b)", "at the end of "),
        (rf"\b(by|until|till|before|from) (?:the )?{ends}", r"\1 the end of the \2"),
        (r"\b(each|every) more (?=[a-z]+\b)", r"\1 further "),
        (rf"(?i)([%\d)]|\b(?:{paid})) (?={rest})", r"\1, "),
        (
            rf"(?i)([%\d)]|\b(?:{paid})) then (?={starts})",
            r"\1, then ",
        ),
        (rf"\b(from|on|at|since|in|after) (first|second|third) ({nth})\b", r"\1 the \2 \3"),
        (rf"(?i)\b(by|until|till|at|in|before|from) (?:the )?end of ({months})\b", _end_of),
        (r"\bis (open|unpaid|overdue|late|pending) since\b", r"has been \1 since"),
        (r"(?i)\b(you(?:['’]| a)re right) (?=the|it|i|we|this|that|my|our)", r"\1, "),
        (
            rf"\b(?!(?:{dated})\b)({any_of(words.before_on)}|[a-z]{{2,}}ed) (?=(?:{months}) \d)",
            r"\1 on ",
        ),
        (
            rf"(?<=[a-z]s )(?<!\bis )(?<!\bwas )(?<!\bthis )same (?=(?:{same})\b)",
            "for the same ",
        ),
        (rf"(?<=[a-z] )(?<!\bthe )same (?=(?:{same}|terms)\b)", "the same "),
        (r"(?<=[a-z] )(?<!\bthe )same (day|week|time)(?=[,.;]|$| and\b)", r"the same \1"),
        (r"(\d),(?=\dk\b)", r"\1."),
        (r"(?<=[a-z]{2}(?:ed|en)) (?=not (?:[a-z]+ed|ready|done|finished|sent|paid)\b)", ", "),
        (
            rf"(?<![\w’])(?!(?:{not_})\b)(\w+) (?={other})",
            r"\1, ",
        ),
        (r"(?<=[a-z:] )'([^'\n]{3,}?)'(?!\w)", r"“\1”"),
        (r"(?<=[a-z])/(?:wk|week)\b", " a week"),
        (r"(?<=[a-z])/(?:mo|month)\b", " a month"),
        (r"(?<=[a-z])/(?:hr|hour)\b", " an hour"),
        (r"(?<![\w$€£.,])(\d\d?) ?\+ ?(?=\d\d?\b(?![.,]\d| ?[$€£%]))", r"\1 and "),
        (r"\bepisode (?=\d+ ?(?:[\N{EN DASH}-]|and|to|,) ?\d)", "episodes "),
        (rf"(?<=[a-z] )ill (?=(?:{verb}|mail|text|be|let|have)\b)", "I’ll "),
        (rf"\b(other) ((?:{owner})s) (?=(?:{owned})\b)", r"\1 \2’ "),
        (r"\b(or|and) (?:ask|try|maybe|contact) (?=[A-Z])", r"\1 "),
        (
            r"(?<=[a-z\d])(?<!\bsay)(?<!\bsaid)(?<!\ba)(?<!\band) (thank you|thanks)(?=[.!]?$)",
            r", \1",
        ),
        (r"\bfrom (beginning|start)\b(?! to\b)", r"from the \1"),
        (rf"(?<=[,;] )(?={rest})(?!the\b)", "the "),
        (rf"(?<!\bthe )(?<!\ba )(?<!’)\bcause (?=(?:{because})\b)", "because "),
        (r"\b(\d+) ?(?:h|hrs?|hours?) notice\b", r"\1 hours’ notice"),
        (
            rf"\b({any_of(words.before_weekday)}) ({_SHORT_DAYS})\b(?!\.?\s?[\N{{EN DASH}}-]|’)\.?",
            _whole_day,
        ),
        (
            rf"\b({several}|\d+) ((?:[a-z-]+ )?[a-z]{{2,}}s) more\b(?! (?:than|of|for|on|to|or)\b)",
            r"\1 more \2",
        ),
        (r"(?<=\d) ?grand\b(?! (?:piano|total|opening|finale))", "k"),
        (r"\bunpaid yet\b", "not paid yet"),
        (
            r",? (?:and )?will (send|invoice|share|email) (?=(?:on|by|next|this|when|after)\b)",
            r"; I will \1 it ",
        ),
        (rf"\b(with|of) there (?!{any_of(words.being_there)}\b)(?=[a-z]{{3,}}\b)", r"\1 their "),
        (rf"\b(asked|signed) for (?=(?:{months})[ \u00a0]\d)", r"\1 for on "),
        (r"\b(a|an|one) (day|hour|week)(?:s['’]?)? notice\b", r"\1 \2’s notice"),
        (r"\b(\d+|two|three|four|five) (day|hour|week|month)s? notice\b", r"\1 \2s’ notice"),
        (_HOURS, r"\1 hours"),
        (r"\bless (?=(?:(?!than\b|of\b)[a-z]+ )?(?!than\b|of\b)[a-z]+[^aiousy]s\b)", "fewer "),
        (r'"([^"\n]+)"', r"“\1”"),
        (
            rf"\b(the|my|our|their|a) ((?:old |new |main )?(?:{owner}))s (?=(?:{owned})\b)",
            r"\1 \2’s ",
        ),
        (rf"\ba (?=(?:hour|honest|[aio][a-z]|e(?!u)[a-z]))(?!(?:{no_noun})\b)", "an "),
        (r"\ban (?=[bcdfgjklmnpqrstvwyz][aeiou](?!d\b)[a-z])", "a "),
    )
    return tuple((re.compile(found), said) for found, said in slips)


@cache
def _on_its_day() -> re.Pattern[str]:
    """Return what finds a clause with a day behind a bare word: “signed the sheet October 28”."""
    months = "|".join(month_name[1:])
    day = rf"(?:(?:{months})[ \u00a0]\d{{1,2}}|\d{{1,2}}[ \u00a0](?:{months}))\b"
    return re.compile(
        rf"(?P<before>(?:^|(?<=[,;:.] ))[^,;:.\n]*?\b(?P<last>[a-z]+)) (?P<day>{day})"
    )


def _with_on(found: re.Match[str]) -> str:
    notes: EnglishNotes = read("en", EnglishNotes)
    led = notes.prepositions | notes.before_a_day | _words().before_a_date
    words = found["before"].lower().split(" ")
    done = any(_PAST_PARTICIPLE.fullmatch(word) or word in _words().done for word in words[1:-1])
    return f"{found['before']} on {found['day']}" if done and words[-1] not in led else found[0]


_PAST_PARTICIPLE = re.compile(r"[a-z]{2,}[^e]ed")


_HOURS = (
    r"(?<![\w:.,/])(?<!h[\N{EN DASH}-])(?<!\bat )(?<!\bby )(?<!\bto )(?<!\bfrom )(?<!\btill )"
    r"(?<!\bafter )(?<!\buntil )(?<!\bbefore )(\d{1,3}) ?h(?:rs?)?\b(?! ?[\N{EN DASH}\d-])"
)
"""“48h”, but not “at 15h”."""
_SHORT_DAYS = r"(?i:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"


def _whole_day(found: re.Match[str]) -> str:
    """Return “by Tuesday” for “by tue”."""
    return f"{found[1]} {_day_of(found[2])}"


def _whole_days(found: re.Match[str]) -> str:
    """Return “Monday and Tuesday” for “mon and tue”."""
    short = re.compile(_SHORT_DAYS)
    return short.sub(lambda day: _day_of(day[0]), found[0])


def _day_of(short: str) -> str:
    return next(each for each in day_name if each.lower().startswith(short.lower()[:3]))


def _in_full(found: re.Match[str]) -> str:
    return _words().short[found[0]]


def _end_of(found: re.Match[str]) -> str:
    led = "at" if found[1] == "in" else found[1]
    return f"{led} the end of {found[2].capitalize()}"


@cache
def _joined() -> re.Pattern[str]:
    """Return what finds “full time support”, but not “it is full time”."""
    joined, no_thing = any_of(_words().joined), any_of(_words().no_thing)
    return re.compile(
        rf"(?<!\bthe )(?<!\bis )(?<!\bare )\b(?:{joined})(?= (?!(?:{no_thing})\b)[a-z]{{3,}})"
    )


def _number() -> str:
    return rf"[2-9]|[1-9]\d{{1,2}}|{any_of(_words().several)}"


@cache
def _counted() -> re.Pattern[str]:
    """Return what finds “two round” where nothing more is said of the round."""
    words = _words()
    short = [*month_abbr[1:], "Sept"]
    months = (*month_name[1:], *short, *map(str.lower, short))
    numbered = "".join(rf"(?<!\b{each}[ \u00a0])" for each in (*words.numbered, *months))
    ends, no_thing = any_of(words.behind_counted), any_of(words.no_thing)
    kind = rf"(?:(?:more|extra|new|(?!(?:{no_thing}|people|am|pm)\b)[a-z-]+[^s\W]) )??"
    return re.compile(
        rf"(?<![\w.,:/$€£#-]){numbered}((?:{_number()}) {kind})([a-z]{{3,}})"
        rf"(?=(?: (?:{ends})\b)|[,.;:)]|$)",
        re.MULTILINE,
    )


def _several(found: re.Match[str]) -> str:
    thing = found[2]  # “two calls”, and also “two logo designs”
    of_it = found.string.startswith(" of ", found.end()) and thing not in _words().of_many
    if thing.endswith("s") or thing in _words().no_thing or not (of_it or is_thing(thing)):
        return found[0]
    if thing in _words().of_a_sum and re.match(r"\d\d", found[1]):
        return found[0]  # “200 deposit” is a sum
    return f"{found[1]}{_plural(thing)}"


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:s|x|ch|sh)$", word) else f"{word}s"


def is_thing(word: str) -> bool:
    """Tell whether a word that is listed is one of things: its plural is listed too, or counts."""
    words = _words()
    known = word in words.measures or word in words.counted or is_listed(_plural(word))
    return known or bool(_THING.search(word))


_THING = re.compile(r"[a-z](?:grapher|igner|oper|ator|itor|tion|sion|ment|ture)$")


@cache
def _measured() -> re.Pattern[str]:
    """Return what finds “12 page booklet” and “one day shoot”."""
    count, measures = rf"one|\d{{1,3}}|{_number()}", any_of(_words().measures)
    months = "".join(rf"(?<!\b{each}[ \u00a0])" for each in month_name[1:])
    return re.compile(rf"(?<![\w.,:/$€£#-]){months}({count}) ({measures}) ([a-z]{{3,}})\b")


def _with_hyphen(found: re.Match[str]) -> str:
    thing = found[3]
    happens = found[1] == "one" and (
        thing.endswith(("s", "ed", "ly")) or tells(thing) or found[2] in _words().kinds
    )
    # “2 color versions” may be two versions in color.
    several = thing.endswith("s") and not thing.endswith("ss") and found[2] in _words().kinds
    if thing in _words().no_thing or happens or several or thing.endswith("ed"):
        return found[0]  # “one person asked”
    return f"{found[1]}-{found[2]} {thing}"


_BUT = re.compile(
    r"(?<=[a-z%\d)])(?<!\bnot)(?<!\ball)(?<!nothing)(?<!anything) but "
    r"(?P<rest>(?P<first>\w+)[^,;.\n]+)"
)


def _with_comma(found: re.Match[str]) -> str:
    """Return “, but rush is extra” where a clause of its own follows: not “slow but steady”."""
    rest = found["rest"]
    first, then = found["first"].lower(), rest.split(" ")[1:2]
    named = first in _words().subjects or (not tells(rest.split(" ")[0]) and tells("".join(then)))
    return f", but {rest}" if named and tells(rest) else found[0]


_SPLICED = re.compile(
    r"(?P<told>(?:^|(?<=[,;.] ))[^,;:.!?“”\n]+), (?=(?P<then>[^,;:.!?“”\n]+))", re.MULTILINE
)
_HANGS = re.compile(
    r"\b(?:if|when|once|after|before|unless|until|as|since|because|while|whenever|where|should"
    r"|that|which|who|what|whatever)\b",
    re.IGNORECASE,
)


def _parted(found: re.Match[str]) -> str:
    """Return “the invoice is open; ” where another sentence follows, not “if it is open, ”."""
    line = found.string[: found.start()].rpartition("\n")[2].rpartition(". ")[2]
    hangs = _HANGING.search(line + found["told"])
    listed = found.string[found.end("then") :][:1] == "," or line.endswith(", ")  # three in a row
    whole = tells(found["told"]) and not hangs and _is_sentence(found["then"], listed=listed)
    return f"{found['told']}; " if whole else found[0]


def _is_sentence(clause: str, *, listed: bool) -> bool:
    """Tell “it was due” and “the banner is not” from “which is open” and “and is open”."""
    first, *rest = clause.split(" ")
    if first in _words().who:
        return bool(rest) and rest[0] not in _words().aside
    if "’" in first:
        return tells(first)
    words: EnglishDoubts = read("en", EnglishDoubts)
    if listed or first.lower() in words.joints:
        return False
    subject = takewhile(lambda word: word not in {"and", "or", "but"}, rest[:_NEAR])
    return not words.being.isdisjoint(subject)


_NEAR = 4
"""Words in which a sentence comes to its verb."""


def own_sentence(text: str) -> tuple[str, str]:
    """Return an answer and, apart from it, the sentence that was typed behind its comma, or "".

    “Two rounds of edits | you send the photos”: what leads to the first does not lead to the other.
    """
    quoted = [each.span() for each in _QUOTED.finditer(text)]
    for found in _JOINT.finditer(text):
        if any(start < found.start() < end for start, end in quoted):
            continue
        head, then = text[: found.start()], text[found.end() :]
        if head and not _HANGING.search(head) and _goes_on_its_own(then, listed=not tells(head)):
            return head, then
    return text, ""


def _goes_on_its_own(then: str, *, listed: bool) -> bool:
    """Tell “it was fun”, “that invoice comes on May 4” and “if urgent, call” from “all on Drive”.

    Behind what tells nothing, ``listed``, “the photos are on Drive” may be told of both.
    """
    words = _words()
    clause = re.split(r"[,;:.!?]\s", then)[0]
    first, *rest = clause.split(" ")
    if first == "if" and is_order(" ".join(rest[_IF_IT_IS:])):
        return True
    if first.partition("’")[0].lower() in {*words.who, "that", "there"} and first[-2:] == "’s":
        return True
    if listed and first not in words.who and not _OF_SEVERAL.isdisjoint(rest[:_NEAR]):
        return False
    if first in words.pointing and rest and rest[0] not in words.who:
        verb = next((place for place, word in enumerate(rest) if word in words.finite), 0)
        return 0 < verb < _NEAR
    joints = read("en", EnglishDoubts).joints
    return first.lower() not in joints and _is_sentence(clause, listed=False)


_OF_SEVERAL = {"are", "were", "have"}
_IF_IT_IS = 1
"""Words of a condition without a verb: “urgent”."""
_JOINT = re.compile(r"[,;] |: (?=I\b)")
_HANGING = re.compile(rf"(?:^|[,;] |\b(?:and|but|or|so) ){_HANGS.pattern}[^,;]*$", re.IGNORECASE)
"""What goes on only behind its comma: “if it rains, ”, not “I’ll tell you when it’s done, ”."""
_QUOTED = re.compile(r"“[^”]*”")


def unsure(text: str) -> Iterator[re.Match[str]]:
    """Yield what only its writer can tell: “18 pages on 25”, “in in”."""
    return _UNSURE.finditer(text)


_UNSURE = re.compile(
    r"\b(?<!based )(?<!missing )(?<!waiting )(?<!working )(?<!pending )on (?:[1-9]|[12]\d|3[01])"
    r"(?=[,;.]?(?:\s*$|\s(?:and|but|the|rest|i|we)\b)|[,;]\s)"
    r"|\b(?!(?:had|that|bye|so|very|no|ha)\b)([a-z]{2,}) \1\b(?!-)",
    re.MULTILINE | re.IGNORECASE,
)


def with_owners(text: str) -> str:
    """Return “Leo’s homework” for “leo’s homework”."""
    return _WHOSE.sub(
        lambda found: (
            found[0]
            if is_ordinary(found[0], "")
            or found[0] in _words().nobody
            or _OF_SOME.search(text[: found.start()])
            else found[0].capitalize()
        ),
        text,
    )


_OF_SOME = re.compile(
    r"\b(?:an?|the|my|our|your|his|her|their|this|that|each|every|any|some|one|another|whoever|whatever)"
    r" (?:[a-z-]+ ){0,2}\Z",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\b[a-z]+(?=’s [a-z])")


def being(text: str) -> str:
    """Return “always being on time” for “always on time”, of which one is thanked."""
    always, _, how = text.partition(" ")
    said = how.split(" ")[0].lower()
    how_so = said in read("en", EnglishNotes).prepositions | _words().how
    return f"{always} being {how}" if always.lower() in _words().ever and how_so else text


def addressed(text: str) -> str:
    """Return “if you order by May 4” for “if they order…”, where nobody else is named before it."""
    found = _they().search(text)
    before = set(re.findall(r"[a-z]+", text[: found.start()].lower())) if found else set()
    doubts: EnglishDoubts = read("en", EnglishDoubts)
    others = any(_SEVERAL_OF.search(each) for each in before) or before & doubts.people
    named = re.findall(r"(?<!\A)(?<!\n)\b[A-Z][a-z]+", text[: found.start()]) if found else []
    if found is None or others or not set(month_name).issuperset(named):
        return text
    you = "You" if found[0][0] == "T" else "you"
    return text[: found.start()] + you + text[found.end() :]


_SEVERAL_OF = re.compile(r"[a-z]{2}[^su]s$|^(?:people|team|family|children|everyone|who|each)$")


@cache
def _they() -> re.Pattern[str]:
    led = (
        r"(?:^|(?<=[,;:(\n])|(?<=[,;:(] )|(?<=\bif )|(?<=\bwhen )"
        r"|(?<=\bonce )|(?<=\buntil )|(?<=\bunless ))"
    )
    return re.compile(rf"{led}[Tt]hey(?= (?:{any_of(_words().of_people)})(?![\w’]))")


def as_team(text: str) -> str:
    """Return “before we order” for “before I order”, which several people say; quotes stay.

    “My mother” is nobody’s of a team, and whoever types so is asked.
    """
    pieces = re.split(r"(“[^”]*”)", text)
    return "".join(
        piece if place % 2 else _of_one().sub(_of_several, piece)
        for place, piece in enumerate(pieces)
    )


@cache
def _of_one() -> re.Pattern[str]:
    forms = any_of(sorted(_words().of_one, key=len, reverse=True))
    family = any_of(_words().family)
    said = rf"(?:{forms})|(?:[Mm]y)(?! (?:{family})\b)"
    return re.compile(rf"(?<![\w’'-])(?<!art )(?<!hase )(?<!\bthe )(?<!\ba )(?:{said})(?![\w’'-])")


def _of_several(found: re.Match[str]) -> str:
    said = _words().of_one.get(found[0]) or ("Our" if found[0] == "My" else "our")
    begins = found[0].startswith("I") and _BEGINS.search(found.string[: found.start()])
    return f"{said[:1].upper()}{said[1:]}" if begins else said


_BEGINS = re.compile(r"(?:^|[.!?])\s*$")


def is_doing(text: str) -> bool:
    """Tell what one is doing: “refunding 4 lessons”."""
    return text.partition(" ")[0].lower() in _words().doing


def is_order(text: str) -> bool:
    """Tell what one does, typed as an order: “take out the blog”."""
    return bool(_bare_verb().match(text))


def pledged(text: str, day: str, who: str, label: str) -> str:
    """Return “By May 4, I will send the master” for “send the master”, which else is an order.

    What is so already stands before it: “auto renew is on now, I will also send a list”.
    What is no clause stands in a row: “Next, by May 4: a new estimate”. A day that is typed is the
    one of what it is typed with.
    """
    so_far, then = own_sentence(text)
    if then and _promised(then, who).startswith(f"{who} will") and _is_so_now(so_far):
        return f"{so_far[:1].upper()}{so_far[1:]}. {pledged(then, day, who, label)}"
    day = f"{day[:1].upper()}{day[1:]}"
    if led := _LED_BY_A_DAY.match(text):
        day, text = f"{(led[1] or 'on').capitalize()} {led[2]}", text[led.end() :]
    own = bool(led) or bool(_A_DAY.search(text))
    said = _promised(text, who)
    if said:
        return f"{day}, {said}" if led or not own else f"{said[:1].upper()}{said[1:]}"
    if own and not led:
        return f"{label.rstrip(', ')}: {text}"
    return f"{label}{day[:1].lower()}{day[1:]}: {text}"


def _is_so_now(text: str) -> bool:
    """Tell “auto renew is on now” from “I’ll send it” and “send the files”."""
    to_come = is_order(text) or _of_now().match(text) or re.search(r"\bwill\b|’ll\b", text)
    return tells(text) and not to_come


def _promised(text: str, who: str) -> str:
    """Return what makes a sentence behind a day, “I will send it”; "" for what is no clause."""
    if is_order(text):
        verb = without_to(text)
        return f"{who} will {verb[:1].lower()}{verb[1:]}"
    somebody, _, deed = text.partition(" ")
    if _of_now().match(text) or (somebody in {"I", "We", "we"} and is_order(deed)):
        return f"{somebody.replace('We', 'we')} will {without_to(deed)}"
    happens = text.rstrip(".").rpartition(" ")[2].removesuffix("s") in _words().ordered
    whole = tells(text) or _SOMEBODY.match(text) or (happens and text.rstrip(".").endswith("s"))
    return text if whole else ""


_MONTH = "|".join(month_name[1:])
_ANY_DAY = rf"(?:(?:{_MONTH})[ \u00a0]\d{{1,2}}|\d{{1,2}}[ \u00a0](?:{_MONTH}))"
_A_DAY = re.compile(
    rf"\b(?:on|by|until) (?:(?:the \w+ of )?{_ANY_DAY}|the \d{{1,2}}(?:st|nd|rd|th)\b)"
)
_LED_BY_A_DAY = re.compile(rf"(?:(on|by) )?({_ANY_DAY})[,:]?\s(?:\N{{EM DASH}} )?", re.IGNORECASE)


@cache
def _of_now() -> re.Pattern[str]:
    """Return what finds “I send the files”, said of what is to come."""
    return re.compile(rf"(?:I|[Ww]e) (?:{any_of((*_words().ordered, *_words().now))}) ")


_TO = re.compile(r"\A(?:will|gonna|going to|to) ")


@cache
def _bare_verb() -> re.Pattern[str]:
    """Return a bare verb: “send files”, any word before what only a verb takes, “release the”."""
    words = _words()
    return re.compile(
        rf"{_TO.pattern}[a-z]"
        rf"|(?:{any_of(words.asked)}) (?:{any_of(words.asked_about)}) "
        rf"|(?:{any_of(words.ordered)}) (?!(?:of|for|is|are|and|list|with|will|from)\b)"
        rf"|(?!.*\bwill\b|\w+(?:ing|ed|ly) |(?:{any_of(words.no_order)}) )"
        r"[a-z-]+ (?:up |back |out |off |over |you )?"
        r"(?:the|an?|my|our|your|you|it|them|all|everything|everyone|this|these|both)(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _bare_last() -> re.Pattern[str]:
    months = "|".join(month_name[1:])
    only = any_of(each for each in _words().only if each not in {"first", "second"})
    return re.compile(
        rf"(?:(?<=^)|(?<=, )|(?<=; ))(?=(?:{only}|{months})"
        rf" (?:{any_of(_words().one_of)})\b)[^ ]+",
        re.IGNORECASE,
    )


def _words() -> EnglishHaste:
    words: EnglishHaste = read("en", EnglishHaste)
    return words
