"""Where the sealed values stand."""

from __future__ import annotations

from typing import Final, NamedTuple

from storage.cipher import Place


class SealedColumn(NamedTuple):
    """A column of values that only the cipher writes."""

    table: str
    column: str
    key: tuple[str, ...] = ()
    """The columns that name a row, after the owner."""
    bound_to: str = ""
    """The table that the values are bound to, where it is not the one they stand in."""

    def place(self, owner: int, row: tuple[int | str, ...]) -> Place:
        """Return the place of a value; ``row`` are the values of ``key``."""
        return Place(owner, self.bound_to or self.table, self.column, row)


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
    SealedColumn("held", "words"),
    # An update moves between these two as it is sealed.
    SealedColumn("pending_updates", "body", ("update_id",), "updates"),
    SealedColumn("put_aside", "body", ("update_id",), "updates"),
)
"""All of them; a test compares this with the schema."""
