"""The master key in its file, and the file beside it while it is being changed."""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import StorageUnusable
from storage.secrets.box import KEY_BYTES, Box, Unreadable

_FORMAT: Final = b"\x01"
_MARK_BYTES: Final = 16


class MasterKey:
    """Wraps data keys; each wrapped key opens for its owner and its number only."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 32 bytes; ValueError otherwise."""
        self._key = key
        self._box = Box(key)

    @cached_property
    def mark(self) -> str:
        """What tells this key from others and betrays nothing of it."""
        return HKDF(SHA256(), _MARK_BYTES, salt=None, info=b"mark").derive(self._key).hex()

    def wrap(self, owner: int, number: int, key: bytes) -> bytes:
        """Seal a data key of ``owner``."""
        return _FORMAT + self._box.seal(key, _bound_to(owner, number))

    def unwrap(self, owner: int, number: int, wrapped: bytes) -> bytes:
        """Open a data key of ``owner``; raises ``Unreadable``."""
        if wrapped[:1] != _FORMAT:
            raise Unreadable("unknown format")
        return self._box.open(wrapped[1:], _bound_to(owner, number))


def _bound_to(owner: int, number: int) -> bytes:
    # The first release knew one key for each person.
    return b"data key of %d" % owner if number == 1 else b"data key %d of %d" % (number, owner)


def next_to(path: Path) -> Path:
    """Return where the next master key waits until every data key is wrapped by it."""
    return path.with_name(path.name + ".new")


def load_master_key(path: Path, fits: Callable[[MasterKey], bool]) -> MasterKey:
    """Return the master key that fits, from its file or from the one beside it.

    A file holds 32 bytes in base64 and belongs to nobody else. ``StorageUnusable`` where there is
    none, none fits, others can reach it, or it holds no key.
    """
    # In this order: where another process puts the new one in place meanwhile, it is found second.
    found = [_read(each) for each in (next_to(path), path)]
    if found == [None, None]:
        raise StorageUnusable(
            f"the master key {path} is missing, and there are texts that only it opens: restore it"
        )
    for master in found:
        if master is not None and fits(master):
            return master
    raise StorageUnusable(
        f"the master key {path} does not open the keys of the people: restore the one that does"
    )


def read_master_key(path: Path) -> MasterKey:
    """Return the master key of a file; ``StorageUnusable`` as ``load_master_key``."""
    master = _read(path)
    if master is None:
        raise StorageUnusable(f"the master key {path} is missing")
    return master


def _read(path: Path) -> MasterKey | None:
    """Return the master key of a file, None where there is no file."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(1024)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageUnusable(f"the master key {path}: {error.strerror}") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StorageUnusable(f"the master key can be read by others: chmod 600 {path}")
    try:
        return MasterKey(base64.b64decode(text.strip(), validate=True))
    except ValueError as error:
        raise StorageUnusable(f"{path} is not a master key: 32 bytes in base64") from error


def fitting(
    mark: str | None, wrapped: Iterable[tuple[int, int, bytes]]
) -> Callable[[MasterKey], bool]:
    """Return what tells the master key of these keys.

    By its mark; before there were marks by opening one of them. One is enough: a single damaged key
    is that person's trouble.
    """
    if mark is not None:
        return lambda master: master.mark == mark
    return partial(opens_any, wrapped=list(wrapped))


def opens_any(master: MasterKey, wrapped: Iterable[tuple[int, int, bytes]]) -> bool:
    """Tell whether the master key opens at least one of the keys (owner, number, wrapped)."""
    for owner, number, key in wrapped:
        try:
            master.unwrap(owner, number, key)
        except Unreadable:
            continue
        return True
    return False


def make_master_key(path: Path) -> MasterKey:
    """Write a new key where there is none, whole and durable before it is used.

    What it wraps is lost with it.
    """
    draft = path.with_name(path.name + ".draft")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)  # of a process that was killed here
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        move_durably(draft, path)
    except OSError as error:
        raise StorageUnusable(f"the master key {path}: {error.strerror}") from error
    return read_master_key(path)


def move_durably(source: Path, target: Path) -> None:
    """Rename a file within its folder, in place of what stood there."""
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
