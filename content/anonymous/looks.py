"""Which words of a text look like names: by capitals, the alphabet and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from content.anonymous.language import STEM, is_big, lowered
from content.anonymous.passage import SPACES, Passage, Telltale
from content.anonymous.shapes import BIG
from content.named_entities import LETTERED, HiddenKind
from content.russian.morphology import LONGEST_WORD

INITIALS: Final = re.compile(rf"(?<!\w){BIG}\.[ \u00a0]?{BIG}\.(?!\w)")
INITIAL: Final = re.compile(r"(?<![\w.])[^\W\d_]\.(?!\w)")
"""One letter beside a name: «Марат Ф.», «ф. марат», «Фролов, М.»."""
BEHIND: Final = re.compile(r"[^.!?…\n]{0,80}")
"""The rest of a sentence."""
SURE: Final = 0.9
"""How likely a word is a name: in capitals."""
FAIR: Final = 0.2
"""And at the beginning of a sentence."""
MEASURE: Final = re.compile(r"\d+\w\d+")
"""«1920x1080»."""
JOINING: Final = (*SPACES, "-")
LEADING: Final = 4
"""Words in which a name says what it is: “Blue Heron Bakery”."""


class Capitals(NamedTuple):
    """The words of a text that are written with a capital, in small letters."""

    anywhere: frozenset[str]
    inside: frozenset[str]
    """Where no sentence begins."""
    heard: frozenset[str]
    """Of names met elsewhere, in dictionary form."""


def looking(passage: Passage, heard: frozenset[str]) -> Iterator[Telltale]:
    """Yield the words that look like names or are ``heard`` as one, and initials beside them."""
    big = {
        place: lowered(token[0])
        for place, token in enumerate(passage.tokens)
        if token[0][0].isupper()
    }
    inside = (small for place, small in big.items() if not passage.begins(place))
    capitals = Capitals(frozenset(big.values()), frozenset(inside), heard)
    days = [match.span() for match in passage.words.days_of_all.finditer(passage.text)]
    found = [
        Telltale(*look.span, kind, passage.language.keys(token[0]))
        for place, token in enumerate(passage.tokens)
        if not any(start <= token.start() < end for start, end in days)
        and (kind := (look := Look(passage, place, capitals)).kind) is not None
    ]
    yield from found
    yield from _initials(passage, found)


def leading(passage: Passage, found: Sequence[Telltale]) -> Iterator[Telltale]:
    """Yield the words of any text that begin a name: “New York”, “Second Chance Bikes”."""
    language, of = passage.language, {each.start: each.kind for each in found}
    for place, token in reversed([*enumerate(passage.tokens)][:-1]):
        kind = of.get(passage.tokens[place + 1].start())
        if kind not in LETTERED or passage.between(place) not in JOINING or not token[0].istitle():
            continue
        attribute = passage.words.attributes.intersection(language.with_lemmas(token[0]))
        begins = passage.begins(place) and not attribute
        titled = token[0].casefold() in passage.words.titles or language.is_trade(token[0])
        if not (begins or (titled and not attribute) or language.is_of_calendar(token[0])):
            of[token.start()] = kind
            yield Telltale(*token.span(), kind, language.keys(token[0]))


def _initials(passage: Passage, found: Sequence[Telltale]) -> Iterator[Telltale]:
    """Yield the initials of a text; one alone, and a small one, only beside a name."""
    before = {each.start - 1 for each in found}
    behind = {each.end + 1 for each in found}
    behind |= {each.end + 2 for each in found if passage.text[each.end : each.end + 2] == ", "}
    for pattern in (INITIALS, INITIAL):
        for match in pattern.finditer(passage.text):
            small = match[0].islower() and match[0][0] not in passage.words.short
            if match[0].casefold().rstrip(".") in passage.words.short and "." in match[0][:-1]:
                continue  # “3 P.M.”
            beside = match.end() in before or match.start() in behind
            if pattern is INITIALS or (beside and (small or match[0].isupper())):
                key = frozenset((match[0].casefold(),))
                yield Telltale(*match.span(), HiddenKind.PERSON, key)


class Look:
    """One word of a text, and what makes a name of it."""

    def __init__(self, passage: Passage, place: int, capitals: Capitals) -> None:
        self._passage, self._place, self._capitals = passage, place, capitals
        self._language, self._naming = passage.language, passage.naming
        self._words = passage.words
        self._word, self._around = passage.word(place), passage.around(place)
        self._small = lowered(self._word)
        self._before, self._after = self._around.previous, self._around.following

    @property
    def span(self) -> tuple[int, int]:
        """Where it is, with what belongs to it: «Лесная сказка»."""
        start, end = self._passage.tokens[self._place].span()
        first = self._passage.is_first(self._place)
        called = first and self._naming.is_called(self._word, self._around)
        named = called or not (first or self._language.is_generic(self._after))
        goes_on = named and self._naming.goes_on(self._word, self._after)
        if self._has_capital and (goes_on or self._has_end):
            end = self._passage.tokens[self._place + 1].end()
        return start, end

    @property
    def _has_end(self) -> bool:
        """Tell whether what names of firms end with stands behind it: «Дантист Плюс»."""
        return is_big(self._after) and self._after.casefold() in self._words.firm_ends

    @property
    def kind(self) -> HiddenKind | None:
        """What it names; None where it is a word."""
        letters = any(map(str.isalpha, self._word)) and not MEASURE.fullmatch(self._word)
        if self._small in self._words.polite or not letters:
            return None
        told = self._told_beside()
        saying = self._passage.is_common(self._place) and not self._is_person
        if told is not None or saying:
            return told
        if self._small in self._words.months and self._has_capital:
            return None if self._is_month_alone() else HiddenKind.PERSON
        return self._with_next() or self._by_letters()

    def _by_letters(self) -> HiddenKind | None:
        found: HiddenKind | None = self._named
        if self._language.is_plain(self._word):
            found = HiddenKind.NAME if self._is_plain_name() else None
        elif self._naming.is_foreign(self._word):
            pieces = (piece for piece in re.split(r"[-’']", self._small) if len(piece) > 1)
            found = None if self._words.plain.issuperset(pieces) else HiddenKind.NAME
        elif not is_big(self._word):
            found = found if self._is_small_name() else None
        elif self._word.isupper():
            found = found if len(self._word) > 1 and self._is_shouted() else None
        else:
            found = self._with_capital()
        return found

    @property
    def _named(self) -> HiddenKind:
        return self._naming.kind(self._word) or HiddenKind.NAME

    @property
    def _has_capital(self) -> bool:
        return self._word[0].isupper()

    @cached_property
    def _begins(self) -> bool:
        return self._passage.begins(self._place)

    @property
    def _behind(self) -> str:
        """The rest of its sentence."""
        behind = BEHIND.match(self._passage.text, self._passage.tokens[self._place].end())
        return behind[0] if behind else ""

    @cached_property
    def _is_person(self) -> bool:
        return self._naming.is_person(self._word, self._around)

    @cached_property
    def _is_heard(self) -> bool:
        return self._language.is_among(self._word, self._capitals.heard)

    # In any letters

    def _told_beside(self) -> HiddenKind | None:
        """Return what a kind of firm, a title or an initial beside it makes of a word."""
        beside_firm = any(map(self._language.is_firm, (self._before, self._after)))
        small = not is_big(self._word) and not self._language.is_trade(self._word)
        if small and beside_firm and self._naming.may_be_firm(self._word):
            return HiddenKind.FIRM  # «студия кедр», "lumenhaus gmbh"
        if (self._is_titled and self._naming.may_follow_title(self._word)) or self._has_initial():
            return self._naming.kind(self._word) or HiddenKind.PERSON
        return None

    @cached_property
    def _is_titled(self) -> bool:
        """Tell whether «г-н» or “Mr.” stands before it."""
        text, place = self._passage.text, self._place
        title = self._passage.tokens[place - 1] if place else None
        between = "" if title is None else text[title.end() : self._passage.tokens[place].start()]
        told = title is not None and title[0].casefold() in self._words.titles
        return told and between.removeprefix(".") in SPACES

    def _has_initial(self) -> bool:
        """Tell whether a capital and a full stop behind it make a name of it: «Полозков А.»."""
        text, end = self._passage.text, self._passage.tokens[self._place].end()
        initial = INITIAL.match(text, end + 1)
        if initial is None or text[end] not in SPACES or initial[0].islower():
            return False
        nobody = self._language.is_anybody(self._small) or self._naming.is_function(self._small)
        return is_big(self._word) and len(self._word) >= STEM and not nobody

    def _is_month_alone(self) -> bool:
        alone = not self._before or self._naming.is_thing(self._word, self._around)
        begins = alone or self._passage.is_first(self._place)
        return begins and not self._is_person and not self._language.goes_on(self._after)

    def _with_next(self) -> HiddenKind | None:
        """Return what it is together with a word beside it."""
        goes_on, place = self._language.goes_on(self._after), self._place
        of_two = ((place, self._word, self._after), (place - 1, self._before, self._word))
        if any(self._is_firm_of(*pair) and not self._passage.begins(at) for at, *pair in of_two):
            return HiddenKind.FIRM
        if goes_on and self._has_capital and self._naming.begins_name(self._word):
            return self._named
        particles = self._words.particles
        within = self._small in particles and (self._after.casefold() in particles or goes_on)
        return HiddenKind.NAME if within and is_big(self._before or self._word) else None

    def _is_firm_of(self, word: str, after: str) -> bool:
        """Tell whether two words name a firm, as «Бюро находок» do, not «Клиент фирмы»."""
        if not (is_big(word) and self._naming.is_of(after)):
            return False
        trade = self._language.with_lemmas(word) & self._words.trade
        return self._language.is_generic(lowered(word)) and not trade

    def _is_plain_name(self) -> bool:
        """Tell whether a word of any text is a name here."""
        before = self._before
        who = next(iter(self._around.before[1:2]), "")
        named = is_big(who) and self._naming.share(who) >= FAIR and self._has_capital
        day = self._language.is_of_calendar(self._word)
        if named and before.casefold() in self._words.of_firm and not day:
            return True  # «Юля из Озона»
        if is_big(before) and self._has_capital and before.casefold() in self._words.firms:
            return True  # “Studio Friday”
        foreign = before and all(map(self._naming.is_foreign, (before, self._word)))
        if foreign and self._has_capital and self._language.goes_on(before):
            return True  # «SoftLine Pro»
        attribute = self._language.with_lemmas(self._word) & self._words.attributes
        named = is_big(before) and not self._language.is_anybody(before)
        named = named and not (day or attribute)
        if named and self._word.istitle() and not self._passage.is_first(self._place - 1):
            return True  # “from Bright Day”
        surname = self._word.istitle() and is_big(before) and self._naming.share(before) >= FAIR
        if surname and not day:
            return True  # “Arthur Swift”
        inside = not self._begins and not is_big(before)
        acts = inside and self._naming.acts(self._word, self._behind)
        somebody = self._is_person and (not before or inside)
        somebody = somebody or acts or before.casefold() in self._words.whose
        return somebody and self._has_capital and self._small in self._words.surnames_too

    # In small letters

    def _is_small_name(self) -> bool:
        naming, word, known = self._naming, self._word, self._naming.is_known(self._word)
        long = len(word) > STEM - 1
        if self._small in self._capitals.anywhere and long and not known:
            return True
        if self._language.is_month(self._small):
            return False
        if self._language.is_generic(self._small.rpartition("-")[2]):
            return False
        heard = not known and self._is_heard
        surname = naming.is_surname(word, self._around)
        return heard or surname or (long and naming.is_surely(word, self._around))

    # In capitals

    def _is_shouted(self) -> bool:
        unknown = not self._naming.is_known(self._word) and len(self._word) <= LONGEST_WORD
        return self._naming.share(self._word) >= SURE or unknown or self._is_heard

    def _with_capital(self) -> HiddenKind | None:
        naming, word, begins = self._naming, self._word, self._begins
        share = naming.share(word)
        surname = begins and self._small in self._words.surnames_too and self._is_person
        of_trade = self._language.is_trade(word) and (begins or not self._is_in_name())
        small_word = naming.is_function(word) and not share
        if (of_trade and not surname) or small_word or (not begins and self._is_attribute()):
            return None
        if not begins and not self._is_heard and self._is_emphasis():
            return None
        nobody = self._small in self._words.nobody
        if begins and not nobody and naming.is_called(word, self._around):
            return HiddenKind.NAME
        if begins and naming.is_thing(word, self._around) and not self._is_first_of_two():
            return None
        return self._beginning(share) if begins and not self._is_heard else self._named

    def _beginning(self, share: float) -> HiddenKind | None:
        """Return what a word is that begins a sentence, where any has a capital."""
        naming, word = self._naming, self._word
        if self._language.is_month(word) and not self._is_person:
            return None
        if share >= FAIR and not (naming.is_function(word) or naming.is_doubtful(word)):
            return self._named
        known = naming.is_known(word) or naming.is_made_verb(word)
        strange = not known and len(word) > STEM - 1
        strange = strange or ("-" in word and word.istitle())  # «Северсталь-Логистик»
        if strange or self._leads() or self._leads_to_firm(self._place):
            return self._named
        acts = naming.acts(word, self._behind)
        if acts or (naming.may_be_name(word) and self._small in self._capitals.inside):
            return naming.kind(word) or (HiddenKind.NAME if acts else None)
        return None

    def _is_emphasis(self) -> bool:
        """Tell whether a word that all use has a capital alone and does nothing: «Монтаж»."""
        words, naming, before = self._words, self._naming, self._before
        if before.casefold() in words.articles:
            return naming.is_known(self._word) and not is_big(self._after)  # “a Small edit”
        leading = (words.firms, words.whose, words.towards, words.of_firm, words.places_before)
        led = any(before.casefold() in each for each in leading)
        if led or not naming.is_usual(self._word):
            return False
        first = self._place and self._passage.is_first(self._place - 1)
        small = naming.is_function(before) or naming.is_verb(before)
        beside = is_big(before) and not (first and (small or self._language.is_anybody(before)))
        joined = before in words.joining and self._passage.is_first(self._place - 2)
        named = beside or joined or is_big(self._after)
        return not (named or naming.speaks(self._around.after))

    def _is_attribute(self) -> bool:
        """Tell whether a colour or a day has a capital alone: «каждый Понедельник»."""
        before, after = self._before, self._after
        small_word = self._naming.is_function(before) or before.casefold() in (
            self._words.before_thing
        )
        beside = (is_big(before) and not small_word) or is_big(after) or after[:1].isdigit()
        told = beside or before.casefold() in self._words.firms | self._words.whose
        attribute = self._language.with_lemmas(self._word) & self._words.attributes
        return bool(attribute) and not told and not self._is_person

    def _is_in_name(self) -> bool:
        """Tell whether a capital beside a word of trade makes a name of both: «Красная Цена»."""
        before, naming = self._before, self._naming
        ahead = {one.casefold() for one in self._around.before[:2]}
        if self._language.goes_on(self._after) or ahead & self._words.firms:
            return True
        if self._place and self._leads_to_firm(self._place - 1):
            return not (self._language.is_trade(before) or naming.is_function(before))
        first = naming.is_known(before) and self._passage.begins(self._place - 1)
        return self._language.goes_on(before) and not first

    def _leads(self) -> bool:
        """Tell whether it begins a name of two: «Альфа Дизайн прислали», «Зерно и Пар»."""
        if self._has_end or self._is_first_of_two():
            return True
        tokens, naming = self._passage.tokens, self._naming
        if self._place + 1 == len(tokens) or self._passage.between(self._place) not in JOINING:
            return False
        other = self._passage.word(self._place + 1)
        both = naming.leads(self._word) and naming.leads(other)
        big = other[0].isupper() and not other.isupper()
        return both and big and not self._language.is_generic(self._word)

    def _is_first_of_two(self) -> bool:
        """Tell whether it begins a name that is joined: «Зерно и Пар», “Salt and Rye”."""
        after, naming = self._around.after, self._naming
        if after[:1] == () or after[0] not in self._words.joining or len(after) == 1:
            return False
        both = (self._word, after[1])
        small = any(naming.is_function(each) or naming.is_verb(each) for each in both)
        return after[1].istitle() and not (small or any(map(self._language.is_anybody, both)))

    def _leads_to_firm(self, place: int) -> bool:
        """Tell whether a name that says what it is begins there: “Blue Heron Bakery”."""
        run = self._passage.tokens[place : place + LEADING]
        kinds = self._words.firms | self._words.generic
        if len(run) < LEADING - 1 or run[1][0].casefold() in self._words.plain:
            return False
        if not is_big(run[0][0]):
            return False  # «Сказал, что Директор»
        for one, other in pairwise(run):
            between = self._passage.text[one.end() : other.start()]
            if between not in SPACES or not other[0][0].isupper():
                return False
            if other[0].casefold() in kinds:
                return True
        return False
