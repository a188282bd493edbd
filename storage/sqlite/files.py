"""The files of one storage."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from storage.errors import StorageUnusable

_SQLITE = "sqlite:///"


class Files(NamedTuple):
    """Where a storage lies."""

    data: Path
    """The database."""
    keys: Path
    """The people's keys, wrapped by the master key."""
    master: Path
    """The master key."""


def files_of(database_url: str, master_key_file: Path, keys_file: Path | None = None) -> Files:
    """Return the files of a storage by the address of its database.

    ``database_url`` is ``sqlite:///relative/path`` or ``sqlite:////absolute/path``;
    ``StorageUnusable`` for another. The keys lie in ``keys_file``, by default ``keys.db`` beside
    the database; two databases must not share it, since erasing a person in one would take the key
    from the other.
    """
    name = database_url.removeprefix(_SQLITE)
    if database_url.startswith("postgresql://"):
        raise StorageUnusable(
            "this command works on the files of SQLite; for PostgreSQL see docs/operations.md"
        )
    # The address is not repeated: one of another engine may hold a password.
    if name == database_url or not name or "?" in name or name == ":memory:":
        raise StorageUnusable("the database address must look like sqlite:///data/coach.db")
    data = Path(name)
    return Files(data, keys_file or data.with_name("keys.db"), master_key_file)
