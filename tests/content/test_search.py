"""The library is searched the way people type."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from content.knowledge import Knowledge, Words
from content.search import HitKind, Library

CASES = Path(__file__).parents[1] / "cases"
SEARCHES = tomllib.loads((CASES / "searches.toml").read_text("utf-8"))
SEARCHES_EN = tomllib.loads((CASES / "searches_en.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def library(words: Words) -> Library:
    library = Library(words)
    library.warm()
    return library


def test_nine_of_ten_searches_have_what_was_meant_among_the_first_three(library: Library) -> None:
    expected = SEARCHES["expect"]
    missed = [
        search
        for search in expected
        if search["id"] not in {hit.id for hit in library.search(search["query"])[:3]}
    ]

    assert len(expected) >= 60
    assert len(missed) <= len(expected) / 10, missed


@pytest.mark.parametrize("query", SEARCHES["nothing"])
def test_what_means_nothing_here_finds_nothing(library: Library, query: str) -> None:
    assert library.search(query) == ()


def test_signs_types_and_questions_are_all_found(library: Library) -> None:
    kinds = {hit.kind for hit in library.search("договор")}

    assert kinds == set(HitKind)


def test_hits_come_likeliest_first_and_no_more_than_asked_for(library: Library) -> None:
    hits = library.search("ночью требует правки по договору", limit=8)
    scores = [hit.score for hit in hits]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert library.search("договор", limit=2) == library.search("договор")[:2]


def test_a_very_long_text_is_searched_by_its_beginning(library: Library) -> None:
    assert library.search("договор " * 1000)[0].id == "no_contract"


def test_english_is_searched_as_well_without_its_grammar(knowledge: Knowledge) -> None:
    library = Library(knowledge.words("en"))
    expected = SEARCHES_EN["expect"]
    missed = [
        search
        for search in expected
        if search["id"] not in {hit.id for hit in library.search(search["query"])[:3]}
    ]

    assert len(missed) <= len(expected) / 10, missed
    assert not [query for query in SEARCHES_EN["nothing"] if library.search(query)]
