"""A text as the rules see it: sentences, clauses and words with their readings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from content.russian.morphology import Parse, morphology
from content.russian.spelling import undotted

RARE = 0.1
"""A reading less likely than this is not taken for what was meant."""
LONGEST_WORD = 40
"""Letters; what is longer is no word of the dictionary, and slow to look up."""

_TOKEN = re.compile(
    r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+-[^\W\d_]{1,3}(?![\w-])|\d+(?:[.,:]\d+)*|[^\w\s]|_+"
)
_CYRILLIC = re.compile(r"[\u0430-\u044f\u0451]+(?:-[\u0430-\u044f\u0451]+)*")
_QUOTED = re.compile(r"«[^«»\n]*(?:«[^«»\n]*»[^«»\n]*)*»|„[^„“”\n]*[“”]|“[^“”\n]*”|\"[^\"\n]*\"")
_ADDRESS = re.compile(
    r"@|://|\.(?:ru|\u0440\u0444|su|com|org|net|io|dev|me|app|by|kz|ua|info|pdf|zip|rar|docx?|xlsx?|txt|html?"
    r"|png|jpe?g|psd|fig|ai|mp[34])(?:[/?,;:!).»”\"]|$)"
)


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[Parse, ...]:
    """Return what a Russian word in small letters may be, the likeliest first."""
    if len(word) > LONGEST_WORD or not _CYRILLIC.fullmatch(word):
        return ()
    return tuple(morphology().parse(word))


@lru_cache(maxsize=20_000)
def lemmas(word: str, *, russian: bool) -> frozenset[str]:
    """Return every likely dictionary form of a word in small letters, at least the word itself."""
    likely = (r for r in readings(word) if r.score >= RARE) if russian else ()
    return frozenset({plain(r.normal_form) for r in likely} or {plain(word)})


def plain(word: str) -> str:
    """Return a word as it is compared: small, «е» for «ё», one kind of apostrophe."""
    return undotted(word.casefold()).replace("’", "'")


@dataclass(frozen=True, eq=False)
class Token:
    """A word, a number or a punctuation mark; ``text`` is what stands at ``start`` to ``end``."""

    text: str
    start: int
    end: int
    silent: bool
    """Quoted, or part of an address: somebody else's words."""
    russian: bool

    @cached_property
    def is_word(self) -> bool:
        """Tell whether it is made of letters."""
        return self.text[0].isalpha()

    @cached_property
    def is_number(self) -> bool:
        """Tell whether it is written in digits, and is not «3-й»."""
        return self.text[0].isdigit() and not self.text[-1].isalpha()

    @cached_property
    def low(self) -> str:
        """The word as it is compared."""
        return plain(self.text)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Every likely dictionary form; in other languages than Russian the word itself."""
        return lemmas(self.text.lower(), russian=self.russian)

    @cached_property
    def readings(self) -> tuple[Parse, ...]:
        """What the word may be; nothing for what is not Russian."""
        return readings(self.text.lower()) if self.russian else ()

    @property
    def pos(self) -> str | None:
        """The likeliest part of speech."""
        return self.readings[0].tag.POS if self.readings else None

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()

    def has(self, *grammemes: str) -> bool:
        """Tell whether one likely reading has all of these grammemes."""
        return self.reading(*grammemes) is not None

    def reading(self, *grammemes: str) -> Parse | None:
        """Return the likeliest reading with all of these grammemes."""
        for reading in self.readings:
            if reading.score >= RARE and all(g in reading.tag for g in grammemes):
                return reading
        return None


@dataclass(frozen=True, eq=False)
class Sentence:
    """The tokens of one sentence, in order, never none."""

    tokens: tuple[Token, ...]

    @property
    def clauses(self) -> Iterator[tuple[int, int]]:
        """Yield the ranges of tokens between the punctuation marks that part clauses."""
        begin = 0
        for place, token in enumerate(self.tokens):
            if token.text in PARTING and not token.silent:
                if place > begin:
                    yield begin, place
                begin = place + 1
        if begin < len(self.tokens):
            yield begin, len(self.tokens)


PARTING = frozenset(",;:()—–.!?…")
"""Marks that end a clause."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A whole text."""

    text: str
    russian: bool

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences; a line break ends one."""
        silent = _silent(self.text)
        return tuple(
            Sentence(tokens)
            for start, end in _sentences(self.text)
            if (tokens := tuple(self._tokens(start, end, silent)))
        )

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines that are not empty, without the spaces around them."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())

    def _tokens(self, start: int, end: int, silent: bytearray) -> Iterator[Token]:
        for found in _TOKEN.finditer(self.text, start, end):
            first, last = found.span()
            yield Token(found.group(), first, last, bool(silent[first]), self.russian)


def told_soon(tokens: Sequence[Token], place: int, words: Collection[str]) -> bool:
    """Tell whether one of these words, quoted or not, is among the two behind this place."""
    told = [token.low for token in tokens[place + 1 : place + 1 + _NEAR] if token.is_word]
    return not set(words).isdisjoint(told[:2])


_NEAR = 4
"""Tokens, marks of quotation among them: «написали „принято“»."""


def _silent(text: str) -> bytearray:
    """Return a mark for each character: 1 within quotation marks or an address."""
    marks = bytearray(len(text))
    for quoted in _QUOTED.finditer(text):
        start, end = quoted.span()
        marks[start:end] = b"\x01" * (end - start)
    for chunk in re.finditer(r"\S+", text):
        if _ADDRESS.search(chunk.group()):
            start, end = chunk.span()
            marks[start:end] = b"\x01" * (end - start)
    return marks


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    # Slow to import, and only letters need it.
    from razdel import sentenize  # noqa: PLC0415

    for line in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        for sentence in sentenize(line.group()):
            yield line.start() + sentence.start, line.start() + sentence.stop
