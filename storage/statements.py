"""The named statements of ``storage/sql``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import aiosql

if TYPE_CHECKING:
    from collections.abc import Callable


class Statements(Protocol):
    """One method per ``-- name:``, called with the connection and the named parameters."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the method; its result depends on the mark after the name in the file."""


def load_statements() -> Statements:
    """Read all files; the names are one namespace."""
    return cast("Statements", aiosql.from_path(Path(__file__).with_name("sql"), "sqlite3"))
