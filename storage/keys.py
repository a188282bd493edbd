"""The master key in its file, and the data keys that it wraps, one per person."""

from __future__ import annotations

import base64
import os
import stat
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from storage.box import KEY_BYTES, Box, Unreadable
from storage.protocols import StorageUnusable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from storage.statements import Statements

_UNWRAPPED_AT_MOST: Final = 1024


class MasterKey:
    """Wraps data keys; each wrapped key opens for its owner only."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 32 bytes; ValueError otherwise."""
        self._box = Box(key)

    def wrap(self, owner: int, key: bytes) -> bytes:
        """Seal the data key of ``owner``."""
        return self._box.seal(key, _owner_bytes(owner))

    def unwrap(self, owner: int, wrapped: bytes) -> bytes:
        """Open the data key of ``owner``; raises ``Unreadable``."""
        return self._box.open(wrapped, _owner_bytes(owner))


def _owner_bytes(owner: int) -> bytes:
    return b"data key of %d" % owner


def load_master_key(path: Path, *, fresh_ok: bool) -> MasterKey:
    """Read the master key: 32 bytes in base64, in a file that nobody else can read.

    Where there is no file and ``fresh_ok``, one is made. Without ``fresh_ok`` something is sealed
    already, and a new key would open none of it: ``StorageUnusable``, as for a file that others can
    read or that holds no key.
    """
    try:
        if fresh_ok and not path.exists():
            _make_master_key(path)
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(1024)
    except FileNotFoundError as error:
        raise StorageUnusable(
            f"the master key {path} is missing, and there are texts that only it opens: restore it"
        ) from error
    except OSError as error:
        raise StorageUnusable(f"the master key {path}: {error.strerror}") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StorageUnusable(f"the master key can be read by others: chmod 600 {path}")
    try:
        return MasterKey(base64.b64decode(text.strip(), validate=True))
    except ValueError as error:
        raise StorageUnusable(f"{path} is not a master key: 32 bytes in base64") from error


def _make_master_key(path: Path) -> None:
    """Write a new key, durable before it is used: what it wraps is lost with it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class KeyRing:
    """The data keys. Used on the thread of the writer only."""

    def __init__(self, connection: sqlite3.Connection, sql: Statements, master: MasterKey) -> None:
        """Take the open file of keys, in autocommit and with ``synchronous=FULL``."""
        self._connection = connection
        self._sql = sql
        self._master = master
        self._unwrapped: OrderedDict[int, Box] = OrderedDict()

    def existing(self, owner: int) -> Box:
        """Return the key of ``owner``; raises ``Unreadable`` where it is missing or damaged."""
        box = self._unwrapped.get(owner) or self._unwrap(owner)
        if box is None:
            raise Unreadable("there is no key")
        return self._remember(owner, box)

    def for_sealing(self, owner: int) -> Box:
        """Return the key of ``owner``, made on first need; raises ``Unreadable`` if it is damaged.

        A new key is durable before this returns, so no committed row can be sealed with a key that
        a crash takes away.
        """
        box = self._unwrapped.get(owner) or self._unwrap(owner) or self._make(owner)
        return self._remember(owner, box)

    def forget(self, owner: int) -> None:
        """Delete the key, from the file and from its log too."""
        self._unwrapped.pop(owner, None)
        self._sql.delete_wrapped_key(self._connection, owner=owner)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _unwrap(self, owner: int) -> Box | None:
        row = self._sql.get_wrapped_key(self._connection, owner=owner)
        return None if row is None else Box(self._master.unwrap(owner, row["wrapped"]))

    def _make(self, owner: int) -> Box:
        key = os.urandom(KEY_BYTES)
        wrapped = self._master.wrap(owner, key)
        self._sql.add_wrapped_key(self._connection, owner=owner, wrapped=wrapped)
        return Box(key)

    def _remember(self, owner: int, box: Box) -> Box:
        self._unwrapped[owner] = box
        self._unwrapped.move_to_end(owner)
        if len(self._unwrapped) > _UNWRAPPED_AT_MOST:
            self._unwrapped.popitem(last=False)
        return box


def opens_any(master: MasterKey, wrapped_keys: Iterable[tuple[int, bytes]]) -> bool:
    """Tell whether the master key opens at least one of the (owner, wrapped key) pairs.

    One is enough: a single damaged key is that person's trouble, not a wrong master key.
    """
    for owner, wrapped in wrapped_keys:
        try:
            master.unwrap(owner, wrapped)
        except Unreadable:
            continue
        return True
    return False
