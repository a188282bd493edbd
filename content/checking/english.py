"""Which words of an English text speak to its reader, and the same said without them."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from itertools import pairwise

from content.checking.lexicon import EnglishAddress, Turn
from content.checking.patterns import PatternSet
from content.checking.reading import PARTING, Token
from content.checking.rewrites import Rewrite

_NEGATIONS = frozenset({"not", "never"})
_HELPERS = frozenset({"did", "have", "had", "has", "didn't", "haven't", "hadn't"})
_ADVERBS = frozenset({"again", "also", "always", "just", "still", "then", "only", "repeatedly"})
_REFUSING = frozenset({"cannot", "longer", "without", "owe", "owed", "refuse"})
_SIGHT = 30
"""Tokens to either side in which is looked for what is said with “you”."""
_OFTEN = frozenset({"always", "constantly", "again"})
"""What is no reproach where one is thanked for it, or gets it from the writer."""
_STOPS = frozenset(";.!?\u2026")
_HAVE = frozenset({"have", "had", "both", "all", "kindly", "even", "already", "so"})
_SERVED = frozenset({"you", "yours", "yourself"})
_WRITERS = frozenset({"i", "we", "i'll", "we'll", "i'd", "we'd", "i'm", "we're", "let's"})
_READERS = frozenset({"you", "he", "she", "they", "you'll", "you've", "you'd"})
_FOR_WHAT = frozenset({"for", "since", "from"})
_SUM, _NAMED = 4, 6
"""Tokens of a sum, and of what it is for."""
_TOLD = 4
"""Words after «you» in which it is told what the reader did."""
_GOES_ON = frozenset({"of", "for", "from", "in", "on", "at", "by", "to", "with", "and", "or"})
_COUNTED = frozenset(
    (
        "half",
        "only",
        "most",
        "your",
        "our",
        "my",
        "their",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "ten",
        "several",
    )
)
_ARTICLES = frozenset({"the", "a", "an", "this", "these", "those", "that", "all", "any", "every"})

_LEADING = frozenset({"to", "for", "with", "that"})
_OTHERS = frozenset(
    ("i", "we", "he", "she", "they", "me", "us", "him", "them", "who", "up", "back", "out", "off")
)
"""Words that no plain object has: with them a clause of its own begins, or the verb goes on."""
_JOINTS = frozenset({"and", "but", "then", ","})
_OWN = _ARTICLES | {"my", "our", "their", "your"}
_SIGNS = frozenset({"$", "€", "£"})
_SHORT = 2
"""Words: «the recording» is a thing, «the crew waiting» is not."""
_STRETCH = re.compile(
    r"(?:every|each|an?|half an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|[a-z]{3,5}teen|twenty|thirty|forty|sixty|several) "
    r"(?:minute|hour|day|night|week|month|year|time)s?\b"
)
_MONTHS = frozenset(each.lower() for each in month_name[1:])
_TIME = re.compile(
    r"(?:[\w.,:]+ |half an? |the (?:same|whole|next) )?"
    r"(?:minute|hour|day|night|evening|morning|week|weekend|month|year|time)s?\b"
)


class EnglishAddressee:
    """Finds and rewrites «you», by the reviewed words of ``en/second_person.toml``."""

    def __init__(self, words: EnglishAddress) -> None:
        self._forms = frozenset(words.forms)
        self._courtesy = PatternSet(words.courtesy)
        self._imperatives = frozenset(words.imperatives)
        self._accepting = PatternSet(words.accepting)
        self._saying = frozenset(words.saying)
        self._praise = frozenset(words.praise)
        self._not_served = frozenset(words.not_served)
        self._serving = frozenset(words.serving)
        self._handing = frozenset(words.handing)
        self._will = frozenset(words.will)
        self._thanking = frozenset(words.thanking)
        self._before = frozenset(words.before_imperatives)
        self._ends = frozenset(words.object_ends)
        self._kept_with = frozenset(words.kept_with)
        self._blaming = frozenset(words.blaming)
        self._by_form = {
            form: verb for verb in words.verbs for form in (verb.base, verb.past, verb.participle)
        }
        self._turns = {turn.say: turn for turn in words.turns}
        self._turn_patterns = PatternSet(self._turns)

    def courtesies(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield the ranges of forms of courtesy that no letter can do without."""
        for match in self._courtesy.find(tokens):
            yield match.start, match.end

    def says_we(self, tokens: Sequence[Token]) -> bool:  # noqa: ARG002
        """Nothing that is rewritten in English hangs on it."""
        return False

    def leans(self, words: Sequence[str]) -> bool:  # noqa: ARG002
        """In English a verb has its subject beside it."""
        return False

    def find(self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]]) -> Iterator[int]:
        """Yield the places of the words that speak to the reader, in order."""
        allowed = {i for start, end in self.courtesies(tokens) for i in range(start, end)}
        starts = {self._opening(tokens, start, end) for start, end in clauses}
        for place, token in enumerate(tokens):
            if token.silent or place in allowed or self._is_in_favor(tokens, place):
                continue
            if token.low in self._forms or (place in starts and token.low in self._imperatives):
                yield place

    def _is_in_favor(self, tokens: Sequence[Token], place: int) -> bool:
        """Tell whether nothing is held against the reader: thanked, served, or of one mind."""
        start = max(0, place - _SIGHT)
        tokens, place = tokens[start : place + _SIGHT], place - start
        if tokens[place].low not in self._forms:
            return False
        end = next((i for i in range(place, len(tokens)) if tokens[i].text in _STOPS), len(tokens))
        behind = [token.low for token in tokens[place + 1 : end] if not token.silent]
        if any(map(_denies, behind)):
            return False
        kind = self._is_thanked(tokens, place) or self._is_served(tokens, place)
        if not (self._blaming - (_OFTEN if kind else frozenset())).isdisjoint(behind):
            return False
        return kind or self._accepts(tokens, place)

    def _is_thanked(self, tokens: Sequence[Token], place: int) -> bool:
        return any(token.low in self._thanking for token in tokens[:place])

    def _is_served(self, tokens: Sequence[Token], place: int) -> bool:
        """Tell “I will send you the link”: the writer does it, and the reader only receives."""
        if tokens[place].low not in _SERVED | {"your"} or not place:
            return False
        before = tokens[place - 1]
        if not before.is_word or before.low in self._not_served:
            return False
        for one in range(place - 1, -1, -1):
            low = tokens[one].low
            if low in _WRITERS:
                told = [token.low for token in tokens[one:place]]
                serves = before.low in self._serving or not self._will.isdisjoint(told)
                serves = serves and tokens[place].low in _SERVED
                serves = serves or not self._handing.isdisjoint(told)
                return serves and not any(map(_denies, told))
            if low in _READERS or tokens[one].text in _STOPS:
                return False
        told = [token.low for token in tokens[:place]]
        return before.low == "to" and "be" in told and not self._will.isdisjoint(told)

    def _accepts(self, tokens: Sequence[Token], place: int) -> bool:
        verb = place + 1
        while verb < len(tokens) and tokens[verb].low in _ADVERBS | _HAVE:
            verb += 1
        if verb == len(tokens):
            return False
        if tokens[place].low == "your":  # “your ‘approved’ of November 4”
            return tokens[verb].silent and self._praises(tokens, verb)
        found = self._accepting.longest_at(tokens, verb)
        if found is not None:
            return not self._goes_on_to_a_deed(tokens[found[1].end :])
        if tokens[verb].low not in self._saying:
            return False
        return self._praises(tokens, verb + 1)

    def _praises(self, tokens: Sequence[Token], start: int) -> bool:
        quoted = [token.low for token in tokens[start:] if token.silent and token.is_word]
        end = next((i for i in range(start, len(tokens)) if tokens[i].text in PARTING), len(tokens))
        said = quoted or [token.low for token in tokens[start:end]]
        return not self._praise.isdisjoint(said) and not any(map(_denies, said))

    def blames(
        self, tokens: Sequence[Token], clauses: Sequence[tuple[int, int]], hits: Sequence[int]
    ) -> Iterator[int]:
        """Yield the hits that tell the reader what he did wrong."""
        for start, end in clauses:
            if {token.low for token in tokens[start:end]} & {"if", "when", "unless"}:
                continue
            for hit in (place for place in hits if start <= place < end):
                told = [token.low for token in tokens[hit + 1 : min(hit + 1 + _TOLD, end)]]
                negative = any(low in _NEGATIONS or low.endswith("n't") for low in told)
                spoken_of = tokens[hit].low.startswith("you") and tokens[hit].low != "your"
                if not self._blaming.isdisjoint(told) or (spoken_of and negative):
                    yield hit

    def rewrite(
        self,
        tokens: Sequence[Token],
        clauses: Sequence[tuple[int, int]],  # noqa: ARG002  as the Russian one takes them
        hits: Sequence[int],
        *,
        we: bool,  # noqa: ARG002
    ) -> Iterator[Rewrite]:
        """Yield what to say instead, from left to right; every hit lies in exactly one."""
        reach = 0
        for place in hits:
            if place < reach:
                continue
            found = (
                self._debt(tokens, place)
                or self._turn(tokens, place, reach)
                or self._passive(tokens, place)
                or self._possessive(tokens, place)
                or Rewrite(place, place + 1, None)
            )
            yield found
            reach = found.end

    def _opening(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Return the first place of a clause that may hold an imperative; commas part clauses."""
        if start > 0 and tokens[start - 1].text not in {":", ";", "—", "–"}:
            return -1
        while start < end and tokens[start].low in self._before:
            start += 1
        return start

    def _debt(self, tokens: Sequence[Token], place: int) -> Rewrite | None:
        """Return “the balance is $600” for “you owe me $600”."""
        if tokens[place].low != "you":
            return None
        said = [token.low for token in tokens[place + 1 : place + 1 + _TOLD]]
        words = [low for low in said if low not in _ADVERBS | {"me", "us"}]
        if not words or words[0] not in {"owe", "owed"}:
            return None
        still = " still" if "still" in said else ""
        after = place + 2 + said.index(words[0])
        after += after < len(tokens) and tokens[after].low in {"me", "us"}
        if after == len(tokens):
            return None
        first = tokens[after]
        if first.is_number or first.text in "$€£¥₽":
            be = "was" if words[0] == "owed" else "is"
            balance = Rewrite(place, after, _cased(tokens, place, f"the balance {be}{still}"))
            return self._owed_for(tokens, place, after, be == "was", still) or balance
        if first.low == "for":
            open_ = "was open" if words[0] == "owed" else f"is{still} open"
            return Rewrite(place, after, _cased(tokens, place, f"payment {open_}"))
        return None

    def _owed_for(
        self, tokens: Sequence[Token], place: int, start: int, past: bool, still: str
    ) -> Rewrite | None:
        """Return “the $850 for October is still open” for “you still owe me $850 for October”."""
        behind = next(
            (i for i in range(start, len(tokens)) if tokens[i].low in _FOR_WHAT), len(tokens)
        )
        end = next(
            (i for i in range(behind, len(tokens)) if tokens[i].text in PARTING), len(tokens)
        )
        sum_, what = tokens[start:behind], tokens[behind:end]
        if not 1 < len(what) <= _NAMED or len(sum_) > _SUM or any(t.low in _JOINTS for t in sum_):
            return None
        amount = "".join(
            each.text if not place_ or sum_[place_ - 1].text in "$€£¥₽" else f" {each.text}"
            for place_, each in enumerate(sum_)
        )
        named = " ".join(token.text for token in what)
        several = sum_[-1].low.endswith("s")
        if what[0].low != "for":
            be = (
                ("were" if several else "was")
                if past
                else f"{'have' if several else 'has'}{still} been"
            )
            return Rewrite(place, end, _cased(tokens, place, f"the {amount} {be} open {named}"))
        be = {(0, 0): "is", (1, 0): "are", (0, 1): "was", (1, 1): "were"}[several, past]
        return Rewrite(place, end, _cased(tokens, place, f"the {amount} {named} {be}{still} open"))

    def _turn(self, tokens: Sequence[Token], place: int, reach: int) -> Rewrite | None:
        for start in range(max(reach, place - 4), place + 1):
            found = self._turn_patterns.longest_at(tokens, start)
            if found is not None and start <= place < found[1].end:
                turn = self._turns[found[0].source]
                if turn.kept:
                    return Rewrite(start, found[1].end, None)
                if not self._goes_on(turn, tokens, found[1].end):
                    return Rewrite(start, found[1].end, None)
                if not turn.by:
                    if start <= reach or not tokens[start - 1].is_word:
                        return None
                    return Rewrite(start - 1, found[1].end, tokens[start - 1].text)
                return Rewrite(start, found[1].end, _cased(tokens, start, turn.by))
        return None

    def _goes_on(self, turn: Turn, tokens: Sequence[Token], end: int) -> bool:
        """Tell whether what a turn says goes on in what stands behind: “a call came at night”.

        “A call came my brother” does not: what is whole takes no object, and “the request was to”
        is not whole.
        """
        if not turn.say.startswith("you ") or not turn.by:
            return True
        if self._goes_on_to_a_deed(tokens[end:]):
            return False
        after = tokens[end] if end < len(tokens) else None
        last = turn.by.split()[-1]
        if last in _LEADING or " that " in turn.by:
            return after is not None and (after.is_word or after.is_number)
        if after is None or not (after.is_word or after.is_number):
            return True
        rest = _said(tokens[end : end + _TOLD])
        ends = after.low in self._ends or after.low in _ADVERBS or after.low.endswith("ly")
        return ends or bool(_TIME.match(rest))

    def _passive(self, tokens: Sequence[Token], place: int) -> Rewrite | None:
        """Return «the invoice was not paid» for «you did not pay the invoice»."""
        if tokens[place].low not in {"you", "you've", "you'd"}:
            return None
        verb = place + 1
        negative = False
        adverbs = []
        while verb < len(tokens) and tokens[verb].low in _HELPERS | _NEGATIONS | _ADVERBS:
            low = tokens[verb].low
            negative = negative or low in _NEGATIONS or low.endswith("n't")
            adverbs += [low] if low in _ADVERBS else []
            verb += 1
        fix = self._by_form.get(tokens[verb].low) if verb < len(tokens) else None
        if fix is None or (fix.base == tokens[verb].low and verb == place + 1):
            return None  # «you pay» is no fact of the past
        end = self._object_end(tokens, verb)
        words = [token.text for token in tokens[verb + 1 : end]]
        counted = len(words) > 1 and tokens[verb + 1].is_number
        stretch = (_TIME if counted else _STRETCH).match(_said(tokens[verb + 1 : end]))
        if (
            not words
            or stretch
            or (
                (not counted and tokens[verb + 1].low not in _ARTICLES | _COUNTED | {"it"})
                and not _are_things(words)
            )
        ):
            return None
        if words[-1].lower() in _GOES_ON:
            return None  # «the invoice of 3 March»: the name of the thing goes on past a number
        if self._tells_more(words, tokens[end:]):
            return None
        words[0] = "the" if words[0].lower() == "your" else words[0]
        plural = (words[-1].endswith("s") and not words[-1].endswith("ss")) or (
            tokens[verb + 1].is_number and tokens[verb + 1].text != "1"
        )
        if fix.by and not negative:
            said = [*adverbs, fix.by]
        else:
            still = ["still"] if negative and "still" in adverbs else []
            adverbs = [each for each in adverbs if each not in still]
            be = "were" if plural else "was"
            till_now = still and any(each.low[:4] == "have" for each in tokens[place + 1 : verb])
            been = ["have" if plural else "has", "still", "not", "been"]
            said = been if till_now else [be, *still, *["not"] * negative]
            said = [*said, *adverbs, fix.participle]
        words = [_as_typed(tokens[verb + 1 : end])] if words[0] == tokens[verb + 1].text else words
        return Rewrite(place, end, _cased(tokens, place, " ".join([*words, *said])))

    def _object_end(self, tokens: Sequence[Token], verb: int) -> int:
        """Return where the object of a verb ends: «the photos | two weeks late»."""
        end = verb + 1
        end += end < len(tokens) and tokens[end].is_number  # «sent 44 products»
        if [token.low for token in tokens[end : end + 1]] == ["of"] and tokens[end - 1].is_number:
            end += 1 + (tokens[end + 1 : end + 2] != () and tokens[end + 1].is_number)
        while (
            end < len(tokens) and _is_of_a_thing(tokens, end) and tokens[end].low not in self._ends
        ):
            if (
                tokens[end].low in _MONTHS
                and tokens[end + 1 : end + 2]
                and tokens[end + 1].is_number
            ):
                break  # «the form | November 3»
            if tokens[end].low == "last" and _TIME.match(_said(tokens[end : end + _TOLD])):
                break  # «3 lessons | last minute»
            if end > verb + 2 and _STRETCH.match(_said(tokens[end : end + _TOLD])):
                break  # «the photos | two weeks late»
            end += 1
        return end

    def _tells_more(self, words: Sequence[str], rest: Sequence[Token]) -> bool:
        """Tell whether an object, or what stands behind it, has a verb or a particle of its own.

        «The brief we agreed on», «the deadline up», «the crew waiting», «… and asked to redo it».
        """
        if not _OTHERS.isdisjoint(word.lower() for word in words[1:]):
            return True
        if len(words) > _SHORT and words[-1].lower().endswith("ed"):
            return True  # «the version approved | on November 12»
        named = words[2:] if words[0].lower() in {"all", "both"} else words[1:]
        if any(
            two.lower() in _OWN and one.lower() != "of" for one, two in pairwise([words[0], *named])
        ):
            return True  # «my brother a liar» is two things
        if len(words) > _SHORT and words[-1].endswith("ing"):
            return True
        if len(rest) == 1 and rest[0].low in _GOES_ON:
            return True
        return self._goes_on_to_a_deed(rest)

    def _goes_on_to_a_deed(self, rest: Sequence[Token]) -> bool:
        """Tell whether something is joined that the reader did besides: “… and asked for more”."""
        for place, token in enumerate(rest):
            told = [each.low for each in rest[place + 1 : place + 3] if each.low not in _ADVERBS]
            if token.low in _JOINTS and any(
                low in self._by_form or low in _REFUSING or low.endswith("ed") for low in told
            ):
                return True
        return False

    def _possessive(self, tokens: Sequence[Token], place: int) -> Rewrite | None:
        if tokens[place].low != "your" or place + 1 == len(tokens) or not tokens[place + 1].is_word:
            return None
        if any(token.low in self._kept_with for token in tokens[place + 1 : place + 3]):
            return None
        return Rewrite(place, place + 2, _cased(tokens, place, f"the {tokens[place + 1].text}"))


def _is_of_a_thing(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a thing may go on with a token: “a 4th tier”, “a chargeback of $300”."""
    token = tokens[place]
    if token.is_word:
        return True
    if token.is_number and tokens[place - 1].text not in _SIGNS:
        time = _TIME.match(_said(tokens[place : place + _TOLD]))
        return not time and tokens[place - 1].low != "of"  # “the invoice of 3 March” is one thing
    if token.is_number:
        return True
    inside = place + 1 < len(tokens) and tokens[place - 1].low == "of"
    return (token.text == "-" and _touch(tokens[place - 1 : place + 2])) or (
        inside and token.text in _SIGNS and tokens[place + 1].is_number
    )


def _touch(tokens: Sequence[Token]) -> bool:
    return all(one.end == two.start for one, two in pairwise(tokens))


def _as_typed(tokens: Sequence[Token]) -> str:
    """Return tokens with the spaces that stood between them: “a 4th tier”."""
    said = tokens[0].text
    for one, two in pairwise(tokens):
        said += two.text if one.end == two.start else f" {two.text}"
    return said


def _are_things(words: Sequence[str]) -> bool:
    """Tell whether an object is things of one word, which have no article: “sent edits”."""
    return len(words) == 1 and bool(re.fullmatch(r"[a-z]{3,}[^s]s", words[0]))


def _denies(low: str) -> bool:
    return low in _NEGATIONS or low in _REFUSING or low.endswith("n't")


def _said(tokens: Sequence[Token]) -> str:
    return " ".join(token.low for token in tokens)


def _cased(tokens: Sequence[Token], start: int, text: str) -> str:
    first = next((place for place, token in enumerate(tokens) if token.is_word), 0)
    return text[:1].upper() + text[1:] if start == first else text
