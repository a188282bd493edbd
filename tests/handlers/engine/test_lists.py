"""Lists: eight to a page, and an address that opens each."""

from __future__ import annotations

import pytest

from content.models import Language
from handlers.engine.lists import PAGE, page_of
from handlers.engine.screen import button
from handlers.facts import buttons as to
from tests.known import KNOWLEDGE

TEXTS = KNOWLEDGE.languages[Language("en")].texts


def address(page: int) -> to.SignFacts:
    return to.SignFacts(client=3, sign="late_payment", page=page)


@pytest.mark.parametrize("there", [0, 1, PAGE])
def test_what_fits_one_page_has_no_way_to_others(there: int) -> None:
    page = page_of(TEXTS, range(there), address(0))
    assert list(page) == list(range(there))
    assert (page.number, page.pager, page.place) == (0, (), address(0).pack())


def test_a_pager_turns_the_page_and_nothing_else_of_an_address() -> None:
    page = page_of(TEXTS, range(3 * PAGE), address(1))
    assert list(page) == list(range(PAGE, 2 * PAGE))
    (row,) = page.pager
    assert [each.data for each in row] == [address(there).pack() for there in (0, 1, 2)]


def test_a_page_that_is_no_longer_there_is_the_last_one() -> None:
    page = page_of(TEXTS, range(PAGE + 1), address(7))
    assert list(page) == [PAGE]
    assert (page.number, page.place) == (1, address(1).pack())


def test_the_pager_stands_below_the_buttons_of_the_items() -> None:
    page = page_of(TEXTS, range(5), address(0), size=2)
    *items, pager = page.rows(button(str(each), address(0)) for each in page)
    assert [[each.label for each in row] for row in items] == [["0"], ["1"]]
    assert (pager,) == page.pager
