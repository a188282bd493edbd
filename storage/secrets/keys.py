"""The data keys of the people, wrapped by the master key."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from threading import Lock
from typing import Any, Final, NamedTuple

from storage.errors import StorageUnusable
from storage.secrets.box import KEY_BYTES, Box, Unreadable
from storage.secrets.master import MasterKey
from storage.statements import Statements

HASHING: Final = 0
"""Number of the key that hashes: what is hashed cannot be hashed anew, so it is never changed."""
NOBODY: Final = 0
"""Owner of the keys that are no person's: they seal what waits of people of whom nothing is stored,
and number 0 hashes the ledger of erasures."""
HIGHEST: Final = 65_535
"""Number of a key, at most: a sealed value names it in two bytes."""
NO_KEY: Final = -1
"""Below the number of any key."""


class KeysState(NamedTuple):
    """What is noted of all keys together."""

    master: str | None
    """Mark of the master key that wraps all the others; none while there are none."""
    generation: int
    """Number that a new data key gets."""
    rotating: int
    """1 while there may be older ones to be replaced."""


def state_of(row: Iterable[Any] | None, where: object = "the keys") -> KeysState:
    """Return what stands in the one row; ``StorageUnusable`` where damage has taken it."""
    if row is None:
        raise StorageUnusable(f"{where}: damaged, what is noted of all keys is missing")
    return KeysState(*row)


class Rotated(NamedTuple):
    """What a rotation of the people's keys has done."""

    people: int
    """Whose texts are sealed with a key of this generation now."""
    texts: int
    """Sealed anew."""
    left: int
    """People who keep older keys, since something of theirs does not open."""
    resumed: bool
    """Whether it ended one that was cut off."""


class Boxes:
    """The keys that were unwrapped lately. May be shared by threads.

    What is remembered is only that this wrapped key gave this key: whether it is still somebody's
    is read in every transaction.
    """

    def __init__(self, most: int = 1024) -> None:
        self._most = most
        self._boxes: OrderedDict[tuple[int, int, bytes], Box] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._boxes)

    def get(self, name: tuple[int, int, bytes], unwrap: Callable[[], bytes]) -> Box:
        """Return the box of (owner, number, wrapped); ``unwrap`` is called where it is unknown."""
        with self._lock:
            if box := self._boxes.get(name):
                self._boxes.move_to_end(name)
                return box
        box = Box(unwrap())
        with self._lock:
            self._boxes[name] = box
            if len(self._boxes) > self._most:
                self._boxes.popitem(last=False)
        return box


class KeyRing:
    """The data keys: (owner, number) → key, read anew in every transaction.

    One engine keeps them in a file of their own, another in a schema: what differs is below, under
    "What engines do in their own way".
    """

    def __init__(
        self,
        connection: Any,  # noqa: ANN401 - the engine's
        sql: Statements,
        master: MasterKey,
        find_master: Callable[[Callable[[MasterKey], bool]], MasterKey],
        boxes: Boxes | None = None,
    ) -> None:
        """Take an open connection to the keys.

        ``find_master`` returns the master key that fits, see ``load_master_key``: it is called when
        another process has changed it.
        """
        self._connection = connection
        self._sql = sql
        self._master = master
        self._find_master = find_master
        self._boxes = Boxes() if boxes is None else boxes  # one without any is false
        self._read: dict[int, Mapping[int, bytes]] = {}

    @property
    def master(self) -> MasterKey:
        """The master key that wraps them all."""
        return self._master

    @property
    def state(self) -> KeysState:
        """What is noted of all keys together."""
        return state_of(self._sql.get_state(self._connection))

    def refresh(self) -> None:
        """Forget what was read: a transaction begins, or a step was undone."""
        self._read.clear()

    def newest(self, owner: int, *, make: bool = True) -> tuple[int, Box]:
        """Return the key that seals for ``owner``, with its number; with ``make`` on first need.

        Raises ``Unreadable`` where it is damaged, or missing.
        """
        number = max(self._keys(owner), default=HASHING)
        if number == HASHING:
            if not make:
                raise Unreadable("there is no key")
            with self._changing():
                number = self._next_number(owner)
                self._add(owner, number)
        return number, self.numbered(owner, number)

    def numbered(self, owner: int, number: int) -> Box:
        """Return a key of ``owner``; raises ``Unreadable`` where it is missing or damaged."""
        wrapped = self._keys(owner).get(number)
        if wrapped is None:
            raise Unreadable("there is no key")
        return self._box(owner, number, wrapped)

    def hashing(self, owner: int, *, make: bool) -> Box:
        """Return the key that hashes for ``owner``; raises ``Unreadable`` as ``numbered``.

        With ``make`` it is made where there is none.
        """
        if make and HASHING not in self._keys(owner):
            with self._changing():
                self._add(owner, HASHING)
        return self.numbered(owner, HASHING)

    def people(self) -> tuple[int, ...]:
        """Return everybody who has a key."""
        return tuple(
            owner for (owner,) in self._sql.list_owners(self._connection) if owner != NOBODY
        )

    def has_keys(self, owner: int) -> bool:
        """Tell whether a person has any key."""
        return bool(self._keys(owner))

    def adopt(self, master: MasterKey) -> None:
        """Note that this master key wraps all the others."""
        self._master = master
        self._sql.set_master(self._connection, master=master.mark)

    # The ledger of erasures

    def note_erased(self, owner: int, erased_at: int) -> None:
        """Note for good, without their id, that somebody has erased everything."""
        self._sql.note_erased(self._connection, person=self._entry(owner), erased_at=erased_at)

    def erased_at(self, owner: int) -> int | None:
        """Return when a person erased everything last, None for never."""
        if HASHING not in self._keys(NOBODY):
            return None
        found = self._sql.get_erased(self._connection, person=self._entry(owner))
        return None if found is None else int(found["erased_at"])

    def _entry(self, owner: int) -> str:
        return self.hashing(NOBODY, make=True).keyed_hash(b"%d" % owner, b"erased")

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
        self.refresh()
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
        self.refresh()
        with self._changing():
            keys = self._keys(owner)
            newest = max(keys, default=HASHING)
            if newest == HASHING:
                return False
            generation = self.state.generation
            if generation not in keys:
                self._box(owner, newest, keys[newest])
                self._add(owner, generation)
        return True

    def retire(self, owner: int, needed: Container[int | None]) -> None:
        """Delete the keys of ``owner`` that are not ``needed``; the newest one stays."""
        for number in sorted(self._keys(owner))[:-1]:
            if number != HASHING and number not in needed:
                self._sql.delete_wrapped_key(self._connection, owner=owner, number=number)
        self._read.pop(owner, None)

    # What engines do in their own way

    def erase(self, owner: int, erased_at: int) -> None:
        """Have all keys of a person go with the transaction, and the ledger note it.

        What is stored of them afterwards, even within the transaction, gets new keys.
        """
        raise NotImplementedError

    def tidy(self) -> None:
        """Have the keys of people without rows go, and those of nobody that nothing needs."""
        raise NotImplementedError

    def scrub(self) -> None:
        """Leave nothing of deleted keys in the file."""

    def _changing(self) -> AbstractContextManager[None]:
        """Hold the keys while some are wrapped: nobody changes the master key meanwhile."""
        return nullcontext()

    def _gone(self, _owner: int) -> int:
        """Return up to which number the keys of ``owner`` are as good as deleted."""
        return NO_KEY

    # Inside

    def _is_gone(self, owner: int, number: int) -> bool:
        return number <= self._gone(owner)

    def _keys(self, owner: int) -> Mapping[int, bytes]:
        keys = self._read.get(owner)
        if keys is None:
            keys = self._read[owner] = {
                row["number"]: row["wrapped"]
                for row in self._sql.get_wrapped_keys(self._connection, owner=owner)
                if not self._is_gone(owner, row["number"])
            }
        return keys

    def _box(self, owner: int, number: int, wrapped: bytes) -> Box:
        return self._boxes.get(
            (owner, number, wrapped), lambda: self._unwrap(owner, number, wrapped)
        )

    def _unwrap(self, owner: int, number: int, wrapped: bytes) -> bytes:
        try:
            return self._master.unwrap(owner, number, wrapped)
        except Unreadable:
            if not self._know_master():
                raise
            return self._master.unwrap(owner, number, wrapped)

    def _next_number(self, owner: int) -> int:
        """Return the number of a new key: that of this generation, or above all that go."""
        gone, generation = self._gone(owner), self.state.generation
        while generation <= gone:
            self._sql.next_generation(self._connection)
            generation += 1
        return generation

    def _add(self, owner: int, number: int) -> None:
        """Insert a new key, inside ``_changing``; one that is there stays."""
        wrapped = self._master.wrap(owner, number, os.urandom(KEY_BYTES))
        self._sql.add_wrapped_key(self._connection, owner=owner, number=number, wrapped=wrapped)
        self._read.pop(owner, None)

    def _know_master(self) -> bool:
        """Load the master key again where it is not the one that wraps the keys; tell whether."""
        mark = self.state.master
        if mark == self._master.mark:
            return False
        try:
            self._master = self._find_master(lambda master: master.mark == mark)
        except StorageUnusable as error:
            raise Unreadable(str(error)) from error
        return True
