"""The checker: a letter in, findings out. It blocks nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Protocol, TypeAlias

from content.checking.english import EnglishAddressee
from content.checking.findings import FAREWELL, Finding, Rule, Rules, Span
from content.checking.lexicon import (
    Cues,
    EnglishAddress,
    Lexicon,
    RuleTexts,
    RussianAddress,
    RussianFixes,
    Wordings,
    read,
)
from content.checking.patterns import PatternSet
from content.checking.presence import Presence
from content.checking.reading import Reading, Token
from content.checking.rewrites import Rewrite
from content.checking.russian.addressee import RussianAddressee
from content.checking.soundness import accepts

TURNS = (
    Rule.JUDGING_WORD,
    Rule.ABSOLUTE,
    Rule.IMPATIENCE,
    Rule.THREAT,
    Rule.APOLOGY,
    Rule.LEGAL_CLAIM,
)
"""The rules that are lists of turns."""


def check(
    text: str,
    *,
    language: str = "ru",
    rules: Rules = FAREWELL,
    told_in: str | None = None,
    team: bool | None = None,
) -> tuple[Finding, ...]:
    """Return what a letter says that these rules advise against, then what it lacks.

    Findings of one rule do not overlap, nor do fixes of any; a sentence with its fixes made
    parses. ``told_in`` is the language of the reasons, the letter's own unless said; ``team``
    tells that several write, and is seen from the text unless said. The first call loads the
    dictionary, which takes a quarter of a second. Raises ``LookupError`` for a language without a
    checker.
    """
    checker = _checker(language)
    texts = read(told_in or language, RuleTexts)
    reading = Reading(text, russian=language == "ru")
    we = checker.says_we(reading) if team is None else team
    found: list[Found] = []
    for rule in (Rule.SECOND_PERSON, Rule.BLAME):
        if rule in rules:
            blame = rule is Rule.BLAME
            told = checker.addresses(reading, we=we, blame=blame)
            found += [(rule, span, fix) for span, fix in told]
    for rule in TURNS:
        if rule in rules:
            found += [(rule, span, fix) for span, fix in checker.turns(reading, rule)]
    fixes = _sound(reading, found, checker, language)
    there = [
        Finding(rule, span.start, span.end, text[span.start : span.end], texts[rule].why, fix)
        for (rule, span, _), fix in sorted(
            zip(found, fixes, strict=True), key=lambda each: each[0][1]
        )
    ]
    lacking = [
        Finding(rule, None, None, "", texts[rule].why, None)
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


def _sound(
    reading: Reading, found: Sequence[Found], checker: _Checker, language: str
) -> list[str | None]:
    """Return the fix of each finding, none where it overlaps an earlier one or does not parse.

    What the rules found first (the reader addressed) goes before what others would leave out.
    """
    fixes: list[str | None] = [fix for _, _, fix in found]
    taken: list[Span] = []
    for place, (_, span, fix) in enumerate(found):
        if fix is None:
            continue
        if any(span.start < other.end and other.start < span.end for other in taken):
            fixes[place] = None
        else:
            taken.append(span)
    for tokens in _told_apart(reading):
        start, end = tokens[0].start, tokens[-1].end
        within = [i for i, (_, span, _) in enumerate(found) if start <= span.start < end]
        while True:
            if any(fixes[i] is None and checker.leans(reading, found[i]) for i in within):
                for i in within:
                    fixes[i] = None if found[i][0] in _ADDRESSED else fixes[i]
            mended = [i for i in within if fixes[i] is not None]
            said = reading.text[start:end]
            for i in sorted(mended, key=lambda i: found[i][1], reverse=True):
                span = found[i][1]
                said = said[: span.start - start] + str(fixes[i]) + said[span.end - start :]
            if not mended or accepts(said, language=language):
                break
            fixes[mended[-1]] = None
    return fixes


def _told_apart(reading: Reading) -> Iterator[Sequence[Token]]:
    """Yield the sentences, and of a list with ``;`` each thing: none leans on another."""
    for sentence in reading.sentences:
        start = 0
        while start < len(sentence.tokens):
            end = _before_semicolon(sentence.tokens, start)
            if end > start:
                yield sentence.tokens[start:end]
            start = end + 1


_ADDRESSED = frozenset((Rule.SECOND_PERSON, Rule.BLAME))
Found: TypeAlias = tuple[Rule, Span, str | None]
"""A rule, where it found something, and what to say there instead."""


class _Addressee(Protocol):
    """What finds the second person in one language, and rewrites it."""

    def says_we(self, tokens: Sequence[Token]) -> bool: ...
    def leans(self, words: Sequence[str]) -> bool: ...
    def courtesies(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]: ...
    def find(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]]
    ) -> Iterator[int]: ...
    def blames(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]], hits: Sequence[int]
    ) -> Iterator[int]: ...
    def rewrite(
        self,
        tokens: Sequence[Token],
        clauses: Sequence[tuple[int, int]],
        hits: Sequence[int],
        *,
        we: bool,
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
        self._turns: dict[Rule, Wordings] = {rule: getattr(lexicon, rule) for rule in TURNS}
        self._say = {
            rule: PatternSet((*turns.say, *turns.drop)) for rule, turns in self._turns.items()
        }
        self._drop = {rule: PatternSet(turns.drop) for rule, turns in self._turns.items()}
        self._too_much = {rule: PatternSet(turns.never_free) for rule, turns in self._turns.items()}
        self._told = {rule: PatternSet(turns.told) for rule, turns in self._turns.items()}
        self._but = {rule: PatternSet(turns.but) for rule, turns in self._turns.items()}

    def says_we(self, reading: Reading) -> bool:
        """Tell whether the text is written by several."""
        return any(self._addressee.says_we(each.tokens) for each in reading.sentences)

    def leans(self, reading: Reading, found: Found) -> bool:
        """Tell whether it is a word whose subject stands in another clause: «…, хотя обещали»."""
        rule, span, _ = found
        said = reading.text[span.start : span.end].lower().split()
        return rule in _ADDRESSED and self._addressee.leans(said)

    def addresses(
        self, reading: Reading, *, we: bool, blame: bool
    ) -> Iterator[tuple[Span, str | None]]:
        """Yield what speaks to the reader, and what to say instead; ``blame``: of wrongs only."""
        for sentence in reading.sentences:
            tokens = sentence.tokens
            clauses = tuple(sentence.clauses)
            hits = tuple(self._addressee.find(tokens, clauses))
            wrongs = set(self._addressee.blames(tokens, clauses, hits)) if blame else set(hits)
            if not wrongs:
                continue
            for rewrite in self._addressee.rewrite(tokens, clauses, hits, we=we):
                if any(rewrite.start <= place < rewrite.end for place in wrongs):
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
            innocent += [
                (m.start, _before_semicolon(tokens, m.end)) for m in self._told[rule].find(tokens)
            ]
            for match in self._say[rule].find(tokens):
                if any(start < match.end and match.start < end for start, end in innocent):
                    continue
                if free > 0 and self._too_much[rule].longest_at(tokens, match.start) is None:
                    free -= 1
                    continue
                dropped = self._drop[rule].longest_at(tokens, match.start)
                if (
                    dropped
                    and dropped[1].end == match.end
                    and not any(t.pos == "ADJS" for t in tokens[match.start : match.end])
                ):
                    yield _dropped(tokens, match.start, match.end)
                else:
                    yield _span(tokens, match.start, match.end), None


def _before_semicolon(tokens: Sequence[Token], place: int) -> int:
    """Return the place of the next ``;`` from here, else the end."""
    return next((i for i in range(place, len(tokens)) if tokens[i].text == ";"), len(tokens))


def _span(tokens: Sequence[Token], start: int, end: int) -> Span:
    return Span(tokens[start].start, tokens[end - 1].end)


def _dropped(tokens: Sequence[Token], start: int, end: int) -> tuple[Span, str | None]:
    """Return the words to leave out with the one that stays beside them, and that one."""
    if end < len(tokens) and tokens[end].is_word:
        first = not any(token.is_word for token in tokens[:start])
        kept = tokens[end].text
        return _span(tokens, start, end + 1), kept[:1].upper() + kept[1:] if first else kept
    if start > 0 and (tokens[start - 1].is_word or tokens[start - 1].is_number):
        return _span(tokens, start - 1, end), tokens[start - 1].text
    return _span(tokens, start, end), None


@cache
def _checker(language: str) -> _Checker:
    return _Checker(language)
