"""The outbox: the reply to a person's newest update, kept until it is delivered."""

from __future__ import annotations

from datetime import datetime

from storage.records import Outgoing, UpdateId
from storage.session import Rows, to_seconds
from storage.tables import Table

OUTBOX = Table("outbox", Outgoing)


class OutboxRows(Rows):
    """The one reply of a person that may still be on its way.

    A person's updates are handled one after the other, so a reply that another one has taken the
    place of was delivered. All that is noted of a reply is noted only while it is still the newest.
    """

    def get(self) -> Outgoing | None:
        """Return the newest reply; None for a person without a row, or after some days."""
        return OUTBOX.one(self._session, self._sql.get_outgoing())

    def keep(self, outgoing: Outgoing, now: datetime) -> None:
        """Keep a reply in the place of the one before; the person must have a row."""
        columns = OUTBOX.columns(self._session, outgoing)
        self._sql.keep_outgoing(kept_at=to_seconds(now), **columns)

    def handed_over(self, update_id: UpdateId, papers: int) -> None:
        """Note how many papers of a reply are in the chat."""
        self._sql.handed_over(update_id=update_id, papers=papers)

    def shown(self, update_id: UpdateId, message: int) -> None:
        """Note the new message that shows the screen of a reply."""
        self._sql.shown_in(update_id=update_id, message=message)

    def delivered(self, update_id: UpdateId) -> None:
        """Note that nothing of a reply is left to be done."""
        self._sql.delivered(update_id=update_id)
