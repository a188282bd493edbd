"""One clause, as the rules that rewrite it see it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from content.checking.lexicon import RussianAddress, RussianFixes
from content.checking.patterns import ADVERBIAL, PatternSet
from content.checking.reading import Token, plain
from content.checking.russian.clauses import Subjects

NEAR = 8
"""Words before a place within which what belongs to it stands."""

_EACH = frozenset({"каждый", "всякий"})
_CONJUNCTIONS = frozenset({"и", "а", "но", "или", "да", "зато", "однако", "тогда", "поэтому"})


class FixRules:
    """The reviewed verbs and turns, ready to look up."""

    def __init__(self, fixes: RussianFixes, words: RussianAddress) -> None:
        self.words = words
        self.sets = words.sets
        self.passive = frozenset(fixes.passive)
        self.reflexive = frozenset(fixes.reflexive)
        self.replaced = {pair.verb: pair.by for pair in fixes.replaced}
        self.attached = frozenset(fixes.attached)
        self.kept_with = frozenset(fixes.kept_with)
        self.not_asked = frozenset(fixes.not_asked)
        self.money = frozenset(fixes.money)
        self.insults = frozenset(fixes.insults)
        self.telling = frozenset(fixes.telling)
        self.absolutes = frozenset(fixes.absolutes)
        self.meetings = frozenset(map(plain, fixes.meetings))
        self.nominal = {verb: nominal for nominal in fixes.nominal for verb in nominal.verbs}
        self.turns = {turn.say: turn for turn in fixes.turns}
        self.turn_patterns = PatternSet(self.turns)
        self.dropping = PatternSet(fixes.dropping)


class SentenceView:
    """A sentence with its hits; its turns are remembered, as many hits ask for the same ones."""

    def __init__(
        self, rules: FixRules, tokens: Sequence[Token], hits: frozenset[int], *, we: bool
    ) -> None:
        """Take the places of the words that speak to the reader as ``hits``."""
        self.we = we
        self.rules = rules
        self.tokens = tokens
        self.hits = hits
        self.subjects = Subjects(tokens, rules.words)
        self.turn_at = cache(partial(rules.turn_patterns.longest_at, tokens))
        self.dropping_at = cache(partial(rules.dropping.longest_at, tokens))


class ClauseView:
    """One clause of a sentence, or what is left of it: tokens ``start`` to before ``end``."""

    def __init__(
        self, sentence: SentenceView, start: int, end: int, opened: int | None = None
    ) -> None:
        """Take the range of tokens; ``opened`` is where the clause began, of which this is left."""
        self.opened = start if opened is None else opened
        self.sentence = sentence
        self.rules = sentence.rules
        self.tokens = sentence.tokens
        self.hits = sentence.hits
        self.subjects = sentence.subjects
        self.start = start
        self.end = end

    def near(self, place: int) -> int:
        """Return how far back to look for what belongs to this place."""
        return max(self.start, place - NEAR)

    def past_adverbs(self, place: int) -> int:
        """Return the first place from here that is no adverb and no «в октябре»."""
        tokens = self.tokens
        stop = min(self.end, place + NEAR)
        while place < stop:
            if tokens[place].pos == "PREP":
                after = self.subjects.phrase_end(place + 1, self.end)
                if after == place + 1:
                    return place
                place = after
            elif tokens[place].pos in ADVERBIAL and tokens[place].low != "не":
                place += 1
            elif self.counts(place):
                place += 2
            else:
                return place
        return place

    def counts(self, place: int) -> bool:
        """Tell whether «5 раз» or «два дня» begins here."""
        if place + 1 >= self.end:
            return False
        number, unit = self.tokens[place : place + 2]
        counted = number.is_number or number.pos == "NUMR" or number.low in _EACH
        return counted and not unit.lemmas.isdisjoint(self.rules.sets["times"])

    def adverbs_before(self, place: int) -> tuple[int, list[str]]:
        """Return where the adverbs that end here begin, and the adverbs."""
        first = place
        while first > self.near(place) and (
            self.tokens[first - 1].pos in ADVERBIAL and self.tokens[first - 1].low != "не"
        ):
            first -= 1
        for begin in range(self.near(place), first):
            if self.tokens[begin].low in {"вы", "ты"} and self.past_adverbs(begin + 1) >= place:
                first = begin + 1
                break
        while first < place and self.opens_clause(first):
            first += 1
        return first, [token.text for token in self.tokens[first:place]]

    def is_money(self, token: Token) -> bool:
        """Tell whether it is a currency, or «тысяч» of one."""
        return not token.lemmas.isdisjoint(self.rules.money)

    def opens_clause(self, place: int) -> bool:
        """Tell whether it is a conjunction that stays where it is: «и», «хотя», «как только»."""
        low = self.tokens[place].low
        if low == "только":
            return place > self.start and self.tokens[place - 1].low == "как"
        return low in _CONJUNCTIONS or low in self.rules.sets["subordinating"]

    def is_time(self, start: int, end: int) -> bool:
        """Tell whether these tokens name a date or a stretch of time."""
        sets = self.rules.sets
        return any(
            token.is_number or not token.lemmas.isdisjoint(sets["times"] | sets["dates"])
            for token in self.tokens[start:end]
        )

    def text(self, start: int, end: int) -> str:
        """Return tokens as a text; between them stand single spaces."""
        return " ".join(token.text for token in self.tokens[start:end])

    def cased(self, start: int, text: str) -> str:
        """Begin with a capital where the sentence begins."""
        first = next((i for i, token in enumerate(self.tokens) if token.is_word), 0)
        listed = first > 0 and not self.tokens[first].capital  # «— тексты присылаете»
        return text[:1].upper() + text[1:] if start == first and not listed else text
