"""The same said without a word to the reader, by rule and with the forms that agree.

``content/data/checking/ru/fixes.toml`` says which verbs; a construction that no rule knows is
left to the writer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from content.checking.lexicon import RussianAddress, RussianFixes
from content.checking.patterns import ADVERBIAL
from content.checking.reading import PARTING, Token
from content.checking.rewrites import Rewrite
from content.checking.russian.grammar import FINITE
from content.checking.russian.statements import Core, Statement
from content.checking.russian.wording import ClauseView, FixRules, SentenceView


class RussianRewriter:
    """Rewrites the places that speak to the reader in one sentence."""

    def __init__(self, fixes: RussianFixes, words: RussianAddress) -> None:
        self._rules = FixRules(fixes, words)

    def rewrite(
        self,
        tokens: Sequence[Token],
        clauses: Sequence[tuple[int, int]],
        hits: Sequence[int],
        *,
        we: bool,
    ) -> Iterator[Rewrite]:
        """Yield what to say instead, from left to right; every hit lies in exactly one."""
        reach = 0
        bare: Rewrite | None = None
        ahead = iter(clauses)
        sentence = SentenceView(self._rules, tokens, frozenset(hits), we=we)
        start, end = next(ahead, (0, 0))
        for place in hits:
            if place < reach:
                continue
            while place >= end:
                start, end = next(ahead)
            found = _Clause(sentence, max(start, reach), end, start).at(place)
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


_YOU = frozenset({"вы", "ты"})
_TO_ME = frozenset({"мне", "нам"})
_OWES = frozenset({"должны", "должен", "должна"})
_A_THOUSAND = 4
"""Digits."""
_WAS = frozenset({"были", "был", "была"})
_STILL = frozenset({"остались", "остался", "осталась", "остаетесь", "остаётесь"})
_ASKED = frozenset({"сколько", "кто", "ли", "можно", "чей"})
"""What a question may begin with, besides the words that open a clause."""


class _Clause(ClauseView):
    """A clause with all the ways to rewrite a hit in it."""

    def __init__(
        self, sentence: SentenceView, start: int, end: int, opened: int | None = None
    ) -> None:
        super().__init__(sentence, start, end, opened)
        self.statement = Statement(sentence, start, end)

    def at(self, place: int) -> Rewrite | None:
        """Return what to say instead of the hit here and of what belongs to it."""
        return (
            self.debt(place)
            or self.turn(place)
            or self.statement.rewrite(place)
            or self.request(place)
            or self.without(place)
            or self.possessive(place)
            or self.agent(place)
        )

    def debt(self, place: int) -> Rewrite | None:
        """Return «к оплате остаётся 500 ₽» for «вы должны 500 ₽», «оплаты за урок нет» likewise."""
        tokens = self.tokens
        owes = next((i for i in range(place, self.end) if tokens[i].low in _OWES), None)
        if owes is None:
            return None
        start = place if place < owes else self.adverbs_before(place)[0]
        between, before = self.told_of_a_debt(start + (tokens[start].low in _YOU))
        told, after = self.told_of_a_debt(owes + 1)
        between += told
        past = any(token.low in _WAS for token in between)
        adverbs = " ".join(token.text for token in between if token.low not in _WAS).lower()
        left = " ".join(f"к оплате {adverbs} {'оставалось' if past else 'остаётся'}".split())
        if before == owes and self.is_sum(after, self.end):
            return Rewrite(start, after, self.cased(start, left))
        if before < owes and self.is_sum(before, owes):
            text = f"{left} {self.text(before, owes)}"
            return Rewrite(start, owes + 1, self.cased(start, text))
        end = self.subjects.phrase_end(after + 1, self.end)
        if before < owes or after >= self.end or tokens[after].low != "за" or end == after + 1:
            return None
        if self.is_sum(end, self.end):
            text = " ".join(
                f"к оплате {self.text(after, end)} {adverbs} {left.split()[-1]}".split()
            )
            return Rewrite(start, end, self.cased(start, text))
        none = "не было" if past else "нет"
        text = " ".join(f"оплаты {self.text(after, end)} {adverbs} {none}".split())
        return Rewrite(start, end, self.cased(start, text))

    def told_of_a_debt(self, place: int) -> tuple[list[Token], int]:
        """Return the adverbs from here on, and where they, «мне» and «были» end."""
        said: list[Token] = []
        while place < self.end:
            token, end = self.tokens[place], place + 1
            if token.pos == "PREP" and token.low != "за":
                end = self.subjects.phrase_end(end, self.end)
            elif token.low not in _TO_ME | _WAS | _STILL and (
                token.pos not in ADVERBIAL or token.low == "не"
            ):
                break
            if token.pos == "PREP" and end == place + 1:
                break
            said += [t for t in self.tokens[place:end] if t.low not in _TO_ME | _STILL]
            place = end
        return said, place

    def is_sum(self, place: int, end: int) -> bool:
        """Tell whether a sum begins here: «500 ₽», «тысячу рублей», «16 000» and nothing more."""
        said = self.tokens[place:end]
        digits = [each.text for each in takewhile(lambda each: each.is_number, said)]
        rest = said[len(digits) :]
        counted = bool(digits) or (bool(said) and (said[0].pos == "NUMR" or self.is_money(said[0])))
        bare = not rest and len("".join(digits)) >= _A_THOUSAND
        return counted and (bare or any(map(self.is_money, rest[:2])))

    def turn(self, place: int) -> Rewrite | None:
        for start in range(self.near(place), place + 1):
            found = self.sentence.turn_at(start)
            if found is None or not start <= place < found[1].end:
                continue
            pattern, match = found
            turn = self.rules.turns[pattern.source]
            by = turn.we if turn.we and self.sentence.we else turn.by
            if turn.kept or (turn.alone and not self.is_all(start, match.end)):
                return Rewrite(start, match.end, None)
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
        if self.tokens[-1].text == "?":
            return self.plain_question(place)
        if token.low in {"давайте", "давай"}:
            return self.proposal(place)
        verb = token.reading("VERB", "impr")
        if verb is None or not self.asks(place):
            return None
        form = verb.normal_form
        if form in self.rules.telling and self.asks_to_be_told(place):
            form = "сообщить"
        elif form in self.rules.not_asked:
            return None
        negative = place > self.start and self.tokens[place - 1].low == "не"
        ask = "просим" if self.sentence.we else "прошу"
        text = f"{ask} {'не ' * negative}{form}"
        start, end = self.with_please(place - negative, place + 1)
        return Rewrite(start, end, self.cased(start, text))

    def proposal(self, place: int) -> Rewrite | None:
        """Return «предлагаю обсудить» for «давайте обсудим»."""
        after = self.tokens[place + 1] if place + 1 < self.end else None
        verb = after and (after.reading("VERB", "1per", "plur") or after.reading("INFN"))
        if not verb:
            return None
        text = f"{'предлагаем' if self.sentence.we else 'предлагаю'} {verb.normal_form}"
        return Rewrite(place, place + 2, self.cased(place, text))

    def asks(self, place: int) -> bool:
        """Tell whether a form that may ask does: «пришли акт», not «пропали», «когда получите»."""
        if self.statement.describes(place) or self.invites(place):
            return False
        token = self.tokens[place]
        core = Core(place, place, False, "")
        if token.has("VERB", "past") and self.statement.object(place + 1, "nomn", core) is None:
            return False
        if token.has("VERB", "past", "tran"):
            return False  # «отдали макеты»: hardly «make them more distant»
        before = self.tokens[self.opened : place]
        thing = before and token.has("VERB", "perf")
        if thing and self.subjects.phrase_end(self.opened, self.end) == place:
            return any(t.has("accs") for t in before)  # «декабрь оплатите после сдачи»
        return not token.has("VERB", "2per") or all(
            t.pos in ADVERBIAL and t.low not in self.rules.sets["subordinating"] for t in before
        )

    def plain_question(self, place: int) -> Rewrite | None:
        """Return «когда ждать перевода» for «подскажите, пожалуйста, когда ждать перевода»."""
        verb = self.tokens[place].reading("VERB", "impr")
        if verb is None or verb.normal_form not in self.rules.telling:
            return None
        start, end = self.with_please(place, place + 1)
        while end < len(self.tokens) and self.tokens[end].text == ",":
            end += 1
        if end >= len(self.tokens) or not self.asked_about(end):
            return None
        return Rewrite(start, end + 1, self.cased(start, self.tokens[end].text))

    def asked_about(self, place: int) -> bool:
        """Tell whether a question begins here, asked or told."""
        wanted = self.rules.sets["subordinating"] | _ASKED
        return not self.tokens[place].lemmas.isdisjoint(wanted)

    def asks_to_be_told(self, place: int) -> bool:
        """Tell whether it is «скажите, когда…», and not «ответьте до среды»."""
        after = self.with_please(place, place + 1)[1]
        while after < len(self.tokens) and self.tokens[after].text == ",":
            after += 1
        return after < len(self.tokens) and self.asked_about(after)

    def invites(self, place: int) -> bool:
        """Tell whether it is «пишите, если что»: an offer, and no request."""
        after = self.tokens[place + 1 : place + 3]
        return len(after) > 1 and after[0].text == "," and after[1].low in {"если", "когда"}

    def with_please(self, start: int, end: int) -> tuple[int, int]:
        """Return the range with the «пожалуйста» beside it: who says «прошу» need not."""
        tokens = self.tokens

        def past(place: int, step: int) -> int:
            while 0 <= place < len(tokens) and tokens[place].text == ",":
                place += step
            return place

        after = past(end, 1)
        if after < len(tokens) and tokens[after].low == "пожалуйста":
            rest = past(after + 1, 1)
            return start, rest if rest < len(tokens) and not self.asked_about(rest) else after + 1
        before = past(start - 1, -1)
        if before >= 0 and tokens[before].low == "пожалуйста":
            return before, end
        return start, end

    def is_all(self, start: int, end: int) -> bool:
        """Tell whether these tokens are all that the sentence says."""
        rest = (*self.tokens[:start], *self.tokens[end:])
        return not any(token.is_word or token.is_number for token in rest)

    def without(self, place: int) -> Rewrite | None:
        """Return «прошу подтвердить» for «прошу вас подтвердить»."""
        ours = place > self.start and self.tokens[place - 1].has("VERB", "1per")
        if ours and self.tokens[place].low in {"вам", "тебе"} and self.tokens[place - 1].is_word:
            return Rewrite(place - 1, place + 1, self.tokens[place - 1].text)
        for start in range(self.near(place), place + 1):
            found = self.sentence.dropping_at(start)
            if found is None or not start <= place < found[1].end or found[1].end > self.end:
                continue
            first = place
            if first > start and self.tokens[first - 1].pos == "PREP":
                first -= 1
            if self.tokens[first].low == "у" and not self.has_predicate():  # nor «будет у вас»
                return None  # «счёт уже у вас» says nothing without it
            kept = [*self.tokens[start:first], *self.tokens[place + 1 : found[1].end]]
            if not kept:
                return self.left_out(start, found[1].end)
            text = " ".join(token.text for token in kept)
            return Rewrite(start, found[1].end, self.cased(start, text))
        return None

    def has_predicate(self) -> bool:
        """Tell whether the clause has a verb, or what stands for one."""
        return any(
            token.pos in FINITE and "быть" not in token.lemmas
            for token in self.tokens[self.start : self.end]
        )

    def possessive(self, place: int) -> Rewrite | None:
        """Return «счёт» for «ваш счёт»."""
        token = self.tokens[place]
        after = self.tokens[place + 1] if place + 1 < self.end else None
        if token.low[:2] not in {"ва", "тв"} or "вы" in token.lemmas:
            return None
        if after is None:
            return self.owned(place)
        if any(
            not word.lemmas.isdisjoint(self.rules.kept_with)
            for word in self.tokens[place + 1 : min(place + 3, self.end)]
        ):
            return None
        if after.silent or after.pos not in {"NOUN", "ADJF", "PRTF", "NUMR"}:
            return None
        return Rewrite(place, place + 2, self.cased(place, after.text))

    def owned(self, place: int) -> Rewrite | None:
        """Return «заказчика» for «ваш» in «материал ваш», but nothing for «воля ваша»."""
        if place == self.start or not self.tokens[place].has("nomn"):
            return None
        thing = self.tokens[place - 1]
        owned = thing.has("NOUN", "nomn") and thing.lemmas.isdisjoint(self.rules.kept_with)
        return Rewrite(place, place + 1, "заказчика") if owned else None

    def agent(self, place: int) -> Rewrite | None:
        """Return «изменённый» for «изменённый вами»."""
        if place == self.start or self.tokens[place].low not in {"вами", "тобой", "тобою"}:
            return None
        done = self.tokens[place - 1]
        if place + 1 >= self.end:
            return None  # «тексты, обещанные вами, …»: the participle would stand alone
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
        if start > 0 and tokens[start - 1].text == ",":
            return None  # «счёт, будьте добры, оплатите»: the comma before belongs to what goes
        stop = next((i for i in range(end, len(tokens)) if tokens[i].text in PARTING), len(tokens))
        beside = _Clause(self.sentence, end, stop).at(end)
        if beside is None or beside.text is None:
            return None
        return Rewrite(start, beside.end, self.cased(start, beside.text))
