"""The project's own content, loaded once: it never changes while tests run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
import tomli

from content.knowledge import Catalogue, Knowledge, Words
from content.loading import DATA
from tests.content.sheets import (
    CORE_SIGNS,
    no_letters,
    no_letters_and_no_phrases,
    only_default_language,
    some_letters_and_no_phrases,
)


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


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the content in the default language, to be changed.

    What stays as it is, nearly all of it, is read once for all such tests.
    """
    return _copied(tmp_path, monkeypatch, only_default_language)


@pytest.fixture
def small_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy without letters and phrases, for what a fault of anything else looks like."""
    return _copied(tmp_path, monkeypatch, no_letters_and_no_phrases)


@pytest.fixture
def root_with_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the same with three letters."""
    return _copied(tmp_path, monkeypatch, some_letters_and_no_phrases)


@pytest.fixture
def root_with_phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy without letters, with all phrases of the default language."""
    return _copied(tmp_path, monkeypatch, no_letters)


def _copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch, but: Callable[[str, list[str]], set[str]]
) -> Path:
    monkeypatch.setattr("content.loading.tomli.loads", lambda text: dict(_read_once(text)))
    shutil.copytree(DATA, folder / "data", ignore=but, copy_function=shutil.copyfile)
    return folder / "data"


_read_once = lru_cache(maxsize=None)(tomli.loads)
