"""The export holds every column of every table, or says why not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from handlers.account.export import machine_readable
from storage.opening import open_storage
from storage.records import Cut, FactNumber, Letter, LetterNumber, Person, Prompt
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS, fill

NOW = datetime(2026, 11, 21, 20, 38, 5, tzinfo=UTC)
LATER = NOW.replace(hour=21)
Exported = dict[str, Any]
Rows = list[Exported]


def packed(answer: Exported) -> str:
    return ":".join([answer["question"], answer["option"], *(["quiet"] if answer["quiet"] else [])])


def reminding(exported: Exported) -> Exported:
    """Take the quiet hours apart, and the seconds away, which no time of day here has."""
    quiet_from, quiet_to = exported["quiet"]
    times = {
        "remind_at": exported["remind_at"],
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
    }
    return exported | {name: time.removesuffix(":00") for name, time in times.items()}


def ticks(told: Mapping[str, bool]) -> str:
    """Write what was offered to tick as it is stored."""
    return " ".join(sign if there else f"{sign}:no" for sign, there in told.items())


def pieces(cuts: Rows) -> str:
    """Write the pieces of a capture as they are stored."""
    return " ".join(
        f"{cut['length']}:{int(datetime.fromisoformat(cut['said_at']).timestamp())}" for cut in cuts
    )


WHERE: Final[Mapping[str, Callable[[Exported], Rows]]] = {
    "people": lambda all_: [all_["person"]],
    "clients": lambda all_: all_["clients"],
    "assessments": lambda all_: [
        each
        | {"answers": [packed(answer) for answer in each["answers"]], "told": ticks(each["told"])}
        for each in all_["assessments"]
    ],
    "answer_notes": lambda all_: [
        {"assessment": each["number"], "question": question, "words": words}
        for each in all_["assessments"]
        for question, words in each["notes"].items()
    ],
    "reminders": lambda all_: [reminding(all_["reminding"])],
    "rhythms": lambda all_: all_["rhythms"],
    "cycles": lambda all_: [
        {"client": int(client)} | week for client, weeks in all_["cycles"].items() for week in weeks
    ],
    "reports": lambda all_: all_["reports"],
    "dispatches": lambda all_: all_["dispatches"],
    "actions": lambda all_: all_["actions"],
    "prompts": lambda all_: [all_["prompt"]],
    "held": lambda all_: [all_["held"]],
    "pending_updates": lambda all_: all_["updates"],
    "put_aside": lambda all_: all_["put_aside"],
    "facts": lambda all_: [each | {"cuts": pieces(each["cuts"])} for each in all_["facts"]],
    "letters": lambda all_: [letter for letter, _ in all_["letters"]],
    "versions": lambda all_: [
        version | {"letter": letter["number"]}
        for letter, versions in all_["letters"]
        for version in versions
    ],
    "promises": lambda all_: all_["promises"],
    "hindsight": lambda all_: all_["hindsight"],
    "pictures": lambda all_: all_["pictures"],
    "details": lambda all_: [
        {"client": int(client), "detail": detail, "words": words}
        for client, details in all_["details"].items()
        for detail, words in details.items()
    ],
    "authors": lambda all_: [
        {"author": author, "client": client} for author, client in all_["authors"].items()
    ],
}
"""Where the rows of a table are in the export."""
NOT_IN_IT: Final = {
    "counters": "the last number given of each kind; the rows carry their numbers",
    "applied_updates": "numbers of updates, which name nobody",
    "erasures": "whose rows are gone",
    "migrations": "of the program",
    "computed_with": "the version of the zone database",
    "invitations": "hashes of random tokens, which name nobody",
    "allowances": "how fast somebody acts, forgotten within minutes",
    "judgings": "said with the seats of a person: see tests/conversations/test_team.py",
    "seats": "said as `judgings`",
    "strangers": "a keyed hash of who was turned away today",
    "webhooks": "a hash of where Telegram was asked to bring updates",
    "outbox": "replies under way; what they say is told of what is stored, and the chat has it",
}
"""Tables that are not in the export."""
NOT_SAID: Final = {(table, "owner"): "is said once, of the person" for table in WHERE} | {
    ("reminders", "next_look"): "a cache of when the worker is to look again",
}
"""Columns that are not in the export."""


@pytest.fixture
async def stored(tmp_path: Path) -> tuple[Path, Exported]:
    """A database with two people in it, and the export of one."""
    storage = await open_storage(f"sqlite:///{tmp_path}/coach.db", tmp_path / "master.key", now=NOW)

    def step(memory: Memory) -> None:
        fill(memory, ANNA, NOW, "моё")
        fill(memory, BORIS, NOW, "чужое")
        memory.invitations.add("token", LATER)
        memory.invitations.redeem("token", ANNA, NOW)
        mine = memory.of(ANNA)
        mine.people.save(
            replace(
                Person(ANNA, "ru", "Asia/Omsk", team=True, signature="моё", since=NOW),
                place="home",
                live_message=77,
                exported_at=NOW,
            )
        )
        (client,) = mine.clients.list()
        mine.clients.save(replace(client, archived_at=NOW, deleted_at=LATER))
        (assessment,) = mine.assessments.of_client(client.number)
        mine.assessments.freeze(assessment.number, "part", 2, LATER)
        mine.assessments.copy(assessment.number, LATER)
        fact = mine.facts.get(FactNumber(1))
        assert fact is not None
        author = mine.details.author_key("моё")
        mine.facts.save(
            replace(
                fact,
                sign="rudeness",
                proposed="threats",
                said_at=LATER,
                author=author,
                messages=(5, 6),
                letter=LetterNumber(1),
                cuts=(Cut(3, LATER),),
                deleted_at=NOW,
            )
        )
        ((letter, _),) = mine.export().letters
        mine.letters.save(changed(letter))
        (promise,) = mine.export().promises
        mine.promises.save(promise)
        mine.scratch.ask(Prompt("note", "1:late_payment", LATER))
        memory.updates.note(memory.updates.parked()[0].update_id, NOW)()

    def changed(letter: Letter) -> Letter:
        kept = frozenset({"second_person:вы"})
        return replace(letter, facts=(FactNumber(1),), kept=kept, done_at=LATER, sent_on=NOW.date())

    await storage.write(step)
    everything = await storage.write(lambda memory: memory.of(ANNA).export())
    await storage.close()
    return tmp_path / "coach.db", json.loads(machine_readable(everything))


def tables(raw: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return [name for (name,) in raw.execute(query)]


def alike(kind: str, stored: Any, exported: Any) -> bool:  # noqa: ANN401 - any column
    """Tell whether a stored value and an exported one are the same."""
    if kind == "blob" and stored is not None:
        return "моё" in json.dumps(exported, ensure_ascii=False)  # sealed here, readable there
    if isinstance(stored, int) and isinstance(exported, str):
        return exported == datetime.fromtimestamp(stored, UTC).strftime("%FT%TZ")
    if isinstance(exported, dict):
        exported = [f"{name}:{value}" for name, value in exported.items()]
    if isinstance(exported, list):
        return bool(" ".join(map(str, exported)) == stored)
    if isinstance(exported, bool):
        return bool(int(exported) == stored)
    return bool(exported == stored) or (stored is None and exported == "")


def missing(raw: sqlite3.Connection, everything: Exported) -> list[str]:
    """Return the columns whose values are not in the export."""
    raw.row_factory = sqlite3.Row
    found = []
    for table, rows_in in WHERE.items():
        query = f"SELECT * FROM {table} WHERE owner = ? ORDER BY 1, 2, 3"  # noqa: S608 - names of this file
        rows, exported = raw.execute(query, (ANNA,)).fetchall(), rows_in(everything)
        assert len(rows) == len(exported) > 0, table
        for _, name, kind, *_ in raw.execute(f"PRAGMA table_info({table})"):
            if (table, name) not in NOT_SAID and not all(
                name in given and alike(kind.lower(), row[name], given[name])
                for row, given in zip(rows, exported, strict=True)
            ):
                found.append(f"{table}.{name}")
    return found


def test_every_column_of_every_table_is_in_the_export(stored: tuple[Path, Exported]) -> None:
    database, everything = stored
    with closing(sqlite3.connect(database)) as raw:
        assert set(tables(raw)) == set(WHERE) | set(NOT_IN_IT)
        assert missing(raw, everything) == []
    assert everything["person"]["owner"] == ANNA
    assert "чужое" not in json.dumps(everything, ensure_ascii=False)


def test_what_an_export_leaves_out_is_found(stored: tuple[Path, Exported]) -> None:
    database, everything = stored
    del everything["person"]["zone"]
    everything["clients"][0]["note"] = ""
    everything["facts"][0]["said_at"] = None
    everything["authors"] = {"somebody": 1}
    with closing(sqlite3.connect(database)) as raw:
        assert missing(raw, everything) == [
            "people.zone",
            "clients.note",
            "facts.said_at",
            "authors.author",
        ]
        raw.execute("ALTER TABLE held ADD COLUMN mood text")
        assert "held.mood" in missing(raw, everything)


def test_no_column_of_the_example_is_empty_where_it_could_hold_something(
    stored: tuple[Path, Exported],
) -> None:
    """An empty column would prove nothing above."""
    database, _ = stored
    never = {("promises", "subject")}
    with closing(sqlite3.connect(database)) as raw:
        for table in WHERE:
            for _, column, *_ in raw.execute(f"PRAGMA table_info({table})").fetchall():
                query = f"SELECT count(nullif({column}, '')) FROM {table} WHERE owner = ?"  # noqa: S608 - names of this file
                (count,) = raw.execute(query, (ANNA,)).fetchone()
                assert count or (table, column) in never, f"{table}.{column}"


def test_what_is_not_in_the_export_says_why() -> None:
    assert all(NOT_IN_IT.values())
    assert all(NOT_SAID.values())
