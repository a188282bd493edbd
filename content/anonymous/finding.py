"""Where a text tells who somebody is.

By the names that are known, in all their forms; by morphology and capitals; by what stands in
«…» or in Latin letters; by patterns. Hiding too much costs a word, too little costs a name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from content.hidden import LETTERED, HiddenKind
from content.reading.amounts import amounts
from content.reading.days import named_days
from content.russian.morphology import LONGEST_WORD
from content.russian.spelling import undotted
from content.vocabulary import START, any_of, one_of, plain

if TYPE_CHECKING:
    from content.anonymous.naming import Naming
    from content.hidden import AnonymousWords
    from content.russian.morphology import LONGEST_WORD
    from content.vocabulary import Vocabulary

BIG: Final = r"[A-Z\u0410-\u042f\u0401]"
"""A capital letter of either alphabet."""
WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
QUOTED: Final = re.compile(
    r"«([^«»\n]{2,60})»|„([^„“»\n]{2,60})“|\"([^\"\n]{2,60})\"|“([^”\n]{2,60})”"
)
PATTERNS: Final = (
    (HiddenKind.MAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        HiddenKind.LINK,
        re.compile(r"(?:https?://|www\.)\S+[^\s.,;:!?)»]|(?<!\w)@\w{3,}|\bt\.me/\S+"),
    ),
    (
        HiddenKind.LINK,
        re.compile(
            r"\b[a-z\u0430-\u044f\u0451\d][\w-]*(?:\.[\w-]+)*\.(?:ru|com|net|org|io|\u0440\u0444|su|me|pro|online|site|shop"
            r"|store|studio|design|by|kz|ua|uz|am|ge|dev|app|info|biz|co)\b(?:/\S*)?",
            re.IGNORECASE,
        ),
    ),
    (HiddenKind.NUMBER, re.compile(r"(?<!\d)(?:\d{4}[ \u00a0-]){3}\d{1,7}(?!\d)")),
    (
        HiddenKind.PHONE,
        re.compile(
            r"(?<![\w+])(?:\+\d{1,3}|8)[ \u00a0-]*\(?\d{3,4}\)?(?:[ \u00a0-]*\d{2,4}){2,3}(?!\d)"
        ),
    ),
    (
        HiddenKind.PHONE,
        re.compile(r"(?<![\d-])\(?\d{3}\)?[ \u00a0-]\d{3}[ \u00a0-]\d{2}[ \u00a0-]\d{2}(?!\d)"),
    ),
    (HiddenKind.PHONE, re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{2}(?!\d)")),
    (HiddenKind.NUMBER, re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")),
    (HiddenKind.NUMBER, re.compile(r"(?<!\d)\d{2}[ \u00a0]?\d{2}[ \u00a0]\d{6}(?!\d)")),
    (HiddenKind.NUMBER, re.compile(r"(?<!\d)\d{8,20}(?!\d)")),
    (HiddenKind.NUMBER, re.compile(r"(?:№\s*|#)[\w/-]*\d[\w/-]*")),
    (HiddenKind.DATE, re.compile(r"(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?![\d.]\d)")),
    (HiddenKind.DATE, re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")),
)
INITIALS: Final = re.compile(rf"(?<!\w){BIG}\.[ \u00a0]?{BIG}\.(?!\w)")
ANY_DAY: Final = dt.date(2026, 9, 23)
"""Only where a day stands counts here, not which it is."""
SURE_LOWER, SURE_FIRST = 0.9, 0.2
"""How likely a word is a name: in small letters, at the beginning of a sentence."""
LONGEST_TITLE: Final = 5
"""Words; what is quoted and longer was said by somebody."""
STEM: Final = 3
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


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """What reading needs of a language."""

    words: AnonymousWords
    reading: Vocabulary
    naming: Naming


def find(
    language: LanguageWords, texts: Sequence[str], known: tuple[StoredName, ...]
) -> tuple[tuple[Telltale, ...], ...]:
    """Return all places of each text that tell who somebody is, in order and without overlaps.

    What is a name in one place is one in all: «Альфа Дизайн» here, «Альфа» there.
    """
    sure = [_sure(language, text, known) for text in texts]
    both = list(zip(texts, sure, strict=True))
    named = [_with_names(language, text, places, frozenset()) for text, places in both]
    heard = _heard(language, zip(texts, named, strict=True))
    return tuple(_with_names(language, text, places, heard) for text, places in both)


def _sure(language: LanguageWords, text: str, known: tuple[StoredName, ...]) -> list[Telltale]:
    """Return what is told by patterns and by the names that are known."""
    found: list[Telltale] = []
    for search in (_patterns, _addresses, _amounts, _dates):
        _add(found, search(language, text))
    _add(found, _stored(language, text, known))
    return found


def _with_names(
    language: LanguageWords, text: str, sure: Iterable[Telltale], heard: frozenset[str]
) -> tuple[Telltale, ...]:
    """Add what looks like a name, or has a word that is ``heard`` as one, in dictionary form."""
    found = list(sure)
    _add(found, _titles(language, text, heard))
    _add(found, _names(language, text, heard))
    return tuple(_joined(text, sorted(found, key=lambda each: each.start)))


def _heard(
    language: LanguageWords, found: Iterable[tuple[str, tuple[Telltale, ...]]]
) -> frozenset[str]:
    """Return the words of what was found as names: «Альфа» of «Альфа Дизайн» is one alone too.

    A single word of the dictionary that somebody wrote with a capital, «Договор», is none.
    """
    words, naming = language.words, language.naming
    heard: set[str] = set()
    for text, places in found:
        for each in places:
            said = WORD.findall(text[each.start : each.end]) if each.kind in LETTERED else ()
            heard.update(
                lemma
                for word in said
                if len(word) >= STEM
                and (len(said) > 1 or not naming.is_known(word) or naming.may_be_name(word))
                and not (_generic(words, naming, word) or naming.is_function(word))
                for lemma in naming.lemmas(undotted(word.casefold()))
            )
    return frozenset(heard) - words.plain - words.polite


def _add(found: list[Telltale], more: Iterable[Telltale]) -> None:
    """Take what does not overlap with what is there."""
    for each in more:
        if all(each.end <= one.start or one.end <= each.start for one in found):
            found.append(each)


def _whole(kind: HiddenKind, text: str, start: int, end: int) -> Telltale:
    key = re.sub(r"[\s\u00a0()-]+", "", text[start:end]).casefold()
    return Telltale(start, end, kind, frozenset((key,)))


def _patterns(_language: LanguageWords, text: str) -> Iterator[Telltale]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield _whole(kind, text, *match.span())


def _addresses(language: LanguageWords, text: str) -> Iterator[Telltale]:
    streets, houses, roomy = (
        "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        for forms in (language.words.streets, language.words.houses, language.words.rooms)
    )
    name = rf"(?:\d{{1,4}}[-\w]*[ \u00a0])?{BIG}[\w-]+(?:[ \u00a0]{BIG}[\w-]+){{0,2}}"
    number = r"\d{1,4}(?:[/-]?\d{1,3})?\w?(?!\w)"
    house = rf"(?:,?[ \u00a0]*(?:(?:{houses})\.?[ \u00a0]*)?{number})"
    tail = rf"(?:{house}(?:,?[ \u00a0]*(?:{houses})\.?[ \u00a0]*№?\d{{1,5}}\w?)*)?"
    before = rf"(?<!\w)(?:{streets})\.?[ \u00a0]+{name}{tail}"
    after = rf"{name}[ \u00a0]+(?:{streets})\b\.?{tail}"
    bare = rf"(?<!\w){BIG}[\w-]+,?[ \u00a0](?:{houses})\.?[ \u00a0]*\d{{1,4}}\w?{tail}"
    rooms = rf"(?<!\w)(?:{roomy})\.?[ \u00a0]*\d{{1,5}}"
    for pattern in (before, after, bare, rooms):
        for match in re.finditer(pattern, text):
            yield _whole(HiddenKind.ADDRESS, text, *match.span())


def _amounts(language: LanguageWords, text: str) -> Iterator[Telltale]:
    for each in amounts(language.reading, text):
        yield _whole(HiddenKind.AMOUNT, text, each.start, each.end)


def _dates(language: LanguageWords, text: str) -> Iterator[Telltale]:
    for match in _written_date(language.reading).finditer(plain(text)):
        yield _whole(HiddenKind.DATE, text, *match.span())
    for each in named_days(language.reading, text, ANY_DAY, ahead=None):
        if any(map(str.isdigit, text[each.start : each.end])):
            yield _whole(HiddenKind.DATE, text, each.start, each.end)


@lru_cache(maxsize=8)
def _written_date(reading: Vocabulary) -> re.Pattern[str]:
    """Return what finds «3 ноября 2025 г.», «November 3, 2025» and «ноябрь 2025»."""
    month, suffix = any_of(reading.days.months), one_of(reading.numbers.ordinal.suffixes)
    day, year = rf"\d{{1,2}}(?:-?{suffix.replace(START, '')})?", r"\d{4}"
    sign = rf"(?:[ \u00a0]?{one_of(reading.days.year_sign)}\.?)?"
    return re.compile(
        rf"(?<!\w){day}[ \u00a0]{month}(?:,?[ \u00a0]{year}{sign})?"
        rf"|{month}[ \u00a0](?:{day}(?:,?[ \u00a0]{year})?|{year})(?!\w)"
    )


# Names that are known


class _Telling(NamedTuple):
    """What of a stored name tells in a text."""

    forms: frozenset[str]
    """Of its words that tell by themselves."""
    beside: frozenset[str]
    """Its words that belong to it beside the others."""
    called: frozenset[str] = frozenset()
    """The full first names it may be short for, or has; who is called so is the same."""


@lru_cache(maxsize=256)
def _telling(words: AnonymousWords, naming: Naming, name: str) -> _Telling:
    all_words = [word for word in WORD.findall(name) if len(word) > 1 or word.isdigit()]
    parts = [word for word in all_words if not _generic(words, naming, word)]
    if not parts:
        return _Telling(frozenset(), frozenset(map(str.casefold, all_words)))
    forms = {word.casefold() for word in parts}
    for whole in (name, *parts):
        for form in naming.forms(whole):
            said = WORD.findall(form)
            forms |= {each.casefold() for each in said if not _generic(words, naming, each)}
    forms |= {piece for form in tuple(forms) for piece in form.split("-") if len(piece) > STEM}
    beside = {word.casefold() for word in all_words} - forms
    called = next((found for word in parts if (found := naming.called(word))), frozenset())
    if len(called) > OF_BOTH:
        called = frozenset()  # «Слава»: «Владислав» may be somebody else
    return _Telling(frozenset(map(undotted, forms)), frozenset(map(undotted, beside)), called)


def _generic(words: AnonymousWords, naming: Naming, word: str) -> bool:
    small = word.casefold()
    return small in words.generic or bool(naming.lemmas(small) & words.generic)


def _stored(
    language: LanguageWords, text: str, known: tuple[StoredName, ...]
) -> Iterator[Telltale]:
    if not known:
        return
    tokens, naming = list(WORD.finditer(text)), language.naming
    for each in known:
        forms, beside, called = _telling(language.words, naming, each.name)
        whole = plain(each.name).strip()
        if not whole:
            continue
        if not forms:  # «Студия»: nothing of it tells but the whole, written as a name
            for match in re.finditer(re.escape(whole), plain(text)):
                if text[match.start()].isupper() and " " in whole.strip():
                    yield Telltale(*match.span(), each.kind, frozenset((whole,)))
            continue
        lemmas = frozenset(lemma for form in forms for lemma in naming.lemmas(form))
        hits = {
            place
            for place, one in enumerate(tokens)
            if _is_of(naming, one[0], forms, lemmas)
            or (called and one[0][0].isupper() and naming.called(one[0]) & called)
        }
        for first, last in _runs(language, text, tokens, hits, beside) if hits else ():
            span = _closed(text, tokens[first].start(), tokens[last].end())
            yield Telltale(*span, each.kind, frozenset((whole,)))


def _runs(
    language: LanguageWords,
    text: str,
    tokens: list[re.Match[str]],
    hits: set[int],
    beside: frozenset[str],
) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each place of a name: what tells, and what stands beside it."""
    first = last = -2  # before the word before the first
    told = False
    for place, token in enumerate(tokens):
        hit = place in hits
        if not hit and not _is_beside(language.naming, token[0], beside):
            continue
        between = text[tokens[last].end() : token.start()] if last >= 0 else ""
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


def _titles(language: LanguageWords, text: str, heard: frozenset[str]) -> Iterator[Telltale]:
    """Yield what is quoted as the name of something, not as what somebody said."""
    naming = language.naming
    for match in QUOTED.finditer(text):
        group = match.lastindex or 1
        inner = match[group]
        words = WORD.findall(inner)
        if not words or len(words) > LONGEST_TITLE or not inner.lstrip()[0].isupper():
            continue
        if inner.rstrip()[-1] in ".!?…," or any(map(naming.is_verb, words)):
            continue
        before = text[: match.start()].rstrip(" \u00a0")
        follows = WORD.findall(before[-30:])
        attached = (
            bool(before) and (before[-1].isalnum()) and follows and not naming.is_verb(follows[-1])
        )
        unknown = any(
            not naming.is_known(word)
            or naming.share(word) > SURE_FIRST
            or naming.lemmas(undotted(word.casefold())) & heard
            for word in words
        )
        if all(word.casefold() in language.words.plain for word in words):
            continue
        if attached or unknown:
            alone = (word for word in words if not _generic(language.words, naming, word))
            keys = frozenset(
                (
                    undotted(" ".join(words).casefold()),
                    *(key for word in alone for key in _keys(naming, word)),
                )
            )
            yield Telltale(*match.span(group), HiddenKind.FIRM, keys)


class _Capitals(NamedTuple):
    """The words of a text that are written with a capital, in small letters."""

    anywhere: frozenset[str]
    inside: frozenset[str]
    """Where no sentence begins."""
    heard: frozenset[str]
    """Of names met elsewhere, in dictionary form."""


def _keys(naming: Naming, word: str) -> frozenset[str]:
    """Return by what the word of a name is known again, alone and in other forms."""
    lemmas = naming.lemmas(undotted(word.casefold())) if not naming.called(word) else frozenset()
    return frozenset((naming.key(word),)) | naming.called(word) | lemmas


def _names(language: LanguageWords, text: str, heard: frozenset[str]) -> Iterator[Telltale]:
    tokens = list(WORD.finditer(text))
    big = [token for token in tokens if token[0][0].isupper()]
    capitals = _Capitals(
        frozenset(undotted(one[0].casefold()) for one in big),
        frozenset(undotted(one[0].casefold()) for one in big if not _begins(language, text, one)),
        heard,
    )
    for place, token in enumerate(tokens):
        kind = _kind(language, text, tokens, place, capitals)
        if kind is not None:
            yield Telltale(*token.span(), kind, _keys(language.naming, token[0]))
    yield from (
        Telltale(*match.span(), HiddenKind.PERSON, frozenset((match[0].casefold(),)))
        for match in INITIALS.finditer(text)
    )


def _kind(  # noqa: C901, PLR0911 - a table of cases
    language: LanguageWords,
    text: str,
    tokens: list[re.Match[str]],
    place: int,
    capitals: _Capitals,
) -> HiddenKind | None:
    word = tokens[place][0]
    small = undotted(word.casefold())
    words, naming = language.words, language.naming
    if small in words.polite or not any(map(str.isalpha, word)):
        return None
    if small in words.plain or naming.lemmas(small) & words.plain:
        return None
    if naming.is_foreign(word):
        pieces = [piece for piece in re.split(r"[-’']", small) if len(piece) > 1]
        return None if all(piece in words.plain for piece in pieces) else HiddenKind.NAME
    share = naming.share(word)
    if word[0].islower():
        if small in capitals.anywhere and len(word) > STEM - 1 and not naming.is_known(word):
            return naming.kind(word) or HiddenKind.NAME
        return naming.kind(word) if share >= SURE_LOWER and len(word) > STEM - 1 else None
    if len(word) < 2:  # noqa: PLR2004
        return None
    if word.isupper() and len(word) > 1:
        unknown = not naming.is_known(word) and len(word) <= LONGEST_WORD
        if share >= SURE_LOWER or unknown or _is_heard(naming, word, capitals.heard):
            return naming.kind(word) or HiddenKind.NAME
        return None
    if not _begins(language, text, tokens[place]) or _is_heard(naming, word, capitals.heard):
        return naming.kind(word) or HiddenKind.NAME
    if share >= SURE_FIRST and not naming.is_function(word):
        return naming.kind(word)
    strange = not naming.is_known(word) and len(word) > STEM - 1
    if strange or _leads(language, text, tokens[place : place + 2]):
        return naming.kind(word) or HiddenKind.NAME
    after = [token[0] for token in tokens[place + 1 : place + 4]]
    if naming.may_be_name(word) and (naming.acts(word, after) or small in capitals.inside):
        return naming.kind(word)
    return None


def _is_heard(naming: Naming, word: str, heard: frozenset[str]) -> bool:
    met = naming.lemmas(undotted(word.casefold())) & heard
    return bool(met) and not naming.is_function(word)


def _leads(language: LanguageWords, text: str, pair: list[re.Match[str]]) -> bool:
    """Tell whether a common word begins a name of two: «Альфа Дизайн прислали»."""
    naming = language.naming
    if len(pair) < 2 or text[pair[0].end() : pair[1].start()] not in (" ", "\u00a0", "-"):  # noqa: PLR2004
        return False
    one, other = (each[0] for each in pair)
    both = naming.leads(one) and naming.leads(other) and not _generic(language.words, naming, one)
    return both and other[0].isupper() and not other.isupper()


def _begins(language: LanguageWords, text: str, token: re.Match[str]) -> bool:
    """Tell whether a word begins a sentence, a line or what somebody said."""
    before = text[: token.start()].rstrip(" \u00a0\t")
    if not before or before[-1] in '\n!?…:;«„"“([{•*—–-→>':
        return True
    if before[-1] in "»”)]":
        return before.rstrip("»”)]").endswith((".", "!", "?", "…"))
    if before[-1] != ".":
        return not (before[-1].isalnum() or before[-1] in ",%№+/\\&’'")
    last = WORD.findall(before[-14:])
    return not last or (last[-1].casefold() not in language.words.short and len(last[-1]) > 1)


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
    if between not in ("", " ", "\u00a0", "-") and between.strip(' \u00a0«»"„“'):
        return None
    if last.kind is each.kind and last.keys == each.keys:
        return last.kind
    if between not in ("", " ", "\u00a0", "-"):
        return None
    own = next((kind for kind in kinds if kind in (HiddenKind.CLIENT, HiddenKind.ME)), None)
    if own is not None and HiddenKind.PERSON in kinds:  # a surname that is not stored
        return own
    if set(kinds) <= {HiddenKind.PERSON, HiddenKind.NAME}:
        return HiddenKind.PERSON if HiddenKind.PERSON in kinds else HiddenKind.NAME
    return None
