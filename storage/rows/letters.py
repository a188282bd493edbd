"""Letters with their versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from storage.errors import NotFound
from storage.records import UNREADABLE, ClientNumber, Letter, LetterNumber, Version
from storage.secrets.cipher import Place
from storage.session import Rows, to_moment, to_seconds
from storage.statements import Row
from storage.tables import NUMBERS, Table

LETTERS = Table("letters", Letter, others=("filled", "kept"), facts=NUMBERS)
VERSIONS = Table("versions", Version, others=("words",))
_UNREADABLE_FILLED: Final[Mapping[str, str]] = {UNREADABLE: UNREADABLE}


class LetterRows(Rows):
    """The letters of one person, with all their versions."""

    def start(self, letter: Letter) -> Letter:
        """Insert a letter; its number is given here, and it has no version yet.

        ``NotFound`` for an unknown client.
        """
        started = replace(
            letter,
            number=LetterNumber(self._session.next_number("letter", letter.client)),
            started_at=to_moment(to_seconds(letter.started_at)),
            version=0,
        )
        self._sql.add_letter(
            filled=self._session.seal(self._filled_place(started.number), _filled_text(started)),
            **LETTERS.columns(self._session, started),
        )
        return started

    def get(self, number: LetterNumber) -> Letter | None:
        row = self._sql.get_letter(number=number)
        return None if row is None else self._letter(row)

    def expect_of_client(self, client: ClientNumber) -> None:
        """Ask for what ``of_client`` is going to return."""
        self._expect("list_letters_of_client", client=client)

    def of_client(self, client: ClientNumber) -> tuple[Letter, ...]:
        """Return a client's letters, newest first."""
        rows = self._found("list_letters_of_client", client=client)
        return tuple(map(self._letter, rows))

    def all(self) -> tuple[tuple[Letter, tuple[Version, ...]], ...]:
        """Return every letter with its versions, those of deleted clients too."""
        versions: dict[int, list[Version]] = {}
        for row in self._sql.list_all_versions():
            versions.setdefault(row["letter"], []).append(self._version(row))
        letters = map(self._letter, self._sql.list_letters())
        return tuple((letter, tuple(versions.get(letter.number, ()))) for letter in letters)

    def save(self, letter: Letter) -> None:
        """Write everything but number, client, kind and started_at; ``NotFound`` if unknown.

        What was filled in and does not decrypt reads as ``{UNREADABLE: UNREADABLE}``, with nothing
        kept; saved back, that leaves both as they are stored.
        """
        number = letter.number
        stored = self._require(number)
        place = self._filled_place(number)
        self._sql.save_letter(
            filled=self._session.reseal(place, _filled_text(letter), stored["filled"]),
            **LETTERS.columns(self._session, letter),
        )

    def add_version(self, number: LetterNumber, words: str, now: datetime) -> Version:
        """Add a version after the one that is shown (later ones are dropped) and show it.

        ``NotFound`` for an unknown letter.
        """
        shown = self._require(number)["version"]
        version = Version(shown + 1, words, to_moment(to_seconds(now)))
        self._sql.drop_versions(letter=number, after=shown)
        self._sql.add_version(
            letter=number,
            number=version.number,
            words=self._session.seal(self._version_place(number, version.number), words),
            made_at=to_seconds(now),
        )
        self._sql.show_version(number=number, version=version.number)
        return version

    def versions(self, number: LetterNumber) -> tuple[Version, ...]:
        """Return the versions in order; those after the one that is shown were undone."""
        rows = self._sql.list_versions(letter=number)
        return tuple(map(self._version, rows))

    def _require(self, number: LetterNumber) -> Row:
        row: Row | None = self._sql.get_letter(number=number)
        if row is None:
            raise NotFound(f"letter {number}")
        return row

    def _letter(self, row: Row) -> Letter:
        place = self._filled_place(row["number"])
        filled, kept = _from_filled_text(self._session.open(place, row["filled"]))
        return LETTERS.read(self._session, row, filled=filled, kept=kept)

    def _version(self, row: Row) -> Version:
        place = self._version_place(row["letter"], row["number"])
        words = self._session.open(place, row["words"])
        return VERSIONS.read(self._session, row, words=words)

    def _filled_place(self, number: int) -> Place:
        return self._session.place("letters", "filled", number)

    def _version_place(self, letter: int, number: int) -> Place:
        return self._session.place("versions", "words", letter, number)


def _filled_text(letter: Letter) -> str:
    """Return what is sealed of a letter as JSON: nothing for nothing, the marker for the marker."""
    if letter.filled == _UNREADABLE_FILLED:
        return UNREADABLE
    if not letter.filled and not letter.kept:
        return ""
    # Filled anew after it could not be read: the marker goes.
    filled = {blank: words for blank, words in letter.filled.items() if blank != UNREADABLE}
    return json.dumps({"filled": filled, "kept": sorted(letter.kept)}, ensure_ascii=False)


def _from_filled_text(text: str) -> tuple[Mapping[str, str], frozenset[str]]:
    """Return what was filled in and the findings that stay."""
    if text == UNREADABLE:
        return dict(_UNREADABLE_FILLED), frozenset()
    both = json.loads(text) if text else {"filled": {}, "kept": ()}
    return both["filled"], frozenset(both["kept"])
