"""Reading the knowledge from its files, with every fault of every file at once.

Nothing is listed anywhere: a new file is a new sign, a new folder of words a new language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import tomli
from babel import Locale, UnknownLocaleError
from pydantic import BaseModel, ValidationError

from content.checking.lexicon import SHAPES
from content.cross_checks import (
    KINDS,
    Raw,
    RawWords,
    cross_check,
    slips_of_type,
    translate,
    ui_file,
    unlearned,
)
from content.faults import Fault, Faults
from content.knowledge import Catalogue, Knowledge, Words
from content.learned import FILE
from content.letters import files as letters
from content.models import (
    FIRST_LANGUAGE,
    AlikeWords,
    ArticleData,
    ArticleWords,
    Cities,
    ClientTypeData,
    ClientTypeWords,
    DemoData,
    DemoWords,
    Encouragements,
    Language,
    ProspectData,
    ProspectId,
    ProspectWords,
    QuestionData,
    QuestionId,
    QuestionWords,
    Readers,
    SaidWords,
    SignData,
    SignWords,
    Topic,
    TypeId,
    VerdictData,
    VerdictId,
    VerdictWords,
    WordList,
)
from content.named_entities import AnonymousWords
from content.texts import MalformedText, Template, Texts, flatten, needed_categories, parse
from content.typed import TypedWords
from content.typography import tied
from content.vocabulary import Vocabulary

__all__ = ["DATA", "Fault", "Faults", "check", "load"]

DATA = Path(__file__).parent / "data"
"""The package's own content."""

M = TypeVar("M", bound=BaseModel)


def load(root: Path | None = None) -> Knowledge:
    """Load the content. Raises ``Faults`` with all that reading shows.

    The letters are looked through and tried out by ``check`` alone, and slips of typography are
    told by it alone: the one is a twentieth of a start, the other a hundredth, and the Russian
    morphology is loaded only when somebody types.
    """
    reader = _Reader(root or DATA)
    raw = reader.everything()
    faults = reader.all_faults(raw)
    if faults or raw.demo is None or raw.readers is None:
        raise Faults(faults)
    signs = sorted(raw.signs.items(), key=lambda s: (list(Topic).index(s[1].topic), s[1].order))
    catalogue = Catalogue(
        signs={QuestionId(id_): data for id_, data in signs},
        questions={
            QuestionId(id_): data
            for id_, data in sorted(raw.questions.items(), key=lambda q: q[1].order)
        },
        types={
            TypeId(id_): data for id_, data in sorted(raw.types.items(), key=lambda t: t[1].order)
        },
        prospects={
            ProspectId(id_): data
            for id_, data in sorted(raw.prospects.items(), key=lambda each: each[1].order)
        },
        verdicts={verdict: raw.verdicts[verdict] for verdict in VerdictId},
        articles=raw.articles,
        demo=raw.demo,
    )
    return Knowledge(
        catalogue,
        {language: _words(catalogue, language, words) for language, words in raw.languages.items()},
        letters.build(raw.letters),
        raw.readers,
    )


def check(root: Path | None = None) -> tuple[Fault, ...]:
    """Return every fault of the content, by file and key."""
    reader = _Reader(root or DATA)
    raw = reader.everything()
    of_letters = letters.faults(raw.letters, raw.ids["signs"], raw.ids["questions"])
    faults = {
        *reader.all_faults(raw),
        *slips_of_type(raw),
        *of_letters,
        *letters.trials(raw.letters),
        *unlearned(raw),
    }
    return tuple(sorted(faults))


def _words(catalogue: Catalogue, language: Language, raw: RawWords) -> Words:
    # Both are there, or a fault would have been found.
    assert raw.demo is not None  # noqa: S101
    assert raw.encouragement is not None  # noqa: S101
    assert raw.reading is not None  # noqa: S101
    assert raw.typed is not None  # noqa: S101
    assert raw.anonymous is not None  # noqa: S101
    assert raw.ordinary is not None  # noqa: S101
    assert raw.alike is not None  # noqa: S101
    return Words(
        language=language,
        signs={id_: raw.signs[id_] for id_ in catalogue.signs},
        said={id_: raw.said[id_] for id_ in catalogue.signs if id_ in raw.said},
        ordinary=raw.ordinary,
        alike=raw.alike,
        learned=raw.learned,
        questions={id_: raw.questions[id_] for id_ in catalogue.questions},
        types={id_: raw.types[id_] for id_ in catalogue.types},
        prospects={id_: raw.prospects[id_] for id_ in catalogue.prospects},
        verdicts={id_: raw.verdicts[id_] for id_ in catalogue.verdicts},
        articles=raw.articles,
        encouragement=raw.encouragement.entry,
        demo=raw.demo,
        reading=raw.reading,
        typed=raw.typed,
        anonymous=raw.anonymous,
        dictionary=raw.dictionary,
        rarer=raw.rarer,
        names=raw.names,
        texts=Texts(Locale.parse(language.replace("-", "_")), raw.templates),
    )


class _Reader:
    """Reads files below a root and keeps the faults instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.read: set[Path] = set()

    def all_faults(self, raw: Raw) -> tuple[Fault, ...]:
        unread = set(self.root.rglob("*.toml")) - self.read
        self.faults += [Fault(self.name(path), "", "no such kind of file") for path in unread]
        return tuple(sorted({*self.faults, *cross_check(raw)}))

    def everything(self) -> Raw:
        self.checking()
        languages = dict(self.languages())
        return Raw(
            signs=self.folder(SignData, "signs"),
            questions=self.folder(QuestionData, "questions"),
            types=self.folder(ClientTypeData, "types"),
            prospects=self.folder(ProspectData, "prospects"),
            verdicts=self.folder(VerdictData, "verdicts"),
            articles=self.tables(ArticleData, "articles.toml"),
            demo=self.model(DemoData, "demo.toml"),
            cities=self.model(Cities, "cities.toml"),
            readers=self.model(Readers, "languages.toml"),
            ids={kind: self.ids(kind) for kind in KINDS},
            languages=languages,
            letters=letters.read(self, languages),
        )

    def checking(self) -> None:
        """Look over the words of the letter checker; it reads them itself when first asked."""
        for language, files in SHAPES.items():
            for name, shape in files.items():
                self.model(shape, f"checking/{language}/{name}.toml")

    def languages(self) -> Iterator[tuple[Language, RawWords]]:
        folders = sorted(path for path in self.root.glob("words/*") if path.is_dir())
        if FIRST_LANGUAGE not in {path.name for path in folders}:
            self.faults.append(Fault(f"words/{FIRST_LANGUAGE}", "", "missing"))
        for path in folders:
            folder = self.name(path)
            try:
                locale = Locale.parse(path.name.replace("-", "_"))
            except (ValueError, UnknownLocaleError):
                self.faults.append(Fault(folder, "", f"there is no language {path.name!r}"))
                continue
            ui = dict(self.ui(path))
            yield (
                Language(path.name),
                RawWords(
                    language=Language(path.name),
                    signs=self.folder(SignWords, f"{folder}/signs", self.frequency(path)),
                    said=self.folder(SaidWords, f"{folder}/said"),
                    ordinary=self.model(SaidWords, f"{folder}/ordinary.toml"),
                    alike=self.model(AlikeWords, f"{folder}/alike.toml"),
                    learned=self.learned(f"{folder}/{FILE}"),
                    questions=self.folder(QuestionWords, f"{folder}/questions"),
                    types=self.folder(ClientTypeWords, f"{folder}/types"),
                    prospects=self.folder(ProspectWords, f"{folder}/prospects"),
                    verdicts=self.folder(VerdictWords, f"{folder}/verdicts"),
                    articles=self.tables(ArticleWords, f"{folder}/articles.toml"),
                    encouragement=self.model(Encouragements, f"{folder}/encouragement.toml"),
                    demo=self.model(DemoWords, f"{folder}/demo.toml"),
                    reading=self.model(Vocabulary, f"{folder}/reading.toml"),
                    typed=self.model(TypedWords, f"{folder}/typed.toml"),
                    anonymous=self.anonymous(f"{folder}/anonymous.toml"),
                    dictionary=self.listed(f"{folder}/dictionary.txt"),
                    rarer=self.listed(f"{folder}/rarer.txt"),
                    names=self.listed(f"{folder}/names.txt"),
                    ui=ui,
                    templates=dict(self.templates(Language(path.name), ui)),
                    categories=needed_categories(locale),
                    ids={kind: self.ids(f"{folder}/{kind}") for kind in KINDS},
                ),
            )

    def ui(self, language: Path) -> Iterator[tuple[str, str | Mapping[str, str]]]:
        for path in sorted(language.glob("ui/*.toml")):
            for key, value in flatten(self.toml(path) or {}, path.stem):
                forms = value.values() if isinstance(value, dict) else (value,)
                if all(isinstance(form, str) for form in forms):
                    yield key, value  # type: ignore[misc]  # `all` above is the proof
                else:
                    self.fault(path, key.partition(".")[2], "not a text")

    def templates(
        self, language: Language, ui: Mapping[str, str | Mapping[str, str]]
    ) -> Iterator[tuple[str, Template]]:
        for key, text in ui.items():
            try:
                yield key, parse(text)
            except MalformedText as error:
                self.faults.append(Fault(*ui_file(language, key), str(error)))

    def learned(self, file: str) -> bytes | None:
        """Read what was learned from the phrases of a language; it may have none."""
        path = self.root / file
        return path.read_bytes() if path.exists() else None

    def anonymous(self, file: str) -> AnonymousWords | None:
        """Read what names nobody in a language; tools have one name in all."""
        found = self.model(AnonymousWords, file)
        tools = self.listed("tools.txt").words
        return found and found.model_copy(update={"plain": found.plain | tools})

    def listed(self, file: str) -> WordList:
        """Read a list of words of a language that no package knows; it may have none."""
        path = self.root / file
        return WordList(path.read_text(encoding="utf-8") if path.exists() else "")

    def ids(self, folder: str) -> frozenset[str]:
        return frozenset(path.stem for path in self.root.glob(f"{folder}/*.toml"))

    def frequency(self, language: Path) -> dict[str, object]:
        """Read the answers that signs have in common: ``labels`` and ``states``."""
        return self.toml(language / "frequency.toml") or {}

    def folder(
        self, model: type[M], folder: str, common: Mapping[str, object] | None = None
    ) -> dict[str, M]:
        """Read one model per file; where the model has an id, it is the file's name.

        ``common`` are tables that stand in every file unless the file has its own words for a key.
        """
        found = {}
        for path in sorted(self.root.glob(f"{folder}/*.toml")):
            table = self.toml(path)
            if table is None:
                continue
            if "id" in table:
                self.fault(path, "id", "the file's name is the id")
            elif "id" in model.model_fields:
                table["id"] = path.stem
            for name, shared in (common or {}).items():
                own = table.get(name, {})
                if isinstance(shared, dict) and isinstance(own, dict):
                    table[name] = shared | own
            if (read := self.validated(model, table, path)) is not None:
                found[path.stem] = read
        return found

    def tables(self, model: type[M], file: str) -> dict[str, M]:
        """Read one model per table of a file."""
        path = self.root / file
        found = {}
        for name, table in (self.toml(path) or {}).items():
            if (read := self.validated(model, table, path, f"{name}.")) is not None:
                found[name] = read
        return found

    def model(self, model: type[M], file: str) -> M | None:
        """Read one model that is a whole file."""
        path = self.root / file
        table = self.toml(path)
        return None if table is None else self.validated(model, table, path)

    def toml(self, path: Path) -> dict[str, Any] | None:
        """Read a file. In words that people read, numbers are tied to what they count."""
        self.read.add(path)
        read_by_people = re.match(r"(words|letters)/[^/]+/(?!cues/)", self.name(path))
        try:
            text = path.read_text(encoding="utf-8")
            return tomli.loads(tied(text) if read_by_people else text)
        except FileNotFoundError:
            self.fault(path, "", self.missing(path))
        except UnicodeDecodeError as error:
            self.fault(path, "", f"not UTF-8 at byte {error.start}")
        except tomli.TOMLDecodeError as error:
            self.fault(path, "", f"not TOML: {error}")
        return None

    def missing(self, path: Path) -> str:
        """Return that a file is missing, and what to do where another language has it."""
        _, _, file = self.name(path).partition("words/")
        own = file.partition("/")[2]
        there = own and (self.root / "words" / FIRST_LANGUAGE / own).exists()
        return f"missing: {translate(own)}" if there else "missing"

    def validated(self, model: type[M], table: object, path: Path, prefix: str = "") -> M | None:
        try:
            return model.model_validate(table)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.fault(path, prefix + ".".join(map(str, detail["loc"])), detail["msg"])
            return None

    def fault(self, path: Path, key: str, message: str) -> None:
        self.faults.append(Fault(self.name(path), key, message))

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()
