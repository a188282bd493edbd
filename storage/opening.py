"""From a database address to an open storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.errors import StorageUnusable
from storage.sqlite.engine import open_sqlite
from storage.sqlite.files import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime
    from pathlib import Path

    from storage.protocols import Storage


async def open_storage(  # noqa: PLR0913 - what an operator decides, each by its name
    database_url: str,
    master_key_file: Path,
    *,
    now: datetime,
    keys_file: Path | None = None,
    sealing: bool = True,
    alone: bool = False,
) -> Storage:
    """Open the storage, made and migrated as needed; ``StorageUnusable`` where it cannot be.

    For the address of SQLite's and the files see ``storage.sqlite.files``; ``postgresql://…`` is
    any address that libpq takes, and needs the extra ``postgres``. ``now`` dates the migrations.
    Without ``sealing`` new texts are stored as they are. With ``alone`` no other process may serve
    the same SQLite database: ``StorageBusy``.
    """
    if database_url.startswith("postgresql://"):
        open_postgres = _postgres()
        return await open_postgres(database_url, master_key_file, now=now, sealing=sealing)
    files = files_of(database_url, master_key_file, keys_file)
    return await open_sqlite(files, now=now, sealing=sealing, alone=alone)


def _postgres() -> Callable[..., Coroutine[Any, Any, Storage]]:
    """Return what opens PostgreSQL, where its driver is installed."""
    try:
        from storage.postgres.engine import open_postgres  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise StorageUnusable(
            "for PostgreSQL its driver is needed: `make run` installs requirements-postgres.lock"
        ) from error
    return open_postgres
