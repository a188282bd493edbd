"""The ledger of updates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from storage.errors import OutOfTurn
from storage.records import Owner, ParkedUpdate, PutAsideUpdate, UpdateId
from storage.secrets.cipher import Place, Unreadable
from storage.session import Session, to_moment, to_seconds
from storage.statements import Row

Noted = Callable[[], bool]
"""Tells whether it was the first time. To be asked late: what is read meanwhile comes with the
answer, in one message of the database's server."""


class UpdateRows:
    """The ledger of incoming updates."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sql = session.sql
        self._expected: dict[UpdateId, Callable[[], Row | None]] = {}

    def expect(self, update_id: UpdateId, owner: Owner) -> None:
        """Ask how an update of the inbox stands, which is going to be noted."""
        self._expected[update_id] = self._session.of(owner).expect("get_turn", update_id=update_id)

    def note(self, update_id: UpdateId, now: datetime) -> Noted:
        """Note the update as applied; what is returned tells whether it was not noted before."""
        added = self._sql.apply_update(update_id=update_id, applied_at=to_seconds(now), settled=0)
        return lambda: int(added) == 1

    def note_in_turn(self, update_id: UpdateId, owner: Owner, now: datetime) -> Noted:
        """Do the same for one of the inbox.

        ``OutOfTurn`` comes where an earlier one is to be applied, or all is done about this one.
        """
        if update_id not in self._expected:
            self.expect(update_id, owner)
        mine, found = self._session.of(owner), self._expected.pop(update_id)

        def first_time() -> bool:
            # Under the person's lock, without which none of theirs is received or applied.
            row = found()
            if row is None or not row["waits"] or (row["earlier"] and not row["applied"]):
                raise OutOfTurn(f"update {update_id}")
            if not row["applied"]:
                mine.sql.apply_update(update_id=update_id, applied_at=to_seconds(now), settled=1)
            return not row["applied"]

        return first_time

    def receive(self, update: ParkedUpdate) -> bool:
        """Put an update into the inbox; False where it is there, or nothing of it is left to do."""
        (new,) = self.receive_all([update])
        return new

    def receive_all(self, updates: Sequence[ParkedUpdate]) -> list[bool]:
        """Do the same for several; tell of each."""
        # In this order no two wait for each other.
        people = {each: self._session.of(each) for each in sorted({each.owner for each in updates})}
        added = [
            self._sql.receive_update(
                update_id=each.update_id,
                owner=each.owner,
                body=people[each.owner].cipher.seal_waiting(
                    _place(each.owner, each.update_id), each.body
                ),
                received_at=to_seconds(each.received_at),
                slow=int(each.slow),
            )
            for each in updates
        ]
        return [int(each) == 1 for each in added]

    def slow_down(self, update_id: UpdateId) -> None:
        """Note that an update of the inbox waits a little before it is handled."""
        self._sql.slow_down(update_id=update_id)

    def next_of(self, owner: Owner) -> tuple[ParkedUpdate | None, bool]:
        """Return a person's next update in the inbox, and whether another waits behind it."""
        mine = self._session.of(owner)
        while True:
            rows = list(mine.sql.list_next_of())
            if not rows:
                return None, False
            update = self._parked_or_put_aside(rows[0])
            if update is not None:
                return update, len(rows) > 1

    def waiting(self, owner: Owner) -> int:
        """Return how many updates of a person are in the inbox."""
        (count,) = self._sql.count_pending_of(owner=owner)
        return int(count)

    def owners_waiting(self, limit: int) -> tuple[Owner, ...]:
        """Return whose updates are in the inbox, the longest waiting first."""
        return tuple(Owner(owner) for (owner,) in self._sql.list_waiting(most=limit))

    def settle(self, update_id: UpdateId, owner: Owner, now: datetime) -> None:
        """Note that nothing of an update of the inbox is left to be done."""
        mine = self._session.of(owner)  # a copy that arrives this moment waits, and sees the note
        mine.sql.settle_update(update_id=update_id, applied_at=to_seconds(now))
        mine.sql.delete_pending(update_id=update_id)

    def brought_to(self, url: str) -> None:
        """Note, by a hash, where Telegram was asked to bring updates for this database."""
        self._sql.add_webhook(address=_hash(url))

    def was_brought_to(self, url: str) -> bool:
        """Tell whether it ever was asked to bring them there."""
        return self._sql.get_webhook(address=_hash(url)) is not None

    def park(self, updates: Iterable[ParkedUpdate]) -> None:
        """Keep updates that wait (again); the body is sealed with the owner's key."""
        for update in sorted(updates, key=lambda each: each.owner):  # no two wait for each other
            place = _place(update.owner, update.update_id)
            cipher = self._session.of(update.owner).cipher  # nobody changes their keys meanwhile
            self._park(update, cipher.seal_waiting(place, update.body))

    def parked(self) -> tuple[ParkedUpdate, ...]:
        """Return all that wait, by update id. One that does not decrypt is put aside instead."""
        rows = self._sql.list_pending()
        return tuple(filter(None, map(self._parked_or_put_aside, list(rows))))

    def parked_of(self, owner: Owner) -> tuple[ParkedUpdate, ...]:
        """Return what waits of one person; what does not decrypt is left out."""
        rows = self._sql.list_pending_of(owner=owner)
        return tuple(filter(None, map(self._parked, rows)))

    def done(self, update_ids: Iterable[UpdateId]) -> None:
        """Forget waiting updates; unknown ids are fine."""
        for update_id in update_ids:
            self._sql.delete_pending(update_id=update_id)

    def put_aside(self, update: ParkedUpdate, reason: str, now: datetime) -> None:
        """Move an update out of the way, with the reason."""
        place = _place(update.owner, update.update_id)
        body = self._session.of(update.owner).cipher.seal_waiting(place, update.body)
        self._put_aside(
            update_id=update.update_id,
            owner=update.owner,
            body=body,
            reason=reason,
            put_aside_at=to_seconds(now),
            tries=update.tries,
        )

    def put_aside_list(self) -> tuple[PutAsideUpdate, ...]:
        """Return all that were put aside, by update id."""
        rows = self._sql.list_put_aside()
        return tuple(map(self._aside, rows))

    def put_aside_of(self, owner: Owner) -> tuple[PutAsideUpdate, ...]:
        """Return the put-aside updates of one person."""
        rows = self._sql.list_put_aside_of(owner=owner)
        return tuple(map(self._aside, rows))

    def retry(self, update_ids: Iterable[UpdateId], now: datetime) -> int:
        """Park put-aside updates again; returns how many. Only those whose body is readable."""
        parked = 0
        for update_id in update_ids:
            row = self._sql.get_put_aside(update_id=update_id)
            if row is None:
                continue
            aside = self._aside(row)
            if aside.body is None:
                continue
            again = ParkedUpdate(update_id, aside.owner, aside.body, now)
            self._park(again, row["body"])
            self._sql.delete_put_aside(update_id=update_id)
            parked += 1
        return parked

    def drop(self, update_ids: Iterable[UpdateId]) -> int:
        """Delete put-aside updates; returns how many."""
        return sum(int(self._sql.delete_put_aside(update_id=each)) for each in update_ids)

    def _park(self, update: ParkedUpdate, sealed: bytes) -> None:
        self._sql.park_update(
            update_id=update.update_id,
            owner=update.owner,
            body=sealed,
            received_at=to_seconds(update.received_at),
            tries=update.tries,
        )

    def _put_aside(self, *, update_id: int, **columns: bytes | str | int | None) -> None:
        self._sql.add_put_aside(update_id=update_id, **columns)
        self._sql.delete_pending(update_id=update_id)

    def _parked_or_put_aside(self, row: Row) -> ParkedUpdate | None:
        update = self._parked(row)
        if update is None:
            self._put_aside(
                update_id=row["update_id"],
                owner=row["owner"],
                body=row["body"],
                reason="Unreadable",
                put_aside_at=row["received_at"],
                tries=row["tries"],
            )
        return update

    def _parked(self, row: Row) -> ParkedUpdate | None:
        body = self._body(row)
        if body is None:
            return None
        return ParkedUpdate(
            update_id=UpdateId(row["update_id"]),
            owner=Owner(row["owner"]),
            body=body,
            received_at=to_moment(row["received_at"]),
            tries=row["tries"],
            slow=bool(row["slow"]),
        )

    def _aside(self, row: Row) -> PutAsideUpdate:
        return PutAsideUpdate(
            update_id=UpdateId(row["update_id"]),
            owner=Owner(row["owner"]),
            body=self._body(row),
            reason=row["reason"],
            put_aside_at=to_moment(row["put_aside_at"]),
            tries=row["tries"],
        )

    def _body(self, row: Row) -> bytes | None:
        if row["body"] is None:
            return None
        try:
            return self._session.cipher.open(_place(row["owner"], row["update_id"]), row["body"])
        except Unreadable:
            return None


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _place(owner: int, update_id: int) -> Place:
    # One place for both tables: an update moves between them as it is sealed, so one that does not
    # open today (a key file not restored yet) opens after it has been moved as well.
    return Place(owner, "updates", "body", (update_id,))
