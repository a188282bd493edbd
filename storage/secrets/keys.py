"""The data keys of the people, wrapped by the master key, in a file of their own."""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from storage.migrations import transaction
from storage.protocols import StorageUnusable
from storage.secrets.box import KEY_BYTES, Box, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from storage.secrets.master import MasterKey
    from storage.statements import Statements

HASHING: Final = 0
"""Number of the key that hashes: what is hashed cannot be hashed anew, so it is never changed."""
_UNWRAPPED_AT_MOST: Final = 1024


class State(NamedTuple):
    """What the file of keys says of itself."""

    master: str | None
    """Mark of the master key that wraps all the others; none while there are none."""
    generation: int
    """Number that a new data key gets."""
    rotating: int
    """1 while there may be older ones to be replaced."""


@dataclass(slots=True)
class _Bunch:
    """The keys of one person; each is unwrapped when it is first needed."""

    wrapped: dict[int, bytes]
    boxes: dict[int, Box] = field(default_factory=dict)


class KeyRing:
    """The data keys: (owner, number) → key. Used on one thread only.

    Another process may change them (``storage.sqlite.rotation``), but takes nothing away while
    somebody is in a transaction on the data: ``refresh`` has to be called at its beginning.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        sql: Statements,
        master: MasterKey,
        find_master: Callable[[Callable[[MasterKey], bool]], MasterKey],
    ) -> None:
        """Take the open file of keys, in autocommit and with ``synchronous=FULL``.

        ``find_master`` returns the master key that fits, see ``load_master_key``: it is called when
        another process has changed it.
        """
        self._connection = connection
        self._sql = sql
        self._master = master
        self._find_master = find_master
        self._unwrapped: OrderedDict[int, _Bunch] = OrderedDict()
        self._version = self._data_version()

    @property
    def master(self) -> MasterKey:
        """The master key that wraps them all."""
        return self._master

    @property
    def state(self) -> State:
        """What the file says of itself."""
        return State(*self._sql.get_state(self._connection))

    def refresh(self) -> None:
        """Forget what another process may have changed."""
        version = self._data_version()
        if version != self._version:
            self._unwrapped.clear()
            self._version = version
            self._know_master()

    def newest(self, owner: int, *, make: bool = True) -> tuple[int, Box]:
        """Return the key that seals for ``owner``, with its number; with ``make`` on first need.

        A new key is durable before this returns, so no committed row can be sealed with a key that
        a crash takes away. Raises ``Unreadable`` where it is damaged, or missing.
        """
        bunch = self._bunch(owner)
        if bunch is None or max(bunch.wrapped) == HASHING:
            if not make:
                raise Unreadable("there is no key")
            with self._changing():
                self._add(owner, self.state.generation)
            bunch = self._known(owner)
        number = max(bunch.wrapped)
        return number, self._box(owner, bunch, number)

    def numbered(self, owner: int, number: int) -> Box:
        """Return a key of ``owner``; raises ``Unreadable`` where it is missing or damaged."""
        bunch = self._bunch(owner)
        if bunch is None or number not in bunch.wrapped:
            raise Unreadable("there is no key")
        return self._box(owner, bunch, number)

    def hashing(self, owner: int, *, make: bool) -> Box:
        """Return the key that hashes for ``owner``; raises ``Unreadable`` as ``numbered``.

        With ``make`` it is made where there is none.
        """
        bunch = self._bunch(owner)
        if make and (bunch is None or HASHING not in bunch.wrapped):
            with self._changing():
                self._add(owner, HASHING)
            self._unwrapped.pop(owner, None)
        return self.numbered(owner, HASHING)

    def forget(self, owner: int) -> None:
        """Delete the keys, from the file and from its log too."""
        self._unwrapped.pop(owner, None)
        if self._sql.delete_wrapped_keys(self._connection, owner=owner):
            self.scrub()

    def scrub(self) -> None:
        """Write the file anew, so that no deleted key is left in it.

        ``secure_delete`` alone leaves copies in the gaps of pages that were split. Measured: 17 ms
        for the keys of 20,000 people.
        """
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def owners(self) -> tuple[int, ...]:
        """Return everybody who has a key."""
        return tuple(owner for (owner,) in self._sql.list_owners(self._connection))

    def adopt(self, master: MasterKey) -> None:
        """Note that this master key wraps all the others."""
        self._master = master
        self._sql.set_master(self._connection, master=master.mark)

    # What the rotation does

    def rewrap(self, master: MasterKey) -> int:
        """Wrap all keys by another master key, in one transaction; return how many did not open.

        Those stay as they are: the old master key does not open them either.
        """
        damaged = 0
        with self._changing():
            for owner, number, wrapped in list(self._sql.list_wrapped_keys(self._connection)):
                try:
                    key = self._master.unwrap(owner, number, wrapped)
                except Unreadable:
                    damaged += 1
                    continue
                again = master.wrap(owner, number, key)
                self._sql.put_wrapped_key(
                    self._connection, owner=owner, number=number, wrapped=again
                )
            self.adopt(master)
        self._unwrapped.clear()
        return damaged

    def begin_rotation(self) -> bool:
        """Begin a new generation, unless one has begun; tell whether it had."""
        with self._changing():
            resumed = bool(self.state.rotating)
            if not resumed:
                self._sql.begin_generation(self._connection)
        return resumed

    def end_rotation(self) -> None:
        """Note that nothing is left to do."""
        self._sql.end_rotation(self._connection)
        self.scrub()

    def renew(self, owner: int) -> bool:
        """Give ``owner`` a key of this generation besides the older; False for nobody's keys.

        Who was erased meanwhile must not be given a key again. Raises ``Unreadable`` where the
        newest key is damaged: a mended one must find things as they were.
        """
        self._unwrapped.pop(owner, None)
        with self._changing():
            bunch = self._bunch(owner)
            if bunch is None or max(bunch.wrapped) == HASHING:
                return False
            generation = self.state.generation
            if generation not in bunch.wrapped:
                self._box(owner, bunch, max(bunch.wrapped))
                self._add(owner, generation)
        self._unwrapped.pop(owner, None)
        return True

    def retire(self, owner: int, needed: Container[int | None]) -> None:
        """Delete the keys of ``owner`` that are not ``needed``; the newest one stays."""
        bunch = self._bunch(owner)
        if bunch is None:
            return
        for number in sorted(bunch.wrapped)[:-1]:
            if number != HASHING and number not in needed:
                self._sql.delete_wrapped_key(self._connection, owner=owner, number=number)
        self._unwrapped.pop(owner, None)

    # Inside

    def _bunch(self, owner: int) -> _Bunch | None:
        bunch = self._unwrapped.get(owner)
        if bunch is None:
            rows = self._sql.get_wrapped_keys(self._connection, owner=owner)
            wrapped = {row["number"]: row["wrapped"] for row in rows}
            if not wrapped:
                return None
            bunch = self._unwrapped[owner] = _Bunch(wrapped)
        self._unwrapped.move_to_end(owner)
        if len(self._unwrapped) > _UNWRAPPED_AT_MOST:
            self._unwrapped.popitem(last=False)
        return bunch

    def _known(self, owner: int) -> _Bunch:
        self._unwrapped.pop(owner, None)
        bunch = self._bunch(owner)
        if bunch is None:
            raise Unreadable("the key is gone again")
        return bunch

    def _box(self, owner: int, bunch: _Bunch, number: int) -> Box:
        box = bunch.boxes.get(number)
        if box is None:
            key = self._master.unwrap(owner, number, bunch.wrapped[number])
            box = bunch.boxes[number] = Box(key)
        return box

    def _add(self, owner: int, number: int) -> None:
        """Insert a new key, inside ``_changing``; one that is there stays."""
        wrapped = self._master.wrap(owner, number, os.urandom(KEY_BYTES))
        self._sql.add_wrapped_key(self._connection, owner=owner, number=number, wrapped=wrapped)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the file while keys are wrapped: nobody changes the master key meanwhile."""
        with transaction(self._connection):
            self._know_master()
            yield

    def _know_master(self) -> None:
        """Load the master key again where it is not the one that wraps the keys."""
        mark = self.state.master
        if mark != self._master.mark:
            try:
                self._master = self._find_master(lambda master: master.mark == mark)
            except StorageUnusable as error:
                raise Unreadable(str(error)) from error

    def _data_version(self) -> int:
        """Return a number that changes when another connection changes the file."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)
