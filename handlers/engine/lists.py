"""Lists: eight to a page, labels that fit, twins told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

from content.knowledge import Words
from content.texts import Texts
from handlers.engine.buttons import Data
from handlers.engine.screen import LABEL_LIMITS, Button, ButtonRow, button, cut
from handlers.engine.wording import client_name
from storage.records import Client, ClientNumber

PAGE = 8
T = TypeVar("T")


class Paged(Protocol):
    """The address of one page of a list."""

    page: int

    def model_copy(self, *, update: dict[str, int]) -> Self: ...
    def pack(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What one page of a list shows."""

    items: Sequence[T]
    number: int
    """From 0, within what there is."""
    pager: tuple[ButtonRow, ...]
    """The way to the other pages, if there are any."""
    place: str
    """Its address."""

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def rows(self, buttons: Iterable[Button]) -> tuple[ButtonRow, ...]:
        """Lay the buttons of the items one below the other, and the pager under them."""
        return (*((each,) for each in buttons), *self.pager)


def page_of(texts: Texts, items: Sequence[T], at: Paged, size: int = PAGE) -> Page[T]:
    """Return the page that an address opens, the last one where there are no longer so many."""
    pages = max(1, -(-len(items) // size))
    number = min(at.page, pages - 1)

    def to(there: int) -> str:
        return at.model_copy(update={"page": there}).pack()

    shown = items[number * size : (number + 1) * size]
    return Page(shown, number, pager(texts, number, pages, to), to(number))


def pager(
    texts: Texts, page: int, pages: int, to: Callable[[int], Data | str]
) -> tuple[ButtonRow, ...]:
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
