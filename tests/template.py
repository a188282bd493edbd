"""A migrated database of SQLite, to be copied: making one anew is most of a short test."""

from __future__ import annotations

import asyncio
import atexit
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from storage.opening import open_storage

_MADE = datetime(2026, 11, 1, tzinfo=UTC)


def laid(folder: Path) -> str:
    """Lay an empty database with its keys into a folder without one; return its address."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / "coach.db").exists():
        for file in _template().iterdir():
            shutil.copy(file, folder)
    return _address(folder)


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'coach.db'}"


@lru_cache(maxsize=1)
def _template() -> Path:
    """Make the files once in a process; they go with it."""
    folder = Path(mkdtemp(prefix="template-"))
    atexit.register(shutil.rmtree, folder)

    async def make() -> None:
        await (await open_storage(_address(folder), folder / "master.key", now=_MADE)).close()

    with ThreadPoolExecutor(1) as thread:  # a loop may be running in this one
        thread.submit(asyncio.run, make()).result()
    return folder
