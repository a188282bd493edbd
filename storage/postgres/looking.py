"""What a start would find in the database: it is read, and nothing is made or changed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import psycopg

from storage.errors import CUT_OFF, StorageUnusable
from storage.migrations import load_migrations, refuse_newer
from storage.postgres.connection import statements
from storage.postgres.engine import told
from storage.postgres.line import records
from storage.postgres.setup import (
    DATA,
    KEYS,
    applied,
    intakes,
    needed,
    refuse_lost,
    refuse_unfit,
)
from storage.protocols import Inspection
from storage.secrets.keys import state_of
from storage.secrets.master import fitting, load_master_key

_SECONDS: Final = 10
"""For the connection."""


def look(url: str, master_key_file: Path) -> Inspection:
    """Look at the database; see ``storage.opening.look``."""
    try:
        with psycopg.connect(
            url, autocommit=True, row_factory=records, connect_timeout=_SECONDS
        ) as raw:
            writable = raw.execute("SHOW transaction_read_only").fetchone() == ("off",)
            raw.execute("SET default_transaction_read_only = on")
            refuse_unfit(raw)
            refuse_lost(raw)
            taking = intakes(raw)
            missing = 0
            for schema, folder in ((DATA, "."), (KEYS, "keys")):
                raw.execute("SELECT set_config('search_path', %s, false)", (schema,))
                migrations, number = load_migrations(folder), applied(raw)
                refuse_newer(needed(raw), migrations)
                missing += max(0, len(migrations) - number)
            raw.execute("SELECT set_config('search_path', %s, false)", (f"{DATA}, {KEYS}",))
            if raw.execute("SELECT to_regclass('copying') IS NOT NULL").fetchone() == (True,):
                raise StorageUnusable(CUT_OFF)
            if not missing:
                sql = statements()
                wrapped = [tuple(row) for row in sql.some_wrapped_keys(raw)]
                if wrapped:
                    state = state_of(sql.get_state(raw))
                    load_master_key(master_key_file, fitting(state.master, wrapped))
    except psycopg.Error as error:
        raise StorageUnusable(told("the database cannot be used", error)) from error
    return Inspection(missing, writable, taking)
