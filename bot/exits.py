"""How the program ends: exit codes as BSD's sysexits names them, and the one line that says why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from content.faults import Faults
from storage.errors import StorageAway, StorageBusy, StorageUnusable

OK = 0
FAULTS = 1
"""The thing that was checked has faults; they were printed."""
USAGE = 64
DATA = 65
NO_INPUT = 66
UNAVAILABLE = 69
SOFTWARE = 70
TEMPORARY = 75
"""Another process has what is needed."""
CONFIG = 78


class Leave(Exception):  # noqa: N818 - it says what to do, not what failed
    """The program cannot go on. ``line`` is one line for the operator, without secrets."""

    def __init__(self, code: int, line: str) -> None:
        super().__init__(line)
        self.code = code
        self.line = line


@contextmanager
def leaving() -> Iterator[None]:
    """Leave with one line where the storage or the content cannot be used, now or at all."""
    try:
        yield
    except StorageBusy as why:
        raise Leave(TEMPORARY, str(why)) from None
    except StorageAway as why:
        raise Leave(TEMPORARY, f"the database is away: {why}") from None
    except StorageUnusable as why:
        raise Leave(CONFIG, str(why)) from None
    except Faults as faults:
        first = faults.faults[0]
        raise Leave(DATA, f"the content has faults, see check-content: {first}") from None
