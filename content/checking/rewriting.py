"""The same said without a word to the reader, by rule and with the forms that agree.

``content/data/checking/ru/fixes.toml`` says which verbs; a construction that no rule knows is
left to the writer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.checking.patterns import ADVERBIAL
from content.checking.reading import PARTING
from content.checking.statements import Core, Statement
from content.checking.wording import ClauseView, FixRules, Rewrite, SentenceView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from content.checking.lexicon import RussianAddress, RussianFixes
    from content.checking.reading import Token


class RussianRewriter:
    """Rewrites the places that speak to the reader in one sentence."""

    def __init__(self, fixes: RussianFixes, words: RussianAddress) -> None:
        """Take the reviewed verbs and turns."""
        self._rules = FixRules(fixes, words)

    def rewrite(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]], hits: Sequence[int]
    ) -> Iterator[Rewrite]:
        """Yield what to say instead, from left to right; every hit lies in exactly one."""
        reach = 0
        bare: Rewrite | None = None
        ahead = iter(clauses)
        sentence = SentenceView(self._rules, tokens, frozenset(hits))
        start, end = next(ahead, (0, 0))
        for place in hits:
            if place < reach:
                continue
            while place >= end:
                start, end = next(ahead)
            found = _Clause(sentence, max(start, reach), end).at(place)
            if found and found.start < (bare.end if bare else reach):
                found = None
            if found is None and bare and start <= bare.start and place - bare.end <= 1:
                bare = Rewrite(bare.start, place + 1, None)
                continue
            if bare:
                yield bare
            bare = None if found else Rewrite(place, place + 1, None)
            if found:
                yield found
                reach = found.end
        if bare:
            yield bare


class _Clause(ClauseView):
    """A clause with all the ways to rewrite a hit in it."""

    def __init__(self, sentence: SentenceView, start: int, end: int) -> None:
        super().__init__(sentence, start, end)
        self.statement = Statement(sentence, start, end)

    def at(self, place: int) -> Rewrite | None:
        """Return what to say instead of the hit here and of what belongs to it."""
        return (
            self.turn(place)
            or self.statement.rewrite(place)
            or self.request(place)
            or self.without(place)
            or self.possessive(place)
            or self.agent(place)
        )

    def turn(self, place: int) -> Rewrite | None:
        for start in range(self.near(place), place + 1):
            found = self.sentence.turn_at(start)
            if found is None or not start <= place < found[1].end:
                continue
            pattern, match = found
            by = self.rules.turns[pattern.source]
            if not by:
                return self.left_out(start, match.end)
            first, adverbs = start, [self.tokens[i].text for i in match.skipped]
            if "{*}" in by and not adverbs and self.tokens[start].low not in {"вы", "ты"}:
                first, adverbs = self.adverbs_before(start)
            text = " ".join(by.replace("{*}", " ".join(adverbs)).split())
            return Rewrite(first, match.end, self.cased(first, text))
        return None

    def request(self, place: int) -> Rewrite | None:
        """Return «прошу прислать» for «пришлите», «предлагаю обсудить» for «давайте обсудим»."""
        token = self.tokens[place]
        after = self.tokens[place + 1] if place + 1 < self.end else None
        if token.low in {"давайте", "давай"} and after is not None:
            if (verb := after.reading("VERB", "1per", "plur")) or (verb := after.reading("INFN")):
                text = f"предлагаю {verb.normal_form}"
                return Rewrite(place, place + 2, self.cased(place, text))
            return None
        verb = token.reading("VERB", "impr")
        if (
            verb is None
            or verb.normal_form in self.rules.not_asked
            or self.statement.describes(place)
        ):
            return None
        core = Core(place, place, False, "")
        if token.has("VERB", "past") and self.statement.object(place + 1, "nomn", core) is None:
            return None  # «пропали» tells, «пришли акт» asks
        negative = place > self.start and self.tokens[place - 1].low == "не"
        start = place - negative
        if token.has("VERB", "2per") and any(
            t.pos not in ADVERBIAL or t.low in self.rules.sets["subordinating"]
            for t in self.tokens[self.near(start) : start]
        ):
            return None  # «когда получите акт» asks for nothing
        text = f"прошу {'не ' * negative}{verb.normal_form}"
        return Rewrite(start, place + 1, self.cased(start, text))

    def without(self, place: int) -> Rewrite | None:
        """Return «прошу подтвердить» for «прошу вас подтвердить»."""
        for start in range(self.near(place), place + 1):
            found = self.sentence.dropping_at(start)
            if found is None or not start <= place < found[1].end or found[1].end > self.end:
                continue
            first = place
            if first > start and self.tokens[first - 1].pos == "PREP":
                first -= 1
            kept = [*self.tokens[start:first], *self.tokens[place + 1 : found[1].end]]
            if not kept:
                return self.left_out(start, found[1].end)
            text = " ".join(token.text for token in kept)
            return Rewrite(start, found[1].end, self.cased(start, text))
        return None

    def possessive(self, place: int) -> Rewrite | None:
        """Return «счёт» for «ваш счёт»."""
        token = self.tokens[place]
        after = self.tokens[place + 1] if place + 1 < self.end else None
        if token.low[:2] not in {"ва", "тв"} or "вы" in token.lemmas or after is None:
            return None
        if not after.lemmas.isdisjoint(self.rules.kept_with):
            return None
        if after.silent or after.pos not in {"NOUN", "ADJF", "PRTF", "NUMR"}:
            return None
        return Rewrite(place, place + 2, self.cased(place, after.text))

    def agent(self, place: int) -> Rewrite | None:
        """Return «изменённый» for «изменённый вами»."""
        if place == self.start or self.tokens[place].low not in {"вами", "тобой", "тобою"}:
            return None
        done = self.tokens[place - 1]
        return Rewrite(place - 1, place + 1, done.text) if done.has("pssv") else None

    def left_out(self, start: int, end: int) -> Rewrite | None:
        """Leave these tokens out, together with the word that stays beside them."""
        tokens = self.tokens
        if start == 0 or tokens[start - 1].text == ",":
            while end < len(tokens) and tokens[end].text == ",":
                end += 1
        if start > 0 and tokens[start - 1].is_word:
            return Rewrite(start - 1, end, tokens[start - 1].text)
        if end == len(tokens) or not tokens[end].is_word:
            return None
        if end not in self.hits:
            return Rewrite(start, end + 1, self.cased(start, tokens[end].text))
        stop = next((i for i in range(end, len(tokens)) if tokens[i].text in PARTING), len(tokens))
        beside = _Clause(self.sentence, end, stop).at(end)
        if beside is None or beside.text is None:
            return None
        return Rewrite(start, beside.end, self.cased(start, beside.text))
