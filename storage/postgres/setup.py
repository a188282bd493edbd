"""Bringing a database up to date, by as many starters at once as there are."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, LiteralString

import psycopg
from psycopg import errors
from psycopg import sql as text

from storage.errors import StorageBusy, StorageUnusable
from storage.migrations import LEDGER, NEEDED, WITH_NEEDS, Migration, load_migrations, refuse_newer
from storage.protocols import Intake

DATA: Final = "coach"
KEYS: Final = "coach_keys"
"""Names of the schemas."""
APPLICATION: Final = "coach_application"
"""Role that a user who is above row-level security steps down to."""
_FAMILY: Final = 7_071
"""Of the locks that are no person's."""
_INTAKES: Final = {Intake.POLL: 3, Intake.WEBHOOK: 4}
_MOMENT: Final = 2.0
"""Seconds for a process that ended or was killed a moment ago."""
_ONE_AT_A_TIME: Final = (_FAMILY, 0)
_SERVING: Final = (_FAMILY, 2)
"""Held by every connection of who serves, and alone by who copies."""
_POLICY: Final = (
    "CREATE POLICY one_person ON {} USING"
    " ((SELECT current_setting('coach.owner', true)) IN ('*', owner::text))"
)
_IN_ORDER: Final = frozenset({"C", "POSIX", "C.UTF-8", "C.utf8"})
"""Locales that sort as SQLite does: by code point."""


@contextmanager
def one_at_a_time(raw: psycopg.Connection[Any]) -> Iterator[None]:
    """Hold back the other starters; ends with the connection at the latest."""
    raw.execute("SELECT pg_advisory_lock(%s, %s)", _ONE_AT_A_TIME)
    try:
        yield
    finally:
        raw.execute("SELECT pg_advisory_unlock(%s, %s)", _ONE_AT_A_TIME)


def serving(raw: psycopg.Connection[Any]) -> None:
    """Keep copies out as long as this connection lasts. ``StorageBusy`` while there is one."""
    _hold(raw, "SELECT pg_advisory_lock_shared(%s, %s)", "the database is being copied")


def serving_alone(raw: psycopg.Connection[Any]) -> None:
    """Keep everybody out who serves. Raises ``StorageBusy`` where somebody does, or copies."""
    other = "another process works with the database: stop it first"
    _hold(raw, "SELECT pg_advisory_lock(%s, %s)", other)


def _hold(raw: psycopg.Connection[Any], lock: LiteralString, refusal: str) -> None:
    raw.execute("SET lock_timeout = '2s'")  # for one that ended or was killed a moment ago
    try:
        raw.execute(lock, _SERVING)
    except errors.LockNotAvailable:
        raise StorageBusy(refusal) from None
    raw.execute("RESET lock_timeout")


def take_updates(raw: psycopg.Connection[Any], intake: Intake) -> None:
    """Let others know, as long as this connection lasts, how its process takes updates."""
    raw.execute("SELECT pg_advisory_lock_shared(%s, %s)", (_FAMILY, _INTAKES[intake]))


def intakes(raw: psycopg.Connection[Any]) -> frozenset[Intake]:
    """Return how processes take updates at this moment."""
    found = raw.execute(
        "SELECT DISTINCT l.objid::bigint FROM pg_locks AS l JOIN pg_database AS d"
        " ON d.oid = l.database AND d.datname = current_database()"
        " WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objsubid = 2",
        (_FAMILY,),
    ).fetchall()
    numbers = {number for (number,) in found}
    return frozenset(each for each, number in _INTAKES.items() if number in numbers)


def refuse_other_intake(raw: psycopg.Connection[Any], ours: Intake) -> None:
    """Raise ``StorageBusy`` where a process takes updates in the other way.

    Of two that start at once both may be refused, never neither: each has let the other know first.
    """
    until = time.monotonic() + _MOMENT
    while others := intakes(raw) - {ours}:
        if time.monotonic() >= until:
            (other,) = others
            raise StorageBusy(
                f"another process of this database takes the updates {other.value}, this one would"
                f" {ours.value}: stop it first, or give both the same WEBHOOK_URL"
            )
        time.sleep(0.1)


def refuse_unfit(raw: psycopg.Connection[Any]) -> None:
    """Raise ``StorageUnusable`` for a database that would sort or store texts otherwise."""
    found = raw.execute(
        "SELECT datcollate, datlocprovider, pg_encoding_to_char(encoding)"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert found is not None  # noqa: S101 - this connection is to it
    locale, provider, encoding = found
    if provider == "i" or (provider == "c" and locale not in _IN_ORDER) or encoding != "UTF8":
        order = "ICU" if provider == "i" else locale
        raise StorageUnusable(
            f"the database sorts texts by {order} in {encoding}: make one with"
            " ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
        )


def refuse_lost(raw: psycopg.Connection[Any]) -> None:
    """Raise ``StorageUnusable`` where there are people and no keys: those have gone astray."""
    raw.execute("SELECT set_config('coach.owner', '*', false)")
    if _any(raw, DATA, "people") and not _any(raw, KEYS, "wrapped_keys"):
        raise StorageUnusable(
            f"the schema {KEYS} holds no keys, and there are texts that only they open: restore a"
            " copy that has both"
        )


def _any(raw: psycopg.Connection[Any], schema: str, table: str) -> bool:
    """Tell whether a table is there and has rows."""
    there = raw.execute("SELECT to_regclass(%s) IS NOT NULL", (f"{schema}.{table}",)).fetchone()
    query = text.SQL("SELECT 1 FROM {} LIMIT 1").format(text.Identifier(schema, table))
    return there == (True,) and raw.execute(query).fetchone() is not None


def migrate(raw: psycopg.Connection[Any], now: int) -> None:
    """Apply what is missing, each migration in one transaction with its record.

    ``raw`` is in autocommit, and ``now`` in epoch seconds. To be called ``one_at_a_time``. Raises
    ``StorageUnusable`` for a database that a newer release has changed.
    """
    for schema, folder in ((DATA, "."), (KEYS, "keys")):
        migrations = load_migrations(folder)
        raw.execute(text.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(text.Identifier(schema)))
        raw.execute("SELECT set_config('search_path', %s, false)", (schema,))
        refuse_newer(needed(raw), migrations)
        _migrate(raw, migrations, now)
    raw.execute("SELECT set_config('search_path', %s, false)", (f"{DATA}, {KEYS}",))
    with raw.transaction():
        _hide_rows(raw)
        _step_down(raw)


def applied(raw: psycopg.Connection[Any]) -> int:
    """Return the number of the last migration applied to the schema in the search path."""
    if not _has_ledger(raw):
        return 0
    found = raw.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()
    return int(found[0]) if found else 0


def _has_ledger(raw: psycopg.Connection[Any]) -> bool:
    there = raw.execute("SELECT to_regclass(current_schema() || '.migrations') IS NOT NULL")
    return there.fetchone() == (True,)


def needed(raw: psycopg.Connection[Any]) -> int:
    """Return the last migration that a release must know to work with the schema."""
    if not _has_needs(raw):
        return applied(raw)
    found = raw.execute(NEEDED).fetchone()
    return int(found[0]) if found else 0


def _has_needs(raw: psycopg.Connection[Any]) -> bool:
    found = raw.execute(
        "SELECT 1 FROM pg_attribute"
        " WHERE attrelid = to_regclass(current_schema() || '.migrations') AND attname = 'needs'"
    )
    return found.fetchone() is not None


def _migrate(raw: psycopg.Connection[Any], migrations: Sequence[Migration], now: int) -> None:
    number = applied(raw)
    if not _has_ledger(raw):  # also where a start was cut off before the first migration
        with raw.transaction():
            raw.execute("CREATE DOMAIN blob AS bytea")
            raw.execute(LEDGER)
    elif not _has_needs(raw):
        raw.execute(WITH_NEEDS)
    for migration in migrations[number:]:
        with raw.transaction():
            raw.execute(migration.script.encode())
            raw.execute(
                "INSERT INTO migrations (number, applied_at, needs) VALUES (%s, %s, %s)",
                (migration.number, now, migration.needs),
            )


def _hide_rows(raw: psycopg.Connection[Any]) -> None:
    """Let nobody, the owner of the tables included, see a row out of its scope."""
    tables = raw.execute(
        "SELECT c.relname FROM pg_class AS c"
        " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'owner'"
        " WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'"
        " AND NOT c.relforcerowsecurity",
        (DATA,),
    ).fetchall()
    for (table,) in tables:
        name = text.Identifier(table)
        for statement in (
            _POLICY,
            "ALTER TABLE {} ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE {} FORCE ROW LEVEL SECURITY",
        ):
            raw.execute(text.SQL(statement).format(name))


def _step_down(raw: psycopg.Connection[Any]) -> None:
    """Make the role that is not above row-level security, where the user is."""
    if not above_security(raw):
        return
    role = text.Identifier(APPLICATION)
    if not raw.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (APPLICATION,)).fetchone():
        # Roles are those of the whole server: starters on other databases may be as far.
        with suppress(errors.DuplicateObject, errors.UniqueViolation), raw.transaction():
            raw.execute(text.SQL("CREATE ROLE {} NOLOGIN").format(role))
    not_granted = raw.execute(
        "SELECT 1 FROM pg_class AS c WHERE c.relkind = 'r'"
        " AND c.relnamespace IN (%s::regnamespace, %s::regnamespace)"
        " AND NOT has_table_privilege(%s, c.oid, 'INSERT') LIMIT 1",
        (DATA, KEYS, APPLICATION),
    ).fetchone()
    if not not_granted:
        return
    for schema in (DATA, KEYS):
        for statement in (
            "GRANT USAGE ON SCHEMA {} TO {}",
            "GRANT ALL ON ALL TABLES IN SCHEMA {} TO {}",
        ):
            raw.execute(text.SQL(statement).format(text.Identifier(schema), role))


def above_security(raw: psycopg.Connection[Any]) -> bool:
    """Tell whether row-level security holds nothing back from the user."""
    found = raw.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user"
    ).fetchone()
    return bool(found and found[0])
