"""Who did it: whether a Russian clause with a verb in the past plural has a subject of its own.

«Правки пришли ночью» has one, «Правки прислали ночью» has none, and in a letter that is said to
its reader. The forms do not tell the two apart («правки» is nominative and accusative), so the
verb decides: one that takes no object, or has another one on its other side, leaves such a noun
to be the subject. A subject goes on into the clauses that follow it:

* one that can be nothing else (people, «мы», «они») into all of the sentence, up to ``:`` or ``;``;
* one that might be an object into clauses of the same rank only.

«В банке подтвердили» has its subject in the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from content.checking.lexicon import RussianAddress
from content.checking.reading import Token

SELDOM = 0.25
"""An accusative so much rarer than the nominative is not reckoned with: «редакторы»."""

_MODIFIERS = frozenset({"ADJF", "PRTF", "NUMR"})
_NOUNS = frozenset({"NOUN", "NPRO"})
_LINKS = frozenset({"и", "или", "да"})
_NAMES = ("Name", "Surn", "Patr")
_STOPS = frozenset(":;.!?…")


class Subject(IntEnum):
    """How sure it is that a phrase is the subject of a plural."""

    NONE = 0
    PERHAPS = 1
    """Nominative and accusative look alike."""
    SURE = 2


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun with what belongs to it, not after a preposition."""

    start: int
    end: int
    subject: Subject
    accusative: bool
    time: bool
    """A stretch of time: «две недели»."""
    after_infinitive: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a sentence: tokens ``start`` to before ``end``."""

    start: int
    end: int
    phrases: tuple[NounPhrase, ...]
    subordinate: bool
    condition: bool
    in_a_place: bool
    ours: bool
    """Said of «мы», without the word: «передаём», «рады»."""
    cut_off: bool
    """After a mark over which no subject is carried."""


class Subjects:
    """Finds the subjects in one sentence, clause by clause from its beginning."""

    def __init__(self, tokens: Sequence[Token], words: RussianAddress) -> None:
        """Take the sentence and the reviewed words that decide."""
        self._tokens = tokens
        self._sets = words.sets
        self._carried = Subject.NONE

    def clause(self, start: int, end: int) -> Clause:
        """Read one clause."""
        tokens = self._tokens
        opening = {lemma for token in tokens[start : min(start + 3, end)] for lemma in token.lemmas}
        return Clause(
            start,
            end,
            tuple(self._phrases(start, end)),
            subordinate=not opening.isdisjoint(self._sets["subordinating"]),
            condition=not opening.isdisjoint(self._sets["conditions"]),
            in_a_place=self._names_a_place(start, end),
            ours=any(self._is_ours(token) for token in tokens[start:end]),
            cut_off=start > 0 and tokens[start - 1].text in _STOPS,
        )

    def of(self, clause: Clause, place: int) -> Subject:
        """Return what the subject of this plural is, in its clause or carried into it."""
        own = self._own(clause, place)
        if own or clause.cut_off or self._carried is Subject.SURE:
            return own or (Subject.NONE if clause.cut_off else self._carried)
        if clause.subordinate or (
            self._transitive(place)
            and any(p.accusative and not p.time and p.end <= place for p in clause.phrases)
        ):
            return Subject.NONE
        return self._carried

    def pass_on(self, clause: Clause, found: Subject) -> None:
        """Go on to the next clause; ``found`` is the best subject of this one's plurals."""
        if clause.cut_off:
            self._carried = Subject.NONE
        if clause.ours:
            self._carried = Subject.SURE
        elif found:
            self._carried = found
        elif any(
            t.pos in {"VERB", "PRTS", "ADJS"} for t in self._tokens[clause.start : clause.end]
        ):
            self._carried = Subject.NONE
        elif not clause.subordinate:
            plural = max((p.subject for p in clause.phrases), default=Subject.NONE)
            self._carried = max(plural, self._carried)

    def _own(self, clause: Clause, place: int) -> Subject:
        if (
            clause.ours
            or clause.in_a_place
            or any(p.subject is Subject.SURE for p in clause.phrases)
        ):
            return Subject.SURE
        lemmas = self._tokens[place].lemmas
        alone = not self._transitive(place) or not lemmas.isdisjoint(
            self._sets["thing_verbs"] | self._sets["passing"]
        )
        for phrase in clause.phrases:
            if not phrase.subject or phrase.after_infinitive:
                continue
            if phrase.time and lemmas.isdisjoint(self._sets["passing"]):
                continue
            said = self._tokens[phrase.start : phrase.end]
            if "должный" in lemmas and all(token.is_number for token in said):
                continue  # «за январь должны 36 000»
            if alone or any(
                (other.end <= place) != (phrase.end <= place)
                for other in clause.phrases
                if other.accusative and not other.time
            ):
                return Subject.PERHAPS
        return Subject.NONE

    def _transitive(self, place: int) -> bool:
        verb = self._tokens[place]
        return verb.has("VERB", "past", "plur", "tran") and not verb.has("VERB", "past", "intr")

    def _is_ours(self, token: Token) -> bool:
        return not token.silent and (
            token.has("VERB", "1per", "plur")
            or (token.has("plur") and not token.lemmas.isdisjoint(self._sets["ours"]))
        )

    def _names_a_place(self, start: int, end: int) -> bool:
        tokens = self._tokens
        for place in range(start, end - 1):
            if tokens[place].low in {"в", "во", "на", "у"}:
                after = tokens[place + 1 : place + 3]
                if any(not t.lemmas.isdisjoint(self._sets["places"]) for t in after):
                    return True
        return False

    def _phrases(self, start: int, end: int) -> list[NounPhrase]:
        phrases: list[NounPhrase] = []
        place = start
        infinitive = False
        while place < end:
            token = self._tokens[place]
            infinitive = infinitive or token.pos == "INFN"
            if token.pos == "PREP":
                place = self.phrase_end(place + 1, end)
            elif self._opens_a_phrase(token):
                phrase = self._phrase(place, end, infinitive)
                phrases.append(phrase)
                place = phrase.end
            else:
                place += 1
        return phrases

    def _opens_a_phrase(self, token: Token) -> bool:
        if token.silent or token.low in {"сам", "сами", "сама", "само"}:
            return False
        return (
            token.is_number
            or token.pos in _MODIFIERS | _NOUNS
            or not token.lemmas.isdisjoint(self._sets["quantities"])
            or token.text.lower() == "все"
        )

    def head(self, place: int, end: int) -> int:
        """Return the place of the noun that the words from here belong to, else the last."""
        last = place
        while place < end and self._opens_a_phrase(self._tokens[place]):
            last = place
            if self._tokens[place].pos in _NOUNS:
                break
            place += 1
        return last

    def phrase_end(self, place: int, end: int) -> int:
        """Return where the phrase that begins here ends, with the genitives that follow.

        That is ``place`` itself where no phrase begins.
        """
        if place >= end or not self._opens_a_phrase(self._tokens[place]):
            return place
        place = self.head(place, end) + 1
        while place < end:
            head = self.head(place, end)
            token = self._tokens[head]
            belongs = all(_case(t, "gent") for t in self._tokens[place : head + 1]) or any(
                _case(token, "nomn", name) for name in _NAMES
            )
            if not self._opens_a_phrase(self._tokens[place]) or not belongs or token.is_number:
                break
            if not self._tokens[place - 1].lemmas.isdisjoint(self._sets["dates"]):
                break  # «к концу октября задачи …»: a date has no genitive of its own
            if self._ends_a_year(place):
                break
            place = head + 1
        return place

    def _ends_a_year(self, place: int) -> bool:
        """Tell whether «2025 года» ends here."""
        year, word = self._tokens[max(0, place - 2) : place][:2] if place > 1 else (None, None)
        return bool(year and word and year.is_number and "год" in word.lemmas)

    def _phrase(self, start: int, end: int, infinitive: bool) -> NounPhrase:
        tokens = self._tokens
        last = self.phrase_end(start, end)
        place = self.head(start, end)
        head = tokens[place]
        subject = self._plural(tokens[start : place + 1])
        more = last
        while more < end - 1 and (
            (linked := tokens[more].low in _LINKS) or (tokens[more].low == "с" and subject < 1)
        ):
            if not self._opens_a_phrase(tokens[more + 1]):
                break
            other = tokens[self.head(more + 1, end)]
            if linked and _case(head, "nomn") and _case(other, "nomn"):
                both_people = _case(head, "nomn", "anim") and _case(other, "nomn", "anim")
                subject = max(subject, Subject.SURE if both_people else Subject.PERHAPS)
            elif not linked and _case(head, "nomn", "anim") and _case(other, "ablt"):
                subject = Subject.SURE
            elif not linked:
                break
            if linked and not other.lemmas.isdisjoint(self._sets["dates"]):
                head, subject = other, Subject.NONE  # «1 и 8 ноября»
            more = self.phrase_end(more + 1, end)
        done_to = any(_case(t, "accs") for t in tokens[start:last]) or tokens[start].is_number
        return NounPhrase(
            start,
            max(more, last),
            subject,
            accusative=done_to and head.lemmas.isdisjoint(self._sets["dates"]),
            time=not head.lemmas.isdisjoint(self._sets["times"]),
            after_infinitive=infinitive,
        )

    def _plural(self, phrase: Sequence[Token]) -> Subject:
        head = phrase[-1]
        one = any(_share(t, "sing") and not _share(t, "plur") for t in phrase[:-1])
        if head.low in {"вы", "ты"} or one:  # «новое ТЗ»
            return Subject.NONE
        if head.text.lower() in {"мы", "они", "кто", "все", "многие"}:
            return Subject.SURE
        counts = [token for token in phrase if self._counts(token)]
        if counts and head.lemmas.isdisjoint(self._sets["dates"]):
            if not any(token.is_number or _case(token, "nomn") for token in counts):
                return Subject.NONE
            people = head is not counts[-1] and _case(head, "gent", "anim")
            return Subject.SURE if people else Subject.PERHAPS
        nominative = _share(head, "nomn", "plur")
        if not nominative:
            return Subject.NONE
        ambiguous = _share(head, "accs", "plur") > nominative * SELDOM
        return Subject.PERHAPS if ambiguous else Subject.SURE

    def _counts(self, token: Token) -> bool:
        return (
            token.is_number
            or token.pos == "NUMR"
            or not token.lemmas.isdisjoint(self._sets["quantities"])
        )


def _case(token: Token, *grammemes: str) -> bool:
    """Tell whether a noun, pronoun, adjective or numeral may stand so, however seldom it does."""
    return _share(token, *grammemes) > 0


def _share(token: Token, *grammemes: str) -> float:
    """Return how much of a noun, pronoun, adjective or numeral stands so, 0 to 1."""
    return sum(
        reading.score
        for reading in token.readings
        if reading.tag.POS in _MODIFIERS | _NOUNS and all(g in reading.tag for g in grammemes)
    )
