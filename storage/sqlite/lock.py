"""One process at a time, by a lock on a file that ends with the process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.errors import StorageBusy, StorageUnusable


class Lock:
    """An ``flock`` on ``<file>-lock``, held from making until ``release``.

    A file of its own: opening and closing the database itself besides SQLite would drop SQLite's
    locks. It is never deleted, since another process may be waiting for the deleted one.
    """

    def __init__(self, file: Path, says: str) -> None:
        """Take the lock; ``StorageBusy`` with ``says`` where another process holds it."""
        path = _beside(file)
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StorageUnusable(f"{path}: {error.strerror}") from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            if isinstance(error, BlockingIOError):
                raise StorageBusy(says) from None
            raise StorageUnusable(f"{path}: {error.strerror}") from error

    def release(self) -> None:
        """Let others have it."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        """Return the lock, which is held already."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()


def held(file: Path) -> bool:
    """Tell whether some process holds the lock, without making its file."""
    try:
        descriptor = os.open(_beside(file), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _beside(file: Path) -> Path:
    return file.with_name(file.name + "-lock")
