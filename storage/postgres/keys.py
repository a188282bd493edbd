"""The keys in a schema of their own: made and erased in the transaction of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from storage.postgres.connection import Keys
from storage.secrets.box import Box
from storage.secrets.cipher import waiting_numbers
from storage.secrets.keys import HASHING, HIGHEST, NOBODY, KeyRing
from storage.session import Session

MASTER_LOCK: Final = (7_071, 1)
"""Held by all who wrap keys, and alone by who changes the master key."""
_WITHOUT_ROWS: Final = """
SELECT DISTINCT owner FROM wrapped_keys AS k
WHERE
    owner <> 0
    AND NOT EXISTS (SELECT 1 FROM people AS p WHERE p.owner = k.owner)
    AND NOT EXISTS (SELECT 1 FROM promises AS p WHERE p.owner = k.owner)
    AND NOT EXISTS (SELECT 1 FROM held AS h WHERE h.owner = k.owner)
    AND NOT EXISTS (SELECT 1 FROM pending_updates AS u WHERE u.owner = k.owner)
    AND NOT EXISTS (SELECT 1 FROM put_aside AS a WHERE a.owner = k.owner)
"""


class SchemaRing(KeyRing):
    """The keys as one transaction sees them."""

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - those of any ring
        """Take what any ring takes; ``attend`` tells of the data."""
        super().__init__(*arguments)
        self._session: Session | None = None
        self._coming: dict[int, Keys] = {}

    def found(self, owner: int, keys: Keys) -> None:
        """Take a person's keys that come with their lock."""
        self._read.pop(owner, None)
        self._coming[owner] = keys

    def attend(self, session: Session) -> None:
        """Take the session on the data, which knows who has rows."""
        self._session = session

    def newest(self, owner: int, *, make: bool = True) -> tuple[int, Box]:
        """See ``KeyRing.newest``; nobody's keys stay as long as this transaction may use them."""
        if owner == NOBODY:
            found = self._connection.execute(
                "SELECT number, wrapped FROM wrapped_keys WHERE owner = 0 AND number > 0 FOR SHARE"
            )
            self._read[owner] = dict(found.fetchall())
        return super().newest(owner, make=make)

    def hashing(self, owner: int, *, make: bool) -> Box:
        """See ``KeyRing.hashing``."""
        if owner == NOBODY:
            self._read.pop(owner, None)  # `newest` reads without it
        return super().hashing(owner, make=make)

    def erase(self, owner: int, erased_at: int) -> None:
        """See ``KeyRing.erase``."""
        self.note_erased(owner, erased_at)
        self._delete(owner, HIGHEST)

    def tidy(self) -> None:
        """See ``KeyRing.tidy``; what somebody works with this moment is left to the next time."""
        for (owner,) in self._connection.execute(_WITHOUT_ROWS).fetchall():
            mine = self._connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (owner,))
            if (
                mine.fetchone()[0]
                and self._connection.execute(f"{_WITHOUT_ROWS} AND owner = %s", (owner,)).fetchone()
            ):
                self._delete(owner, HIGHEST)
        self._tidy_nobodys()

    def _tidy_nobodys(self) -> None:
        found = self._connection.execute(
            "SELECT number FROM wrapped_keys WHERE owner = 0 AND number > 0 FOR UPDATE SKIP LOCKED"
        )
        free = {number for (number,) in found.fetchall()}
        # Whoever sealed with one of these has committed: this reads what they have written.
        assert self._session is not None  # noqa: S101 - `attend` was called
        needed = waiting_numbers([head for (head,) in self._session.sql.list_heads()])
        spare = {max(free)} if free & needed else set()
        for number in free - needed - spare:
            self._sql.delete_wrapped_key(self._connection, owner=NOBODY, number=number)
        if spare & needed and max(spare) < HIGHEST:
            with self._changing():
                self._add(NOBODY, max(spare) + 1)
        self._read.pop(NOBODY, None)

    def _delete(self, owner: int, number: int) -> None:
        self._sql.delete_wrapped_key(self._connection, owner=owner, number=HASHING)
        self._sql.delete_sealing_keys(self._connection, owner=owner, number=number)
        self._coming.pop(owner, None)
        self._read.pop(owner, None)

    def _keys(self, owner: int) -> Mapping[int, bytes]:
        coming = self._coming.pop(owner, None)
        if coming is not None:
            self._read[owner] = coming()
        return super()._keys(owner)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        lock = "SELECT pg_advisory_xact_lock_shared({}, {})".format(*MASTER_LOCK)
        self._connection.execute(lock).fetchone()
        self._know_master()
        yield
