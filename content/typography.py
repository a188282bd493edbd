"""Typography that a careful reader would notice: what is mended, and what authors are told of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.models import Language

NO_BREAK = "\N{NO-BREAK SPACE}"
_LOOSE = re.compile(r"(?<=\d) (?=[^\W_]|[₽%])|(?<=\}) (?=[₽%])|(?<=№) ")

_EVERYWHERE = (
    (re.compile(r"(?<=\S) {2,}"), "two spaces in a row"),
    (re.compile(r"(?<=\s)-(?=\s)"), "a hyphen where a dash — stands"),
    (re.compile(r" [,.;:!?](?![\w.])"), "a space before a punctuation mark"),
    (re.compile(r"\.\.\."), "three full stops where … stands"),
)
_BY_LANGUAGE = {
    "ru": ((re.compile(r'["”]'), "a straight or foreign quotation mark where «» stand"),),
}


def tied(text: str) -> str:
    """Return a text in which no line ends between a number and what it counts: «27 ноября»."""
    return _LOOSE.sub(NO_BREAK, text)


def tied_leaves(value: object) -> object:
    """Return what a TOML file says with each of its texts tied."""
    if isinstance(value, str):
        return tied(value)
    if isinstance(value, dict):
        return {key: tied_leaves(each) for key, each in value.items()}
    return [tied_leaves(each) for each in value] if isinstance(value, list) else value


def slips(text: str, language: Language) -> Iterator[str]:
    """Yield what is wrong with the typography of a text."""
    base = language.replace("-", "_").partition("_")[0]
    for pattern, slip in (*_EVERYWHERE, *_BY_LANGUAGE.get(base, ())):
        if found := pattern.search(text):
            around = text[max(0, found.start() - 12) : found.end() + 12]
            yield f"{slip}: «{around}»"


def leaves(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text within a dumped model, with its dotted key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict | tuple):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for name, item in items:
            yield from leaves(item, f"{key}.{name}" if key else str(name))
