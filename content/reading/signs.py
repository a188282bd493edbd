"""Which warning signs a text speaks of, by likeness to what people have said of them.

The content holds phrases for each sign (``words/<language>/said``) and ordinary messages that are a
sign of nothing (``ordinary.toml``); what tells them apart is learned beforehand (``learning``). A
text is read whole, sentence by sentence and clause by clause. A sign is proposed only where it wins
clearly, against the other signs and against nothing. What is said of others, supposed, over or
denied is left out. A text that is sure of one complains, and one
that tells of nothing but signs: then its pieces are believed sooner, the short ones too («орёт, не
платит»), and neighbours together («пишет ночью и требует отвечать»), but for what it quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise

from content.knowledge import Words
from content.learned import NOTHING, Learned, unpack
from content.models import QuestionId
from content.reading.aside import heard
from content.reading.features import Features
from content.vocabulary import Vocabulary, one_of

LONGEST_TEXT = 4096
"""Characters read; a message of Telegram has no more."""
PROPOSE = 0.6
"""Share of the vote from which a text proposes a sign; two or three words tell less, or a piece."""
PROPOSE_SHORT = 0.9
PROPOSE_SENTENCE = 0.85
PROPOSE_PART = 0.97
PROPOSE_MORE = 0.75
"""The same for a piece of a text that complains; a long one, two or three words, one."""
PROPOSE_MORE_LONG = 0.65
PROPOSE_MORE_SHORT = 0.985
PROPOSE_MORE_WORD = 0.999
COMPLAINS = 0.97
"""Share of all signs together from which a text complains, though it is sure of none of them."""
PROPOSE_FIRST = 0.87
"""Share from which a piece of such a text proposes the first."""
MADE_BY_DENIAL = 4.0
"""By how much a denial must speak for a sign to make it one: «никто не отвечает»."""
SURE_OF_DENIAL = 0.99
"""Share from which a clause is a sign, whatever it denies: so it was learned."""
NEVER = 2.0
SHORTEST_WHOLE = 9
"""Words of the shortest text that is also read piece by piece."""
SHORTEST_PART = 4
"""Words of the shortest piece that is read by itself."""
LONG_PIECE = 8
"""Words of a clause that tells as much as a sentence."""
MOST_PARTS = 40

_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sign that a text may speak of."""

    sign: QuestionId
    score: float
    """Its share of the vote, 0 to 1: all signs and «nothing» share one."""
    proposed: bool
    """Whether the text is sure of it."""


def classify(words: Words, text: str, limit: int = 3) -> tuple[Spoken, ...]:
    """Return the signs a text may speak of: those it is sure of first, then the likeliest."""
    if words.learned is None:
        return ()
    reader = _reader(_Known(words.reading, words, words.learned))
    text = text[:LONGEST_TEXT]
    scores = dict(reader.shares(text))
    whole, text = text, reader.without_denials(heard(words.reading, text))
    told = scores if text == whole else reader.shares(text)
    sure = {sign for sign, share in told.items() if share >= _bar(text)}
    scores |= {sign: max(told[sign], scores.get(sign, 0.0)) for sign in sure}
    complains = len(text.split()) >= SHORTEST_WHOLE and sum(told.values()) >= COMPLAINS

    def listen(parts: Iterator[tuple[str, float]]) -> None:
        for part, bar in dict(islice(parts, MOST_PARTS)).items():
            for sign, share in reader.shares(part).items():
                if share >= bar:
                    sure.add(sign)
                    scores[sign] = max(share, scores.get(sign, 0.0))

    listen(reader.parts(text))
    if not sure and complains:
        listen(reader.pieces(text, PROPOSE_FIRST, PROPOSE_FIRST))
    if sure:
        listen(reader.pieces(text, PROPOSE_MORE, PROPOSE_MORE_LONG))
    # A sign that was taken out since is known no more.
    known = sorted(scores.keys() & words.signs.keys())
    likeliest = sorted(known, key=lambda sign: (sign not in sure, -scores[sign]))
    return tuple(Spoken(sign, round(scores[sign], 3), sign in sure) for sign in likeliest[:limit])


def _bar(text: str) -> float:
    """Return the share from which a whole text proposes a sign."""
    words = len(text.split())
    if words == 1:
        return NEVER  # it may be about anything: «скидка», «срочно»
    return PROPOSE if words >= SHORTEST_PART else PROPOSE_SHORT


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of a language; in every voice of it the same was learned."""

    reading: Vocabulary
    words: Words = field(compare=False)
    learned: bytes


@lru_cache(maxsize=8)
def _reader(known: _Known) -> _SignReader:
    return _SignReader(known.words, unpack(known.learned))


class _SignReader:
    """Reads texts of one language."""

    def __init__(self, words: Words, learned: Learned) -> None:
        self._learned = learned
        self._features = Features(words.language, words.alike, words.reading)
        addressed = words.reading.addressed
        self._addressed = re.compile(one_of(addressed), re.IGNORECASE) if addressed else None
        aside, denials = words.reading.aside, words.reading.denials
        self._denies = re.compile(one_of(aside.denials), re.IGNORECASE)
        self._denial = re.compile(one_of(f"{aside.denials}|{denials}"), re.IGNORECASE)
        self._first = re.compile(
            rf"[^,:;—–.!?…\n]+?(?=[,:;—–.!?…\n]|\s{one_of(aside.but)}|$)", re.IGNORECASE
        )
        self._breaks = re.compile(rf"[,:;—–()«»\"]+|{one_of(words.reading.breaks)}", re.IGNORECASE)

    def shares(self, text: str) -> Mapping[QuestionId, float]:
        """Return each sign with its share of the vote on a text."""
        votes = self._learned.shares(self._features.of(text))
        return {QuestionId(sign): share for sign, share in votes.items() if sign != NOTHING}

    def without_denials(self, text: str) -> str:
        """Return a text without the clauses that deny a sign: «ночью никто не звонит».

        «Никто не отвечает» denies none: without its denial it would be no sign at all.
        """
        if not self._denies.search(text):
            return text
        sentences = _SENTENCE_END.split(text)
        return " ".join(sentence[self._denied(sentence) :].strip() for sentence in sentences)

    def _denied(self, sentence: str) -> int:
        """Return where the first clause of a sentence ends if it denies a sign, else 0."""
        first = self._first.match(sentence)
        if not first or not self._denies.search(first[0]):
            return 0
        said = self._learned.shares(self._features.of(first[0]))
        bare = self._learned.shares(self._features.of(self._denial.sub(" ", first[0])))
        sign = max(said.keys() - {NOTHING}, key=lambda each: said[each], default=None)
        if sign is None or not bare or said[sign] >= SURE_OF_DENIAL:
            return 0
        is_sign = said[sign] * bare[NOTHING] > bare[sign] * said[NOTHING] * MADE_BY_DENIAL
        return 0 if is_sign else first.end()

    def parts(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield the sentences of a text and their clauses, each with the bar of a proposal."""
        if len(text.split()) < SHORTEST_WHOLE:
            return
        sentences = _SENTENCE_END.split(text)
        if len(sentences) > 1:
            yield from ((each, PROPOSE_SENTENCE) for each in sentences if _is_long(each))
        for sentence in sentences:
            clauses = self._breaks.split(sentence)
            if len(clauses) > 1:
                yield from ((each, PROPOSE_PART) for each in clauses if _is_long(each))

    def pieces(self, text: str, least: float, of_long: float) -> Iterator[tuple[str, float]]:
        """Yield the same of a text that complains, and what is shorter, but for what it quotes.

        A sentence that says «you» is a quotation too.
        """
        for sentence in _SENTENCE_END.split(_QUOTED.sub(" ", text)):
            if self._addressed and self._addressed.search(sentence):
                continue
            clauses = self._clauses(sentence)
            # «И», a comma may also stand inside of what is meant: neighbours are read as one too.
            joined = ((one[0], other[1]) for one, other in pairwise(clauses))
            for start, end in (*clauses, *joined):
                piece = sentence[start:end]
                if _is_long(piece):
                    yield piece, of_long if len(piece.split()) >= LONG_PIECE else least
                else:
                    yield piece, _bar_of_short(piece)
            if _is_long(sentence):
                yield sentence, of_long

    def _clauses(self, sentence: str) -> list[tuple[int, int]]:
        """Return where each clause of a sentence begins and ends."""
        breaks = [each.span() for each in self._breaks.finditer(sentence)]
        starts = (0, *(end for _, end in breaks))
        ends = (*(start for start, _ in breaks), len(sentence))
        return [each for each in zip(starts, ends, strict=True) if sentence[slice(*each)].strip()]


def _bar_of_short(piece: str) -> float:
    """Return the share from which a short piece of a text that complains proposes a sign."""
    return PROPOSE_MORE_WORD if len(piece.split()) == 1 else PROPOSE_MORE_SHORT


def _is_long(part: str) -> bool:
    return len(part.split()) >= SHORTEST_PART
