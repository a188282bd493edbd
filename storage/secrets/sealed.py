"""Where the sealed values stand."""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

from storage.secrets.cipher import Place

SealedRow: TypeAlias = tuple[int | str, ...]
"""What names a row, after the owner."""


class SealedColumn(NamedTuple):
    """A column of values that only the cipher writes."""

    table: str
    column: str
    key: tuple[str, ...] = ()
    """The columns that name a row, after the owner."""
    bound_to: str = ""
    """The table that the values are bound to, where it is not the one they stand in."""

    def place(self, owner: int, row: SealedRow) -> Place:
        """Return the place of a value."""
        return Place(owner, self.bound_to or self.table, self.column, row)

    def values(
        self,
        raw: Any,  # noqa: ANN401 - the engine's
        owner: int,
        row: SealedRow | None = None,
    ) -> list[tuple[SealedRow, bytes]]:
        """Return the sealed values of one person, or of one row of theirs, that are not NULL."""
        names = ", ".join((*self.key, self.column))
        which = "owner = ?" if row is None else self._one
        query = f"SELECT {names} FROM {self.table} WHERE {which}"  # noqa: S608 - names of this file  # nosec B608
        found = raw.execute(query, (owner, *(row or ())))
        return [(tuple(key), sealed) for *key, sealed in found if sealed is not None]

    def write(
        self,
        raw: Any,  # noqa: ANN401 - the engine's
        owner: int,
        row: SealedRow,
        sealed: bytes,
    ) -> None:
        """Replace one value."""
        change = f"UPDATE {self.table} SET {self.column} = ? WHERE {self._one}"  # noqa: S608 - names of this file  # nosec B608
        raw.execute(change, (sealed, owner, *row))

    @property
    def _one(self) -> str:
        return " AND ".join(f"{name} = ?" for name in ("owner", *self.key))


SEALED: Final = (
    SealedColumn("people", "signature"),
    SealedColumn("clients", "name", ("number",)),
    SealedColumn("clients", "note", ("number",)),
    SealedColumn("answer_notes", "words", ("assessment", "question")),
    SealedColumn("actions", "words", ("number",)),
    SealedColumn("details", "words", ("client", "detail")),
    SealedColumn("facts", "words", ("number",)),
    SealedColumn("facts", "note", ("number",)),
    SealedColumn("letters", "filled", ("number",)),
    SealedColumn("versions", "words", ("letter", "number")),
    SealedColumn("promises", "words", ("number",)),
    SealedColumn("reports", "items", ("number",)),
    SealedColumn("reports", "words", ("number",)),
    SealedColumn("held", "words"),
    SealedColumn("held", "note"),
    SealedColumn("outbox", "reply"),
    SealedColumn("pictures", "file", ("subject",)),
    # An update moves between these two as it is sealed.
    SealedColumn("pending_updates", "body", ("update_id",), "updates"),
    SealedColumn("put_aside", "body", ("update_id",), "updates"),
)
"""All of them; a test compares this with the schema."""
