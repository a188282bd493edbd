"""From a database address to an open storage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storage.protocols import Storage, StorageUnusable
from storage.sqlite import open_sqlite

if TYPE_CHECKING:
    from datetime import datetime

_SQLITE = "sqlite:///"


async def open_storage(
    database_url: str, master_key_file: Path, *, now: datetime, keys_file: Path | None = None
) -> Storage:
    """Open the storage, made and migrated as needed; ``StorageUnusable`` where it cannot be.

    ``database_url`` is ``sqlite:///relative/path`` or ``sqlite:////absolute/path``. The wrapped
    keys lie in ``keys_file``, by default ``keys.db`` beside the database; two databases must not
    share it, since erasing a person in one would take the key from the other. ``now`` dates
    the migrations.
    """
    path = _sqlite_path(database_url)
    return await open_sqlite(
        path,
        keys_file=keys_file or path.with_name("keys.db"),
        master_key_file=master_key_file,
        now=now,
    )


def _sqlite_path(database_url: str) -> Path:
    name = database_url.removeprefix(_SQLITE)
    # The address is not repeated: one of another engine may hold a password.
    if name == database_url or not name or "?" in name or name == ":memory:":
        raise StorageUnusable("the database address must look like sqlite:///data/coach.db")
    return Path(name)
