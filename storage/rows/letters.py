"""Letters with their versions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from storage.protocols import NotFound
from storage.records import (
    UNREADABLE,
    ClientNumber,
    FactNumber,
    Letter,
    LetterNumber,
    Owner,
    Version,
)
from storage.secrets.cipher import Place
from storage.session import (
    Desk,
    from_numbers,
    to_moment,
    to_moment_or_none,
    to_numbers,
    to_seconds,
    to_seconds_or_none,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

_UNREADABLE_FILLED: Final[Mapping[str, str]] = {UNREADABLE: UNREADABLE}


class LetterRows:
    """``storage.protocols.Letters``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def start(self, letter: Letter) -> Letter:
        """See ``Letters.start``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, letter.client)
        started = replace(
            letter,
            number=LetterNumber(desk.next_number(owner, "letter")),
            started_at=to_moment(to_seconds(letter.started_at)),
            version=0,
        )
        desk.sql.add_letter(
            desk.connection,
            client=started.client,
            kind=started.kind,
            started_at=to_seconds(started.started_at),
            filled=desk.seal(self._filled_place(started.number), _filled_text(started)),
            **self._plain(started),
        )
        return started

    def get(self, number: LetterNumber) -> Letter | None:
        """See ``Letters.get``."""
        row = self._row(number)
        return None if row is None else self._letter(row)

    def of_client(self, client: ClientNumber) -> tuple[Letter, ...]:
        """See ``Letters.of_client``."""
        rows = self._desk.sql.list_letters_of_client(
            self._desk.connection, owner=self._owner, client=client
        )
        return tuple(map(self._letter, rows))

    def all(self) -> tuple[tuple[Letter, tuple[Version, ...]], ...]:
        """Return every letter with its versions, those of deleted clients too."""
        sql, connection, owner = self._desk.sql, self._desk.connection, self._owner
        versions: dict[int, list[Version]] = {}
        for row in sql.list_all_versions(connection, owner=owner):
            versions.setdefault(row["letter"], []).append(self._version(row))
        letters = map(self._letter, sql.list_letters(connection, owner=owner))
        return tuple((letter, tuple(versions.get(letter.number, ()))) for letter in letters)

    def save(self, letter: Letter) -> None:
        """See ``Letters.save``."""
        desk, number = self._desk, letter.number
        stored = self._require(number)
        place = self._filled_place(number)
        desk.sql.save_letter(
            desk.connection,
            filled=desk.reseal(place, _filled_text(letter), stored["filled"]),
            **self._plain(letter),
        )

    def add_version(self, number: LetterNumber, words: str, now: datetime) -> Version:
        """See ``Letters.add_version``."""
        desk, owner = self._desk, self._owner
        shown = self._require(number)["version"]
        version = Version(shown + 1, words, to_moment(to_seconds(now)))
        desk.sql.drop_versions(desk.connection, owner=owner, letter=number, after=shown)
        desk.sql.add_version(
            desk.connection,
            owner=owner,
            letter=number,
            number=version.number,
            words=desk.seal(self._version_place(number, version.number), words),
            made_at=to_seconds(now),
        )
        desk.sql.show_version(desk.connection, owner=owner, number=number, version=version.number)
        return version

    def versions(self, number: LetterNumber) -> tuple[Version, ...]:
        """See ``Letters.versions``."""
        rows = self._desk.sql.list_versions(self._desk.connection, owner=self._owner, letter=number)
        return tuple(map(self._version, rows))

    def _plain(self, letter: Letter) -> dict[str, str | int | None]:
        """Return the key and the columns that change and are not sealed."""
        return {
            "owner": self._owner,
            "number": letter.number,
            "tone": letter.tone,
            "length": letter.length,
            "language": letter.language,
            "facts": from_numbers(letter.facts),
            "version": letter.version,
            "done_at": to_seconds_or_none(letter.done_at),
            "sent_on": None if letter.sent_on is None else letter.sent_on.isoformat(),
        }

    def _require(self, number: LetterNumber) -> sqlite3.Row:
        row = self._row(number)
        if row is None:
            raise NotFound(f"letter {number}")
        return row

    def _row(self, number: LetterNumber) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._desk.sql.get_letter(
            self._desk.connection, owner=self._owner, number=number
        )
        return row

    def _letter(self, row: sqlite3.Row) -> Letter:
        number = LetterNumber(row["number"])
        filled, kept = _from_filled_text(self._desk.open(self._filled_place(number), row["filled"]))
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

    def _version(self, row: sqlite3.Row) -> Version:
        place = self._version_place(row["letter"], row["number"])
        words = self._desk.open(place, row["words"])
        return Version(row["number"], words, to_moment(row["made_at"]))

    def _filled_place(self, number: int) -> Place:
        return Place(self._owner, "letters", "filled", (number,))

    def _version_place(self, letter: int, number: int) -> Place:
        return Place(self._owner, "versions", "words", (letter, number))


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
