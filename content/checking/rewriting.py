"""The same said without a word to the reader, by rule and with the forms that agree.

``content/data/checking/ru/fixes.toml`` says which verbs; a construction that no rule knows is
left to the writer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from content.checking.clauses import Subjects
from content.checking.patterns import ADVERBIAL, PatternSet
from content.checking.reading import PARTING, plain
from content.morphology import morphology

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from content.checking.lexicon import Nominal, RussianAddress, RussianFixes
    from content.checking.reading import Token
    from content.morphology import Parse

NEAR = 8
"""Words before a place within which what belongs to it stands."""

_FEW = frozenset({"два", "две", "три", "четыре", "оба", "обе"})
_CONJUNCTIONS = frozenset({"и", "а", "но", "или", "да", "зато", "однако", "тогда", "поэтому"})
_GENDERS = frozenset({"masc", "femn", "neut"})


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Tokens ``start`` to before ``end`` and what to say instead; none: only the writer knows."""

    start: int
    end: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Object:
    """The object of a verb, said as its subject."""

    start: int
    end: int
    text: str
    gender: str
    """``plur``, or the gender of a singular."""
    lemmas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Core:
    """The verb of a clause with what stands close to it."""

    verb: int
    start: int
    """The first token of «вы», the adverbs, «не» and the verb."""
    negative: bool
    adverbs: str


class _Rules:
    """The reviewed verbs and turns, ready to look up."""

    def __init__(self, fixes: RussianFixes, words: RussianAddress) -> None:
        self.words = words
        self.sets = words.sets
        self.passive = frozenset(fixes.passive)
        self.reflexive = frozenset(fixes.reflexive)
        self.replaced = {pair.verb: pair.by for pair in fixes.replaced}
        self.late = frozenset(fixes.late)
        self.attached = frozenset(fixes.attached)
        self.kept_with = frozenset(fixes.kept_with)
        self.not_asked = frozenset(fixes.not_asked)
        self.nominal = {verb: nominal for nominal in fixes.nominal for verb in nominal.verbs}
        self.turns = {turn.say: turn.by for turn in fixes.turns}
        self.turn_patterns = PatternSet(self.turns)
        self.dropping = PatternSet(fixes.dropping)


class RussianRewriter:
    """Rewrites the places that speak to the reader in one sentence."""

    def __init__(self, fixes: RussianFixes, words: RussianAddress) -> None:
        """Take the reviewed verbs and turns."""
        self._rules = _Rules(fixes, words)

    def rewrite(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]], hits: Sequence[int]
    ) -> Iterator[Rewrite]:
        """Yield what to say instead, from left to right; every hit lies in exactly one."""
        reach = 0
        bare: Rewrite | None = None
        ahead = iter(clauses)
        sentence = _Sentence(self._rules, tokens, frozenset(hits))
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


class _Sentence:
    """A sentence with its hits; its turns are remembered, as many hits ask for the same ones."""

    def __init__(self, rules: _Rules, tokens: Sequence[Token], hits: frozenset[int]) -> None:
        self.rules = rules
        self.tokens = tokens
        self.hits = hits
        self.subjects = Subjects(tokens, rules.words)
        self.turn_at = cache(partial(rules.turn_patterns.longest_at, tokens))
        self.dropping_at = cache(partial(rules.dropping.longest_at, tokens))


class _Clause:
    """One clause of a sentence, or what is left of it: tokens ``start`` to before ``end``."""

    def __init__(self, sentence: _Sentence, start: int, end: int) -> None:
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

    def at(self, place: int) -> Rewrite | None:
        """Return what to say instead of the hit here and of what belongs to it."""
        return (
            self.turn(place)
            or self.verb(place)
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

    def verb(self, place: int) -> Rewrite | None:
        core = self.core(place)
        if core is None:
            return None
        if any(token.low in {"чтобы", "бы"} for token in self.tokens[self.near(place) : place]):
            return None  # a wish has no such form
        lemmas = self.lemmas(core.verb)
        for lemma in lemmas & self.rules.nominal.keys():
            if found := self.noun_for_verb(core, self.rules.nominal[lemma]):
                return found
        for lemma in lemmas:
            if found := self.object_first(core, lemma):
                return found
        return None

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
        return Core(verb, start, negative, " ".join(adverbs))

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
            else:
                return place
        return place

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

    def opens_clause(self, place: int) -> bool:
        """Tell whether it is a conjunction that stays where it is: «и», «хотя», «как только»."""
        low = self.tokens[place].low
        if low == "только":
            return place > self.start and self.tokens[place - 1].low == "как"
        return low in _CONJUNCTIONS or low in self.rules.sets["subordinating"]

    def noun_for_verb(self, core: Core, nominal: Nominal) -> Rewrite | None:
        """Return «ответа на письмо не было» for «не ответили на письмо»."""
        tokens = self.tokens
        after = core.verb + 1
        infinitive = after < self.end and tokens[after].pos == "INFN"
        noun = nominal.noun
        end = after
        if nominal.about:
            thing = self.object(after, "loct", core)
            if thing:
                noun = f"{noun} {_about(nominal.about, thing.text)} {thing.text}"
                end = thing.end
            elif not infinitive:
                return None
        elif self.names_a_thing(after):
            return None  # an object that no noun takes over
        if not core.negative:
            if not tokens[core.verb].has("past"):
                return None
            belongs = after < self.end and self.tokens[after].low in nominal.preps
            relative = core.start > self.start and "который" in tokens[core.start - 1].lemmas
            if infinitive or nominal.about or belongs or relative:
                words = (core.adverbs, nominal.was, noun)
            else:
                words = (noun, core.adverbs, nominal.was)
        else:
            if after < self.end and tokens[after].low in nominal.preps:
                end = self.subjects.phrase_end(after + 1, self.end)
            if infinitive:
                return None
            was = "не было" if tokens[core.verb].has("past") else "нет"
            words = (
                inflected(nominal.noun, {"gent"}),
                self.text(after, end),
                f"{core.adverbs.lower()} {was}",
            )
        text = " ".join(" ".join(words).split())
        return Rewrite(core.start, end, self.cased(core.start, text))

    def names_a_thing(self, place: int) -> bool:
        """Tell whether a phrase begins here that is not a date or a stretch of time."""
        end = self.subjects.phrase_end(place, self.end)
        return end > place and not self.is_time(place, end)

    def object_first(self, core: Core, lemma: str) -> Rewrite | None:
        """Return «счёт не оплачен» for «не оплатили счёт», whichever of them comes first."""
        rules = self.rules
        if lemma not in rules.passive | rules.reflexive | rules.replaced.keys():
            return None
        thing = self.object(core.verb + 1, "nomn", core) or self.object_before(core)
        if thing is None:
            return None
        start, end = min(core.start, thing.start), max(core.verb + 1, thing.end)
        late = (
            self.lateness(end)
            if lemma == "задержать" and not core.negative and thing.lemmas & rules.late
            else None
        )
        if late:
            said = f"{inflected('прийти', {'VERB', 'past', thing.gender})} {late[1]}"
            end = late[0]
        else:
            form = self.form(core, lemma, thing.gender)
            if form is None:
                return None
            said = form
        words = (thing.text, core.adverbs.lower(), "не" if core.negative else "", said)
        return Rewrite(start, end, self.cased(start, " ".join(filter(None, words))))

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

    def lateness(self, place: int) -> tuple[int, str] | None:
        """Return where «на 18 дней» ends, and «на 18 дней позже»."""
        if place < self.end and self.tokens[place].low == "на":
            end = self.subjects.phrase_end(place + 1, self.end)
            words = self.tokens[place + 1 : end]
            if any(not t.lemmas.isdisjoint(self.rules.sets["times"]) for t in words):
                return end, f"{self.text(place, end)} позже"
        return None

    def object_before(self, core: Core) -> Object | None:
        """Return the object that the clause begins with: «счёт вы не оплатили»."""
        for start in range(self.near(core.start), core.start):
            if self.subjects.phrase_end(start, self.end) == core.start:
                before = self.tokens[start - 1] if start > self.start else None
                if before and before.pos in {"PREP", "NOUN"}:
                    return None
                return self.object(start, "nomn", core)
        return None

    def object(self, start: int, case: str, core: Core) -> Object | None:
        """Return the phrase that begins here as an object, in the case that it is needed in."""
        parts: list[str] = []
        gender = ""
        place = start
        lemmas: frozenset[str] = frozenset()
        while place < self.end:
            end = self.subjects.phrase_end(place, self.end)
            single = self.in_case(place, end, case, core.negative) if end > place else None
            if single is None:
                break
            text, one_gender, one_lemmas = single
            gender = one_gender if not parts or not gender else "plur"
            lemmas |= one_lemmas
            parts.append(text)
            place = self.with_attached(end, core)
            if place > end:
                parts.append(self.text(end, place))
            if place + 1 < self.end and self.tokens[place].low == "и":
                after = self.subjects.phrase_end(place + 1, self.end)
                if after > place + 1 and self.in_case(place + 1, after, case, core.negative):
                    parts.append("и")
                    place += 1
                    continue
            break
        text = " ".join(parts)
        return Object(start, place, text, gender, lemmas) if parts else None

    def with_attached(self, place: int, core: Core) -> int:
        """Return the end of «за октябрь» after «счёт», where it belongs to it."""
        if place >= self.end or place <= core.verb:
            return place
        preposition = self.tokens[place].low
        end = self.subjects.phrase_end(place + 1, self.end)
        of_date = preposition == "от" and end > place + 1 and self.tokens[place + 1].is_number
        at_night = preposition == "по" and self.is_time(place + 1, end)
        belongs = (preposition in self.rules.attached and not at_night) or of_date
        return end if belongs and end > place + 1 else place

    def is_time(self, start: int, end: int) -> bool:
        sets = self.rules.sets
        return any(
            token.is_number or not token.lemmas.isdisjoint(sets["times"] | sets["dates"])
            for token in self.tokens[start:end]
        )

    def in_case(
        self, start: int, end: int, case: str, negative: bool
    ) -> tuple[str, str, frozenset[str]] | None:
        """Return an accusative phrase in another case, its gender and lemmas."""
        head = self.subjects.head(start, end)
        token = self.tokens[head]
        words = [
            w for w in self.tokens[start:head] if w.low not in {*self.rules.sets["forms"], "свой"}
        ]
        words = [word for word in words if "свой" not in word.lemmas]
        counted = [word for word in words if word.is_number or word.pos == "NUMR"]
        rest = [self.text(head + 1, end)] if end > head + 1 else []
        if token.pos != "NOUN" or token.silent or self.is_time(head, head + 1):
            return None
        if counted:
            if case != "nomn":
                return None
            few = counted[-1].low in _FEW or _ends_in_few(counted[-1].text)
            kept = [*(w.text for w in words), token.text, *rest]
            return " ".join(kept), "plur" if few else "neut", token.lemmas
        number = _number(words)
        cases = ("accs", "gent") if negative else ("accs",)
        reading = next(
            (r for wanted in cases for r in token.readings if _is_noun(r, wanted, number)), None
        )
        noun = reading.inflect({case, str(reading.tag.number)}) if reading else None
        if reading is None or noun is None:
            return None
        plural = reading.tag.number == "plur"
        gender = "plur" if plural else _gender(reading)
        agreeing = {case, "plur"} if plural else {case, "sing", gender}
        said = [_agreeing(word, agreeing) for word in words]
        return " ".join([*said, _like(token.text, noun.word), *rest]), gender, token.lemmas

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
        if verb is None or verb.normal_form in self.rules.not_asked or self.describes(place):
            return None
        core = Core(place, place, False, "")
        if token.has("VERB", "past") and self.object(place + 1, "nomn", core) is None:
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

    def text(self, start: int, end: int) -> str:
        """Return tokens as a text; between them stand single spaces."""
        return " ".join(token.text for token in self.tokens[start:end])

    def cased(self, start: int, text: str) -> str:
        """Begin with a capital where the sentence begins."""
        first = next((i for i, token in enumerate(self.tokens) if token.is_word), 0)
        return text[:1].upper() + text[1:] if start == first else text


def _is_noun(reading: Parse, case: str, number: str | None) -> bool:
    tag = reading.tag
    return tag.POS == "NOUN" and tag.case == case and number in {None, tag.number}


def _gender(reading: Parse) -> str:
    """Return a gender to agree with; «коллега», either, passes for masculine."""
    return next((gender for gender in sorted(_GENDERS) if gender in reading.tag), "masc")


def _number(words: Sequence[Token]) -> str | None:
    """Return the number that the adjectives before a noun have, where they tell."""
    for word in words:
        numbers = {r.tag.number for r in word.readings if r.tag.case in {"accs", "gent"}}
        if len(numbers) == 1:
            return str(numbers.pop())
    return None


def _agreeing(word: Token, grammemes: set[str]) -> str:
    for reading in word.readings:
        if reading.tag.POS in {"ADJF", "PRTF"} and (form := reading.inflect(grammemes)):
            return _like(word.text, form.word)
    return word.text


def _like(written: str, form: str) -> str:
    """Return a form with the capitals of the word it is made of."""
    if written.isupper() and len(written) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if written[0].isupper() else form


def inflected(word: str, grammemes: set[str]) -> str:
    """Return a form of a word of the data, whose forms are all known."""
    if not grammemes.isdisjoint(_GENDERS):
        grammemes = grammemes | {"sing"}
    forms = (reading.inflect(grammemes) for reading in morphology().parse(word))
    return next(form.word for form in forms if form)


def _ends_in_few(number: str) -> bool:
    return number[-1:] in {"2", "3", "4"} and number[-2:-1] != "1"


def _about(preposition: str, word: str) -> str:
    return "об" if preposition == "о" and word[:1] in "аиоуэ" else preposition
