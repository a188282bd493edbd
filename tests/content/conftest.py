"""The project's own content, loaded once: it never changes while tests run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from content.loading import load
from tests.content.sheets import CORE_SIGNS

if TYPE_CHECKING:
    from content.knowledge import Catalogue, Knowledge, Words


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def catalogue(knowledge: Knowledge) -> Catalogue:
    return knowledge.catalogue


@pytest.fixture(scope="session")
def core(catalogue: Catalogue) -> Catalogue:
    """For what depends on how many signs there are."""
    return replace(
        catalogue, signs={id_: sign for id_, sign in catalogue.signs.items() if id_ in CORE_SIGNS}
    )


@pytest.fixture(scope="session")
def words(knowledge: Knowledge) -> Words:
    return knowledge.words("ru")
