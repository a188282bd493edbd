"""A PostgreSQL database as one side of a copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import psycopg

from storage.copying import Side
from storage.errors import StorageUnusable
from storage.migrations import load_migrations
from storage.postgres.engine import told
from storage.postgres.setup import (
    DATA,
    KEYS,
    applied,
    migrate,
    one_at_a_time,
    refuse_unfit,
    serving_alone,
)


class SchemaRows:
    """A schema of a database."""

    def __init__(self, raw: psycopg.Connection[Any], schema: str) -> None:
        """Take a connection of its own, in autocommit; everybody's rows are in sight."""
        self._raw = raw
        raw.execute("SELECT set_config('search_path', %s, false)", (schema,))
        raw.execute("SELECT set_config('coach.owner', '*', false)")

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """See ``storage.copying.Database.run``."""
        found = self._raw.execute(statement.replace("?", "%s").encode(), parameters)
        return found.fetchall() if found.description else []

    def committing(self) -> AbstractContextManager[Any]:
        """See ``storage.copying.Database.committing``."""
        return self._raw.transaction()

    def has(self, table: str) -> bool:
        """See ``storage.copying.Database.has``."""
        ((there,),) = self.run("SELECT to_regclass(current_schema() || '.' || ?)", [table])
        return there is not None


@contextmanager
def postgres_side(url: str, now: int, *, new: bool) -> Iterator[Side]:
    """Open a database while nobody serves it; a ``new`` one is migrated as needed.

    Raises ``StorageUnusable``, ``StorageBusy``.
    """
    try:
        with ExitStack() as stack:
            data, keys = (
                stack.enter_context(psycopg.connect(url, autocommit=True)) for _ in range(2)
            )
            refuse_unfit(data)
            serving_alone(data)
            if new:
                with one_at_a_time(data):
                    migrate(data, now)
            sides = (SchemaRows(data, DATA), SchemaRows(keys, KEYS))
            if applied(data) != load_migrations()[-1].number:
                raise StorageUnusable(
                    "the database is of another release: start the bot of this one once first"
                )
            yield Side(*sides)
    except psycopg.Error as error:
        raise StorageUnusable(told("the database cannot be used", error)) from error
