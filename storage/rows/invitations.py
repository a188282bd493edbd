"""Who may come in besides those on the operator's list."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from storage.records import Owner
from storage.session import Desk, to_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class InvitationRows:
    """``storage.protocols.Invitations``."""

    def __init__(self, desk: Desk) -> None:
        """Work at ``desk``."""
        self._desk = desk

    def add(self, token: str, expires_at: datetime) -> None:
        """See ``Invitations.add``."""
        self._desk.sql.add_invitation(
            self._desk.connection, hash=_hash(token), expires_at=to_seconds(expires_at)
        )

    def guests(self, owners: Iterable[Owner]) -> frozenset[Owner]:
        """See ``Invitations.guests``."""
        desk = self._desk
        return frozenset(
            owner
            for owner in owners
            if desk.sql.get_invited(desk.connection, owner=owner) is not None
        )

    def redeem(self, token: str, owner: Owner, now: datetime) -> bool:
        """See ``Invitations.redeem``."""
        desk, seconds = self._desk, to_seconds(now)
        used = desk.sql.use_invitation(desk.connection, hash=_hash(token), now=seconds)
        if used:
            desk.cipher.add_person(owner)
            desk.sql.invite_person(desk.connection, owner=owner, now=seconds)
        return bool(used)


def _hash(token: str) -> str:
    # A token is 128 random bits: nobody finds it by trying, so the hash needs neither salt nor key.
    return hashlib.sha256(token.encode()).hexdigest()
