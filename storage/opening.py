"""From a database address to an open storage."""

from __future__ import annotations

import asyncio
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from storage.errors import StorageUnusable
from storage.protocols import Inspection, Intake, Storage
from storage.sqlite.engine import open_sqlite
from storage.sqlite.files import files_of
from storage.sqlite.looking import look as look_at_files


async def open_storage(  # noqa: PLR0913 - what an operator decides, each by its name
    database_url: str,
    master_key_file: Path,
    *,
    now: datetime,
    keys_file: Path | None = None,
    sealing: bool = True,
    alone: bool = False,
    intake: Intake | None = None,
) -> Storage:
    """Open the storage, made and migrated as needed.

    Raises ``StorageUnusable`` where it cannot be, ``StorageAway`` where its server does not answer.
    For the address of SQLite's and the files see ``storage.sqlite.files``; ``postgresql://…`` is
    any address that libpq takes, and needs the extra ``postgres``. ``now`` dates the migrations.
    Without ``sealing`` new texts are stored as they are. With ``alone`` no other process may serve
    the same SQLite database, and none one of PostgreSQL's that takes updates in another way than
    by ``intake``: ``StorageBusy``.
    """
    if database_url.startswith("postgresql://"):
        engine = of_postgres("engine")
        opened: Storage = await engine.open_postgres(
            database_url, master_key_file, now=now, sealing=sealing, intake=intake
        )
        return opened
    files = files_of(database_url, master_key_file, keys_file)
    return await open_sqlite(files, now=now, sealing=sealing, alone=alone)


async def look(
    database_url: str, master_key_file: Path, keys_file: Path | None = None
) -> Inspection:
    """Look at a database that is there, as a start would, and make or change nothing.

    Raises ``StorageBusy`` where another process serves it, ``StorageUnusable`` where none could.
    """
    if database_url.startswith("postgresql://"):
        found: Inspection = await asyncio.to_thread(
            of_postgres("looking").look, database_url, master_key_file
        )
        return found
    files = files_of(database_url, master_key_file, keys_file)
    return await asyncio.to_thread(look_at_files, files)


def of_postgres(module: str) -> Any:  # noqa: ANN401 - a module
    """Return a module for PostgreSQL, where its driver is installed."""
    try:
        return import_module(f"storage.postgres.{module}")
    except ImportError as error:
        raise StorageUnusable(
            "for PostgreSQL its driver is needed: `make run` installs requirements-postgres.lock"
        ) from error
