"""All clients by money and strain."""

from __future__ import annotations

import pytest

from content.knowledge import Words
from content.models import VerdictId
from content.pictures.legible import SOFT_HYPHEN
from content.pictures.portfolio import SHOWN, KnownClient, portfolio, shares

HARD = VerdictId.LEAVE_NOW


def test_who_brings_most_stands_first_and_is_named_with_the_share(words: Words) -> None:
    clients = [
        KnownClient("Анна", HARD, 0.2),
        KnownClient("Ольга", None, 0.62),
        KnownClient("Олег", HARD),
    ]
    shown = portfolio(words, clients)
    assert [each.name for each in shown.rows] == ["Ольга", "Анна", "Олег"]
    assert "Ольга" in shown.head
    assert "больше половины" in shown.head.replace("\N{NO-BREAK SPACE}", " ")
    assert "больше половины" not in portfolio(words, [KnownClient("Анна", HARD, 0.2)]).head


def test_two_who_look_alike_once_drawn_get_their_numbers(words: Words) -> None:
    clients = [
        KnownClient(name, HARD, share, number=number)
        for number, (name, share) in enumerate((("漢字", 0.6), ("あ", 0.2), ("Анна", 0.1)), 1)
    ]
    shown = portfolio(words, clients)
    names = [each.name.replace("\N{NO-BREAK SPACE}", " ") for each in shown.rows]
    assert names == ["Клиент № 1", "Клиент № 2", "Анна"]
    assert "Клиент № 1" in shown.head.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("clients", "expected"),
    [
        ([KnownClient("А", share=0.3), KnownClient("Б", paid=500)], [0.3, None]),
        (
            [KnownClient("А", paid=300), KnownClient("Б", paid=100), KnownClient("В")],
            [0.75, 0.25, None],
        ),
        ([KnownClient("А", paid=300), KnownClient("Б")], [None, None]),
        ([KnownClient("А", paid=0), KnownClient("Б", paid=0)], [None, None]),
        ([], []),
    ],
)
def test_a_share_is_told_or_counted_from_what_all_paid(
    clients: list[KnownClient], expected: list[float | None]
) -> None:
    assert shares(clients) == expected


def test_without_money_it_says_where_to_tell_it(words: Words) -> None:
    shown = portfolio(words, [KnownClient("Анна", HARD)])
    assert f"«{words.texts('clients.edit.price')}»" in shown.head
    assert [each.money for each in shown.rows] == [0]


def test_of_thirty_ten_are_drawn_and_the_others_counted(words: Words) -> None:
    shown = portfolio(words, [KnownClient(f"Клиент {n}", HARD, n / 1000) for n in range(30)])
    assert len(shown.rows) == SHOWN
    assert "20" in shown.below
    assert shown.caption.count("Уходить сейчас") == SHOWN


def test_all_that_is_drawn_is_told_below(words: Words) -> None:
    shown = portfolio(
        words, [KnownClient("Анна", HARD, 0.2), KnownClient("Олег", VerdictId.CANNOT_TELL)]
    )
    for each in shown.rows:
        assert f"{each.name}: деньги — {each.money_value}" in shown.caption
        assert each.level_value in shown.caption
    assert shown.head in shown.caption


def test_where_a_long_name_may_be_broken_is_not_in_the_caption(words: Words) -> None:
    shown = portfolio(words, [KnownClient("Щедроиздательскохозяйственноепромышленное", HARD)])
    assert SOFT_HYPHEN in shown.rows[0].name
    assert SOFT_HYPHEN not in shown.caption
