"""Letters with their versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from storage.errors import NotFound
from storage.records import (
    UNREADABLE,
    ClientNumber,
    FactNumber,
    Letter,
    LetterNumber,
    Version,
)
from storage.secrets.cipher import Place
from storage.session import (
    Rows,
    from_numbers,
    to_moment,
    to_moment_or_none,
    to_numbers,
    to_seconds,
    to_seconds_or_none,
)
from storage.statements import Row

_UNREADABLE_FILLED: Final[Mapping[str, str]] = {UNREADABLE: UNREADABLE}


class LetterRows(Rows):
    """The letters of one person, with all their versions."""

    def start(self, letter: Letter) -> Letter:
        """Insert a letter; its number is given here, and it has no version yet.

        ``NotFound`` for an unknown client.
        """
        self._session.require_client(letter.client)
        started = replace(
            letter,
            number=LetterNumber(self._session.next_number("letter")),
            started_at=to_moment(to_seconds(letter.started_at)),
            version=0,
        )
        self._sql.add_letter(
            client=started.client,
            kind=started.kind,
            started_at=to_seconds(started.started_at),
            filled=self._session.seal(self._filled_place(started.number), _filled_text(started)),
            **self._plain(started),
        )
        return started

    def get(self, number: LetterNumber) -> Letter | None:
        """Return the letter or None."""
        row = self._row(number)
        return None if row is None else self._letter(row)

    def of_client(self, client: ClientNumber) -> tuple[Letter, ...]:
        """Return a client's letters, newest first."""
        rows = self._sql.list_letters_of_client(client=client)
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
            **self._plain(letter),
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

    def _plain(self, letter: Letter) -> dict[str, str | int | None]:
        """Return the key and the columns that change and are not sealed."""
        return {
            "number": letter.number,
            "tone": letter.tone,
            "length": letter.length,
            "language": letter.language,
            "facts": from_numbers(letter.facts),
            "version": letter.version,
            "done_at": to_seconds_or_none(letter.done_at),
            "sent_on": None if letter.sent_on is None else letter.sent_on.isoformat(),
        }

    def _require(self, number: LetterNumber) -> Row:
        row = self._row(number)
        if row is None:
            raise NotFound(f"letter {number}")
        return row

    def _row(self, number: LetterNumber) -> Row | None:
        row: Row | None = self._sql.get_letter(number=number)
        return row

    def _letter(self, row: Row) -> Letter:
        number = LetterNumber(row["number"])
        filled, kept = _from_filled_text(
            self._session.open(self._filled_place(number), row["filled"])
        )
        return Letter(
            number=number,
            client=ClientNumber(row["client"]),
            kind=row["kind"],
            tone=row["tone"],
            length=row["length"],
            language=row["language"],
            started_at=to_moment(row["started_at"]),
            filled=filled,
            facts=tuple(map(FactNumber, to_numbers(row["facts"]))),
            kept=kept,
            version=row["version"],
            done_at=to_moment_or_none(row["done_at"]),
            sent_on=None if row["sent_on"] is None else date.fromisoformat(row["sent_on"]),
        )

    def _version(self, row: Row) -> Version:
        place = self._version_place(row["letter"], row["number"])
        words = self._session.open(place, row["words"])
        return Version(row["number"], words, to_moment(row["made_at"]))

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
