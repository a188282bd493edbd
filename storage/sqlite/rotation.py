"""New keys for old: the master key, and the keys of the people, while the bot goes on.

Killed at any moment this leaves a state in which everything opens; called again it ends the work.
The bot sees what has changed at the beginning of its next transaction (``KeyRing.refresh``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from storage.errors import StorageUnusable
from storage.migrations import load_migrations
from storage.secrets.box import Unreadable
from storage.secrets.cipher import Cipher
from storage.secrets.keys import KeyRing, Rotated
from storage.secrets.master import make_master_key, next_to, read_master_key
from storage.secrets.sealed import SEALED, SealedColumn, SealedRow
from storage.sqlite.engine import connect, refusal, refuse_unusable
from storage.sqlite.files import Files
from storage.sqlite.migrating import applied_number, transaction
from storage.sqlite.ring import changing_keys, open_ring, put_in_place
from storage.statements import load_statements

_TEXTS_PER_COMMIT: Final = 100
"""Texts sealed anew in one transaction; a tap waits for about 3 ms."""


class Rewrapped(NamedTuple):
    """What a change of the master key has done."""

    damaged: int
    """Keys that did not open, and stay as they are."""
    resumed: bool
    """Whether all was wrapped already, and only the file had to be put in its place."""


def rotate_master(files: Files) -> Rewrapped:
    """Make a new master key, wrap all keys by it, and put it in the place of the old one.

    The new one waits beside the old until the one transaction that wraps all keys by it and notes
    its mark; whoever looks for the master key takes the one of the two that has this mark.
    Raises ``StorageUnusable``, or ``StorageBusy`` while another process does the same.
    """
    with _changing(files) as (raw, ring):
        if put_in_place(files, ring.master):
            return Rewrapped(damaged=0, resumed=True)
        beside = next_to(files.master)
        master = read_master_key(beside) if beside.exists() else make_master_key(beside)
        with transaction(raw):  # a step that has begun finds its keys as they were
            damaged = ring.rewrap(master)
        put_in_place(files, master)
        ring.scrub()
    return Rewrapped(damaged=damaged, resumed=False)


def rotate_keys(files: Files, *, sealing: bool = True) -> Rotated:
    """Give everybody a new key, seal their texts with it, and delete the old ones.

    Person by person: the new key comes first, beside the old; then batches of texts, each in one
    transaction; the old key goes when no text needs it any more. Without ``sealing`` texts are
    written as they are, and with it those that were are sealed.
    Raises ``StorageUnusable``, or ``StorageBusy`` while another process does the same.
    """
    with _changing(files) as (raw, ring):
        return KeyRotation(raw, ring, Cipher(ring, sealing=sealing)).run()


class KeyRotation:
    """One run of ``rotate_keys``."""

    def __init__(self, raw: sqlite3.Connection, ring: KeyRing, cipher: Cipher) -> None:
        self._raw = raw
        self._ring = ring
        self._cipher = cipher
        self._texts = 0

    def run(self) -> Rotated:
        """Rotate everybody's keys."""
        resumed = self._ring.begin_rotation()
        done = [self.rotate(owner) for owner in self._ring.people()]
        self._ring.end_rotation()
        return Rotated(done.count(True), self._texts, done.count(False), resumed)

    def rotate(self, owner: int) -> bool:
        """Rotate the keys of one person; False where something of theirs does not open."""
        try:
            if not self._ring.renew(owner):
                return True
        except Unreadable:
            return False
        self.seal_anew(owner)
        return self.retire(owner)

    def seal_anew(self, owner: int) -> None:
        """Write all texts of a person as the cipher writes now; what does not open stays."""
        stale = iter(self.stale(owner))
        while batch := list(islice(stale, _TEXTS_PER_COMMIT)):
            with self.transaction():
                for column, row, _ in batch:
                    self._seal_anew(owner, column, row)

    def retire(self, owner: int) -> bool:
        """Delete the older keys of a person that no text needs; tell whether none needs any.

        No transaction begins with an older key once a newer is there, and this one begins when
        those before have ended: so what it sees is all there will ever be.
        """
        with self.transaction():
            needed = {self._cipher.number(sealed) for *_, sealed in self.stale(owner)}
            self._ring.retire(owner, needed)
        return not needed

    def stale(self, owner: int) -> list[tuple[SealedColumn, SealedRow, bytes]]:
        """Return what the cipher would write otherwise now, with its column and row."""
        return [
            (column, row, sealed)
            for column in SEALED
            for row, sealed in column.values(self._raw, owner)
            if not self._cipher.is_current(owner, sealed)
        ]

    def _seal_anew(self, owner: int, column: SealedColumn, row: SealedRow) -> None:
        """Write one value anew, inside the transaction."""
        place = column.place(owner, row)
        for _, sealed in column.values(self._raw, owner, row):
            if self._cipher.is_current(owner, sealed):  # the bot was faster
                return
            with suppress(Unreadable):
                again = self._cipher.seal(place, self._cipher.open(place, sealed))
                self.write(owner, column, row, again)

    def write(self, owner: int, column: SealedColumn, row: SealedRow, sealed: bytes) -> None:
        column.write(self._raw, owner, row, sealed)
        self._texts += 1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the data as a step of the bot does."""
        with transaction(self._raw):
            self._ring.refresh()
            yield


@contextmanager
def _changing(files: Files) -> Iterator[tuple[sqlite3.Connection, KeyRing]]:
    """Open the data and the keys that there are; ``StorageUnusable`` where there are none."""
    with (
        _opened(files.data, ".") as raw,
        changing_keys(files),
        _opened(files.keys, "keys") as keys,
    ):
        sql = load_statements()
        if not list(sql.some_wrapped_keys(keys)):
            raise StorageUnusable(f"{files.keys} holds no keys: nobody has stored anything yet")
        ring, _ = open_ring(keys, sql, files, needed=True)
        yield raw, ring


@contextmanager
def _opened(path: Path, folder: str) -> Iterator[sqlite3.Connection]:
    """Open a file that a bot of this release has opened before."""
    migrations = load_migrations(folder)
    try:
        if not path.exists():
            raise StorageUnusable(f"there is no {path}")
        refuse_unusable(path, migrations)
        with closing(connect(path)) as raw:
            if applied_number(raw) != migrations[-1].number:
                raise StorageUnusable(
                    f"{path} is of another release: start the bot of this one once first"
                )
            yield raw
    except sqlite3.Error as error:
        raise StorageUnusable(refusal(path, error)) from error
