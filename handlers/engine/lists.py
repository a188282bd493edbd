"""Lists: eight to a page, labels that fit, twins told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from content.knowledge import Words
from content.texts import Texts
from handlers.engine.buttons import Data
from handlers.engine.screen import LABEL_LIMITS, Button, ButtonRow, button, cut
from handlers.engine.wording import client_name
from storage.records import Client, ClientNumber

PAGE = 8
T = TypeVar("T")


def page_of(items: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """Return the items of a page, its number within what there is (from 0), and how many pages."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(page, pages - 1)
    return items[page * PAGE : (page + 1) * PAGE], page, pages


def pager(texts: Texts, page: int, pages: int, to: Callable[[int], Data]) -> tuple[ButtonRow, ...]:
    """Return ``[‹ Раньше] [2 из 3] [Ещё ›]``, or nothing for a single page."""
    if pages == 1:
        return ()
    row: list[Button] = []
    if page:
        row.append(button(texts("common.earlier"), to(page - 1)))
    row.append(button(texts("common.page", number=page + 1, total=pages), to(page)))
    if page + 1 < pages:
        row.append(button(texts("common.more"), to(page + 1)))
    return (tuple(row),)


def choice(
    words: Words, clients: Sequence[Client], limit: int = LABEL_LIMITS[1]
) -> list[tuple[ClientNumber, str]]:
    """Return a label for each client; those that look alike after cutting get their number."""
    names = {client.number: client_name(words, client) for client in clients}
    seen = Counter(cut(name, limit) for name in names.values())
    labels = []
    for number, name in names.items():
        label = cut(name, limit)
        if seen[label] > 1:
            twin = f" {words.texts('clients.list.twin', n=number)}"
            label = cut(name, limit - len(twin)) + twin
        labels.append((number, label))
    return labels
