from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from storage.errors import StorageUnusable
from storage.migrations import Migration, load_migrations, refuse_newer
from storage.sqlite.migrating import applied_number, migrate, needed_number

FIRST = Migration(1, "CREATE TABLE a (b text); -- with a comment;\nINSERT INTO a VALUES ('x;y');")
SECOND = Migration(2, "ALTER TABLE a ADD COLUMN c text;\nUPDATE a SET c = 'new';\n")
BROKEN = Migration(2, "CREATE TABLE half (a text);\nINSERT INTO nowhere VALUES (1);\n")

OF_THE_SECOND = """
INSERT INTO people (owner, zone, since) VALUES (11, 'Asia/Omsk', 5), (22, NULL, 5), (33, NULL, 5);
INSERT INTO clients (owner, number, since) VALUES (11, 1, 5), (33, 1, 5);
INSERT INTO assessments (owner, number, client, depth, team, started_at)
VALUES (11, 1, 1, 'full', 0, 5), (33, 1, 1, 'full', 0, 5);
INSERT INTO actions (owner, number, client, assessment, about, due, state)
VALUES
    (11, 1, 1, 1, 'reassess', '2026-12-01', 'open'),
    (33, 1, 1, 1, 'reassess', '2026-12-01', 'done');
INSERT INTO promises (owner, number, kind, due, state)
VALUES
    (22, 1, 'reply', '2026-12-01', 'open'),
    (33, 1, 'reply', '2026-12-01', 'done'),
    (44, 1, 'reply', '2026-12-01', 'open');
"""
"""Three people, of whom the last has nothing open, and somebody without a row."""


@pytest.fixture
def raw() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("folder", [".", "keys"])
def test_migrations_are_numbered_without_a_gap(folder: str) -> None:
    migrations = load_migrations(folder)
    assert [migration.number for migration in migrations] == list(range(1, len(migrations) + 1))
    assert migrations


def test_a_new_database_gets_every_migration_once(raw: sqlite3.Connection) -> None:
    assert applied_number(raw) == 0
    migrate(raw, [FIRST, SECOND], 100)
    migrate(raw, [FIRST, SECOND], 200)
    assert raw.execute("SELECT number, applied_at FROM migrations").fetchall() == [
        (1, 100),
        (2, 100),
    ]
    assert raw.execute("SELECT b, c FROM a").fetchall() == [("x;y", "new")]


def test_an_older_database_gets_what_it_lacks(raw: sqlite3.Connection) -> None:
    migrate(raw, [FIRST], 100)
    migrate(raw, [FIRST, SECOND], 200)
    assert raw.execute("SELECT number, applied_at FROM migrations").fetchall() == [
        (1, 100),
        (2, 200),
    ]


def test_a_migration_that_fails_leaves_no_half(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(raw, [FIRST, BROKEN], 100)
    assert not raw.in_transaction
    assert applied_number(raw) == 1
    assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_a_migration_that_the_engine_rolled_back_raises_its_error(raw: sqlite3.Connection) -> None:
    lost = Migration(1, "CREATE TABLE a (b text);\nROLLBACK;\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(raw, [lost], 100)


def test_two_processes_that_start_at_once_migrate_once(
    raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(raw, [FIRST], 100)
    with monkeypatch.context() as patch:
        answers = iter([0, 1])  # the other process was faster between the two looks
        patch.setattr("storage.sqlite.migrating.applied_number", lambda _: next(answers))
        migrate(raw, [FIRST], 200)
    assert raw.execute("SELECT number, applied_at FROM migrations").fetchall() == [(1, 100)]


def test_who_has_something_open_is_thought_of_after_the_third_migration(
    raw: sqlite3.Connection,
) -> None:
    migrate(raw, load_migrations()[:2], 100)
    raw.executescript(OF_THE_SECOND)
    migrate(raw, load_migrations()[:3], 200)
    found = raw.execute("SELECT owner, remind_at, epoch, next_look FROM reminders ORDER BY owner")
    assert found.fetchall() == [(11, "09:00", 0, 0), (22, "09:00", 0, 0)]
    assert raw.execute("SELECT owner, due, listed FROM actions ORDER BY owner").fetchall() == [
        (11, "2026-12-01", 0),
        (33, "2026-12-01", 0),
    ]
    assert raw.execute("SELECT state, listed, tried FROM promises").fetchall() == [
        ("open", 0, 0),
        ("done", 0, 0),
        ("open", 0, 0),
    ]
    assert raw.execute("SELECT zone, discreet FROM people WHERE owner = 11").fetchone() == (
        "Asia/Omsk",
        0,
    )


def test_what_was_judged_before_the_rules_were_numbered_was_judged_by_the_first(
    raw: sqlite3.Connection,
) -> None:
    migrate(raw, load_migrations()[:6], 100)
    raw.executescript(
        """
        INSERT INTO people (owner, zone, since) VALUES (11, NULL, 5);
        INSERT INTO clients (owner, number, since) VALUES (11, 1, 5);
        INSERT INTO assessments (owner, number, client, depth, team, started_at, judged_at, verdict)
        VALUES (11, 1, 1, 'full', 0, 5, 6, 'part'), (11, 2, 1, 'full', 0, 7, NULL, NULL);
        """
    )
    migrate(raw, load_migrations(), 200)
    found = raw.execute("SELECT number, rule, wants_out FROM assessments ORDER BY number")
    assert found.fetchall() == [(1, 1, 0), (2, None, 0)]


def test_what_tells_of_a_sent_letter_knows_it_where_only_one_fits(raw: sqlite3.Connection) -> None:
    every = load_migrations()
    migrate(raw, [each for each in every if each.number < 9], 100)
    raw.executescript(OF_THE_SECOND)
    sent = "2026-11-21"
    letters = [(1, sent), (2, sent), (3, "2026-11-22"), (4, None)]
    raw.executemany(
        "INSERT INTO letters"
        " (owner, number, client, kind, tone, length, language, started_at, facts, version,"
        " sent_on) VALUES (11, ?, 1, 'farewell', 'warm', 'short', 'ru', 5, '', 1, ?)",
        letters,
    )
    facts = [(1, sent, "letter"), (2, "2026-11-22", "letter"), (3, "2026-11-22", "typed")]
    raw.executemany(
        "INSERT INTO facts"
        " (owner, number, client, day, captured_at, touched_at, author, pieces, messages, source)"
        " VALUES (11, ?, 1, ?, 5, 5, '', 1, '', ?)",
        facts,
    )
    migrate(raw, every, 200)
    assert raw.execute("SELECT letter FROM facts ORDER BY number").fetchall() == [
        (None,),
        (3,),
        (None,),
    ]


def test_a_sign_of_the_first_release_is_asked_about_once_more(raw: sqlite3.Connection) -> None:
    migrate(raw, [each for each in load_migrations() if each.number < 10], 100)
    raw.executescript(
        """
        INSERT INTO people (owner, zone, since) VALUES (11, NULL, 5);
        INSERT INTO facts
            (owner, number, day, captured_at, touched_at, author, pieces, messages, source, sign)
        VALUES (11, 1, '2026-11-21', 5, 5, '', 1, '', 'typed', 'threats'),
            (11, 2, '2026-11-21', 5, 5, '', 1, '', 'typed', NULL);
        """
    )
    migrate(raw, load_migrations(), 200)
    found = raw.execute("SELECT number, sign, proposed, cuts FROM facts ORDER BY number")
    assert found.fetchall() == [(1, None, "threats", ""), (2, None, None, "")]


def test_a_newer_database_is_refused(raw: sqlite3.Connection) -> None:
    migrate(raw, [FIRST, SECOND], 100)
    refuse_newer(needed_number(raw), [FIRST, SECOND])
    with pytest.raises(StorageUnusable, match="newer"):
        refuse_newer(needed_number(raw), [FIRST])


def test_a_newer_one_to_which_was_only_added_is_not(raw: sqlite3.Connection) -> None:
    added = Migration(2, f"-- needs: 1\n{SECOND.script}")
    migrate(raw, [FIRST, added], 100)
    refuse_newer(needed_number(raw), [FIRST])
    migrate(raw, [FIRST], 200)  # the former release starts
    assert applied_number(raw) == 2
    migrate(raw, [FIRST, added, Migration(3, "ALTER TABLE a DROP COLUMN b;")], 300)
    with pytest.raises(StorageUnusable, match="it needs migration 3, this release knows 1"):
        refuse_newer(needed_number(raw), [FIRST])


def test_what_was_migrated_before_needs_were_kept_needs_all_of_it(
    raw: sqlite3.Connection,
) -> None:
    raw.execute("CREATE TABLE migrations (number bigint PRIMARY KEY, applied_at bigint NOT NULL)")
    raw.execute("INSERT INTO migrations VALUES (1, 50)")
    raw.execute("CREATE TABLE a (b text)")
    assert needed_number(raw) == 1
    migrate(raw, [FIRST], 100)
    assert needed_number(raw) == 1
