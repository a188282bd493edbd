"""These tests look into SQLite's files."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
def database_url(database: Path) -> str:
    """Return the address of a database that is still to be made."""
    return f"sqlite:///{database}"
