"""Where a text tells who somebody is.

By the names that are known, in all their forms; by morphology and capitals; by what stands in
«…» or in Latin letters; by patterns. Hiding too much costs a word, too little costs a name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from content.hidden import HiddenKind
from content.reading.amounts import amounts
from content.reading.days import named_days
from content.russian.morphology import LONGEST_WORD, morphology
from content.russian.names import Case, decline
from content.vocabulary import plain

if TYPE_CHECKING:
    from content.hidden import AnonymousWords
    from content.russian.morphology import Parse
    from content.vocabulary import Vocabulary

WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
LATIN: Final = re.compile(r"[A-Za-zÀ-ÿ]")
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
            r"\b[a-zа-яё0-9][\w-]*(?:\.[\w-]+)*\.(?:ru|com|net|org|io|рф|su|me|pro|online|site|shop"
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
    (HiddenKind.NUMBER, re.compile(r"№\s*[\w/-]*\d[\w/-]*")),
    (HiddenKind.DATE, re.compile(r"(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?![\d.]\d)")),
    (HiddenKind.DATE, re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")),
)
MONTHS: Final = (
    "январ[ьяюе]м?|феврал[ьяюе]м?|март[аеу]?|апрел[ьяюе]м?|ма[йяюе]|июн[ьяюе]м?|июл[ьяюе]м?"
    "|август[аеу]?|сентябр[ьяюе]м?|октябр[ьяюе]м?|ноябр[ьяюе]м?|декабр[ьяюе]м?"
)
WRITTEN_DATE: Final = re.compile(
    rf"(?<!\w)\d{{1,2}}(?:-?(?:го|е|му))?[ \u00a0](?:{MONTHS})"
    r"(?:[ \u00a0]\d{4}(?:[ \u00a0]?(?:г\.|года?))?)?(?!\w)"
    rf"|(?<!\w)(?:{MONTHS})[ \u00a0]\d{{4}}(?!\d)",
    re.IGNORECASE,
)
NAMED: Final = ("Name", "Surn", "Patr", "Geox", "Orgn")
ANY_DAY: Final = dt.date(2026, 9, 23)
"""Only where a day stands counts here, not which it is."""
SURE_LOWER, SURE_FIRST, MAYBE = 0.9, 0.2, 0.01
"""How likely a word is a name: in small letters, at the beginning of a sentence, before a verb."""
LONGEST_TITLE: Final = 5
"""Words; what is quoted and longer was said by somebody."""
STEM: Final = 3
READINGS: Final = 6
VOWELS: Final = "аеёиоуыэюяйь"


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


def find(language: LanguageWords, text: str, known: tuple[StoredName, ...]) -> tuple[Telltale, ...]:
    """Return all places that tell who somebody is, in order and without overlaps."""
    found: list[Telltale] = []
    for search in (_patterns, _addresses, _amounts, _dates):
        _add(found, search(language, text))
    _add(found, _stored(language, text, known))
    _add(found, _titles(language, text))
    _add(found, _names(language, text))
    return tuple(_joined(text, sorted(found, key=lambda each: each.start)))


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
    streets, houses = (
        "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        for forms in (language.words.streets, language.words.houses)
    )
    name = r"(?:\d{1,3}[-\w]*[ \u00a0])?[А-ЯЁ][\w-]+(?:[ \u00a0][А-ЯЁ][\w-]+){0,2}"
    house = (
        rf"(?:,?[ \u00a0]*(?:(?:{houses})\.?[ \u00a0]*)?\d{{1,4}}(?:[/-]?\d{{1,3}})?[а-яё]?(?!\w))"
    )
    tail = rf"(?:{house}(?:,?[ \u00a0]*(?:{houses})\.?[ \u00a0]*№?\d{{1,5}}\w?)*)?"
    before = rf"(?<!\w)(?:{streets})\.?[ \u00a0]+{name}{tail}"
    after = rf"{name}[ \u00a0]+(?:{streets})\b\.?{tail}"
    bare = rf"(?<!\w)[А-ЯЁ][а-яё-]+,?[ \u00a0](?:д\.?|дом)[ \u00a0]*\d{{1,4}}\w?{tail}"
    rooms = r"(?<!\w)(?:кв|оф|офис|квартира|офисе|квартире)\.?[ \u00a0]*\d{1,5}"
    for pattern in (before, after, bare, rooms):
        for match in re.finditer(pattern, text):
            yield _whole(HiddenKind.ADDRESS, text, *match.span())


def _amounts(language: LanguageWords, text: str) -> Iterator[Telltale]:
    for each in amounts(language.reading, text):
        yield _whole(HiddenKind.AMOUNT, text, each.start, each.end)


def _dates(language: LanguageWords, text: str) -> Iterator[Telltale]:
    for match in WRITTEN_DATE.finditer(text):
        yield _whole(HiddenKind.DATE, text, *match.span())
    for each in named_days(language.reading, text, ANY_DAY, ahead=None):
        if any(map(str.isdigit, text[each.start : each.end])):
            yield _whole(HiddenKind.DATE, text, each.start, each.end)


# Names that are known


@lru_cache(maxsize=256)
def _telling(words: AnonymousWords, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the forms of what tells in a name by itself, and its words that stand beside."""
    all_words = [word for word in WORD.findall(name) if len(word) > 1 or word.isdigit()]
    parts = [word for word in all_words if not _generic(words, word)]
    if not parts:
        return frozenset(), frozenset(map(str.casefold, all_words))
    forms = {word.casefold() for word in parts}
    for case in Case:
        for whole in (name, *parts):
            declined = WORD.findall(decline(whole, case))
            forms |= {each.casefold() for each in declined if not _generic(words, each)}
    forms |= {piece for form in tuple(forms) for piece in form.split("-") if len(piece) > STEM}
    beside = {word.casefold() for word in all_words} - forms
    return frozenset(map(_plain, forms)), frozenset(map(_plain, beside))


def _generic(words: AnonymousWords, word: str) -> bool:
    small = word.casefold()
    return small in words.generic or bool(_lemmas(small) & words.generic)


def _stored(
    language: LanguageWords, text: str, known: tuple[StoredName, ...]
) -> Iterator[Telltale]:
    if not known:
        return
    tokens = list(WORD.finditer(text))
    for each in known:
        forms, beside = _telling(language.words, each.name)
        whole = plain(each.name).strip()
        if not whole:
            continue
        if not forms:  # «Студия»: nothing of it tells but the whole, written as a name
            for match in re.finditer(re.escape(whole), plain(text)):
                if text[match.start()].isupper() and " " in whole.strip():
                    yield Telltale(*match.span(), each.kind, frozenset((whole,)))
            continue
        lemmas = frozenset(lemma for form in forms for lemma in _lemmas(form))
        hits = [place for place, one in enumerate(tokens) if _is_of(one[0], forms, lemmas)]
        for place in hits:
            first = last = place
            while first > 0 and _beside(text, tokens, first - 1, first, beside):
                first -= 1
            while last + 1 < len(tokens) and _beside(
                text, tokens, last, last + 1, beside, ahead=True
            ):
                last += 1
            span = _closed(text, tokens[first].start(), tokens[last].end())
            yield Telltale(*span, each.kind, frozenset((whole,)))


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the mark that closes what is quoted in it: «Студия „Вектор“»."""
    inside = text[start:end]
    for opening, closing in ("«»", "„“", "“”"):
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            return start, end + 1
    return start, end


def _is_of(word: str, forms: frozenset[str], lemmas: frozenset[str]) -> bool:
    small = _plain(word.casefold())
    pieces = (small, *(small.split("-") if "-" in small else ()))
    for piece in pieces:
        if piece in forms:
            return True
        if len(piece) > STEM - 1 and _lemmas(piece) & lemmas:
            return True
        if any(_same_stem(piece, form) for form in forms):
            return True
    return False


def _same_stem(word: str, form: str) -> bool:
    """Tell whether two words differ by an ending alone, where no dictionary knows the name."""
    stem = form.rstrip(VOWELS)
    if len(stem) < STEM + 1 or not word.startswith(stem) or len(word) - len(stem) > STEM:
        return False
    parse = morphology().parse(word)[0]
    return not parse.is_known or any(kind in parse.tag for kind in NAMED)


def _beside(  # noqa: PLR0913 - two neighbours in a text
    text: str,
    tokens: list[re.Match[str]],
    left: int,
    right: int,
    beside: frozenset[str],
    *,
    ahead: bool = False,
) -> bool:
    between = text[tokens[left].end() : tokens[right].start()]
    outer = tokens[right if ahead else left][0]
    if between.strip(' \u00a0«„"“.,') or len(between) > STEM:
        return False
    return _plain(outer.casefold()) in beside or bool(_lemmas(_plain(outer.casefold())) & beside)


# Names that look like names


def _titles(language: LanguageWords, text: str) -> Iterator[Telltale]:
    """Yield what is quoted as the name of something, not as what somebody said."""
    for match in QUOTED.finditer(text):
        group = match.lastindex or 1
        inner = match[group]
        words = WORD.findall(inner)
        if not words or len(words) > LONGEST_TITLE or not inner.lstrip()[0].isupper():
            continue
        if inner.rstrip()[-1] in ".!?…," or any(map(_is_verb, words)):
            continue
        before = text[: match.start()].rstrip(" \u00a0")
        follows = WORD.findall(before[-30:])
        attached = bool(before) and (before[-1].isalnum()) and follows and not _is_verb(follows[-1])
        unknown = any(not _known(word) or _name_share(word) > SURE_FIRST for word in words)
        if all(word.casefold() in language.words.plain for word in words):
            continue
        if attached or unknown:
            keys = frozenset((_plain(" ".join(words).casefold()), *(_key(word) for word in words)))
            yield Telltale(*match.span(group), HiddenKind.FIRM, keys)


def _names(language: LanguageWords, text: str) -> Iterator[Telltale]:
    tokens = list(WORD.finditer(text))
    lone = {_plain(token[0].casefold()) for token in tokens if _inside(language, text, token)}
    for place, token in enumerate(tokens):
        kind = _kind(language, text, tokens, place, lone)
        if kind is not None:
            yield Telltale(*token.span(), kind, frozenset((_key(token[0]),)))
    yield from (
        Telltale(*match.span(), HiddenKind.PERSON, frozenset((match[0].casefold(),)))
        for match in re.finditer(r"(?<!\w)[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.(?!\w)", text)
    )


def _kind(  # noqa: C901, PLR0911 - a table of cases
    language: LanguageWords,
    text: str,
    tokens: list[re.Match[str]],
    place: int,
    lone: set[str],
) -> HiddenKind | None:
    word = tokens[place][0]
    small = _plain(word.casefold())
    words = language.words
    if small in words.polite or not any(map(str.isalpha, word)):
        return None
    if small in words.plain or _lemmas(small) & words.plain:
        return None
    if LATIN.search(word):
        pieces = [piece for piece in re.split(r"[-’']", small) if len(piece) > 1]
        return None if all(piece in words.plain for piece in pieces) else HiddenKind.NAME
    share = _name_share(word)
    if word[0].islower():
        return _named_kind(word) if share >= SURE_LOWER and len(word) > STEM - 1 else None
    if len(word) < 2:  # noqa: PLR2004
        return None
    if word.isupper() and len(word) > 1:
        if share >= SURE_LOWER or (not _known(word) and len(word) <= LONGEST_WORD):
            return _named_kind(word) or HiddenKind.NAME
        return None
    if not _begins(language, text, tokens[place]):
        return _named_kind(word) or HiddenKind.NAME
    if share >= SURE_FIRST and not _is_function(word):
        return _named_kind(word)
    if not _known(word) and len(word) > STEM - 1:
        return _named_kind(word) or HiddenKind.NAME
    if share >= MAYBE and (_acts(tokens, place, word) or small in lone):
        return _named_kind(word)
    return None


def _inside(language: LanguageWords, text: str, token: re.Match[str]) -> bool:
    return token[0][0].isupper() and not _begins(language, text, token)


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


def _acts(tokens: list[re.Match[str]], place: int, word: str) -> bool:
    """Tell whether a word that may be a name is what a verb soon after speaks of."""
    names = [each for each in _readings(word) if _is_name(each) and each.tag.case == "nomn"]
    if not names:
        return False
    if not any(
        each.tag.case == "nomn" or each.tag.POS not in ("NOUN", "ADJF")
        for each in _readings(word)
        if not _is_name(each)
    ):
        return True
    for token in tokens[place + 1 : place + 4]:
        verb = morphology().parse(token[0])[0].tag
        if verb.POS == "VERB" and verb.number != "plur":
            return verb.gender is None or any(
                verb.gender == each.tag.gender or "ms-f" in each.tag for each in names
            )
    return False


@lru_cache(maxsize=20_000)
def _readings(word: str) -> tuple[Parse, ...]:
    return tuple(morphology().parse(word)[:READINGS])


def _is_name(parse: Parse) -> bool:
    return any(kind in parse.tag for kind in NAMED)


def _name_share(word: str) -> float:
    """Return how likely a word is a name, 0 to 1."""
    readings = _readings(word)
    whole = sum(each.score for each in readings) or 1.0
    if not readings[0].is_known:
        return 0.0
    return sum(each.score for each in readings if _is_name(each)) / whole


def _known(word: str) -> bool:
    whole, pieces = _readings(word)[0].is_known, re.split(r"[-’']", word.lower())
    return whole or all(morphology().word_is_known(piece) for piece in pieces)


def _is_function(word: str) -> bool:
    first = _readings(word)[0].tag
    return first.POS in ("PREP", "CONJ", "PRCL", "NPRO", "PRED", "INTJ")


def _is_verb(word: str) -> bool:
    first = _readings(word)[0].tag
    return first.POS in ("VERB", "INFN")


def _named_kind(word: str) -> HiddenKind | None:
    for each in _readings(word):
        for tag, kind in (
            ("Name", HiddenKind.PERSON),
            ("Surn", HiddenKind.PERSON),
            ("Patr", HiddenKind.PERSON),
            ("Orgn", HiddenKind.FIRM),
            ("Geox", HiddenKind.PLACE),
        ):
            if tag in each.tag:
                return kind
    return None


def _lemmas(word: str) -> frozenset[str]:
    return frozenset(_plain(each.normal_form) for each in _readings(word))


def _key(word: str) -> str:
    """Return the form under which a word is known again: of a name its own, else the first."""
    readings = _readings(word)
    named = next((each for each in readings if _is_name(each)), readings[0])
    return _plain(named.normal_form)


def _plain(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


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
