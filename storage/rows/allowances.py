"""How much somebody may still do now, counted by all processes together.

A time up to which it is used up stands for it: each use moves that on, and it is always as full as
time has passed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from storage.records import Owner
from storage.session import Calls, Session

_FAR: Final = timedelta(seconds=60)
"""What is used up for longer was noted by a clock that has gone back."""
_NEVER: Final = timedelta(0)


class AllowanceRows:
    """What everybody has used up."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._everybody = session.statements, session.connection

    def draw(
        self, owner: Owner, now: datetime, use: timedelta = _NEVER, most: timedelta = _FAR
    ) -> timedelta:
        """Use something; return for how long from now on it is used up, ``most`` at most.

        Nobody else draws of the same until the end of the transaction. Exact to a millisecond.
        """
        at, amount = to_milliseconds(now), use // timedelta(milliseconds=1)
        # Of the coach's own the row is lock enough.
        sql = self._session.of(owner).sql if owner else Calls(*self._everybody, owner=owner)
        row = sql.draw(
            now=at,
            amount=amount,
            fresh=at + amount,
            most=to_milliseconds(now + most),
            far=to_milliseconds(now + _FAR),
        )
        return timedelta(milliseconds=max(0, row["used_until"] - at))

    def turn_away(self, owner: Owner) -> int:
        """Count an update turned away of who has drawn; return how many since it was quiet."""
        row = self._session.of(owner).sql.turn_away()
        return 0 if row is None else int(row["surplus"])


def to_milliseconds(moment: datetime) -> int:
    """Return epoch milliseconds."""
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
