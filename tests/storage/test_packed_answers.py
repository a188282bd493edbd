"""The answers of older releases, a row each, become the text of their assessment."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from storage.migrations import load_migrations
from storage.sqlite.migrating import migrate

PACKED = 5
"""The migration that packs them."""


def test_rows_become_one_text_in_the_order_first_given() -> None:
    migrations = load_migrations()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        migrate(raw, [each for each in migrations if each.number < PACKED], 100)
        raw.execute("INSERT INTO people (owner, since) VALUES (7, 1)")
        raw.execute("INSERT INTO clients (owner, number, since) VALUES (7, 1, 1)")
        for number in (1, 2):
            raw.execute(
                "INSERT INTO assessments (owner, number, client, depth, team, started_at)"
                " VALUES (7, ?, 1, 'full', 0, 1)",
                (number,),
            )
        raw.executemany(
            "INSERT INTO answers (owner, assessment, question, place, option, quiet)"
            " VALUES (7, 1, ?, ?, ?, ?)",
            [
                ("threats", 3, "never", 1),
                ("scope_creep", 1, "often", 0),
                ("late_payment", 2, "skip", 0),
            ],
        )
        raw.execute("INSERT INTO tried (owner, assessment, sign) VALUES (7, 1, 'scope_creep')")
        raw.execute("INSERT INTO tried (owner, assessment, sign) VALUES (7, 1, 'late_payment')")

        migrate(raw, migrations, 200)

        found = raw.execute("SELECT answers, tried FROM assessments ORDER BY number").fetchall()
        assert found == [
            (
                "scope_creep:often late_payment:skip threats:never:quiet",
                "late_payment scope_creep",
            ),
            ("", ""),
        ]
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
        assert not tables & {"answers", "tried", "joining", "joined"}
