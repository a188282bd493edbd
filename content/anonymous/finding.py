"""Where a text tells who somebody is.

By the names that are known, in all their forms; by morphology and capitals; by what stands in
«…» or in Latin letters; by patterns. Hiding too much costs a word, too little costs a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise, takewhile
from typing import Final, NamedTuple

from content.anonymous.cues import cued
from content.anonymous.dealing import dealing
from content.anonymous.naming import WORD, Naming
from content.anonymous.shapes import BIG, Shape, shapes
from content.named_entities import LETTERED, AnonymousWords, Around, HiddenKind
from content.russian.morphology import LONGEST_WORD
from content.russian.spelling import undotted
from content.vocabulary import Vocabulary, any_of, plain

QUOTED: Final = re.compile(
    r"«([^«»\n]{2,60})»|„([^„“»\n]{2,60})“|\"([^\"\n]{2,60})\"|“([^”\n]{2,60})”"
)
OF_HEADING: Final = rf"(?:{BIG}[\w’'-]*|[a-z]{{1,4}})"
HEADING: Final = re.compile(
    rf"(?:^|(?<=: )){OF_HEADING}(?:,? {OF_HEADING}){{3,}}(?=:|$)", re.MULTILINE
)
"""A line in which every longer word has a capital: “What Was Done This Week”."""
PARTNERS: Final = re.compile(
    rf"(?<!\w){BIG}[\w’'-]+(?:[ \u00a0]{BIG}[\w’'-]+)? & {BIG}[\w’'-]+(?:[ \u00a0]{BIG}[\w’'-]+)?"
)
INITIALS: Final = re.compile(rf"(?<!\w){BIG}\.[ \u00a0]?{BIG}\.(?!\w)")
INITIAL: Final = re.compile(r"(?<![\w.])[^\W\d_]\.(?!\w)")
"""One letter beside a name: «Марат Ф.», «ф. марат», «Фролов, М.»."""
BEHIND: Final = re.compile(r"[^.!?…\n]{0,80}")
"""The rest of a sentence."""
NICK: Final = re.compile(r"(?<![\w@/.])[A-Za-z\d]+(?:_[A-Za-z\d]+)+(?![\w-]|\.\w)")
SURE_LOWER, SURE_FIRST = 0.9, 0.2
"""How likely a word is a name: in small letters, at the beginning of a sentence."""
LONGEST_TITLE: Final = 5
"""Words; what is quoted and longer was said by somebody."""
MEASURE: Final = re.compile(r"\d+\w\d+")
"""«1920x1080»."""
STEM: Final = 3
SPACES: Final = (" ", "\u00a0")
JOINING: Final = (*SPACES, "-")
OF_BOTH: Final = 2
"""«Саша» is «Александр» or «Александра»."""


@dataclass(frozen=True, slots=True)
class StoredName:
    """A name that is stored, whole: «Студия „Вектор“»."""

    kind: HiddenKind
    name: str


@dataclass(frozen=True, slots=True)
class Telltale:
    """A place of a text that tells who somebody is."""

    start: int
    end: int
    kind: HiddenKind
    keys: frozenset[str]
    """By which the same is known again in another form."""
    year: str = ""
    """Of a day, where it is said."""


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """What reading needs of a language."""

    words: AnonymousWords
    reading: Vocabulary
    naming: Naming


@dataclass(frozen=True)
class _Passage:
    """A text with the words of its language."""

    language: LanguageWords
    text: str

    @property
    def words(self) -> AnonymousWords:
        return self.language.words

    @property
    def naming(self) -> Naming:
        return self.language.naming

    @cached_property
    def tokens(self) -> list[re.Match[str]]:
        return list(WORD.finditer(self.text))

    def is_generic(self, word: str) -> bool:
        return _generic(self.words, self.naming, word)

    def word(self, place: int) -> str:
        return self.tokens[place][0]

    def between(self, place: int) -> str:
        """Return what stands between a word and the next one."""
        return self.text[self.tokens[place].end() : self.tokens[place + 1].start()]

    def around(self, place: int) -> Around:
        """Return the three words before a word and the five behind it that only spaces part."""
        ahead = range(place - 1, max(-1, place - 4), -1)
        behind = range(place, min(place + 5, len(self.tokens) - 1))
        return Around(
            tuple(self.word(at) for at in takewhile(self._are_beside, ahead)),
            tuple(self.word(at + 1) for at in takewhile(self._are_beside, behind)),
        )

    def _are_beside(self, place: int) -> bool:
        """Tell whether only a space parts a word from the next one."""
        return self.between(place) in SPACES


def find(
    languages: Sequence[LanguageWords], texts: Sequence[str], known: tuple[StoredName, ...]
) -> tuple[tuple[Telltale, ...], ...]:
    """Return all places of each text that tell who somebody is, in order and without overlaps.

    What is a name in one place is one in all: «Альфа Дизайн» here, «Альфа» there. Each text has
    its language.
    """
    passages = [_Passage(*each) for each in zip(languages, texts, strict=True)]
    sure = [(passage, _sure(passage, known)) for passage in passages]
    heard = frozenset[str]().union(
        *(_heard(passage, _with_names(passage, places, frozenset())) for passage, places in sure)
    )
    return tuple(_with_names(*each, heard) for each in sure)


def _sure(passage: _Passage, known: tuple[StoredName, ...]) -> list[Telltale]:
    """Return what is told by patterns and by the names that are known."""
    found: list[Telltale] = []
    _add(found, _verbatim(passage.text, known))
    shaped = shapes(passage.words, passage.language.reading, passage.text)
    _add(found, (_whole(each, passage.text) for each in shaped))
    _add(found, _stored(passage, known))
    return found


def _with_names(
    passage: _Passage, sure: Iterable[Telltale], heard: frozenset[str]
) -> tuple[Telltale, ...]:
    """Add what looks like a name, or has a word that is ``heard`` as one, in dictionary form."""
    found = list(sure)
    _add(found, _titles(passage, heard))
    _add(found, _partners(passage))
    _add(found, _nicks(passage))
    _add(found, _cued(passage))
    _add(found, _names(passage, heard))
    return tuple(_joined(passage.text, sorted(found, key=lambda each: each.start)))


def _heard(passage: _Passage, places: tuple[Telltale, ...]) -> frozenset[str]:
    """Return the words of what was found as names: «Альфа» of «Альфа Дизайн» is one alone too.

    A single word of the dictionary that somebody wrote with a capital, «Договор», is none.
    """
    words, naming = passage.words, passage.naming
    heard: set[str] = set()
    for each in places:
        said = WORD.findall(passage.text[each.start : each.end]) if each.kind in LETTERED else ()
        heard.update(
            lemma
            for word in said
            if len(word) >= STEM
            and (len(said) > 1 or not naming.is_known(word) or naming.may_be_name(word))
            and not (passage.is_generic(word) or naming.is_function(word))
            for lemma in naming.lemmas(undotted(word.casefold()))
        )
    return frozenset(heard) - words.plain - words.polite


def _add(found: list[Telltale], more: Iterable[Telltale]) -> None:
    """Take what does not overlap with what is there."""
    for each in more:
        if all(each.end <= one.start or one.end <= each.start for one in found):
            found.append(each)


def _whole(each: Shape, text: str) -> Telltale:
    key = each.key or re.sub(r"[\s\u00a0()-]+", "", text[each.start : each.end]).casefold()
    return Telltale(each.start, each.end, each.kind, frozenset((key,)), each.year)


# Names that are known


def _verbatim(text: str, known: tuple[StoredName, ...]) -> Iterator[Telltale]:
    """Yield the names of several words as they are stored, whatever stands in them."""
    said = plain(text)
    for each in known:
        whole = plain(each.name).strip()
        if whole and (each.kind is HiddenKind.ADDED or len(WORD.findall(whole)) > 1):
            for match in re.finditer(rf"(?<!\w){re.escape(whole)}(?!\w)", said):
                yield Telltale(*match.span(), each.kind, frozenset((whole,)))


class _Telling(NamedTuple):
    """What of a stored name tells in a text."""

    forms: frozenset[str]
    """Of its words that tell by themselves."""
    beside: frozenset[str]
    """Its words that belong to it beside the others."""
    called: frozenset[str] = frozenset()
    """The full first names it may be short for, or has; who is called so is the same."""


@lru_cache(maxsize=256)
def _telling(words: AnonymousWords, naming: Naming, name: str, *, added: bool) -> _Telling:
    all_words = [word for word in WORD.findall(name) if len(word) > 1 or word.isdigit()]
    parts = [word for word in all_words if not _generic(words, naming, word)]
    if added and len(all_words) == 1:
        parts = all_words  # «Студия»: the person said so
    if not parts:
        return _Telling(frozenset(), frozenset(map(str.casefold, all_words)))
    forms = {word.casefold() for word in parts}
    for whole in (name, *parts):
        for form in naming.forms(whole):
            said = WORD.findall(form)
            alone = added and len(said) == 1
            forms |= {
                each.casefold() for each in said if alone or not _generic(words, naming, each)
            }
    forms |= {piece for form in tuple(forms) for piece in form.split("-") if len(piece) > STEM}
    beside = {word.casefold() for word in all_words} - forms
    called = next((found for word in parts if (found := naming.called(word))), frozenset())
    if len(called) > OF_BOTH:
        called = frozenset()  # «Слава»: «Владислав» may be somebody else
    return _Telling(frozenset(map(undotted, forms)), frozenset(map(undotted, beside)), called)


def _generic(words: AnonymousWords, naming: Naming, word: str) -> bool:
    small = word.casefold()
    return small in words.generic or bool(naming.lemmas(small) & words.generic)


def _stored(passage: _Passage, known: tuple[StoredName, ...]) -> Iterator[Telltale]:
    tokens, naming = passage.tokens, passage.naming
    for each in known:
        forms, beside, called = _telling(
            passage.words, naming, each.name, added=each.kind is HiddenKind.ADDED
        )
        whole = plain(each.name).strip()
        if not whole:
            continue
        if not forms:
            spans = _as_name(passage, each.name)
            yield from (Telltale(*span, each.kind, frozenset((whole,))) for span in spans)
            continue
        lemmas = frozenset(lemma for form in forms for lemma in naming.lemmas(form))
        hits = {
            place
            for place, one in enumerate(tokens)
            if _is_of(naming, one[0], forms, lemmas)
            or (called and one[0][0].isupper() and naming.called(one[0]) & called)
        }
        hits -= {
            place
            for place in hits
            if each.kind is not HiddenKind.ADDED
            and not any(
                near in hits or _is_beside(naming, tokens[near][0], beside)
                for near in _near(passage, place)
            )
            and _is_word(passage, place)
        }
        for first, last in _runs(passage, hits, beside) if hits else ():
            span = _closed(passage.text, tokens[first].start(), tokens[last].end())
            yield Telltale(*span, each.kind, frozenset((whole,)))


def _as_name(passage: _Passage, name: str) -> Iterator[tuple[int, int]]:
    """Yield where «Проект» or «Новый проект», of which no word tells, is written as a name.

    With a capital inside a sentence, as all that stands in a line, or as who speaks.
    """
    whole = plain(name).strip()
    forms = {whole, *(plain(form).strip() for form in passage.naming.forms(name))}
    of_several = " " in whole
    for form in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", plain(passage.text)):
            place = next(
                (at for at, one in enumerate(passage.tokens) if one.start() == match.start()), -1
            )
            if place < 0 or not _is_big(passage.word(place)):
                continue
            if (
                of_several
                or _stands_alone(passage.text, *match.span())
                or not _begins(passage, place)
                or passage.naming.is_person(passage.word(place), passage.around(place))
            ):
                yield match.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a place is all of a line, or all behind its colon."""
    before, after = text[:start].rstrip(' \u00a0«„“"'), text[end:].lstrip(' \u00a0»“”".')
    return before[-1:] in ("", ":", "\n") and after[:1] in ("", "\n")


def _near(passage: _Passage, place: int) -> Iterator[int]:
    """Yield the places of the words beside a word in its sentence."""
    for one, near in ((place - 1, place - 1), (place, place + 1)):
        there = one >= 0 and one + 1 < len(passage.tokens)
        if there and set(passage.between(one)).isdisjoint(".!?…\n;"):
            yield near


def _is_word(passage: _Passage, place: int) -> bool:
    """Tell whether a word is what it means, not who is called so: «вера в людей», “Will they”."""
    naming, word, around = passage.naming, passage.word(place), passage.around(place)
    small = word.casefold()
    month = _is_month(passage, small)
    if not naming.is_known(word) or (naming.share(word) >= SURE_LOWER and not month):
        return False
    if naming.is_person(word, around):
        return False
    if small in passage.words.months:
        return naming.is_thing(word, around)
    if word[0].isupper() and not _begins(passage, place):
        return False
    said = month or _is_common(passage, place)
    return said or naming.is_thing(word, around)


def _runs(passage: _Passage, hits: set[int], beside: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each place of a name: what tells, and what stands beside it."""
    first = last = -2  # before the word before the first
    told = False
    for place, token in enumerate(passage.tokens):
        hit = place in hits
        if not hit and not _is_beside(passage.naming, token[0], beside):
            continue
        between = passage.text[passage.tokens[last].end() : token.start()] if last >= 0 else ""
        # «Олег. Олег …» is twice; «Вострикова, бюро «Полярный день»» is once.
        joining = ' \u00a0«„“"”-' if hit and last in hits else ' \u00a0«„“"”-.,'
        if last != place - 1 or between.strip(joining) or len(between) > STEM:
            if told:
                yield first, last
            first, told = place, False
        last, told = place, told or hit
    if told:
        yield first, last


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the mark that closes what is quoted in it: «Студия „Вектор“»."""
    inside = text[start:end]
    for opening, closing in ("«»", "„“", "“”"):
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            return start, end + 1
    return start, end


def _is_of(naming: Naming, word: str, forms: frozenset[str], lemmas: frozenset[str]) -> bool:
    small = undotted(word.casefold())
    pieces = (small, *(small.split("-") if "-" in small else ()))
    for piece in pieces:
        if piece in forms:
            return True
        if len(piece) > STEM - 1 and naming.lemmas(piece) & lemmas:
            return True
        if any(naming.same_stem(piece, form) for form in forms):
            return True
    return False


def _is_beside(naming: Naming, word: str, beside: frozenset[str]) -> bool:
    small = undotted(word.casefold())
    return small in beside or bool(naming.lemmas(small) & beside)


# Names that look like names


def _titles(passage: _Passage, heard: frozenset[str]) -> Iterator[Telltale]:
    """Yield what is quoted as the name of something, not as what somebody said."""
    naming = passage.naming
    for match in QUOTED.finditer(passage.text):
        group = match.lastindex or 1
        inner = match[group]
        words = WORD.findall(inner)
        if not words or len(words) > LONGEST_TITLE or not inner.lstrip()[0].isupper():
            continue
        if inner.rstrip()[-1] in ".!?…" or "," in inner or any(map(naming.is_verb, words)):
            continue
        before = passage.text[: match.start()].rstrip(" \u00a0")
        follows = WORD.findall(before[-30:])
        attached = (
            bool(before) and (before[-1].isalnum()) and follows and not naming.is_verb(follows[-1])
        )
        behind = WORD.findall(passage.text[match.end() : match.end() + 60])[:5]
        is_one = any(passage.is_generic(word) for word in behind)
        acting = (is_one and behind[0].casefold() in passage.words.theirs) or (
            not before
            and passage.text[match.end() : match.end() + 1] == " "
            and naming.speaks(behind)
        )
        unknown = any(
            not naming.is_known(word)
            or naming.share(word) > SURE_FIRST
            or naming.lemmas(undotted(word.casefold())) & heard
            for word in words
        )
        if _is_screen(passage, words, follows[-1:], behind[:1]):
            continue
        if attached or unknown or acting or words[0].casefold() in passage.words.generic:
            alone = (word for word in words if not passage.is_generic(word))
            whole = frozenset((undotted(" ".join(words).casefold()),))
            keys = whole.union(*(_keys(naming, word) for word in alone))
            yield Telltale(*match.span(group), HiddenKind.FIRM, keys)


def _is_screen(
    passage: _Passage, said: Sequence[str], before: Sequence[str], behind: Sequence[str]
) -> bool:
    """Tell whether what is quoted is read on a screen: «Контакты», “Buy”, «кнопка „Отмена“»."""
    words, naming = passage.words, passage.naming
    beside = [_with_lemmas(naming, word) for word in (*before, *behind)]
    if any(each & words.captions for each in beside) and all(map(naming.is_known, said)):
        return True
    kinds = (words.firms | words.generic) - words.before_thing - words.polite
    if any(each & kinds for each in beside):
        return False
    of_any = words.plain | words.polite | words.trade
    return all(
        naming.is_function(word) or not of_any.isdisjoint(_with_lemmas(naming, word))
        for word in said
    )


def _with_lemmas(naming: Naming, word: str) -> frozenset[str]:
    small = undotted(word.casefold())
    return naming.lemmas(small) | {small}


def _partners(passage: _Passage) -> Iterator[Telltale]:
    """Yield “Mint & Marrow”, where not both are words of any contract: “Terms & Conditions”."""
    naming = passage.naming
    for match in PARTNERS.finditer(passage.text):
        said = [word for word in WORD.findall(match[0]) if not _is_trade(passage, word.casefold())]
        if any(word.casefold() not in passage.words.plain for word in said):
            keys = frozenset[str]().union(*(_keys(naming, word) for word in said))
            yield Telltale(*match.span(), HiddenKind.FIRM, keys | {match[0].casefold()})


def _nicks(passage: _Passage) -> Iterator[Telltale]:
    """Yield what somebody is called in a messenger, «ivan_design», not «final_v2»."""
    for match in NICK.finditer(passage.text):
        said = [each for each in re.findall(r"[a-z]+", match[0].casefold()) if len(each) >= STEM]
        if not all(each in passage.words.plain for each in said):
            key = frozenset((match[0].casefold(),))
            yield Telltale(*match.span(), HiddenKind.LINK, key)


def _cued(passage: _Passage) -> Iterator[Telltale]:
    """Yield what words beside it tell to be a name, in whatever letters."""
    words, naming, tokens = passage.words, passage.naming, passage.tokens
    told = chain(cued(words, naming, passage.text, tokens), dealing(words, passage.text, tokens))
    for each in told:
        of_name = [token[0] for token in tokens[each.first : each.end]]
        keys = (_keys(naming, word) for word in of_name if not passage.is_generic(word))
        span = tokens[each.first].start(), tokens[each.end - 1].end()
        whole = undotted(" ".join(of_name).casefold())
        yield Telltale(*span, each.kind, frozenset((whole,)).union(*keys))


class _Capitals(NamedTuple):
    """The words of a text that are written with a capital, in small letters."""

    anywhere: frozenset[str]
    inside: frozenset[str]
    """Where no sentence begins."""
    heard: frozenset[str]
    """Of names met elsewhere, in dictionary form."""
    headings: tuple[tuple[int, int], ...]
    """Where a capital tells nothing."""


def _keys(naming: Naming, word: str) -> frozenset[str]:
    """Return by what the word of a name is known again, alone and in other forms."""
    lemmas = naming.lemmas(undotted(word.casefold())) if not naming.called(word) else frozenset()
    return frozenset((naming.key(word),)) | naming.called(word) | lemmas


def _names(passage: _Passage, heard: frozenset[str]) -> Iterator[Telltale]:
    big = {
        place: undotted(token[0].casefold())
        for place, token in enumerate(passage.tokens)
        if token[0][0].isupper()
    }
    headings = _headings(passage)
    inside = (small for place, small in big.items() if not _begins(passage, place, headings))
    capitals = _Capitals(frozenset(big.values()), frozenset(inside), heard, headings)
    holidays = [
        match.span()
        for day in passage.words.holidays
        for match in re.finditer(re.escape(day), passage.text)
    ]
    found = [
        Telltale(*_longer(passage, place), kind, _keys(passage.naming, token[0]))
        for place, token in enumerate(passage.tokens)
        if not any(start <= token.start() < end for start, end in holidays)
        and (kind := _kind(passage, place, capitals)) is not None
    ]
    yield from found
    yield from _initials(passage, found)


def _initials(passage: _Passage, found: Sequence[Telltale]) -> Iterator[Telltale]:
    """Yield the initials of a text; one alone, and a small one, only beside a name."""
    before = {each.start - 1 for each in found}
    behind = {each.end + 1 for each in found}
    behind |= {each.end + 2 for each in found if passage.text[each.end : each.end + 2] == ", "}
    for pattern in (INITIALS, INITIAL):
        for match in pattern.finditer(passage.text):
            small = match[0].islower() and match[0][0] not in passage.words.short
            leads = match.end() in before and (small or match[0].isupper())
            follows = match.start() in behind and (small or match[0].isupper())
            if pattern is INITIALS or leads or follows:
                key = frozenset((match[0].casefold(),))
                yield Telltale(*match.span(), HiddenKind.PERSON, key)


def _is_plain(passage: _Passage, small: str) -> bool:
    """Tell whether a word is of any text, as «ютуб» is and so «ютуб-канал»."""
    words, naming = passage.words, passage.naming
    first, *rest = small.split("-")
    return any(
        ({each} | naming.lemmas(each)) & words.plain
        and all(len(piece) >= STEM and naming.is_known(piece) for piece in more)
        for each, more in ((small, ()), (first, rest))
    )


def _longer(passage: _Passage, place: int) -> tuple[int, int]:
    """Return a word's span with what belongs to it: «Лесная сказка»."""
    word, (start, end) = passage.word(place), passage.tokens[place].span()
    around = passage.around(place)
    after = around.following
    naming, begins = passage.naming, _begins(passage, place)
    called = begins and naming.is_called(word, around)
    named = word[0].isupper() and (called or not (begins or passage.is_generic(after)))
    if named and naming.goes_on(word, after):
        return start, passage.tokens[place + 1].end()
    return start, end


def _kind(  # noqa: C901, PLR0911, PLR0912 - a table of cases
    passage: _Passage, place: int, capitals: _Capitals
) -> HiddenKind | None:
    word = passage.word(place)
    small = undotted(word.casefold())
    words, naming = passage.words, passage.naming
    around = passage.around(place)
    before, after = around.previous, around.following
    if small in words.polite or not any(map(str.isalpha, word)) or MEASURE.fullmatch(word):
        return None
    if _of_firm(passage, word, before, after):
        return HiddenKind.FIRM
    if (before.casefold() in words.titles and naming.may_follow_title(word)) or _has_initial(
        passage, place
    ):
        return naming.kind(word) or HiddenKind.PERSON
    if _is_common(passage, place) and not naming.is_person(word, around):
        return None
    if small in words.months and word[0].isupper():
        thing = naming.is_thing(word, around) or _begins(passage, place)
        month = (thing or not before) and not naming.is_person(word, around)
        return None if month and not _goes_on(passage, after) else HiddenKind.PERSON
    for head, first, second in ((place, word, after), (place - 1, before, word)):
        of_two = _is_firm_of(passage, first, second)
        if of_two and not _begins(passage, head, capitals.headings):
            return HiddenKind.FIRM
    if naming.begins_name(word) and word[0].isupper() and _goes_on(passage, after):
        return naming.kind(word) or HiddenKind.NAME
    within = after.casefold() in words.particles or _goes_on(passage, after)
    if small in words.particles and within and _is_big(before or word):
        return HiddenKind.NAME
    if _is_plain(passage, small):
        surname = word[0].isupper() and small in words.surnames_too
        somebody = before.casefold() in words.whose or (
            not before and naming.is_person(word, around)
        )
        firm = (
            _is_called_firm(passage, word, before)
            or _is_tail(passage, word, before)
            or _ends_name(passage, place)
        )
        return HiddenKind.NAME if firm or (surname and somebody) else None
    if naming.is_foreign(word):
        pieces = [piece for piece in re.split(r"[-’']", small) if len(piece) > 1]
        return None if all(piece in words.plain for piece in pieces) else HiddenKind.NAME
    share = naming.share(word)
    if not _is_big(word):
        if small in capitals.anywhere and len(word) > STEM - 1 and not naming.is_known(word):
            return naming.kind(word) or HiddenKind.NAME
        if _is_month(passage, small) or passage.is_generic(small.rpartition("-")[2]):
            return None
        if not naming.is_known(word) and _is_heard(naming, word, capitals.heard):
            return naming.kind(word) or HiddenKind.NAME
        if naming.is_surname(word, around):
            return HiddenKind.PERSON
        surely = len(word) > STEM - 1 and naming.is_surely(word, around)
        return (naming.kind(word) or HiddenKind.NAME) if surely else None
    if len(word) < 2:  # noqa: PLR2004
        return None
    if word.isupper() and len(word) > 1:
        unknown = not naming.is_known(word) and len(word) <= LONGEST_WORD
        if share >= SURE_LOWER or unknown or _is_heard(naming, word, capitals.heard):
            return naming.kind(word) or HiddenKind.NAME
        return None
    begins = _begins(passage, place, capitals.headings)
    somebody = begins and small in words.surnames_too and naming.is_person(word, around)
    if (
        not somebody
        and _is_trade(passage, small)
        and (begins or not _in_name(passage, place, capitals))
    ):
        return None
    attribute = not begins and _is_attribute(passage, place)
    if attribute or (naming.is_function(word) and not share):
        return None
    if begins and small not in words.nobody and naming.is_called(word, around):
        return HiddenKind.NAME
    if begins and naming.is_thing(word, around) and not _is_first_of_two(passage, place):
        return None
    if not begins or _is_heard(naming, word, capitals.heard):
        return naming.kind(word) or HiddenKind.NAME
    if _is_month(passage, small) and not naming.is_person(word, around):
        return None
    if share >= SURE_FIRST and not (naming.is_function(word) or naming.is_doubtful(word)):
        return naming.kind(word) or HiddenKind.NAME
    strange = not (naming.is_known(word) or naming.is_made_verb(word)) and len(word) > STEM - 1
    strange |= "-" in word and word.istitle()  # «Северсталь-Логистик»
    if strange or _leads(passage, place) or _leads_to_firm(passage, place):
        return naming.kind(word) or HiddenKind.NAME
    behind = BEHIND.match(passage.text, passage.tokens[place].end())
    acts = naming.acts(word, behind[0] if behind else "")
    if acts or (naming.may_be_name(word) and small in capitals.inside):
        return naming.kind(word) or (HiddenKind.NAME if acts else None)
    return None


def _has_initial(passage: _Passage, place: int) -> bool:
    """Tell whether a capital and a full stop behind a word make a name of it: «Полозков А.»."""
    word, end = passage.word(place), passage.tokens[place].end()
    initial = INITIAL.match(passage.text, end + 1)
    if initial is None or passage.text[end] not in SPACES or initial[0].islower():
        return False
    small = undotted(word.casefold())
    nobody = _is_plain(passage, small) or _is_trade(passage, small)
    nobody = nobody or passage.naming.is_function(small)
    return _is_big(word) and len(word) >= STEM and not nobody


def _is_big(word: str) -> bool:
    """Tell whether a word has a capital where a word begins: «Анна», «д’Арвиль»."""
    return any(piece[:1].isupper() for piece in re.split(r"[-’']", word))


def _goes_on(passage: _Passage, after: str) -> bool:
    """Tell whether what stands beside a name may be the rest of it: «Роман | Беркутов»."""
    if not _is_big(after) or (after.isupper() and len(after) > 1):
        return False
    nobody = passage.words.plain | passage.words.polite
    small = undotted(after.casefold())
    return not (_with_lemmas(passage.naming, after) & nobody or _is_trade(passage, small))


def _is_trade(passage: _Passage, small: str) -> bool:
    """Tell whether a word is of contracts and letters, where many have a capital: «Заказчик»."""
    trade = _with_lemmas(passage.naming, small) & passage.words.trade
    return bool(trade) or passage.is_generic(small)


def _is_attribute(passage: _Passage, place: int) -> bool:
    """Tell whether a colour or a day has a capital, and no name beside it: «каждый Понедельник»."""
    words, naming, word = passage.words, passage.naming, passage.word(place)
    around = passage.around(place)
    before, after = around.previous, around.following
    no_name = naming.is_function(before) or before.casefold() in words.before_thing
    beside = (_is_big(before) and not no_name) or _is_big(after) or after[:1].isdigit()
    told = beside or before.casefold() in words.firms | words.whose
    told = told or naming.is_person(word, around)
    return not told and bool(_with_lemmas(naming, word) & words.attributes)


def _in_name(passage: _Passage, place: int, capitals: _Capitals) -> bool:
    """Tell whether a capital beside a word of trade makes a name of both: «Красная Цена»."""
    around = passage.around(place)
    before, after = around.previous, around.following
    of_firm = {one.casefold() for one in around.before[:2]} & passage.words.firms
    if _goes_on(passage, after) or of_firm:
        return True
    if place and _leads_to_firm(passage, place - 1):
        return not (_is_trade(passage, before.casefold()) or passage.naming.is_function(before))
    return _goes_on(passage, before) and (
        not passage.naming.is_known(before) or not _begins(passage, place - 1, capitals.headings)
    )


def _is_tail(passage: _Passage, word: str, before: str) -> bool:
    """Tell whether a word of any text ends a name of the other alphabet: «SoftLine Pro»."""
    foreign = before and passage.naming.is_foreign(before) and passage.naming.is_foreign(word)
    return bool(foreign) and word[0].isupper() and _goes_on(passage, before)


def _ends_name(passage: _Passage, place: int) -> bool:
    """Tell whether a word of any text ends a name inside a sentence: “from Bright Day”."""
    word, before = passage.word(place), passage.around(place).previous
    small = undotted(before.casefold())
    named = _is_big(before) and not (_is_plain(passage, small) or _is_trade(passage, small))
    day = _with_lemmas(passage.naming, word) & passage.words.attributes
    return word.istitle() and named and not _begins(passage, place - 1) and not day


def _is_called_firm(passage: _Passage, word: str, before: str) -> bool:
    """Tell whether a firm is called by a word that all use: “Studio Friday”."""
    return _is_big(before) and _is_big(word) and before.casefold() in passage.words.firms


def _is_firm_of(passage: _Passage, word: str, after: str) -> bool:
    """Tell whether two words are the name of a firm, as «Бюро находок» is, not «Клиент фирмы»."""
    if not (_is_big(word) and passage.naming.is_of(after)):
        return False
    small = undotted(word.casefold())
    trade = _with_lemmas(passage.naming, word) & passage.words.trade
    return passage.is_generic(small) and not trade


def _is_month(passage: _Passage, small: str) -> bool:
    months = any_of(passage.language.reading.days.months)
    return any(re.fullmatch(months, form) for form in {small, *passage.naming.lemmas(small)})


def _is_common(passage: _Passage, place: int) -> bool:
    """Tell whether a word is a part of a saying: «слава богу», “mark my words”.

    A capital inside a sentence makes a name of it all the same, unless all of it has one.
    """
    word, around = passage.word(place), passage.around(place)
    lemmas, idioms = passage.naming.lemmas, passage.words.idioms

    def are_one(one: str, other: str) -> bool:
        return any(
            f"{first} {second}" in idioms
            for first in lemmas(undotted(one.casefold()))
            for second in lemmas(undotted(other.casefold()))
        )

    behind = [other for other in around.after[:1] if are_one(word, other)]
    if behind and len(around.after) > 1 and behind[0] in passage.words.joining:
        behind = [] if _is_big(around.after[1]) else behind  # “Frank and Joy”
    found = [*behind, *(one for one in around.before[:1] if are_one(one, word))]
    if not found or word.islower() or any(map(_is_big, found)):
        return bool(found)
    return _begins(passage, place)


def _of_firm(passage: _Passage, word: str, before: str, after: str) -> bool:
    """Tell whether a small word that nobody knows is a firm's: «студия кедр», "lumenhaus gmbh"."""
    kinds, naming = passage.words.firms, passage.naming
    if _is_big(word) or _is_trade(passage, undotted(word.casefold())):
        return False
    return (before.casefold() in kinds or after.casefold() in kinds) and naming.may_be_firm(word)


def _headings(passage: _Passage) -> tuple[tuple[int, int], ...]:
    """Return where headings stand whose capitals tell nothing."""
    return tuple(
        match.span()
        for match in HEADING.finditer(passage.text)
        if all(map(passage.naming.is_known, said := WORD.findall(match[0])))
        and sum(map(str.islower, said)) < len(said) / 2  # “A call from Mark: …” is none
    )


def _is_heard(naming: Naming, word: str, heard: frozenset[str]) -> bool:
    met = naming.lemmas(undotted(word.casefold())) & heard
    return bool(met) and not naming.is_function(word)


def _leads(passage: _Passage, place: int) -> bool:
    """Tell whether a common word begins a name of two: «Альфа Дизайн прислали», «Зерно и Пар»."""
    if _is_first_of_two(passage, place):
        return True
    naming, pair = passage.naming, passage.tokens[place : place + 2]
    if len(pair) < 2 or passage.text[pair[0].end() : pair[1].start()] not in JOINING:  # noqa: PLR2004
        return False
    one, other = (each[0] for each in pair)
    both = naming.leads(one) and naming.leads(other) and not passage.is_generic(one)
    return both and other[0].isupper() and not other.isupper()


def _is_first_of_two(passage: _Passage, place: int) -> bool:
    """Tell whether a common word begins a name that is joined: «Зерно и Пар», “Salt and Rye”."""
    naming, after = passage.naming, passage.around(place).after
    if len(after) < 2 or after[0] not in passage.words.joining:  # noqa: PLR2004
        return False
    both = (passage.word(place), after[1])
    small = any(naming.is_function(each) or naming.is_verb(each) for each in both)
    anybody = any(
        _is_trade(passage, each.casefold()) or _is_plain(passage, each.casefold()) for each in both
    )
    return after[1].istitle() and not (small or anybody)


def _leads_to_firm(passage: _Passage, place: int) -> bool:
    """Tell whether a name that says what it is begins here: “Blue Heron Bakery”."""
    run = passage.tokens[place : place + 4]
    if len(run) < 3 or run[1][0].casefold() in passage.words.plain:  # noqa: PLR2004
        return False
    if not _is_big(run[0][0]):
        return False  # «Сказал, что Директор»
    for one, other in pairwise(run):
        if passage.text[one.end() : other.start()] not in SPACES or not other[0][0].isupper():
            return False
        if other[0].casefold() in passage.words.firms | passage.words.generic:
            return True
    return False


def _begins(passage: _Passage, place: int, headings: tuple[tuple[int, int], ...] = ()) -> bool:
    """Tell whether a word begins a sentence, a line or what somebody said, or is in a heading."""
    at = passage.tokens[place].start()
    if any(start <= at < end for start, end in headings):
        return True
    before = passage.text[:at].rstrip(" \u00a0\t")
    if not before or before[-1] in '\n!?…:;«„"“([{•*—–-→>':
        return True
    if before[-1] in "»”)]":
        return before.rstrip("»”)]").endswith((".", "!", "?", "…"))
    if before[-1] != ".":
        return not (before[-1].isalnum() or before[-1] in ",%№+/\\&’'")
    last = WORD.findall(before[-14:])
    return (
        not last
        or last[-1].isdigit()
        or (last[-1].casefold() not in passage.words.short and len(last[-1]) > 1)
    )


def _joined(text: str, found: list[Telltale]) -> Iterator[Telltale]:
    """Join the words of one name: «Анна | Петровна | Белова», «И. П. | Иванов»."""
    last: Telltale | None = None
    for each in found:
        kind = None if last is None else _one_kind(text, last, each)
        if last is not None and kind is not None:
            last = Telltale(last.start, each.end, kind, last.keys | each.keys)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _one_kind(text: str, last: Telltale, each: Telltale) -> HiddenKind | None:
    """Return of which kind two neighbours are together; None where they are two."""
    between, kinds = text[last.end : each.start], (last.kind, each.kind)
    if between not in ("", *JOINING) and between.strip(' \u00a0«»"„“'):
        return None
    if last.kind is each.kind and last.keys == each.keys:
        return last.kind
    if between not in ("", *JOINING):
        return None
    own = next((kind for kind in kinds if kind in (HiddenKind.CLIENT, HiddenKind.ME)), None)
    if own is not None and HiddenKind.PERSON in kinds:  # a surname that is not stored
        return own
    if set(kinds) in ({HiddenKind.FIRM}, {HiddenKind.NAME}):
        return last.kind
    return HiddenKind.PERSON if set(kinds) <= {HiddenKind.PERSON, HiddenKind.NAME} else None
