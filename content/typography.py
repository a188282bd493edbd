"""Typography that a careful reader would notice: what is mended, and what authors are told of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.models import Language

NO_BREAK = "\N{NO-BREAK SPACE}"
_LOOSE = re.compile(r" (?:(?<=\d )(?=[^\W_]|[₽%])|(?<=\} )(?=[₽%])|(?<=№ ))")
"""Begins with what it looks for: five times as fast as one that looks back from everywhere."""

LINE = 18.6
"""Widths of a capital M, more or less, that a line of the chat holds at 390 px; a little is kept
back, since every phone has a type of its own."""
_WIDTHS = {
    **dict.fromkeys(" .,:;!|'’ijl·", 0.26),
    **dict.fromkeys("ftrI()[]-/“”„‘•", 0.35),
    **dict.fromkeys("ckszxvy", 0.49),
    **dict.fromkeys("wmWM%", 0.8),
    **dict.fromkeys("—…@", 1.0),
}

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


def lines_of(text: str, *, bold: bool = False) -> int:
    """Return how many lines of the chat a text takes on a phone."""
    count, taken = 0, 0.0
    for line in text.splitlines():
        count, taken = count + 1, 0.0
        for word in line.split(" "):
            width = sum(map(_width, word)) * (1.08 if bold else 1.0)
            if taken and taken + _width(" ") + width > LINE:
                count, taken = count + 1, width
            else:
                taken += (_width(" ") if taken else 0.0) + width
    return count


def _width(letter: str) -> float:
    """Return the width of a letter in a type without serifs, an em being 1.

    Of another script than the Latin one it is that of most letters, which are a little wider.
    """
    small = 0.555 if letter.isascii() else 0.58
    return _WIDTHS.get(letter) or (0.68 if letter.isupper() else small)


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
