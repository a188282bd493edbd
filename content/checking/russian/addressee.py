"""Which words of a Russian text speak to its reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from content.checking.lexicon import RussianAddress, RussianFixes
from content.checking.patterns import PatternSet
from content.checking.reading import Token, told_soon
from content.checking.russian.clauses import Clause, Subject, Subjects
from content.checking.russian.grammar import FINITE
from content.checking.russian.rewriting import RussianRewriter
from content.russian.morphology import Tag

_DEBTS = frozenset({"должны", "должен", "должна", "обязаны", "обязан", "обязана", "виноваты"})
_THANKS = frozenset({"спасибо", "благодарю", "благодарим"})
_AT_LAST = frozenset({"только", "лишь", "наконец", "поздно", "потом"})
_OF_WHAT = frozenset({"что", "как", "когда", "который", "где"})
_BY_THEMSELVES = frozenset({"вы", "ты", "сами", "сам", "сама"})
_TOGETHER = frozenset({"давайте", "давай"})
_WE = frozenset({"мы", "нас", "нам", "нами", "наш", "наша", "наше", "наши", "нашей", "нашего"})
_READER = frozenset({"вы", "ва", "ты", "те"})
LIKELY = 0.4
"""Of the readings of a word, this share must be second person: «мой» seldom means «wash»."""


class RussianAddressee:
    """Finds the words in the second person, by the reviewed words of ``second_person.toml``."""

    def __init__(self, words: RussianAddress, fixes: RussianFixes) -> None:
        self._words = words
        self.rewrite = RussianRewriter(fixes, words).rewrite
        self._sets = words.sets
        self._idioms = PatternSet(words.idioms)

    def says_we(self, tokens: Sequence[Token]) -> bool:
        """Tell whether «мы» speak; «давайте обсудим» is one writer and the reader."""
        return not any(token.low in _TOGETHER for token in tokens) and any(
            token.low in _WE or token.has("VERB", "1per", "plur")
            for token in tokens
            if not token.silent
        )

    def leans(self, words: Sequence[str]) -> bool:
        """Tell whether words without a «вы» of their own say what the reader did."""
        return not any(word[:2] in _READER for word in words)

    def find(self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]]) -> Iterator[int]:
        """Yield the places of the words that speak to the reader, in order."""
        idioms = {place for m in self._idioms.find(tokens) for place in range(m.start, m.end)}
        thanked = frozenset(self._thanked(tokens, clauses))
        subjects = Subjects(tokens, self._words)
        for start, end in clauses:
            clause = subjects.clause(start, end)
            best = Subject.NONE
            for place in range(start, end):
                accepted = told_soon(tokens, place, self._sets["accepting"])
                if tokens[place].silent or place in idioms or accepted:
                    continue
                found = subjects.of(clause, place) if self._asks_who(tokens, place) else None
                if found is not None:
                    best = max(best, found)
                if place not in thanked and self._addresses(tokens, place, clause, found):
                    yield place
            subjects.pass_on(clause, best)

    def blames(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]], hits: Sequence[int]
    ) -> Iterator[int]:
        """Yield the hits that tell the reader what he did wrong, or owes."""
        for start, end in clauses:
            words = tokens[start:end]
            if any(not t.lemmas.isdisjoint(self._sets["conditions"]) for t in words[:2]):
                continue
            if any(t.low == "чтобы" for t in tokens[:end]):
                continue  # «чтобы звонили, а не писали» is what is wanted
            negative = any(one.low == "не" and two.pos == "VERB" for one, two in pairwise(words))
            wrong = negative or any(
                not t.lemmas.isdisjoint(self._sets["blaming"]) or t.low in _DEBTS
                for t in words
                if not t.silent
            )
            for place in (hit for hit in hits if start <= hit < end):
                owns = tokens[place].low[:2] in {"ва", "тв"} and "вы" not in tokens[place].lemmas
                after = tokens[place + 1] if place + 1 < end else None
                if owns:
                    guilty = after is not None and not after.lemmas.isdisjoint(
                        self._sets["blaming_nouns"]
                    )
                    if guilty or any(not t.lemmas.isdisjoint(self._sets["blaming"]) for t in words):
                        yield place
                elif wrong and not self._asks(tokens, place):
                    yield place

    def _asks(self, tokens: Sequence[Token], place: int) -> bool:
        """Tell whether it is «пришлите» or «вам», which ask or offer and tell nothing."""
        token = tokens[place]
        if token.low in {"вам", "вас", "вами", "тебе", "тебя", "тобой"}:
            before = tokens[place - 1].low if place else ""
            return not (token.low in {"вас", "тебя"} and before in {"из-за", "за"})
        if token.low in {"вы", "ты"}:
            return False
        return token.has("VERB", "impr") and not token.has("past")

    def courtesies(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield the ranges of forms of courtesy that no letter can do without."""
        for place, token in enumerate(tokens):
            if self._is_courtesy(token):
                yield place, place + 1

    def _is_courtesy(self, token: Token) -> bool:
        return token.low in self._sets["courtesy"] and not token.silent

    def _is_pronoun(self, token: Token) -> bool:
        return token.low in self._sets["forms"]

    def _asks_who(self, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        return token.has("VERB", "past", "plur") or (
            token.pos in {"ADJS", "PRTS"} and token.has("plur")
        )

    def _addresses(
        self, tokens: Sequence[Token], place: int, clause: Clause, subject: Subject | None
    ) -> bool:
        token = tokens[place]
        if self._is_pronoun(token):
            return not self._is_name(tokens, place)
        if self._is_courtesy(token) or token.low in self._sets["never_verbs"]:
            return False
        if self._is_a_thing(tokens, place):
            return False
        if token.has("VERB", "past", "plur"):
            meant = self._wishes(tokens, place) or self._agrees(tokens, place, clause)
            return subject is Subject.NONE and not meant
        if token.pos in {"ADJS", "PRTS"}:
            said_to_reader = not token.lemmas.isdisjoint(self._sets["addressing"]) or (
                clause.condition and not token.lemmas.isdisjoint(self._sets["addressing_if"])
            )
            return subject is Subject.NONE and said_to_reader
        parenthetical = sum(r.score for r in token.readings if "Prnt" in r.tag)  # «поверьте, …»
        addressing = sum(r.score for r in token.readings if _is_second_person(r.tag))
        return addressing >= LIKELY * (1 - parenthetical) and addressing > 0

    def _agrees(self, tokens: Sequence[Token], place: int, clause: Clause) -> bool:
        """Tell whether it is «приняли», «договорились» or «оплатили вовремя», and no wrong."""
        if place > clause.start and tokens[place - 1].low == "не":
            return False
        words = tokens[clause.start : clause.end]
        if any(token.low in _BY_THEMSELVES | _AT_LAST for token in words):
            return False
        well = any(token.low in self._sets["in_time"] for token in words)
        return well or not tokens[place].lemmas.isdisjoint(self._sets["agreeing"])

    def _thanked(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]]
    ) -> Iterator[int]:
        """Yield the places of what one is thanked for, «за то, что платили вовремя»."""
        said = next((i for i, token in enumerate(tokens) if token.low in _THANKS), len(tokens))
        start = next((i for i in range(said, len(tokens)) if tokens[i].low == "за"), len(tokens))
        for first, end in clauses:
            if end <= start:
                continue
            words = tokens[max(first, start) : end]
            goes_on = not words or not words[0].lemmas.isdisjoint(_OF_WHAT)
            apart = first > start and any(
                t.pos in FINITE or t.low in {"пусть", "—"} for t in (tokens[first - 1], *words)
            )
            if apart and not goes_on:
                return
            yield from range(max(first, start), end)

    def _is_a_thing(self, tokens: Sequence[Token], place: int) -> bool:
        """Tell «пуши не работают» from «пуши!»: to ask so is rude, and something else is told."""
        token = tokens[place]
        if not token.has("impr", "sing") or token.has("past") or token.has("2per"):
            return False
        after = next((t for t in tokens[place + 1 :] if t.low not in {"не", "уже", "ещё"}), None)
        joined = place > 0 and tokens[place - 1].low == "и" and tokens[place - 2].pos == "NOUN"
        told = (
            after is not None
            and after.has("plur")
            and (
                after.has("VERB", "3per")
                or after.has("VERB", "past")
                or after.pos in {"PRTS", "ADJS"}
            )
        )
        return told or joined

    def _wishes(self, tokens: Sequence[Token], place: int) -> bool:
        """Tell whether it is «хотели бы»: that is how «мы» wish, without the word."""
        after = tokens[place + 1].low if place + 1 < len(tokens) else ""
        return "хотеть" in tokens[place].lemmas and after == "бы"

    def _is_name(self, tokens: Sequence[Token], place: int) -> bool:
        """Tell whether it is a surname or a brand: «госпожа Вам», «А. Вам», «ООО Ваша мебель»."""
        if not tokens[place].capital:
            return False
        before = tokens[place - 1] if place else None
        if before and (before.low in self._sets["titles"] or before.low in self._sets["firms"]):
            return True
        return _is_initial(tokens, place - 2) or _is_initial(tokens, place + 1)


def _is_initial(tokens: Sequence[Token], place: int) -> bool:
    if not 0 <= place < len(tokens) - 1:
        return False
    letter = tokens[place]
    return len(letter.text) == 1 and letter.capital and tokens[place + 1].text == "."


def _is_second_person(tag: Tag) -> bool:
    """Tell it of grammemes: «платите», «пришли», «пойдёмте», but not «пойдём»."""
    return "2per" in tag or ("impr" in tag and not ("incl" in tag and "sing" in tag))
