"""Who may come in besides those on the operator's list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from storage.records import NOBODY, Owner
from storage.secrets.cipher import Place
from storage.session import Session, hash_of, to_seconds


class InvitationRows:
    """The single-use tokens that let somebody in, kept as hashes, and who came in by one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sql = session.sql

    def add(self, token: str, expires_at: datetime) -> None:
        """Keep the hash of a token, which is good until it is used or has expired."""
        self._sql.add_invitation(hash=hash_of(token), expires_at=to_seconds(expires_at))

    def guests(self, owners: Iterable[Owner]) -> frozenset[Owner]:
        """Return those of the people who came in by an invitation."""
        return frozenset(
            owner for owner in owners if self._sql.get_invited(owner=owner) is not None
        )

    def is_to_be_told(self, stranger: Owner, today: date) -> bool:
        """Note that a stranger is told today that they are not invited; False where they were.

        Nothing is kept of them but a keyed hash, until the day is over.
        """
        place = Place(NOBODY, "strangers", "who", ())
        who = self._session.cipher.hash_to_keep(place, b"%d" % stranger)
        return int(self._sql.tell_stranger(who=who, day=today.isoformat())) == 1

    def redeem(self, token: str, owner: Owner, now: datetime) -> bool:
        """Use a token up and let its bearer in; False for one unknown, used or expired."""
        seconds = to_seconds(now)
        used = int(self._sql.use_invitation(hash=hash_of(token), now=seconds))
        if used:
            self._session.cipher.add_person(owner)
            self._sql.invite_person(owner=owner, now=seconds)
        return bool(used)
