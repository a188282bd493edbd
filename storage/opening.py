"""From a database address to an open storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sqlite.engine import open_sqlite
from storage.sqlite.files import files_of

if TYPE_CHECKING:
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

    For the address and the files see ``storage.sqlite.files``. ``now`` dates the migrations.
    Without ``sealing`` new texts are stored as they are. With ``alone`` no other process may serve
    the same database: ``StorageBusy``.
    """
    files = files_of(database_url, master_key_file, keys_file)
    return await open_sqlite(files, now=now, sealing=sealing, alone=alone)
