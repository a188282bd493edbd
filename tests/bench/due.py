"""What it costs to pick those who are due among many.

    python -m tests.bench.due

A database of 200,000 people with 1,000,000 clients, each with a weekday and an open week, and
1,000,000 messages that were sent; 1,000 people are due, and 1,000 messages are under way. Times are
those of the calls inside a transaction, by the wall: a median and a range over fifty rounds. The
goal for picking 100 people is 5 ms.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from storage.opening import open_storage
from storage.records import Owner

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.rows.memory import Memory

ROUNDS = 50
PEOPLE, CLIENTS_EACH, SENT_EACH = 200_000, 5, 5
DUE = UNDER_WAY = 1_000
AT_A_TIME = 100
LEASE = timedelta(seconds=30)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FILLING = """
INSERT INTO people (owner, since)
WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :people)
SELECT n, 0 FROM each;

INSERT INTO clients (owner, number, since)
WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :clients_each)
SELECT owner, n, 0 FROM people, each;

INSERT INTO rhythms (owner, client, weekday, since)
SELECT owner, number, 0, '2026-11-02' FROM clients;

INSERT INTO cycles (owner, client, day, open_since, state, rev)
SELECT owner, number, '2026-11-16', '2026-11-16', 'open', 0 FROM clients;

-- The due are spread over all the people, not the first of them.
INSERT INTO reminders (owner, next_look)
SELECT
    owner,
    CASE WHEN owner % (:people / :due) = 0 THEN :now - owner % 60 ELSE :now + 1 + owner % 86400 END
FROM people;

INSERT INTO dispatches (
    owner, number, kind, epoch, day, claimed_at, not_after, wake, holder, lease, ending
)
WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :sent_each)
SELECT
    owner, n, 'digest', n, '2026-11-16', :now - n, :now, :now - n, 'one', :now,
    CASE WHEN n = 1 AND owner % (:people / :under_way) = 1 THEN NULL ELSE 'sent' END
FROM people, each;
"""


def fill(path: Path) -> None:
    """Fill an open database past the storage."""
    values = {
        "people": PEOPLE,
        "clients_each": CLIENTS_EACH,
        "sent_each": SENT_EACH,
        "due": DUE,
        "under_way": UNDER_WAY,
        "now": int(NOW.timestamp()),
    }
    with closing(sqlite3.connect(path)) as raw:
        for statement in FILLING.split(";"):
            raw.execute(statement, values)
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def people(memory: Memory, _: int) -> int:
    """Pick those to think of now."""
    return len(memory.dispatches.people(NOW, AT_A_TIME))


def take(memory: Memory, round_: int) -> int:
    """Take what is under way; in the next round the leases of this one are over."""
    return len(memory.dispatches.take("two", NOW + (1 + round_) * LEASE, LEASE, AT_A_TIME))


def next_wake(memory: Memory, _: int) -> int:
    """Look when to wake."""
    return int(memory.dispatches.next_wake() is not None)


def rhythms(memory: Memory, round_: int) -> int:
    """Read the clients of one person with their weeks."""
    return len(memory.of(Owner(1 + round_ * 997)).reminders.rhythms(TODAY))


def timed(call: Callable[[Memory, int], int], round_: int) -> Callable[[Memory], tuple[float, int]]:
    """Return a step that measures a call in ms and says how much it found."""

    def step(memory: Memory) -> tuple[float, int]:
        began = perf_counter()
        found = call(memory, round_)
        return (perf_counter() - began) * 1e3, found

    return step


async def main() -> None:
    """Fill, measure and print."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "coach.db"
        storage = await open_storage(f"sqlite:///{path}", Path(name) / "master.key", now=NOW)
        began = perf_counter()
        await asyncio.to_thread(fill, path)
        size = path.stat().st_size / 1e6
        sys.stdout.write(f"filled in {perf_counter() - began:.0f} s, {size:.0f} MB\n")
        for call, found in (
            (people, AT_A_TIME),
            (take, AT_A_TIME),
            (next_wake, 1),
            (rhythms, CLIENTS_EACH),
        ):
            runs = [await storage.write(timed(call, round_)) for round_ in range(ROUNDS)]
            assert {each for _, each in runs} == {found}, runs
            times = [ms for ms, _ in runs]
            spread = f"{min(times):.2f} to {max(times):.2f}"
            sys.stdout.write(f"{call.__name__}: {median(times):.2f} ms ({spread})\n")
        await storage.close()


if __name__ == "__main__":
    asyncio.run(main())
