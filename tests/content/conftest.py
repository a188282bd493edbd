"""The project's own content, loaded once: it never changes while tests run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content.loading import load

if TYPE_CHECKING:
    from content.knowledge import Catalogue, Knowledge, Words


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def catalogue(knowledge: Knowledge) -> Catalogue:
    return knowledge.catalogue


@pytest.fixture(scope="session")
def words(knowledge: Knowledge) -> Words:
    return knowledge.words("ru")
