"""Reading the letters' files, and the faults that no single file can know of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from content.faults import Fault
from content.letters.drafting import (
    COMMON,
    OF_A_FACT,
    FilledBlanks,
    People,
    Value,
    Variant,
    Variants,
    choose,
    draft,
    part_text,
)
from content.letters.letters import LetterKind, Letters, LetterTalk
from content.letters.models import (
    BlankData,
    BlankKind,
    ChecklistData,
    ChecklistWords,
    FactLine,
    Length,
    LetterData,
    LetterId,
    LetterManners,
    LettersWords,
    LetterText,
    LetterWords,
    ProbationData,
    Tone,
)
from content.letters.templates import TemplateError, needs
from content.models import TAKEN_BACK, Ground, Language, VerdictId
from content.typography import leaves, slips

M = TypeVar("M", bound=BaseModel)

LONGEST = {Length.SHORT: 700, Length.FULL: 2500}
"""Characters of a letter filled with its own examples."""
TYPICAL_DAY = dt.date(2026, 9, 23)
"""The longest name of a month in Russian."""
FAREWELL = LetterId("farewell")


class ContentReader(Protocol):
    """The reader of content, which keeps its faults."""

    root: Path

    def folder(self, model: type[M], folder: str) -> dict[str, M]:
        """Read one model per file."""

    def model(self, model: type[M], file: str) -> M | None:
        """Read one model that is a whole file."""

    def ids(self, folder: str) -> frozenset[str]:
        """Return the names of the files, readable or not."""


@dataclass(frozen=True)
class RawLanguage:
    """The letters of one language, as far as they could be read."""

    folder: str
    texts: Mapping[str, LetterText]
    manners: LetterManners | None
    fact_lines: Mapping[str, FactLine]
    ids: frozenset[str]
    """Letters there are files for, readable or not."""


@dataclass(frozen=True)
class RawLetters:
    """All files about letters that could be read."""

    data: Mapping[str, LetterData]
    ids: frozenset[str]
    checklist: ChecklistData | None
    languages: Mapping[Language, RawLanguage]
    words: Mapping[Language, Mapping[str, LetterWords]]
    common: Mapping[Language, LettersWords | None]
    checklists: Mapping[Language, ChecklistWords | None]


def read(files: ContentReader, spoken: Iterable[Language]) -> RawLetters:
    """Read all about letters; ``spoken`` are the languages with a folder of words."""
    spoken = tuple(spoken)
    words = {each: files.folder(LetterWords, f"words/{each}/letters") for each in spoken}
    common = {each: files.model(LettersWords, f"words/{each}/letters.toml") for each in spoken}
    languages = {
        each: _language(files, f"words/{each}", words[each], common[each]) for each in spoken
    }
    return RawLetters(
        data=files.folder(LetterData, "letters"),
        ids=files.ids("letters"),
        checklist=files.model(ChecklistData, "checklist.toml"),
        languages=languages,
        words=words,
        common=common,
        checklists={
            each: files.model(ChecklistWords, f"words/{each}/checklist.toml") for each in spoken
        },
    )


def _language(
    files: ContentReader,
    folder: str,
    texts: Mapping[str, LetterText],
    manners: LetterManners | None,
) -> RawLanguage:
    return RawLanguage(
        folder=folder,
        texts=texts,
        manners=manners,
        fact_lines=files.folder(FactLine, f"{folder}/fact_lines"),
        ids=files.ids(f"{folder}/letters"),
    )


def build(raw: RawLetters) -> Letters:
    """Put the letters together; there must be no faults."""
    manners = {name: each.manners for name, each in raw.languages.items() if each.manners}
    order = sorted(raw.data, key=lambda id_: raw.data[id_].order)
    talk = {}
    for language, words in raw.words.items():
        common, checklist = raw.common[language], raw.checklists[language]
        # Both are there, or a fault would have been found.
        assert common is not None  # noqa: S101
        assert checklist is not None  # noqa: S101
        talk[language] = LetterTalk({LetterId(id_): words[id_] for id_ in order}, common, checklist)
    assert raw.checklist is not None  # noqa: S101  as above
    return Letters(
        kinds={LetterId(id_): _kind(raw, id_) for id_ in order},
        talk=talk,
        fact_lines={name: each.fact_lines for name, each in raw.languages.items()},
        manners=manners,
        checklist=raw.checklist,
    )


def _kind(raw: RawLetters, id_: str) -> LetterKind:
    there = {name: each for name, each in raw.languages.items() if id_ in each.texts}
    return LetterKind(
        id=LetterId(id_),
        data=raw.data[id_],
        texts={name: each.texts[id_] for name, each in there.items()},
        manners={name: each.manners for name, each in there.items() if each.manners},
    )


def sources(raw: RawLetters) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield what is cited: file, key, sources."""
    for id_, data in raw.data.items():
        yield f"letters/{id_}.toml", "sources", data.sources
    if raw.checklist:
        yield "checklist.toml", "sources", raw.checklist.sources


def faults(raw: RawLetters, signs: frozenset[str], gaps: frozenset[str]) -> Iterator[Fault]:
    """Yield every fault between the files of letters."""
    yield from _references(raw, signs, gaps)
    yield from _orders(raw)
    for language, texts in raw.languages.items():
        yield from _manners(texts)
        yield from _fact_lines(texts, signs)
        for id_ in sorted(texts.ids - raw.ids):
            yield Fault(f"{texts.folder}/letters/{id_}.toml", "", f"there is no letters/{id_}.toml")
        for id_, text in texts.texts.items():
            if id_ in raw.data:
                yield from _letter(raw, language, id_, text)
    for language in raw.words:
        texts = raw.languages[language]
        for id_ in sorted(raw.ids - texts.ids):
            file = f"{texts.folder}/letters/{id_}.toml"
            yield Fault(file, "", f"missing, letters/{id_}.toml is there: translate a copy of ru's")
        yield from _names(raw, language)
        yield from _checklist(raw, language)
    yield from _typography(raw)


def trials(raw: RawLetters) -> Iterator[Fault]:
    """Yield what shows only when the letters that have no other fault are written."""
    for language, texts in raw.languages.items():
        if texts.manners is None or any(_manners(texts)):
            continue
        for id_, text in texts.texts.items():
            if id_ in raw.data and not any(_letter(raw, language, id_, text)):
                data, manners = raw.data[id_], {language: texts.manners}
                kind = LetterKind(LetterId(id_), data, {language: text}, manners)
                yield from _drafts(f"{texts.folder}/letters/{id_}.toml", kind, language)


def _references(raw: RawLetters, signs: frozenset[str], gaps: frozenset[str]) -> Iterator[Fault]:
    for id_, data in raw.data.items():
        file = f"letters/{id_}.toml"
        blanks = {each.id: each for each in data.blank}
        proposed = {sign for each in data.blank for some in each.instead.values() for sign in some}
        proposed -= gaps | {*Ground, *VerdictId, TAKEN_BACK}
        for sign in sorted({*data.signs, *data.begins, *data.answers, *proposed} - signs):
            yield Fault(file, "signs", f"there is no sign {sign!r}")
        if len(blanks) < len(data.blank):
            yield Fault(file, "blank", "two blanks have the same id")
        for name in sorted(COMMON & blanks.keys()):
            yield Fault(file, f"blank.{name}", "every letter has a variable of this name")
        for name, each in blanks.items():
            for other, options in each.only_if.items():
                if other not in blanks or not {*options} <= {*blanks[other].options}:
                    yield Fault(file, f"blank.{name}.only_if", f"{other!r} has no such option")
        yield from _dates(file, data, blanks)
        if data.probation:
            yield from _probation(file, data.probation, blanks)


def _dates(file: str, data: LetterData, blanks: Mapping[str, BlankData]) -> Iterator[Fault]:
    for name in sorted({each for pair in data.in_order for each in pair}):
        if name not in blanks or blanks[name].kind is not BlankKind.DATE:
            yield Fault(file, "in_order", f"{name!r} is no blank for a date")


def _probation(file: str, data: ProbationData, blanks: Mapping[str, BlankData]) -> Iterator[Fault]:
    for name, kind in ((data.conditions, BlankKind.TEXT), (data.until, BlankKind.DATE)):
        if name not in blanks or blanks[name].kind is not kind:
            yield Fault(file, "probation", f"{name!r} is no blank for a {kind}")


def _orders(raw: RawLetters) -> Iterator[Fault]:
    taken: dict[int, str] = {}
    for id_, data in raw.data.items():
        first = taken.setdefault(data.order, id_)
        if first != id_:
            yield Fault(f"letters/{id_}.toml", "order", f"{data.order} is taken by {first!r}")


def _manners(texts: RawLanguage) -> Iterator[Fault]:
    if texts.manners is None:
        return
    file = f"{texts.folder}/letters.toml"
    yield from _template(file, "fact", texts.manners.fact, OF_A_FACT)
    yield from _template(file, "own_fact", texts.manners.own_fact, frozenset({"day", "words"}))
    yield from _template(
        file, "on_what", texts.manners.on_what, frozenset({"project", "client", "occupation"})
    )
    for name, part in texts.manners.parts.items():
        for key, source in _variants(part):
            yield from _template(file, f"parts.{name}{key}", source, COMMON)


def _fact_lines(texts: RawLanguage, signs: frozenset[str]) -> Iterator[Fault]:
    for id_, fact in texts.fact_lines.items():
        file = f"{texts.folder}/fact_lines/{id_}.toml"
        if id_ not in signs:
            yield Fault(file, "", f"there is no signs/{id_}.toml")
        if fact.line is not None:
            yield from _template(file, "line", fact.line, OF_A_FACT)


def _variants(part: Variants, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every template of a part with its key."""
    if isinstance(part, str):
        yield key, part
    else:
        for name, each in part.items():
            yield from _variants(each, f"{key}.{name}")


def _template(file: str, key: str, source: str, known: frozenset[str]) -> Iterator[Fault]:
    try:
        unknown = needs(source) - known
    except TemplateError as error:
        yield Fault(file, key, f"not a template: {error}")
    else:
        for name in sorted(unknown):
            yield Fault(file, key, f"nothing is called {name!r} here")


def _letter(raw: RawLetters, language: Language, id_: str, text: LetterText) -> Iterator[Fault]:
    """Yield the faults of one letter in one language, without writing it."""
    data, texts = raw.data[id_], raw.languages[language]
    file = f"{texts.folder}/letters/{id_}.toml"
    yield from _blanks(file, data, text)
    yield from _templates(file, data, text)
    if texts.manners is not None:
        yield from _parts(file, data, text, texts.manners)


def _templates(file: str, data: LetterData, text: LetterText) -> Iterator[Fault]:
    known = COMMON | {each.id for each in data.blank}
    yield from _template(file, "subject", text.subject, known)
    for name, part in text.parts.items():
        for key, source in _variants(part):
            yield from _template(file, f"parts.{name}{key}", source, known)
            for step in sorted({*key.split(".")[1:]} - {*Tone, *Length}):
                yield Fault(file, f"parts.{name}{key}", f"{step!r} is no tone or length")


def _parts(
    file: str, data: LetterData, text: LetterText, manners: LetterManners
) -> Iterator[Fault]:
    laid = _laid(data)
    for name in sorted(laid - text.parts.keys() - manners.parts.keys()):
        yield Fault(file, f"parts.{name}", "missing")
    for name in sorted(text.parts.keys() - laid):
        yield Fault(file, f"parts.{name}", "the letter has no such part")


def _laid(data: LetterData) -> set[str]:
    """Return the parts that a letter consists of, in any length."""
    return {part for paragraphs in data.layout.values() for each in paragraphs for part in each}


def _choices(data: LetterData) -> set[str]:
    """Return what a letter answers by itself, and what is changed by its name."""
    return {each.id for each in data.blank if each.may_be_tacit}


def _blanks(file: str, data: LetterData, text: LetterText) -> Iterator[Fault]:
    blanks = {each.id: each for each in data.blank}
    for name in sorted(blanks.keys() ^ text.blanks.keys()):
        yield Fault(file, f"blanks.{name}", "stands in only one of the letter's two files")
    for name in sorted(blanks.keys() & text.blanks.keys()):
        asked = text.blanks[name]
        if asked.options.keys() != {*blanks[name].options}:
            yield Fault(file, f"blanks.{name}.options", f"must be {blanks[name].options}")
        typed = blanks[name].kind in {BlankKind.TEXT, BlankKind.FACTS}
        if typed != (asked.example is not None):
            yield Fault(file, f"blanks.{name}.example", "a text and facts have one, others not")


def _drafts(file: str, kind: LetterKind, language: Language) -> Iterator[Fault]:
    """Yield what is wrong with the letter filled with its examples, in every version."""
    named: set[str] = set()
    longest = "M" * 14
    people = People(f"{longest} {longest}", contact=longest, client=longest)
    for length in kind.data.layout:
        for tone in kind.data.tones:
            version = f"{tone}, {length}"
            named |= _names_of(kind, language, tone, length)
            for values in examples(kind, language):
                style = Variant(tone, length, language)
                letter = draft(kind, style, FilledBlanks(values), people, TYPICAL_DAY)
                if len(letter.text) > LONGEST[length]:
                    yield Fault(
                        file,
                        "parts",
                        f"{version}: {len(letter.text)} characters, at most {LONGEST[length]}",
                    )
    for each in kind.data.blank:
        if each.id not in named:
            yield Fault(file, f"blanks.{each.id}", "asked for and never said")


def _names_of(kind: LetterKind, language: Language, tone: Tone, length: Length) -> set[str]:
    text, manners = kind.texts[language], kind.manners[language]
    names: set[str] = set(needs(text.subject))
    for paragraph in kind.data.layout[length]:
        for part in paragraph:
            names |= needs(choose(part_text(text, manners, part) or "", tone, length) or "")
    return names


def examples(kind: LetterKind, language: Language) -> Iterator[dict[str, Value]]:
    """Yield the letter's own examples, with each option of each choice at least once."""
    most = max((len(each.options) for each in kind.data.blank), default=0)
    for number in range(max(most, 1)):
        yield {each.id: _example(each, kind.texts[language], number) for each in kind.data.blank}


def _example(data: BlankData, text: LetterText, number: int) -> Value:
    if data.kind is BlankKind.CHOICE:
        return data.options[number % len(data.options)]
    if data.kind is BlankKind.DATE:
        return TYPICAL_DAY + dt.timedelta(days=7)
    example = text.blanks[data.id].example or ""
    return (example,) * min(data.limit, 2) if data.kind is BlankKind.FACTS else example


def _names(raw: RawLetters, language: Language) -> Iterator[Fault]:
    """Yield what the coach has no name for."""
    common = raw.common[language]
    if common is None:
        return
    file = f"words/{language}/letters.toml"
    named = {id_ for data in raw.data.values() for id_ in (*_laid(data), *_choices(data))}
    for name in sorted(named ^ common.names.keys()):
        yield Fault(
            file, f"names.{name}", "a part of no letter, or a part or a choice without a name"
        )


def _checklist(raw: RawLetters, language: Language) -> Iterator[Fault]:
    words = raw.checklists[language]
    if raw.checklist is None or words is None:
        return
    file = f"words/{language}/checklist.toml"
    items = {each.id: each for each in raw.checklist.item}
    for name in sorted(items.keys() ^ words.item.keys()):
        yield Fault(file, f"item.{name}", "stands in only one of the two checklist.toml")
    if FAREWELL in raw.data:
        blanks = {each.id for each in raw.data[FAREWELL].blank}
        for name, item in items.items():
            if item.blank is not None and item.blank not in blanks:
                yield Fault("checklist.toml", f"item.{name}.blank", f"no blank {item.blank!r}")


def _typography(raw: RawLetters) -> Iterator[Fault]:
    for language, texts in raw.languages.items():
        models: list[tuple[str, BaseModel | None]] = [
            ("letters", texts.manners),
            ("checklist", raw.checklists.get(language)),
            *((f"letters/{id_}", each) for id_, each in texts.texts.items()),
            *((f"fact_lines/{id_}", each) for id_, each in texts.fact_lines.items()),
        ]
        for file, model in models:
            for key, text in leaves(model.model_dump() if model else {}):
                for slip in slips(text, language):
                    yield Fault(f"{texts.folder}/{file}.toml", key, slip)
