"""A copy of the data while the bot goes on, and the way back.

The keys are not in it. Who has erased everything since stands in the ledger of erasures beside the
keys, and what a copy still holds of them is dropped when it is restored.
"""

from __future__ import annotations

import math
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from storage.errors import StorageUnusable
from storage.migrations import load_migrations, refuse_newer
from storage.secrets.box import Unreadable
from storage.secrets.cipher import Cipher
from storage.secrets.keys import NOBODY, KeyRing
from storage.secrets.master import move_durably
from storage.secrets.sealed import SEALED
from storage.session import to_seconds
from storage.sqlite.engine import (
    connect,
    empty_log,
    make_folder,
    open_keys,
    refusal,
    refuse_damaged,
    serving_alone,
)
from storage.sqlite.files import Files
from storage.sqlite.migrating import applied_number, migrate, needed_number, transaction
from storage.sqlite.ring import open_ring
from storage.statements import load_statements


class Restored(NamedTuple):
    """What a restoration has done."""

    people: int
    """Who is there again."""
    dropped: int
    """Who is in the copy and has erased everything since."""
    unreadable: int
    """Texts that do not open: sealed before a rotation of the keys, as a rule."""
    former: Path | None
    """The database that was replaced, kept; none where there was none."""


def back_up(source: Path, copy: Path) -> None:
    """Write a database as it is now into a new file that nobody else can read.

    Nobody waits for it: it reads what was committed when it began. Raises ``StorageUnusable``.
    """
    if not source.exists():
        raise StorageUnusable(f"there is no {source}")
    if copy.exists():
        raise StorageUnusable(f"{copy} is there already")
    draft = _draft(copy)
    with _told(source), closing(connect(source)) as raw:
        try:
            _copy(raw, draft)
            move_durably(draft, copy)
        except OSError as error:
            raise StorageUnusable(refusal(copy, error)) from error


def restore(files: Files, copy: Path, now: datetime) -> Restored:
    """Put a copy in the place of the data, which are kept beside it.

    Raises ``StorageBusy`` while a bot works with the data, ``StorageUnusable`` for a copy that
    cannot be used and where the keys cannot be opened. Nothing is changed until the last step.
    """
    if not copy.exists():
        raise StorageUnusable(f"there is no {copy}")
    make_folder(files.data)
    with serving_alone(files):
        draft = _draft(files.data)
        with _told(copy), closing(sqlite3.connect(copy, isolation_level=None)) as source:
            _refuse_unfit(source, copy)
            _copy(source, draft)
        with _told(draft), closing(connect(draft)) as raw:
            migrate(raw, load_migrations(), to_seconds(now))
            restored = _fit_to_keys(raw, files, now)
            raw.execute("VACUUM")  # nothing stays of those who are dropped
            empty_log(raw)
        with _told(files.data):
            former = _keep_former(files.data, now)
            move_durably(draft, files.data)
    return restored._replace(former=former)


def _refuse_unfit(raw: sqlite3.Connection, copy: Path) -> None:
    """Refuse what is damaged, of a newer release, or no data of a coach."""
    refuse_damaged(raw, math.inf)
    refuse_newer(needed_number(raw), load_migrations())
    if not {"people", "clients"} <= set(_tables(raw)) or not applied_number(raw):
        raise StorageUnusable(f"{copy} is no backup of a coach's data")


def _copy(raw: sqlite3.Connection, draft: Path) -> None:
    draft.unlink(missing_ok=True)  # of a process that was killed here
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    raw.execute("VACUUM INTO ?", (str(draft),))
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    with closing(sqlite3.connect(draft)) as written:
        refuse_damaged(written, math.inf)


def _fit_to_keys(raw: sqlite3.Connection, files: Files, now: datetime) -> Restored:
    """Drop all invitations and the rows of who has erased everything; count what does not open."""
    sql = load_statements()
    (sealed,) = sql.any_sealed(raw)
    with closing(open_keys(files.keys, to_seconds(now))) as keys:
        ring, _ = open_ring(keys, sql, files, needed=bool(sealed))
        since = dict(raw.execute("SELECT owner, since FROM people").fetchall())
        there = _owners(raw)
        dropped = {owner for owner in there if _is_erased(ring, owner, since.get(owner))}
        with transaction(raw):
            for owner in dropped:
                _drop(raw, owner)
            # One that was used since the copy must not open the door again.
            raw.execute("DELETE FROM invitations")
        unreadable = sum(_unreadable(raw, ring, owner) for owner in there - dropped)
    return Restored(len(there - dropped), len(dropped), unreadable, former=None)


def _is_erased(ring: KeyRing, owner: int, since: int | None) -> bool:
    """Tell whether a person has erased everything after these rows were written.

    ``since`` is when their first row was written: who came back after an erasure began anew. Who
    erased everything before there was a ledger has lost the key then.
    """
    erased_at = ring.erased_at(owner)
    if erased_at is not None and (since is None or erased_at >= since):
        return True
    return since is not None and not ring.has_keys(owner)


def _unreadable(raw: sqlite3.Connection, ring: KeyRing, owner: int) -> int:
    """Count the texts of a person that do not open."""
    cipher, count = Cipher(ring), 0
    for column in SEALED:
        for row, sealed in column.values(raw, owner):
            try:
                cipher.open(column.place(owner, row), sealed)
            except Unreadable:
                count += 1
    return count


def _owners(raw: sqlite3.Connection) -> set[int]:
    """Return everybody who is in any table; the coach's own allowance is nobody's."""
    return {
        owner
        for table in _owned(raw)
        for (owner,) in raw.execute(f"SELECT DISTINCT owner FROM {table}")  # noqa: S608 - names of the schema  # nosec B608
    } - {NOBODY}


def _drop(raw: sqlite3.Connection, owner: int) -> None:
    for table in _owned(raw):
        raw.execute(f"DELETE FROM {table} WHERE owner = ?", (owner,))  # noqa: S608 - names of the schema  # nosec B608


def _owned(raw: sqlite3.Connection) -> list[str]:
    """Return the tables whose rows belong to somebody."""
    return [
        table
        for table in _tables(raw)
        if "owner" in {name for _, name, *_ in raw.execute(f"PRAGMA table_info({table})")}
    ]


def _tables(raw: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return [name for (name,) in raw.execute(query)]


def _keep_former(data: Path, now: datetime) -> Path | None:
    """Copy the data that are to be replaced, with their log, and take the log away."""
    if not data.exists():
        return None
    former = data.with_name(f"{data.name}.{now:%Y%m%d-%H%M%S}")
    if former.exists():
        raise StorageUnusable(f"{former} is there already")
    for ending in ("-wal", ""):
        each = data.with_name(data.name + ending)
        if each.exists():
            shutil.copy2(each, former.with_name(former.name + ending))
    # Killed between here and the last step, the data are still whole: their log goes into them.
    # Where that cannot be, they are damaged, which may be why others take their place.
    with suppress(sqlite3.Error), closing(connect(data)) as raw:
        empty_log(raw)
    for ending in ("-wal", "-shm"):
        data.with_name(data.name + ending).unlink(missing_ok=True)
    return former


def _draft(path: Path) -> Path:
    return path.with_name(path.name + ".draft")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the disk or the engine says of a file into one line."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise StorageUnusable(refusal(path, error)) from error
