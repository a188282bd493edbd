"""How it went, in the person's word."""

from __future__ import annotations

from datetime import date

from storage.records import Afterword, ClientNumber, PromiseNumber
from storage.session import Rows
from storage.statements import Row


class HindsightRows(Rows):
    """What one person has answered, by the question."""

    def get(self, promise: PromiseNumber) -> Afterword | None:
        """Return the answer to a question, or None."""
        row = self._sql.get_hindsight(promise=promise)
        return None if row is None else _afterword(row)

    def all(self) -> tuple[Afterword, ...]:
        """Return every answer, those on deleted clients too, in the order they were asked for."""
        return tuple(map(_afterword, self._sql.list_hindsight()))

    def keep(self, afterword: Afterword) -> None:
        """Keep an answer in the place of the one before; ``NotFound`` for an unknown client."""
        self._session.require_client(afterword.client)
        self._sql.put_hindsight(
            promise=afterword.promise,
            client=afterword.client,
            occasion=afterword.occasion,
            subject=afterword.subject,
            kind=afterword.kind,
            later=afterword.later,
            ended=int(afterword.ended),
            ease=afterword.ease,
            day=afterword.day.isoformat(),
        )


def _afterword(row: Row) -> Afterword:
    return Afterword(
        promise=PromiseNumber(row["promise"]),
        client=ClientNumber(row["client"]),
        occasion=row["occasion"],
        subject=row["subject"],
        kind=row["kind"],
        later=row["later"],
        ended=bool(row["ended"]),
        ease=row["ease"],
        day=date.fromisoformat(row["day"]),
    )
