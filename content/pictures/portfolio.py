"""All clients: what each brings, how hard each is, and how much hangs on the largest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from content.knowledge import Words
from content.models import VerdictId
from content.pictures.legible import SOFT_HYPHEN, legible
from content.texts import Texts
from content.verdict import LEVELS

SHOWN = 10
"""Clients that a phone can show in one picture; the others are counted."""
LARGE = 0.5
"""Ours: from this share on most hangs on one client."""


@dataclass(frozen=True, slots=True)
class KnownClient:
    """What is known of one client."""

    name: str
    verdict: VerdictId | None = None
    share: float | None = None
    """Of the income, 0 to 1."""
    paid: float | None = None
    """In a month."""
    number: int = 0
    """By which two whose names look alike are told apart."""


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One client."""

    name: str
    money: float
    """0 to 1; 0 where it is not known."""
    money_value: str
    level: float
    """0 to 1; 0 where there is no verdict."""
    level_value: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the picture shows."""

    name: str
    about: str
    money_label: str
    strain_label: str
    rows: tuple[PortfolioRow, ...]
    head: str
    """How much hangs on the largest; empty without clients."""
    below: str
    """How many more there are; empty where all are shown."""
    caption: str
    template: str = "portfolio"


def shares(clients: Sequence[KnownClient]) -> list[float | None]:
    """Return each client's share: as it was told, or where none was, of what all of them paid."""
    if any(each.share is not None for each in clients):
        return [each.share for each in clients]
    whole = sum(each.paid or 0 for each in clients)
    several = sum(each.paid is not None for each in clients) > 1
    if not whole or not several:
        return [None for _ in clients]
    return [None if each.paid is None else each.paid / whole for each in clients]


def portfolio(words: Words, clients: Sequence[KnownClient]) -> Portfolio:
    """Order clients by what they bring, then by how hard they are."""
    texts = words.texts
    ordered = sorted(
        zip(_told_apart(words.texts, clients), shares(clients), strict=True),
        key=lambda pair: (-(pair[1] or 0), -_level(pair[0].verdict)),
    )
    rows = tuple(_row(words, client, share) for client, share in ordered)
    told_income = any(each.share is not None for each in clients)
    of = f"pictures.portfolio.{'of_income' if told_income else 'of_paid'}"
    head = _largest(words, *ordered[0], of) if ordered else ""
    more = len(rows) - SHOWN
    below = texts("pictures.portfolio.others", n=more) if more > 0 else ""
    told = [
        texts(
            f"pictures.portfolio.{'judged' if client.verdict else 'line'}",
            name=row.name,
            money=row.money_value,
            verdict=row.level_value,
        )
        for row, (client, _) in zip(rows[:SHOWN], ordered, strict=False)
    ]
    return Portfolio(
        name=texts("pictures.portfolio.name"),
        about=texts("pictures.portfolio.about", n=len(clients)),
        money_label=texts("pictures.portfolio.money"),
        strain_label=texts("pictures.portfolio.strain"),
        rows=rows[:SHOWN],
        head=head,
        below=below,
        caption="\n".join(
            line for line in (texts("pictures.portfolio.name"), head, *told, below) if line
        ).replace(SOFT_HYPHEN, ""),
    )


def _told_apart(texts: Texts, clients: Sequence[KnownClient]) -> Iterator[KnownClient]:
    """Yield them with names as they are drawn; those that look alike get their number."""
    names = [legible(each.name, texts("pictures.unnamed")) for each in clients]
    seen = Counter(names)
    for client, name in zip(clients, names, strict=True):
        twin = f" {texts('clients.list.twin', n=client.number)}" if seen[name] > 1 else ""
        yield replace(client, name=name + twin)


def _level(verdict: VerdictId | None) -> int:
    return LEVELS.index(verdict) + 1 if verdict in LEVELS else 0


def _row(words: Words, client: KnownClient, share: float | None) -> PortfolioRow:
    texts = words.texts
    level = _level(client.verdict)
    if client.verdict is None:
        verdict = texts("pictures.portfolio.unjudged")
    else:
        verdict = words.verdicts[client.verdict].name
    return PortfolioRow(
        name=client.name,
        money=share or 0.0,
        money_value=texts("pictures.portfolio.unpriced")
        if share is None
        else texts("pictures.portfolio.percent", n=f"{share * 100:.0f}"),
        level=level / len(LEVELS),
        level_value=verdict,
    )


def _largest(words: Words, client: KnownClient, share: float | None, of: str) -> str:
    texts = words.texts
    if share is None:
        return texts("pictures.portfolio.no_money")
    key = "much" if share >= LARGE else "some"
    percent = texts("pictures.portfolio.percent", n=f"{share * 100:.0f}")
    return texts(f"pictures.portfolio.{key}", name=client.name, share=texts(of, percent=percent))
