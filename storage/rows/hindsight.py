"""How it went, in the person's word."""

from __future__ import annotations

from storage.records import Afterword, PromiseNumber
from storage.session import Rows
from storage.tables import Table

HINDSIGHT = Table("hindsight", Afterword)


class HindsightRows(Rows):
    """What one person has answered, by the question."""

    def get(self, promise: PromiseNumber) -> Afterword | None:
        """Return the answer to a question, or None."""
        return HINDSIGHT.one(self._session, self._sql.get_hindsight(promise=promise))

    def expect(self) -> None:
        """Ask for what ``all`` is going to return."""
        self._expect("list_hindsight")

    def all(self) -> tuple[Afterword, ...]:
        """Return every answer, those on deleted clients too, in the order they were asked for."""
        return HINDSIGHT.all(self._session, self._found("list_hindsight"))

    def keep(self, afterword: Afterword) -> None:
        """Keep an answer in the place of the one before; ``NotFound`` for an unknown client."""
        self._session.require_client(afterword.client)
        self._sql.put_hindsight(**HINDSIGHT.columns(self._session, afterword))
