"""What lies on the disk."""

from __future__ import annotations

import base64
import logging
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from content.values.reports import Item, ItemKind
from storage.errors import StorageUnusable
from storage.protocols import Storage
from storage.records import (
    UNREADABLE,
    ClientNumber,
    Export,
    Letter,
    LetterNumber,
    ParkedUpdate,
    Person,
    Report,
    ReportNumber,
    UpdateId,
)
from storage.rows.memory import Memory, Owned
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import NOBODY
from storage.sqlite.keys import FileRing
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS, a_fact, a_promise, contents, fill, swept

MARKER = "приметное-слово-zebra"
MOVES = """
UPDATE facts SET words = note WHERE number = 1;
UPDATE facts SET note = (SELECT note FROM facts WHERE owner = 11 AND number = 1)
WHERE number = 2;
UPDATE letters SET filled = (SELECT filled FROM letters WHERE owner = 11 AND number = 1)
WHERE number = 2;
UPDATE versions SET words = (SELECT words FROM versions WHERE letter = 1 AND number = 2)
WHERE owner = 11 AND letter = 1 AND number = 1;
UPDATE promises SET words = (SELECT words FROM promises WHERE owner = 11 AND number = 1)
WHERE number = 2;
UPDATE reports SET words = items WHERE number = 1;
UPDATE reports SET items = (SELECT items FROM reports WHERE owner = 11 AND number = 1)
WHERE number = 2;
UPDATE details SET words = (SELECT words FROM details WHERE owner = 11 AND client = 1)
WHERE client = 2;
UPDATE people SET signature = (SELECT signature FROM people WHERE owner = 22)
WHERE owner = 11
"""
"""Each puts a sealed text where it does not belong."""


def rows(path: Path, sql: str, parameters: Iterable[int | bytes] = ()) -> list[tuple[Any, ...]]:
    """Run one statement past the storage."""
    with closing(sqlite3.connect(path)) as raw, raw:
        return raw.execute(sql, tuple(parameters)).fetchall()


def owners(path: Path, table: str) -> set[int]:
    return {owner for (owner,) in rows(path, f"SELECT owner FROM {table}")}  # noqa: S608 - names of the schema


def tables_with_an_owner(path: Path) -> list[str]:
    tables = [name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type='table'")]
    return [
        table
        for table in tables
        if "owner" in {column for _, column, *_ in rows(path, f"PRAGMA table_info({table})")}
    ]


async def test_no_word_of_a_person_is_readable_in_any_file(
    storage: Storage, folder: Path, now: datetime
) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))

    files = contents(folder)
    assert {"coach.db-wal", "keys.db-wal"} <= set(files)
    for name, held in files.items():
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert MARKER.encode(encoding) not in held, name
        assert base64.b64encode(MARKER.encode())[:16] not in held, name


async def test_a_sealed_text_moved_to_another_row_is_unreadable_there(
    storage: Storage, database: Path, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        memory.of(ANNA).clients.add("Вектор", now)
        memory.of(ANNA).clients.add("Омега", now)

    await storage.write(step)
    rows(
        database,
        "UPDATE clients SET name = (SELECT name FROM clients WHERE number = 1) WHERE number = 2",
    )
    clients = await storage.write(lambda memory: memory.of(ANNA).clients.list())
    assert [client.name for client in clients] == ["Вектор", UNREADABLE]


async def test_what_is_sealed_of_facts_and_letters_opens_in_its_own_row_only(
    storage: Storage, database: Path, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        for owner in (ANNA, ANNA, BORIS):
            fill(memory, owner, now, MARKER)
        memory.of(ANNA).letters.add_version(LetterNumber(1), MARKER, now)

    await storage.write(step)
    for move in MOVES.split(";"):
        rows(database, move)
    anna = await storage.write(lambda memory: memory.of(ANNA).export())
    assert anna.person.signature == UNREADABLE
    assert [(fact.words, fact.note) for fact in anna.facts] == [
        (UNREADABLE, MARKER),
        (MARKER, UNREADABLE),
    ]
    (first, versions), (second, _) = anna.letters
    assert (first.filled, second.filled) == ({"good": MARKER}, {UNREADABLE: UNREADABLE})
    assert [version.words for version in versions] == [UNREADABLE, MARKER]
    assert [promise.words for promise in anna.promises] == [MARKER, UNREADABLE]
    assert [(report.items[0].words, report.words) for report in anna.reports] == [
        (MARKER, UNREADABLE),
        (UNREADABLE, MARKER),
    ]
    assert anna.details == {1: {"form.genitive": MARKER}, 2: {"form.genitive": UNREADABLE}}


async def test_a_letter_that_cannot_be_read_is_filled_in_anew_without_the_marker(
    storage: Storage, database: Path, now: datetime
) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
    rows(database, "UPDATE letters SET filled = zeroblob(61)")

    def step(memory: Memory) -> Letter | None:
        letters = memory.of(ANNA).letters
        letter = letters.get(LetterNumber(1))
        assert letter is not None
        letters.save(replace(letter, filled={**letter.filled, "good": "идеи"}))
        return letters.get(letter.number)

    letter = await storage.write(step)
    assert letter is not None
    assert letter.filled == {"good": "идеи"}


async def test_a_report_that_cannot_be_read_is_written_anew_without_the_marker(
    storage: Storage, database: Path, now: datetime
) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
    rows(database, "UPDATE reports SET items = zeroblob(61)")
    goal = Item(ItemKind.GOAL, "макеты")

    def step(memory: Memory) -> Report | None:
        reports = memory.of(ANNA).reports
        report = reports.get(ReportNumber(1))
        assert report is not None
        reports.save(replace(report, items=(*report.items, goal)))
        return reports.get(report.number)

    report = await storage.write(step)
    assert report is not None
    assert report.items == (goal,)


async def test_erasing_leaves_nothing_of_the_person_and_everything_of_the_others(
    storage: Storage, database: Path, keys_file: Path, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        for owner in (ANNA, BORIS):
            fill(memory, owner, now)
            memory.allowances.draw(owner, now, timedelta(seconds=1))

    await storage.write(step)
    tables = tables_with_an_owner(database)
    assert {
        "people",
        "clients",
        "answer_notes",
        "facts",
        "versions",
        "authors",
        "cycles",
        "dispatches",
        "put_aside",
    } <= set(tables)
    for table in set(tables) - {"erasures"}:
        assert owners(database, table) == {ANNA, BORIS}, table
    boris = await storage.write(lambda memory: memory.of(BORIS).export())

    await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    await swept(storage)

    for table in tables:
        assert ANNA not in owners(database, table), table
    assert owners(keys_file, "wrapped_keys") == {NOBODY, BORIS}
    assert await storage.write(lambda memory: memory.of(BORIS).export()) == boris
    assert await storage.write(lambda memory: memory.of(ANNA).people.get()) == Person(ANNA)


async def test_after_erasing_no_file_holds_even_the_plain_columns(
    storage: Storage, folder: Path, now: datetime
) -> None:
    anna = Person(ANNA, zone="Antarctica/Troll", since=now)
    await storage.write(lambda memory: memory.of(ANNA).people.save(anna))
    assert b"Antarctica/Troll" in b"".join(contents(folder).values())
    await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    await swept(storage)
    assert b"Antarctica/Troll" not in b"".join(contents(folder).values())


# Invariant I15.
async def test_a_copy_of_the_data_from_before_opens_nothing_of_an_erased_person(
    opened: Opening, folder: Path, database: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
        await storage.write(lambda memory: fill(memory, BORIS, now, MARKER))
    shutil.copy(database, folder / "copy.db")
    async with opened() as storage:
        await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    shutil.move(folder / "copy.db", database)

    async with opened() as storage:
        anna = await storage.write(lambda memory: memory.of(ANNA).export())
        boris = await storage.write(lambda memory: memory.of(BORIS).export())
    assert [client.name for client in anna.clients] == [UNREADABLE]
    assert anna.updates == ()
    assert [client.name for client in boris.clients] == [MARKER]


async def test_who_comes_back_after_erasing_begins_anew(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: fill(memory, ANNA, now))
    await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    client = await storage.write(lambda memory: memory.of(ANNA).clients.add("Вектор", now))
    assert client.number == 1
    assert await storage.write(lambda memory: memory.of(ANNA).clients.get(client.number)) == client


async def test_what_is_stored_right_after_erasing_stays_readable(
    opened: Opening, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        fill(memory, ANNA, now)
        memory.of(ANNA).people.erase(now)
        memory.of(ANNA).clients.add("Вектор", now)

    async with opened() as storage:
        await storage.write(step)
    async with opened() as storage:
        (client,) = await storage.write(lambda memory: memory.of(ANNA).clients.list())
    assert client.name == "Вектор"


@pytest.mark.parametrize("what", ["signature", "fact", "promise"])
async def test_what_needs_no_client_keeps_the_key_as_well(
    opened: Opening, keys_file: Path, now: datetime, what: str
) -> None:
    def step(memory: Memory) -> None:
        mine = memory.of(ANNA)
        mine.people.erase(now)
        if what == "signature":
            mine.people.save(Person(ANNA, signature=MARKER, since=now))
        elif what == "fact":
            mine.facts.add(a_fact(now, words=MARKER))
        else:
            mine.promises.add(replace(a_promise(), words=MARKER))

    async with opened() as storage:
        await storage.write(step)
    async with opened() as storage:
        anna = await storage.write(lambda memory: memory.of(ANNA).export())
    stored = {
        "signature": [anna.person.signature],
        "fact": [fact.words for fact in anna.facts],
        "promise": [promise.words for promise in anna.promises],
    }
    assert stored[what] == [MARKER]

    for file in keys_file.parent.glob("keys.db*"):
        file.unlink()
    with pytest.raises(StorageUnusable, match="holds no keys"):
        async with opened():
            pass


async def test_an_undone_erasure_keeps_the_key(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> None:
        memory.of(ANNA).people.erase(now)
        raise RuntimeError("changed my mind")

    await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
    with pytest.raises(RuntimeError):
        await storage.write(step)
    (client,) = await storage.write(lambda memory: memory.of(ANNA).clients.list())
    assert client.name == MARKER


async def test_a_key_that_could_not_be_deleted_goes_at_the_next_start(
    opened: Opening,
    keys_file: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_: FileRing) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now))
        with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
            patch.setattr(FileRing, "settle", fail)
            await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
            assert await storage.write(lambda memory: memory.of(ANNA).clients.list()) == ()
        assert "could not be deleted yet" in caplog.text
        # What would be left if the process had died between the two files.
        shutil.copytree(keys_file.parent, keys_file.parent.with_name("died"))

    died = keys_file.parent.with_name("died")
    keys_file.parent.rename(keys_file.parent.with_name("first"))
    died.rename(keys_file.parent)
    assert owners(keys_file, "wrapped_keys") == {ANNA}
    async with opened():
        assert owners(keys_file, "wrapped_keys") == {NOBODY}
        assert owners(keys_file.with_name("coach.db"), "erasures") == set()


async def test_a_key_is_on_the_disk_before_any_row_it_sealed(
    storage: Storage, database: Path, keys_file: Path, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[set[int], set[int]]:
        memory.of(ANNA).clients.add("Вектор", now)
        return owners(keys_file, "wrapped_keys"), owners(database, "clients")

    assert await storage.write(step) == ({ANNA}, set())


def save_back_what_comes_without_an_assessment(
    mine: Owned, client: ClientNumber, now: datetime
) -> None:
    person = mine.people.get()
    assert person.signature == UNREADABLE
    mine.people.save(person)
    assert mine.details.of_client(client) == {"form.genitive": UNREADABLE}
    mine.details.set(client, "form.genitive", UNREADABLE)
    assert mine.details.client_of(MARKER) is None
    (fact,) = mine.facts.of_client(client)
    assert (fact.words, fact.note) == (UNREADABLE, UNREADABLE)
    mine.facts.save(replace(fact, sign="rudeness"))
    (letter,) = mine.letters.of_client(client)
    assert (letter.filled, letter.kept) == ({UNREADABLE: UNREADABLE}, frozenset())
    mine.letters.save(replace(letter, sent_on=now.date()))
    (promise,) = mine.promises.open()
    assert promise.words == UNREADABLE
    mine.promises.save(promise)
    (report,) = mine.reports.of_client(client)
    assert (report.items, report.words) == (
        (Item(ItemKind.DONE, UNREADABLE, number=1),),
        UNREADABLE,
    )
    mine.reports.save(replace(report, sent_on=now.date()))


def nothing_is_lost(export: Export) -> None:
    assert [(client.name, client.note) for client in export.clients] == [(MARKER, MARKER)]
    assert [each.notes for each in export.assessments] == [{"late_payment": MARKER}, {}]
    assert [action.words for action in export.actions] == [MARKER]
    assert export.person.signature == MARKER
    assert [(each.words, each.note) for each in export.facts] == [(MARKER, MARKER)]
    assert [letter.filled for letter, _ in export.letters] == [{"good": MARKER}]
    assert [each.words for each in export.promises] == [MARKER]
    assert [(each.items[0].words, each.words) for each in export.reports] == [(MARKER, MARKER)]
    assert export.details == {1: {"form.genitive": MARKER}}


async def test_one_damaged_key_is_the_trouble_of_one_person(
    opened: Opening, keys_file: Path, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: fill(memory, ANNA, now, MARKER))
        await storage.write(lambda memory: fill(memory, BORIS, now, MARKER))
    mine = "FROM wrapped_keys WHERE owner = ? ORDER BY number"
    wrapped = rows(keys_file, f"SELECT wrapped, owner, number {mine}", [ANNA])
    rows(keys_file, "UPDATE wrapped_keys SET wrapped = zeroblob(61) WHERE owner = ?", [ANNA])

    def archive(memory: Memory) -> None:
        mine = memory.of(ANNA)
        (client,) = mine.clients.list()
        assert (client.name, client.note) == (UNREADABLE, UNREADABLE)
        mine.clients.save(replace(client, archived_at=now))
        (assessment,) = mine.assessments.of_client(client.number)
        assert assessment.notes == {"late_payment": UNREADABLE}
        mine.assessments.note(assessment.number, "late_payment", UNREADABLE)
        copied = mine.assessments.copy(assessment.number, now)
        assert (copied.answers, copied.notes) == (assessment.answers, {})
        assert mine.assessments.get(copied.number) == copied
        (action,) = mine.plans.of_client(client.number)
        assert action.words == UNREADABLE
        mine.plans.save(action)
        save_back_what_comes_without_an_assessment(mine, client.number, now)
        held = mine.scratch.held(now)
        assert held is not None
        assert held.words == UNREADABLE

    poison = ParkedUpdate(UpdateId(1), ANNA, b"{}", now, tries=3)
    async with opened() as storage:
        await storage.write(archive)
        waiting = await storage.write(lambda memory: memory.updates.parked())
        assert [update.owner for update in waiting] == [BORIS]
        with pytest.raises(Unreadable):
            await storage.write(lambda memory: memory.of(ANNA).clients.add("Омега", now))
        await storage.write(lambda memory: memory.updates.put_aside(poison, "Unreadable", now))
        aside = await storage.write(lambda memory: memory.updates.put_aside_list())
        assert [(update.update_id, update.body is None) for update in aside] == [
            (1, False),
            (1100, True),
            (1101, True),
            (2201, False),
        ]
        ids = [update.update_id for update in aside]
        assert await storage.write(lambda memory: memory.updates.retry(ids, now)) == 2

    for each in wrapped:
        rows(keys_file, "UPDATE wrapped_keys SET wrapped = ? WHERE owner = ? AND number = ?", each)
    async with opened() as storage:
        export = await storage.write(lambda memory: memory.of(ANNA).export())
        nothing_is_lost(export)
        known = await storage.write(lambda memory: memory.of(ANNA).details.client_of(MARKER))
        assert known == 1
        assert await storage.write(lambda memory: memory.updates.retry(ids, now)) == 2
