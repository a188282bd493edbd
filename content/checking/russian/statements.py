"""Verbs that tell something of the reader, said of the thing instead: «счёт не оплачен»."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain

from content.checking.lexicon import Nominal
from content.checking.reading import plain
from content.checking.rewrites import Rewrite
from content.checking.russian.agreement import Thing, ends_in_few, in_case, inflected
from content.checking.russian.wording import ClauseView

_BEFORE_A_DEED = frozenset({"не", "еще", "и"})
_US = frozenset({"меня", "нас"})
_MORE = frozenset({"еще", "только", "лишь", "всего", "не"})
"""Words before an object with which it stays behind its verb: «пришла только половина»."""
_COMING = frozenset({"прийти", "приходить", "приехать", "явиться", "подключиться", "выйти"})
_TWO_DAYS = re.compile(r"\d\s+и\s+\d")
"""«12 и 19 ноября»: two lessons, and no one fix says so."""
_THEMSELVES = frozenset({"себя", "сам"})
_OTHERS = frozenset({"сами", "сам", "сама", "его", "её", "ее", "их", "это", "всё"})
_INTO = frozenset({"в", "на"})
_THERE_WAS = frozenset({"был", "была", "были"})
_CLOSE = frozenset({"минута", "час", "день", "сутки", "ночь"})
_SUM = 3
"""Digits of a number that is an amount though it counts nothing: «удержали 10 000»."""


@dataclass(frozen=True, slots=True)
class Object:
    """The object of a verb, said as its subject."""

    start: int
    end: int
    text: str
    gender: str
    """``plur``, or the gender of a singular."""
    lemmas: frozenset[str]
    some: bool = False
    """As of :class:`Thing`."""


@dataclass(frozen=True, slots=True)
class Core:
    """The verb of a clause with what stands close to it."""

    verb: int
    start: int
    """The first token of «вы», the adverbs, «не» and the verb."""
    negative: bool
    adverbs: str


class Statement(ClauseView):
    """A clause whose verb may be said otherwise."""

    def rewrite(self, place: int) -> Rewrite | None:
        """Return what to say instead of the verb this hit is, or is the subject of."""
        core = self.core(place)
        if core is None:
            return None
        if any(token.low in {"чтобы", "бы"} for token in self.tokens[self.near(place) : place]):
            return None  # a wish has no such form
        lemmas = self.lemmas(core.verb)
        if not lemmas.isdisjoint(self.rules.insults) and not core.negative:
            return self.insult(core)
        nouns = (
            self.noun_for_verb(core, self.rules.nominal[lemma])
            for lemma in lemmas & self.rules.nominal.keys()
        )
        others = (self.object_first(core, lemma) for lemma in lemmas)
        ones = (self.not_one(core, lemma) for lemma in lemmas)
        whole = (self.promised(core), self.missed(core))
        found = next(filter(None, chain(whole, ones, nouns, others)), None)
        if found and self.another_deed(found.end):
            found = None
        return found or self.agreed(core, place)

    def agreed(self, core: Core, place: int) -> Rewrite | None:
        """Return «приняли» for «вы приняли», where no more can be said otherwise."""
        alone = core.verb == place + 1 and self.tokens[place].low in {"вы", "ты"}
        told = self.lemmas(core.verb) & self.rules.sets["agreeing"]
        if not alone or not told or not self.tokens[core.verb].has("past"):
            return None
        return Rewrite(place, core.verb + 1, self.cased(place, self.tokens[core.verb].text))

    def promised(self, core: Core) -> Rewrite | None:
        """Return «макет не пришёл, хотя был обещан» for «обещали макет и не прислали»."""
        tokens = self.tokens
        if core.negative or not self.lemmas(core.verb) & {"обещать", "пообещать"}:
            return None
        thing = self.object(core.verb + 1, "nomn", core)
        last = self.end - 1
        while last > core.verb and not tokens[last].is_word:
            last -= 1
        broken = thing and thing.end <= last - 2 and self.text(last - 2, last).lower() == "и не"
        verbs = self.rules.replaced.keys() | self.rules.passive
        lemma = next(iter(self.lemmas(last) & verbs), None) if broken else None
        said = self.form(replace(core, verb=last), lemma, thing.gender) if thing and lemma else None
        if thing is None or said is None:
            return None
        was = inflected("быть", {"VERB", "past", thing.gender})
        given = inflected("обещать", {"PRTS", "past", "pssv", thing.gender})
        middle = self.text(thing.end, last - 2)
        words = (thing.text, middle, "не", said)
        text = f"{' '.join(filter(None, words))}, хотя {was} {given}"
        return Rewrite(core.start, last + 1, self.cased(core.start, text))

    def another_deed(self, place: int) -> bool:
        """Tell «и потребовали аванс», which is not of what is said instead: «букеты отменены»."""
        return any(
            self.joins_a_deed(i)
            and any(
                token.has("VERB", "past", "plur") and i + 1 + ahead not in self.hits
                for ahead, token in enumerate(self.tokens[i + 1 : min(i + 4, self.end)])
            )
            for i in range(place, self.end - 1)
        )

    def insult(self, core: Core) -> Rewrite | None:
        """Return «прозвучали обидные слова» for «обозвали меня бездельником»; of people only."""
        end = self.subjects.phrase_end(core.verb + 1, self.end)
        told = self.tokens[core.verb + 1 : end]
        people = any(token.has("anim") or token.low in _US for token in told)
        called = self.lemmas(core.verb) & {"назвать", "называть"}  # «назвал срок»
        if not people and (told or called):
            return None
        while end < self.end and self.tokens[end].pos != "PREP" and not self.joins_a_deed(end):
            end += 1  # what it was they were called
        text = " ".join(f"{core.adverbs} прозвучали обидные слова".split())
        return Rewrite(core.start, end, self.cased(core.start, text))

    def joins_a_deed(self, place: int) -> bool:
        """Tell «и бросили трубку» from «и дурой»."""
        rest = self.tokens[place + 1 : self.end]
        ahead = next((token for token in rest if token.pos not in {"ADVB", "PRCL"}), None)
        joined = self.tokens[place].low in {"и", "а", "но"}
        return joined and ahead is not None and ahead.has("VERB")

    def missed(self, core: Core) -> Rewrite | None:
        """Return «урок не состоялся» for «не пришли на урок»."""
        after = core.verb + 1
        coming = core.negative and self.lemmas(core.verb) & _COMING
        if not coming or self.text(after, after + 1).lower() != "на":
            return None
        thing = self.object(after + 1, "nomn", core)
        apart = thing is None or self.text(thing.end, thing.end + 1).lower() == "из"
        apart = apart or bool(_TWO_DAYS.search(self.text(self.start, core.start)))
        if thing is None or apart or thing.lemmas.isdisjoint(self.rules.meetings):
            return None  # «на три занятия из восьми» says more than that
        was = inflected("состояться", {"VERB", "past", thing.gender})
        text = " ".join(f"{thing.text} {core.adverbs.lower()} не {was}".split())
        return Rewrite(core.start, thing.end, self.cased(core.start, text))

    def core(self, place: int) -> Core | None:
        """Return the verb that this hit is, or is the subject of, where the order is plain."""
        tokens = self.tokens
        verb = place
        if tokens[place].low in {"вы", "ты"}:
            verb = self.past_adverbs(place + 1)
            verb += tokens[verb].low == "не" if verb < self.end else 0
        if verb >= self.end or not self.is_verb(verb, spoken_to=verb in self.hits):
            return None
        start = verb
        negative = start > self.start and tokens[start - 1].low == "не"
        start -= negative
        start, adverbs = self.adverbs_before(start)
        if start > self.start and tokens[start - 1].low in {"вы", "ты"}:
            start -= 1
            if start > self.start and tokens[start - 1].low == "не":
                return None
        kept = [each for each in adverbs if plain(each) not in self.rules.absolutes]
        if len(kept) < len(adverbs) and not negative:
            kept.append("часто")
        return Core(verb, start, negative, " ".join(kept))

    def lemmas(self, place: int) -> frozenset[str]:
        """Return the infinitives of the verb here, of its past if it may be one."""
        token = self.tokens[place]
        wanted = "past" if token.has("VERB", "past") else "2per"
        return frozenset(
            plain(r.normal_form) for r in token.readings if r.tag.POS == "VERB" and wanted in r.tag
        )

    def is_verb(self, place: int, *, spoken_to: bool) -> bool:
        """Tell whether it is a verb that says something, and does not ask for it."""
        token = self.tokens[place]
        if token.has("VERB", "past"):
            return True
        pronoun = any(self.tokens[i].low in {"вы", "ты"} for i in range(self.near(place), place))
        told = pronoun or not token.has("impr") or self.describes(place)
        return spoken_to and token.has("VERB", "2per") and told

    def describes(self, place: int) -> bool:
        """Tell whether «просите», which may ask too, describes: to ask for so much is odd."""
        token = self.tokens[place]
        negative = place > self.start and self.tokens[place - 1].low == "не"
        return token.has("VERB", "impf", "2per") and not negative

    def noun_for_verb(self, core: Core, nominal: Nominal) -> Rewrite | None:
        """Return «ответа на письмо не было» for «не ответили на письмо»."""
        tokens = self.tokens
        after = core.verb + 1
        ahead = next((t for t in tokens[after : self.end] if t.low not in _BEFORE_A_DEED), None)
        infinitive = ahead is not None and ahead.pos == "INFN"
        infinitive = infinitive or self.asks_for_more_to_do(after)
        noun = nominal.noun
        if found := self.how(core, nominal) or self.asked_for_more(core, nominal):
            return found
        end = after
        if nominal.about:
            thing = self.object(after, "loct", core)
            if thing:
                noun = f"{noun} {_about(nominal.about, thing.text)} {thing.text}"
                end = thing.end
            elif not infinitive or self.has_its_own_object(core):
                return None  # «скидку просили», «леса просили отдать»
        elif self.names_a_thing(after) or (nominal.of_work and self.has_its_own_object(core)):
            return None  # an object that no noun takes over
        if core.negative:
            none = infinitive or nominal.done
            return None if none else self.there_was_none(core, nominal, end)
        if not tokens[core.verb].has("past"):
            return self.goes_on(core, nominal, noun, end, to_do=infinitive)
        end = self.with_whom(end) if nominal.done else end
        belongs = after < self.end and self.tokens[after].low in nominal.preps
        relative = core.start > self.start and "который" in tokens[core.start - 1].lemmas
        again = end < self.end and self.counts(end)  # «просьба о скидке была три раза»
        counted = self.so_many(nominal, noun, end) if again else ""
        dated = nominal.was in _THERE_WAS and self.is_dated(end)
        if counted:
            words, end = (core.adverbs, counted, ""), end + 2
        elif infinitive or (nominal.about and not again) or belongs or relative or dated:
            words = (core.adverbs, nominal.was, noun)
        else:
            words = (noun, core.adverbs, nominal.was)
        text = " ".join(" ".join(words).split())
        return Rewrite(core.start, end, self.cased(core.start, text))

    def with_whom(self, place: int) -> int:
        """Return the end of «на помощника» behind «кричали», or the same place."""
        if place >= self.end or self.tokens[place].low != "на":
            return place
        whom = self.subjects.phrase_end(place + 1, self.end)
        told = self.tokens[place + 1 : whom]
        people = any(each.has("anim") or each.low in _US for each in told)
        return whom if people else place

    def goes_on(
        self, core: Core, nominal: Nominal, noun: str, end: int, *, to_do: bool
    ) -> Rewrite | None:
        """Return «есть просьба убирать и двор», «приходят просьбы о скидке»: it is so now."""
        about = bool(nominal.about) and end > core.verb + 1
        if not about and not (to_do and nominal.still and end == core.verb + 1):
            return None
        many = inflected(nominal.noun, {"nomn", "plur"}) + noun[len(nominal.noun) :]
        words = (core.adverbs, "приходят", many) if about else (core.adverbs, nominal.still, noun)
        return Rewrite(core.start, end, self.cased(core.start, " ".join(filter(None, words))))

    def so_many(self, nominal: Nominal, noun: str, place: int) -> str:
        """Return «было три звонка» for «звонки были три раза»."""
        number, unit = self.tokens[place : place + 2]
        several = {"gent", "sing"} if ends_in_few(number.low) else {"gent", "plur"}
        if "раз" not in unit.lemmas or nominal.was not in _THERE_WAS or number.low == "каждый":
            return ""
        return f"было {number.text} {inflected(nominal.noun, several)}{noun[len(nominal.noun) :]}"

    def has_its_own_object(self, core: Core) -> bool:
        """Tell «макет утвердили» and «который сами согласовали» from «в мае приняли»."""
        return any(
            token.low in _OTHERS
            or "который" in token.lemmas
            or (token.pos in {"NOUN", "NPRO"} and token.has("accs") and not self.is_time(i, i + 1))
            for i, token in enumerate(self.tokens[self.start : core.start], self.start)
            if i == self.start or self.tokens[i - 1].pos != "PREP"
        )

    def is_dated(self, place: int) -> bool:
        """Tell whether a day begins here: «15 ноября»."""
        day = self.tokens[place : min(place + 2, self.end)]
        dates = self.rules.sets["dates"]
        return len(day) > 1 and day[0].is_number and not day[1].lemmas.isdisjoint(dates)

    def asks_for_more_to_do(self, place: int) -> bool:
        """Tell «ещё и теплицу собрать» from «ещё страницу»."""
        rest = self.tokens[place : self.end]
        return bool(rest) and rest[0].low == "еще" and any(t.pos == "INFN" for t in rest)

    def asked_for_more(self, core: Core, nominal: Nominal) -> Rewrite | None:
        """Return «была просьба добавить ещё страницу» for «попросили ещё страницу»."""
        after = core.verb + 1
        more = after < self.end and self.tokens[after].low == "еще"
        to = self.asks_for_more_to_do(after)
        if not more or not nominal.more or core.negative or to:
            return None
        words = (core.adverbs, nominal.was, nominal.noun, nominal.more)
        return Rewrite(core.start, after, self.cased(core.start, " ".join(filter(None, words))))

    def there_was_none(self, core: Core, nominal: Nominal, end: int) -> Rewrite:
        """Return «ответа на письмо не было»."""
        tokens, after = self.tokens, core.verb + 1
        if after < self.end and tokens[after].low in nominal.preps:
            end = self.with_attached(self.subjects.phrase_end(after + 1, self.end), core)
        verb = tokens[core.verb]
        was = "не было" if verb.has("past") else "не будет" if verb.has("perf") else "нет"
        noun = inflected(nominal.noun, {"gent"})
        text = " ".join(f"{noun} {self.text(after, end)} {core.adverbs.lower()} {was}".split())
        return Rewrite(core.start, end, self.cased(core.start, text))

    def how(self, core: Core, nominal: Nominal) -> Rewrite | None:
        """Return «ответы не приходят вовремя» for «вы не отвечаете вовремя»."""
        tokens = self.tokens
        after = core.verb + 1
        past = tokens[core.verb].has("past")
        told = after < self.end and tokens[after].pos == "ADVB"
        now = not past and not core.negative
        told = told or (now and after < self.end and tokens[after].pos == "PREP")
        in_time = self.text(after, after + 2).lower() == "в срок"
        if not nominal.now or not (told or in_time):
            return None
        noun, verb = (nominal.noun, nominal.was) if past else nominal.now.split(" ", 1)
        words = (noun, core.adverbs.lower(), "не" if core.negative else "", verb)
        text = " ".join(" ".join(words).split())
        return Rewrite(core.start, core.verb + 1, self.cased(core.start, text))

    def names_a_thing(self, place: int) -> bool:
        """Tell whether a phrase begins here that is not a date or a stretch of time."""
        if place < self.end and self.tokens[place].low in {"«", '"', "„"}:
            return True  # «написали „принимаем“»
        end = self.subjects.phrase_end(place, self.end)
        counted = end - place > 1 and self.tokens[place].is_number  # «написали 7 статей»
        return end > place and not self.is_time(place + counted, end)

    def object_first(self, core: Core, lemma: str) -> Rewrite | None:
        """Return «счёт не оплачен» for «не оплатили счёт», whichever of them comes first."""
        rules = self.rules
        if lemma not in rules.passive | rules.reflexive | rules.replaced.keys():
            return None
        if any(token.lemmas & _THEMSELVES for token in self.tokens[self.start : self.end]):
            return None  # «прислали подругу вместо себя»: it would be of the friend
        after = core.verb + 1
        more = after < self.end and self.tokens[after].low in _MORE
        thing = self.object(after + more, "nomn", core) or self.object_before(core)
        if thing is None or (thing.start > core.verb and self.is_told_of(thing.end)):
            return None
        start, end = min(core.start, thing.start), max(core.verb + 1, thing.end)
        said = self.form(core, lemma, thing.gender)
        if said is None:
            return None
        adverbs = core.adverbs.lower()
        behind = core.start > self.start and self.is_time(core.start - 1, core.start)
        in_time = thing.end < self.end and self.tokens[thing.end].low == "за"
        goes_on = behind and not core.negative and not core.adverbs and not self.has_count(core)
        again = self.counts(thing.end)  # «ТЗ менялось четыре раза»
        goes_on = goes_on and not in_time and not again  # «занятие отменено за час»
        if thing.start == after + more and (more or thing.some or goes_on):
            denied = f"{adverbs} не {said}" if core.negative else f"{said} {adverbs}"
            first = (denied.strip(), self.text(after, after + more), thing.text)
            return Rewrite(start, end, self.cased(start, " ".join(filter(None, first))))
        counted = any(each.isdigit() for each in adverbs) or self.has_count(core)
        words = (
            thing.text,
            "" if counted else adverbs,
            "не" if core.negative else "",
            said,
            adverbs if counted else "",
        )
        return Rewrite(start, end, self.cased(start, " ".join(filter(None, words))))

    def is_told_of(self, place: int) -> bool:
        """Tell whether more follows that has to stay behind its noun: «, выставленный в мае».

        So does «₽» behind the dot of «45 тыс.».
        """
        tokens = self.tokens
        if (
            place + 1 < len(tokens)
            and tokens[place].text == "."
            and self.is_money(tokens[place + 1])
        ):
            return True
        if place + 1 >= len(tokens) or tokens[place].text != ",":
            return False
        return tokens[place + 1].pos == "PRTF" or "который" in tokens[place + 1].lemmas

    def form(self, core: Core, lemma: str, gender: str) -> str | None:
        """Return the verb as it is said of the object: «оплачен», «нарушались», «придёт»."""
        rules = self.rules
        past = self.tokens[core.verb].has("past")
        person = {"3per", "plur" if gender == "plur" else "sing"}
        wanted = {"VERB", "past", gender} if past else {"VERB", *person}
        by = rules.replaced.get(lemma, "")
        if by and by not in rules.passive:
            return inflected(by, wanted)
        if lemma in rules.reflexive:
            return inflected(f"{lemma}ся", wanted)
        participle = inflected(by or lemma, {"PRTS", "past", "pssv", gender})
        will = "" if past else ("будут " if gender == "plur" else "будет ")
        return f"{will}{participle}"

    def not_one(self, core: Core, lemma: str) -> Rewrite | None:
        """Return «не сделано» for «не сделали ни одного задания», «ни одного файла не пришло»."""
        one = core.negative and self.text(core.verb + 1, core.verb + 2).lower() == "ни"
        past = self.tokens[core.verb].has("past")
        if not one or not past or lemma not in self.rules.passive | self.rules.replaced.keys():
            return None
        end = self.subjects.phrase_end(core.verb + 2, self.end)
        if lemma in self.rules.replaced and end > core.verb + 2:
            none = self.text(core.verb + 1, end)
            words = (none, core.adverbs.lower(), "не", self.form(core, lemma, "neut"))
            return Rewrite(core.start, end, self.cased(core.start, " ".join(filter(None, words))))
        text = " ".join(filter(None, (core.adverbs, "не", self.form(core, lemma, "neut"))))
        return Rewrite(core.start, core.verb + 1, self.cased(core.start, text))

    def has_count(self, core: Core) -> bool:
        """Tell whether «три раза» stands before the verb: it is better said after."""
        return any(self.counts(place) for place in range(core.start, core.verb))

    def object_before(self, core: Core) -> Object | None:
        """Return the object that the clause begins with: «счёт вы не оплатили»."""
        for start in range(self.near(core.start), core.start):
            end = self.subjects.phrase_end(start, self.end)
            if end > start and self.past_attached(end, core.start) == core.start > end:
                thing = self.object(start, "nomn", core)
                text = f"{thing.text} {self.text(thing.end, core.start)}" if thing else ""
                return replace(thing, text=text, end=core.start) if thing else None
            if end == core.start:
                before = self.tokens[start - 1] if start > self.start else None
                dated = before and not before.lemmas.isdisjoint(self.rules.sets["dates"])
                if before and not dated and before.pos in {"PREP", "NOUN"}:
                    return None
                return self.object(start, "nomn", core)
        return None

    def past_attached(self, place: int, stop: int) -> int:
        """Return where «к посту от 20 ноября» ends, which belongs to the noun before it."""
        while place < stop and self.tokens[place].low in self.rules.attached | {"от"}:
            end = self.subjects.phrase_end(place + 1, self.end)
            if end == place + 1 or (self.tokens[place].low == "от" and self.is_dated(place + 1)):
                end = place + 3 if self.is_dated(place + 1) else end
            if end == place + 1:
                break
            place = end
        return place

    def object(self, start: int, case: str, core: Core) -> Object | None:
        """Return the phrase that begins here as an object, in the case that it is needed in."""
        parts: list[str] = []
        gender = ""
        place = start
        lemmas: frozenset[str] = frozenset()
        some = False
        while place < self.end:
            end = self.with_number(self.subjects.phrase_end(place, self.end))
            thing = self.thing(place, end, case, core)
            if thing is None:
                break
            gender = "plur" if parts else thing.gender
            some = thing.some and not parts
            lemmas |= self.tokens[self.subjects.head(place, end)].lemmas
            parts.append(thing.text)
            place = self.with_attached(end, core)
            if place > end:
                parts.append(self.text(end, place))
            if place + 1 < self.end and self.tokens[place].low == "и":
                after = self.subjects.phrase_end(place + 1, self.end)
                if self.thing(place + 1, after, case, core):
                    parts.append("и")
                    place += 1
                    continue
            break
        text = " ".join(parts)
        return Object(start, place, text, gender, lemmas, some=some) if parts else None

    def thing(self, start: int, end: int, case: str, core: Core) -> Thing | None:
        """Return one noun of an object with its adjectives, in the case that it is needed in."""
        head = self.subjects.head(start, end) if end > start else start
        number = "".join(token.text for token in self.tokens[start:end] if token.is_number)
        whole = all(token.is_number for token in self.tokens[start:end])
        if case == "nomn" and whole and len(number) >= _SUM:
            return Thing(self.text(start, end), "neut", some=True)
        if end == start or self.tokens[head].silent or self.tokens[head].pos != "NOUN":
            return None
        if self.is_time(head, head + 1) and end == head + 1:
            return None  # «второй день», but «второй день съёмки» is a thing
        mine = self.rules.sets["forms"]
        words = [
            word
            for word in self.tokens[start:head]
            if word.low not in mine and "свой" not in word.lemmas
        ]
        thing = in_case(words, self.tokens[head], case, negative=core.negative)
        rest = self.text(head + 1, end)
        return replace(thing, text=f"{thing.text} {rest}") if thing and rest else thing

    def with_number(self, place: int) -> int:
        """Return the end of «№ 14 от 1 ноября на 60 000 ₽» and «45 тыс. ₽» after a thing."""
        tokens = self.tokens
        if place + 1 < self.end and tokens[place].text == "№" and tokens[place + 1].is_number:
            place += 2
            if place + 1 < self.end and tokens[place].low == "от" and tokens[place + 1].is_number:
                place += 2
                if place < self.end and not tokens[place].lemmas.isdisjoint(
                    self.rules.sets["dates"]
                ):
                    place += 1
        amount = place + (place < self.end and tokens[place].low == "на")
        if amount < self.end and tokens[amount].is_number:
            end = amount + 1
            while end < self.end and (tokens[end].is_number or self.is_money(tokens[end])):
                end += 1
            if self.is_money(tokens[end - 1]):
                place = end
        return place

    def is_close(self, start: int, end: int) -> bool:
        """Tell «за час» and «за два дня», before something, from «за неделю» and «за октябрь»."""
        return any(token.lemmas & _CLOSE for token in self.tokens[start:end])

    def with_attached(self, place: int, core: Core) -> int:
        """Return the end of «за октябрь» after «счёт», where it belongs to it."""
        if place >= self.end or place <= core.verb:
            return place
        preposition = self.tokens[place].low
        end = self.subjects.phrase_end(place + 1, self.end)
        of_date = preposition == "от" and end > place + 1 and self.tokens[place + 1].is_number
        at_night = preposition == "по" and self.is_time(place + 1, end)
        before = preposition == "за" and self.is_close(place + 1, end)
        at_night = at_night or before
        ahead = preposition == "за" and end < self.end and self.tokens[end].low == "до"
        inside = preposition in _INTO and "доступ" in self.tokens[place - 1].lemmas
        belongs = (
            inside or (preposition in self.rules.attached and not at_night and not ahead) or of_date
        )
        return end if belongs and end > place + 1 else place


def _about(preposition: str, word: str) -> str:
    return "об" if preposition == "о" and word[:1] in "аиоуэ" else preposition
