"""A database as the first version of the schema held it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.migrations import load_migrations
from storage.secrets.box import Box
from storage.secrets.cipher import Place
from storage.secrets.master import make_master_key
from storage.sqlite.migrating import migrate
from tests.storage.example import ANNA


def make_a_database_of_version_1(database: Path, keys_file: Path, now: datetime) -> None:
    """Write a person with two clients as the first version of the schema held them."""
    database.parent.mkdir()
    seconds = int(now.timestamp())
    key = os.urandom(32)
    wrapped = make_master_key(database.with_name("master.key")).wrap(ANNA, 1, key)
    with (
        closing(sqlite3.connect(keys_file, isolation_level=None)) as keys,
        closing(sqlite3.connect(database, isolation_level=None)) as raw,
    ):
        migrate(keys, load_migrations("keys")[:1], seconds)
        migrate(raw, load_migrations()[:1], seconds)
        keys.execute("INSERT INTO wrapped_keys VALUES (11, ?)", [wrapped])
        raw.execute(
            "INSERT INTO people (owner, zone, gender, since) VALUES (11, 'Asia/Omsk', 'female', ?)",
            [seconds],
        )
        raw.execute("INSERT INTO counters VALUES (11, 'client', 7)")
        for number, name in ((3, "Вектор"), (7, "Омега")):
            place = Place(ANNA, "clients", "name", (number,)).to_bytes()
            raw.execute(
                "INSERT INTO clients (owner, number, name, since) VALUES (11, ?, ?, ?)",
                [number, b"\x01" + Box(key).seal(name.encode(), place), seconds],
            )
