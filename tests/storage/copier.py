"""Copies one database to another in small steps, and says each: to be killed between two."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from storage import copying
from storage.postgres.copying import postgres_side
from storage.sqlite.files import files_of


def side(address: str, folder: Path, *, new: bool) -> AbstractContextManager[copying.Side]:
    """Open one side; the files of SQLite lie beside the master key."""
    if address.startswith("postgresql:"):
        return postgres_side(address, 0, new=new)
    return copying.sqlite_side(files_of(address, folder / "master.key"), 0, new=new)


def main(source: str, target: str, folder: Path) -> None:
    copying._ROWS_PER_COMMIT = 2  # type: ignore[misc]  # so that there are many commits
    with side(source, folder, new=False) as ours, side(target, folder, new=True) as theirs:
        copying.copy(ours, theirs, lambda: os.write(1, b"commit\n"))
    os.write(1, b"done\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
