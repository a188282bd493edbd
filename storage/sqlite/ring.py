"""From the files of keys to an open ring of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

from storage.errors import StorageBusy, StorageUnusable
from storage.secrets.keys import HASHING, HIGHEST, NOBODY, state_of
from storage.secrets.master import (
    MasterKey,
    fitting,
    load_master_key,
    make_master_key,
    move_durably,
    next_to,
    read_master_key,
)
from storage.sqlite.files import Files
from storage.sqlite.keys import FileRing
from storage.sqlite.lock import Lock
from storage.statements import Statements


def open_ring(
    keys: sqlite3.Connection, sql: Statements, files: Files, *, needed: bool
) -> tuple[FileRing, Sequence[str]]:
    """Load the master key and see that it belongs to the keys; return what was noticed too.

    Where there are no keys yet, a master key is made, unless there are texts that need theirs
    (``needed``): ``StorageUnusable``.
    """
    wrapped = [tuple(row) for row in sql.some_wrapped_keys(keys)]
    notices: list[str] = []
    if needed and not wrapped:
        raise StorageUnusable(no_keys(files))
    if not files.master.exists() and all(owner == NOBODY for owner, *_ in wrapped):
        # Nobody has a text: the ledger, which no key opens any more, goes as well.
        sql.forget_ledger(keys)
        sql.delete_sealing_keys(keys, owner=NOBODY, number=HIGHEST)
        sql.delete_wrapped_key(keys, owner=NOBODY, number=HASHING)
        wrapped = []
        make_master_key(files.master)
        notices.append(
            f"A NEW MASTER KEY was made: {files.master}. Back it up now, apart from the data:"
            " without it nobody can read what people store, ever"
        )
    state = state_of(sql.get_state(keys), files.keys)
    if not wrapped:
        master = read_master_key(files.master)
    else:
        master = load_master_key(files.master, fitting(state.master, wrapped))
        if _end_change(files, master):
            notices.append(f"the change of the master key {files.master} was finished")
    ring = FileRing(keys, sql, master, partial(load_master_key, files.master))
    if state.master != master.mark:
        ring.adopt(master)
    return ring, notices


def no_keys(files: Files) -> str:
    """Return the line for a file of keys that is empty, beside data that are not."""
    return (
        f"{files.keys} holds no keys, and there are texts that only they open: put the newest keys"
        " of this bot there (older ones would bring back who has erased everything since)"
    )


def changing_keys(files: Files) -> Lock:
    """Return the lock of whoever rotates keys; ``StorageBusy`` where somebody does."""
    return Lock(files.keys, f"another process changes the keys in {files.keys}; let it finish")


def put_in_place(files: Files, master: MasterKey) -> bool:
    """Move the next master key to its place if it is the one that wraps all keys; tell whether.

    To be called with the lock of ``changing_keys``.
    """
    beside = next_to(files.master)
    if not beside.exists() or read_master_key(beside).mark != master.mark:
        return False
    move_durably(beside, files.master)
    return True


def _end_change(files: Files, master: MasterKey) -> bool:
    """End a change of the master key that was cut off before the last step; tell whether it was.

    ``master`` is the one that wraps all keys.
    """
    if not next_to(files.master).exists():
        return False
    try:
        with changing_keys(files):
            return put_in_place(files, master)
    except StorageBusy:  # whoever changes it is about to do so
        return False
