"""The checker: a letter in, findings out. It blocks nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from content.checking.english import EnglishAddressee
from content.checking.findings import FAREWELL, Finding, Rule, Rules, Span
from content.checking.lexicon import (
    Cues,
    EnglishAddress,
    Lexicon,
    RuleTexts,
    RussianAddress,
    RussianFixes,
    read,
)
from content.checking.patterns import PatternSet
from content.checking.presence import Presence
from content.checking.reading import Reading
from content.checking.russian import RussianAddressee

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from content.checking.lexicon import RuleText, Turns
    from content.checking.reading import Token
    from content.checking.wording import Rewrite

TURNS = (
    Rule.JUDGING_WORD,
    Rule.ABSOLUTE,
    Rule.THREAT,
    Rule.APOLOGY,
    Rule.LEGAL_CLAIM,
)
"""The rules that are lists of turns."""


def check(
    text: str, *, language: str = "ru", rules: Rules = FAREWELL, told_in: str | None = None
) -> tuple[Finding, ...]:
    """Return what a letter says that these rules advise against, then what it lacks.

    Findings of one rule do not overlap. ``told_in`` is the language of the reasons, the letter's
    own unless said. The first call loads the dictionary, which takes a quarter of a second.
    Raises ``LookupError`` for a language without a checker.
    """
    checker = _checker(language)
    texts = read(told_in or language, RuleTexts)
    reading = Reading(text, russian=language == "ru")
    found: list[tuple[Rule, Span, str | None]] = []
    if Rule.SECOND_PERSON in rules:
        found += [(Rule.SECOND_PERSON, span, fix) for span, fix in checker.addresses(reading)]
    for rule in TURNS:
        if rule in rules:
            found += [(rule, span, fix) for span, fix in checker.turns(reading, rule)]
    there = [
        Finding(rule, span.start, span.end, text[span.start : span.end], _why(texts, rule), fix)
        for rule, span, fix in sorted(found, key=lambda f: f[1])
    ]
    lacking = [
        Finding(rule, None, None, "", _why(texts, rule), None)
        for rule in checker.presence.missing(reading)
        if rule in rules
    ]
    return (*there, *lacking)


def marked(text: str, *, language: str = "ru") -> tuple[Span, ...]:
    """Return the forms of courtesy, which may stand though they speak to the reader."""
    checker = _checker(language)
    return tuple(checker.courtesies(Reading(text, russian=language == "ru")))


def mend(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with its fixes made; where findings overlap, the first and longest."""
    pieces = []
    reach = 0
    fixes = [
        (f.start, -f.end, f.fix)
        for f in findings
        if f.start is not None and f.end is not None and f.fix is not None
    ]
    for start, minus_end, fix in sorted(fixes):
        if start >= reach:
            pieces += [text[reach:start], fix]
            reach = -minus_end
    return "".join([*pieces, text[reach:]])


def _why(texts: RuleTexts, rule: Rule) -> str:
    told: RuleText = getattr(texts, rule)
    return told.why


class _Addressee(Protocol):
    """What finds the second person in one language, and rewrites it."""

    def courtesies(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]: ...
    def find(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]]
    ) -> Iterator[int]: ...
    def rewrite(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]], hits: Sequence[int]
    ) -> Iterator[Rewrite]: ...


class _Checker:
    """The reviewed words of one language, made ready."""

    def __init__(self, language: str) -> None:
        self.presence = Presence(read(language, Cues))
        self._addressee: _Addressee = (
            RussianAddressee(read(language, RussianAddress), read(language, RussianFixes))
            if language == "ru"
            else EnglishAddressee(read(language, EnglishAddress))
        )
        lexicon = read(language, Lexicon)
        self._turns: dict[Rule, Turns] = {rule: getattr(lexicon, rule) for rule in TURNS}
        self._say = {
            rule: PatternSet((*turns.say, *turns.drop)) for rule, turns in self._turns.items()
        }
        self._drop = {rule: PatternSet(turns.drop) for rule, turns in self._turns.items()}
        self._but = {rule: PatternSet(turns.but) for rule, turns in self._turns.items()}

    def addresses(self, reading: Reading) -> Iterator[tuple[Span, str | None]]:
        """Yield what speaks to the reader, and what to say instead."""
        for sentence in reading.sentences:
            tokens = sentence.tokens
            clauses = tuple(sentence.clauses)
            hits = tuple(self._addressee.find(tokens, clauses))
            for rewrite in self._addressee.rewrite(tokens, clauses, hits):
                yield _span(tokens, rewrite.start, rewrite.end), rewrite.text

    def courtesies(self, reading: Reading) -> Iterator[Span]:
        """Yield the forms of courtesy."""
        for sentence in reading.sentences:
            for start, end in self._addressee.courtesies(sentence.tokens):
                yield _span(sentence.tokens, start, end)

    def turns(self, reading: Reading, rule: Rule) -> Iterator[tuple[Span, str | None]]:
        """Yield the turns of one rule, beyond those that are free."""
        turns = self._turns[rule]
        free = turns.free
        for sentence in reading.sentences:
            tokens = sentence.tokens
            innocent = [(m.start, m.end) for m in self._but[rule].find(tokens)]
            for match in self._say[rule].find(tokens):
                if any(start < match.end and match.start < end for start, end in innocent):
                    continue
                if free > 0:
                    free -= 1
                    continue
                dropped = self._drop[rule].longest_at(tokens, match.start)
                if dropped and dropped[1].end == match.end:
                    yield _dropped(tokens, match.start, match.end)
                else:
                    yield _span(tokens, match.start, match.end), None


def _span(tokens: Sequence[Token], start: int, end: int) -> Span:
    return Span(tokens[start].start, tokens[end - 1].end)


def _dropped(tokens: Sequence[Token], start: int, end: int) -> tuple[Span, str | None]:
    """Return the words to leave out with the one that stays beside them, and that one."""
    if end < len(tokens) and tokens[end].is_word:
        first = not any(token.is_word for token in tokens[:start])
        kept = tokens[end].text
        return _span(tokens, start, end + 1), kept[:1].upper() + kept[1:] if first else kept
    if start > 0 and tokens[start - 1].is_word:
        return _span(tokens, start - 1, end), tokens[start - 1].text
    return _span(tokens, start, end), None


@cache
def _checker(language: str) -> _Checker:
    return _Checker(language)
