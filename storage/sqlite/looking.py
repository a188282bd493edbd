"""What a start would find in the files: they are read, and nothing is made, changed or left."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from storage.errors import CUT_OFF, StorageBusy, StorageUnusable
from storage.migrations import load_migrations
from storage.protocols import Inspection
from storage.secrets.keys import NOBODY, state_of
from storage.secrets.master import fitting, load_master_key
from storage.sqlite.engine import reading, refusal, refuse_lost, refuse_unusable
from storage.sqlite.files import Files
from storage.sqlite.lock import held
from storage.sqlite.migrating import applied_number
from storage.statements import load_statements


def look(files: Files) -> Inspection:
    """Look at the files; see ``storage.opening.look``."""
    if held(files.data):
        raise StorageBusy(f"another process works with {files.data}")
    path = files.data
    try:
        refuse_lost(files, still=True)
        missing = _missing(path, ".")
        path = files.keys
        missing += _missing(path, "keys")
        if not missing:
            _refuse_other_keys(files)
    except (OSError, sqlite3.Error) as error:
        raise StorageUnusable(refusal(path, error)) from error
    written = (files.data, files.data.parent, files.keys, files.keys.parent)
    return Inspection(missing, all(os.access(each, os.W_OK) for each in written if each.exists()))


def _missing(path: Path, folder: str) -> int:
    """Return how many migrations a file lacks; refuse it as a start would."""
    migrations = load_migrations(folder)
    refuse_unusable(path, migrations, still=True)
    if not path.exists():
        return len(migrations)
    with reading(path, still=True) as raw:
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'copying'").fetchone():
            raise StorageUnusable(CUT_OFF)
        return max(0, len(migrations) - applied_number(raw))


def _refuse_other_keys(files: Files) -> None:
    """Raise ``StorageUnusable`` where the master key does not open the keys of people."""
    sql = load_statements()
    with reading(files.keys, still=True) as raw:
        raw.row_factory = sqlite3.Row
        wrapped = [tuple(row) for row in sql.some_wrapped_keys(raw)]
        if any(owner != NOBODY for owner, *_ in wrapped):
            state = state_of(sql.get_state(raw), files.keys)
            load_master_key(files.master, fitting(state.master, wrapped))
