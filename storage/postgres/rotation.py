"""New keys for old while any number of processes serve: person by person, each in one step."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from storage.postgres.engine import PostgresStorage
from storage.postgres.keys import MASTER_LOCK
from storage.records import Owner
from storage.secrets.box import Unreadable
from storage.secrets.cipher import Cipher
from storage.secrets.keys import KeyRing, Rotated
from storage.secrets.master import make_master_key, move_durably, next_to, read_master_key
from storage.secrets.sealed import SEALED
from storage.session import OwnedSession


async def rotate_keys(storage: PostgresStorage) -> Rotated:
    """Give everybody a new key, seal their texts with it, and delete the old ones.

    A person's step holds their lock, so nothing of theirs is written with an older key meanwhile.
    Killed between two steps it ends its work when called again.
    """
    resumed = await storage.with_keys(lambda _, ring: ring.begin_rotation())
    people = await storage.with_keys(lambda _, ring: ring.people())
    texts = left = 0
    for person in people:
        owner = Owner(person)
        found = await storage.with_keys(
            lambda session, ring, owner=owner: _rotate(session.of(owner), ring)  # type: ignore[misc]  # mypy cannot infer the default
        )
        left += found is None
        texts += found or 0
    await storage.with_keys(lambda _, ring: ring.end_rotation())
    return Rotated(len(people) - left, texts, left, resumed)


def _rotate(session: OwnedSession, ring: KeyRing) -> int | None:
    """Return how many texts of a person were sealed anew; None where something does not open."""
    try:
        if not ring.renew(session.owner):
            return 0  # erased meanwhile
    except Unreadable:
        return None
    texts = 0
    rows = _Positional(session.sql._connection)  # noqa: SLF001 - the same connection
    for column in SEALED:
        for row, sealed in column.values(rows, session.owner):
            if session.cipher.is_current(session.owner, sealed):
                continue
            place = column.place(session.owner, row)
            with suppress(Unreadable):
                again = session.cipher.seal(place, session.cipher.open(place, sealed))
                column.write(rows, session.owner, row, again)
                texts += 1
    left = _still_needed(session, rows)
    ring.retire(session.owner, left)
    return None if left else texts


def _still_needed(session: OwnedSession, rows: _Positional) -> set[int | None]:
    cipher: Cipher = session.cipher
    return {
        cipher.number(sealed)
        for column in SEALED
        for _, sealed in column.values(rows, session.owner)
        if not cipher.is_current(session.owner, sealed)
    }


class _Positional:
    """The connection with ``?`` for a parameter, as the list of sealed columns writes it."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the engine's
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any]) -> Any:  # noqa: ANN401 - as in psycopg
        found = self._connection.execute(statement.replace("?", "%s"), parameters)
        return found.fetchall() if found.returns else ()


async def rotate_master(storage: PostgresStorage, file: Path) -> int | None:
    """Wrap all keys by the next master key; return how many did not open and stay.

    The next one lies beside the present one. Where it does not yet, it is made, and that is all:
    None. Every process that serves needs both before the keys are wrapped anew.
    """
    beside = next_to(file)
    if not beside.exists():
        make_master_key(beside)
        return None
    master = read_master_key(beside)

    def rewrap(ring: KeyRing) -> int:
        if ring.state.master == master.mark:  # cut off before the last step
            return 0
        return ring.rewrap(master)

    damaged = await storage.with_keys(lambda _, ring: rewrap(ring), lock=MASTER_LOCK)
    move_durably(beside, file)
    return damaged
