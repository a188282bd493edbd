"""What a letter should not lack, recognised by the cues of ``cues.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from content.checking.findings import Rule
from content.checking.lexicon import Cues
from content.checking.patterns import PatternSet
from content.checking.reading import Reading, Sentence, Token
from content.russian.words import is_first_name

LAST_WORDS = 5
"""A good ending is looked for in so many sentences from the end, the signature among them."""
SIGNATURE = 8
"""Words and numbers that a signature has at most."""
LETTER_DATE = 6


class Presence:
    """Tells which of the parts a letter lacks."""

    def __init__(self, cues: Cues) -> None:
        self._months = frozenset(cues.months)
        self._units = frozenset(cues.units)
        self._on, self._ahead = cues.on, cues.ahead
        self._happened = PatternSet(cues.happened)
        self._not_a_fact = PatternSet(cues.not_a_fact)
        self._ending = PatternSet(cues.ending)
        self._closing = PatternSet(cues.closing)
        self._anywhere = {
            Rule.MISSING_STATE: PatternSet(cues.state),
            Rule.MISSING_HANDOVER: PatternSet(cues.handover),
            Rule.MISSING_REPLACEMENT: PatternSet(cues.replacement),
            Rule.MISSING_DOOR: PatternSet(cues.door),
        }

    def missing(self, reading: Reading) -> Iterator[Rule]:
        """Yield the rules of the parts that a letter lacks, in the order of the rules."""
        sentences = reading.sentences
        found = {
            Rule.MISSING_FACT: any(map(self._is_fact, sentences)),
            **{
                rule: any(_has(cues, sentence) for sentence in sentences)
                for rule, cues in self._anywhere.items()
            },
            Rule.MISSING_ENDING: any(_has(self._ending, s) for s in sentences[-LAST_WORDS:]),
            Rule.MISSING_DATE: any(map(self._dates_the_letter, sentences)),
            Rule.MISSING_SIGNATURE: any(map(self._is_signed, self._last_lines(sentences))),
        }
        yield from (rule for rule, there in found.items() if not there)

    def _is_fact(self, sentence: Sentence) -> bool:
        tokens = sentence.tokens
        happened = any(map(_is_past, tokens)) or _has(self._happened, sentence)
        return (
            self._counts(tokens)
            and (happened or self._heads(sentence))
            and not _has(self._not_a_fact, sentence)
        )

    def _heads(self, sentence: Sentence) -> bool:
        """Tell whether it is a date and what was on it: «20 ноября — новая версия текста»."""
        tokens = sentence.tokens
        return any(
            self._has_date(tokens[start:end])
            and (tokens[end].text in _HEADS or self._is_on_a_day(tokens, start, end))
            and not tokens[then].capital
            for (start, end), (then, _) in pairwise(sentence.clauses)
        )

    def _is_on_a_day(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell “On May 9, 14 edits” from “On May 9, I will check”."""
        ahead = any(token.low in self._ahead for token in tokens[end:])
        leads = not {token.low for token in tokens[start:end]}.isdisjoint(self._on)
        return leads and tokens[end].text == "," and not ahead

    def _counts(self, tokens: Sequence[Token]) -> bool:
        """Tell whether there is a date, or a number with a unit close after it."""
        return self._has_date(tokens) or any(
            (token.is_number or token.pos == "NUMR")
            and any(
                not unit.lemmas.isdisjoint(self._units) or unit.text in self._units
                for unit in tokens[place + 1 : place + 4]
            )
            for place, token in enumerate(tokens)
        )

    def _has_date(self, tokens: Sequence[Token]) -> bool:
        return any(
            (token.is_number and token.text.count(".") == 2)  # noqa: PLR2004  21.11.2026
            or (
                not token.lemmas.isdisjoint(self._months)
                and any(near.is_number for near in tokens[max(0, place - 2) : place + 3])
            )
            for place, token in enumerate(tokens)
        )

    def _dates_the_letter(self, sentence: Sentence) -> bool:
        """Tell whether it is a line such as «21 ноября, Игорь»: a date and no verb."""
        tokens = sentence.tokens
        return (
            self._has_date(tokens)
            and _words(tokens) <= LETTER_DATE
            and not any(map(_says, _but_names(tokens)))
            and not _has(self._happened, sentence)
            and not _has(self._not_a_fact, sentence)
        )

    def _last_lines(self, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
        """Return the last line, and the one before where the date stands below the name."""
        dated = bool(sentences) and self._dates_the_letter(sentences[-1])
        return sentences[-2:] if dated else sentences[-1:]

    def _is_signed(self, sentence: Sentence) -> bool:
        """Tell whether a line holds a name and says nothing else."""
        tokens = sentence.tokens
        if tokens[-1].text in "!?…" or _words(tokens) > SIGNATURE:
            return False
        names = tokens
        for match in self._closing.find(tokens):
            names = tokens[match.end :]
        first = next((place for place, token in enumerate(names) if token.is_word), None)
        quoted = any(token.silent and token.is_word for token in names)  # «мастерская „шов“»
        return (
            quoted
            or any(
                token.capital
                and token.is_word
                and (
                    place != first or names is not tokens or _is_name(token) or _words(tokens) == 1
                )
                for place, token in enumerate(names)
            )
        ) and not any(map(_says, _but_names(tokens)))


_HEADS = frozenset(":—–")
_PREDICATES = frozenset({"VERB", "PRTS", "PRED", "ADJS"})


def _has(cues: PatternSet, sentence: Sentence) -> bool:
    return next(cues.find(sentence.tokens), None) is not None


def _is_past(token: Token) -> bool:
    past = token.reading("VERB", "past")
    return token.pos == "PRTS" or (past is not None and "Abbr" not in past.tag)


def _says(token: Token) -> bool:
    """Tell what says something of somebody; «Дана» and «Мила» are names as well."""
    short = bool(token.readings) and "Abbr" in token.readings[0].tag  # «Род» is a surname
    named = token.silent or (token.capital and is_first_name(token.text))
    return token.pos in _PREDICATES and not short and not named


def _is_name(token: Token) -> bool:
    return any(token.has(kind) for kind in ("Name", "Surn", "Patr"))


def _but_names(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the words of a line but those that a capital within it makes names: «Команда Бит»."""
    begun = False
    for token in tokens:
        if not (begun and token.capital):
            yield token
        begun = begun or token.is_word or token.is_number


def _words(tokens: Sequence[Token]) -> int:
    return sum(token.is_word or token.is_number for token in tokens)
