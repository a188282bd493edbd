"""All about one client on paper, with names or without: what was agreed, judged, said and sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import orjson

from content.anonymous.masking import Masked, mask
from content.knowledge import Words
from content.named_entities import StoredName
from content.pictures.drawing import Drawing, Theme
from content.pictures.legible import drawable
from content.typography import tied


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One entry; an empty date is not shown."""

    text: str
    date: str = ""
    title: str = ""
    typed: bool = False
    """In somebody's own words, which may name anybody."""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind."""

    title: str
    items: tuple[CaseItem, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What is known of one client."""

    title: str
    about: str
    """When it was made, and that it decides nothing."""
    sections: tuple[Section, ...]

    def texts(self) -> tuple[str, ...]:
        """Return all that may tell who somebody is, in order."""
        return (self.title, *(text for item in self._items() for text in _telling(item)))

    def with_texts(self, texts: tuple[str, ...]) -> CaseFile:
        """Return the same with other texts in the place of those of ``texts()``."""
        left = iter(texts)
        title = next(left)
        sections = tuple(
            replace(section, items=tuple(_told(item, left) for item in section.items))
            for section in self.sections
        )
        return replace(self, title=title, sections=sections)

    def _items(self) -> Iterator[CaseItem]:
        for section in self.sections:
            yield from section.items


def _telling(item: CaseItem) -> tuple[str, ...]:
    return (item.date, item.text) if item.typed else (item.date,)


def _told(item: CaseItem, left: Iterator[str]) -> CaseItem:
    date = next(left)
    return replace(item, date=date, text=next(left) if item.typed else item.text)


def anonymous(
    words: Words,
    file: CaseFile,
    known: tuple[StoredName, ...],
    kept: frozenset[int],
    others: tuple[Words, ...],
) -> Masked:
    """Return the texts of a case file without names, and what was replaced; see ``mask``."""
    return mask(words, file.texts(), known, kept, others)


def readable(file: CaseFile) -> str:
    """Return a case file as plain text, each entry under its day and what it is."""
    lines = [file.title]
    for section in file.sections:
        lines += ["", section.title]
        for item in section.items:
            head = " · ".join(filter(None, (item.date, item.title)))
            lines += filter(None, (head, item.text))
    return "\n".join(lines)


def machine_readable(file: CaseFile) -> bytes:
    """Return a case file as JSON."""
    return orjson.dumps(asdict(file), option=orjson.OPT_INDENT_2)


def printed(file: CaseFile, language: str) -> Drawing:
    """Return a case file as it is to be printed on A4."""
    plain = {
        "title": drawable(file.title),
        "about": drawable(file.about),
        "sections": [
            {
                "title": section.title,
                "items": [
                    {
                        name: tied(drawable(str(getattr(item, name))))
                        for name in ("date", "title", "text")
                    }
                    for item in section.items
                ],
            }
            for section in file.sections
        ],
    }
    return Drawing("casefile", orjson.dumps(plain).decode(), language, Theme.LIGHT)
