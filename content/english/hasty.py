"""What haste leaves out of English: articles, commas, capitals of whoever has something."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

from content.english.words import is_ordinary


def tells(text: str) -> bool:
    """Tell whether a text has a verb that makes a sentence: not “last invoice $600”."""
    text = _CLOCK.sub(" ", text.lower().replace("’", "'"))
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", text)
    return any(word in _FINITE or word.endswith(("'ll", "'re", "'m", "n't")) for word in words)


_CLOCK = re.compile(r"\d\s?[ap]m\b")


def is_determined(text: str) -> bool:
    """Tell “the files”, “everything” and “files and logins” from “mailing list, logo”."""
    first = text.lower().replace("’", "'").split(" ")[0]
    things = re.split(r",| (?:and|of|on|in|for|with|by|from|as|to) ", text)
    last = things[0].rstrip(" .").lower()
    return first in _DETERMINERS or first[:1].isdigit() or last.endswith("s")


_DETERMINERS = frozenset(
    (
        *("a", "an", "the", "all", "any", "every", "everything", "both", "my", "our", "it", "its"),
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"),
        *("what", "whatever", "each", "one", "this", "that", "access", "some", "full"),
    )
)


def is_felt(text: str) -> bool:
    """Tell a deed, a name or what somebody has from a thing: “being kind”, “Leo’s patience”."""
    words = text.split(" ")
    deed = any(word.lower().endswith(("ing", "ly")) for word in words[:2])
    named = words[0][:1].isupper() or any("’s" in word or "'s" in word for word in words[:2])
    return deed or named or words[0].lower() in _NO_ARTICLE


_NO_ARTICLE = frozenset(
    ("always", "never", "how", "your", "his", "her", "their", "him", "them", "us")
)


def with_be(text: str) -> str:
    """Return “furniture is not included” for “furniture not included”."""
    found = _NOT_INCLUDED.match(text)
    if found is None or found[1].endswith((" is", " are")):
        return text
    return f"{found[1]} {'are' if found[1].endswith('s') else 'is'} {found[2]}"


_NOT_INCLUDED = re.compile(r"(\w[^,.;]*?) (not included\b.*)")


def within(text: str) -> str:
    """Return “within 24 hours” for “24 hours”."""
    return f"within {text}" if _SPAN.fullmatch(text.rstrip(".").lower()) else text


_SPAN = re.compile(
    r"(?:\d+(?:(?: ?[-\N{EN DASH}] ?| to | or )\d+)?|an?|one|two|three|four|five|six|twelve)"
    r"[ -](?:(?:business|working|work) )?(?:minute|hour|day|week|hr)s?"
)


def with_the(text: str) -> str:
    """Return “the last invoice” for “last invoice”, of which there is one."""
    return _BARE_LAST.sub(lambda found: f"the {found[0]}", text)


def with_a_comma(text: str, money: str) -> str:
    """Return “last invoice, $600” where a sum stands behind its thing and nothing tells of it.

    “Final $900 due on May 2” is a sentence but for its verb.
    """
    if due := re.fullmatch(
        rf"(?:the )?({_WHICH}) ({_amount(money)}) due (.+)", text, re.IGNORECASE
    ):
        return f"the {due[1].lower()} {due[2]} is due {due[3]}"
    clauses = re.split(r"([,;]\s|\n)", text)
    return "".join(
        each if place % 2 or tells(each) or ":" in each else _told_price(each, money)
        for place, each in enumerate(clauses)
    )


def _told_price(clause: str, money: str) -> str:
    amount = rf"(?:\+ ?)?{_amount(money)}"
    said = re.sub(rf"({amount}) (?=half|deposit|up front|upfront|due|the rest)", r"\1, ", clause)
    said = re.sub(r"(?<=[a-z]) (?=half (?:later|on|at|after|upon|when)\b)", ", ", said)
    found = re.match(rf"([^\d]*[a-z)]) (?={amount})", said)
    known = found and found[1].split(" ")[-1].lower() not in _BEFORE_A_SUM
    if not found or not known:
        return said
    return f"{said[: found.end() - 1]}, {said[found.end() :].lstrip('+ ')}"


def _amount(money: str) -> str:
    return rf"(?:[$€£¥₽]\s?\d[\d,.]*k?|\d[\d,.]*k?\s?(?:{money}))"


_WHICH = "last|final|remaining|outstanding|first|second"
_BEFORE_A_SUM = frozenset(
    (
        *_WHICH.split("|"),
        *("for", "at", "of", "to", "about", "by", "only", "just", "another", "than"),
        *("extra", "and", "or", "over", "under", "in", "with", "from", "a", "the", "per"),
        *("up", "around", "plus", "until"),
    )
)
_FINITE = frozenset(
    (
        *("is", "are", "was", "were", "am", "be", "been", "will", "would", "can", "could"),
        *("should", "must", "may", "has", "have", "had", "do", "does", "did", "owe"),
        *("owes", "goes", "go", "comes", "come", "came", "pay", "pays", "send", "sends"),
        *("follow", "follows", "please", "remain", "remains", "stay", "stays", "need"),
        *("needs", "expect", "get", "gets", "starts"),
    )
)
_BARE_LAST = re.compile(
    rf"(?:(?<=^)|(?<=, )|(?<=; ))(?=(?:last|final|remaining|outstanding|{'|'.join(month_name[1:])})"
    r" (?:invoice|payment|balance|installment|half|retainer|fee|deposit|rent|session)\b)[^ ]+",
    re.IGNORECASE,
)


def unsure(text: str) -> Iterator[re.Match[str]]:
    """Yield what only its writer can tell: “18 pages on 25”, “in in”."""
    return _UNSURE.finditer(text)


_UNSURE = re.compile(
    r"\b(?<!based )on (?:[1-9]|[12]\d|3[01])(?=[,;.]?(?:\s*$|\s(?:and|but|the|rest|i|we)\b)|[,;]\s)"
    r"|\b(?!(?:had|that|bye|so|very|no|ha)\b)([a-z]{2,}) \1\b(?!-)",
    re.MULTILINE | re.IGNORECASE,
)


def with_owners(text: str) -> str:
    """Return “Leo’s homework” for “leo’s homework”."""
    return _WHOSE.sub(
        lambda found: (
            found[0]
            if is_ordinary(found[0], "") or _OF_SOME.search(text[: found.start()])
            else found[0].capitalize()
        ),
        text,
    )


_OF_SOME = re.compile(r"\b(?:an?|the|my|our|your|his|her|their|this|each|every|any|another) \Z")


_WHOSE = re.compile(
    r"\b(?!(?:it|that|let|who|what|he|she|there|here|where|how|client)’s)[a-z]+(?=’s [a-z])"
)


def pledged(text: str, who: str) -> str:
    """Return “, I will send the master” for “send the master”, which else is an order.

    What has no verb stands behind a dash: “ — a new estimate”.
    """
    if _BARE_VERB.match(text):
        verb = _TO.sub("", text, count=1)
        return f", {who} will {verb[:1].lower()}{verb[1:]}"
    return f", {text}" if tells(text) or _SOMEBODY.match(text) else f" \N{EM DASH} {text}"


_SOMEBODY = re.compile(r"(?:I|we)\b")
_TO = re.compile(r"\A(?:will|gonna|going to|to) ")
_BARE_VERB = re.compile(
    rf"{_TO.pattern}[a-z]"
    r"|(?:send|resend|fix|redo|deliver|remake|rewrite|write|make|give|get|bring|pay|refund|finish|do"
    r"|go|come|publish|replace|remove|credit|answer|reply|explain|stop|start|cancel|hand over)"
    r" (?!(?:of|for|is|are|and|list|with|will|from)\b)"
    r"|(?!.*\bwill\b|\w+(?:ing|ed|ly) |(?:all|both|only|just|for|of|with|about|on|in|at|by|from|to"
    r"|as|then|half|plus|and|or|twice|once|every|not|no|that|when|if|what|after|before|until|under"
    r"|over) )"
    r"[a-z-]+ (?:up |back |out |off |over |you )?"
    r"(?:the|an?|my|our|your|you|it|them|all|everything|everyone|this|these|both)(?![\w-])",
    re.IGNORECASE,
)
"""A bare verb: “send files”, and any word before what only a verb takes, “release the hold”."""
