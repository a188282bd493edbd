"""These tests look into PostgreSQL, or start several storages over one database."""

from __future__ import annotations

import pytest

from tests.postgres import ENGINES


@pytest.fixture(params=ENGINES[1:])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)
