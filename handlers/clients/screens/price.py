"""The price of a client: its numbers, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from content.knowledge import Words
from content.price import Price
from handlers.clients import buttons as to
from handlers.engine.screen import (
    LABEL_LIMITS,
    ButtonRow,
    Screen,
    Strong,
    button,
    cut,
    header,
    in_pairs,
    primary,
    way_back,
)
from handlers.engine.wording import client_name
from storage.records import Client

NUMBERS = ("work", "getting_paid", "out_of_hours", "rate", "paid", "share", "reserve")
"""In the order they are asked: hours of a month, money, per cent of the income, months."""
NEEDED = ("work", "rate", "paid")
LARGE = 100
"""From here on a decimal says nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers and what they come to."""

    numbers: Mapping[str, float | None]
    price: Price | None
    state: str
    """The answer it suggests, as it reads after a dash."""
    open: bool
    """Whether an assessment waits for it."""
    answered: bool
    """Whether it says so already."""


def intro(words: Words, client: Client) -> Screen:
    texts = words.texts
    return Screen(
        header=header(client_name(words, client), texts("price.header")),
        body=(texts("price.intro"),),
        rows=(
            (primary(texts("price.start"), to.AskPrice(client=client.number, number=NUMBERS[0])),),
            (button(texts("common.back"), to.ClientEdit(client=client.number)),),
        ),
        place=to.ShowPrice(client=client.number).pack(),
    )


def ask(words: Words, client: Client, number: str, value: float | None, said: str = "") -> Screen:
    """Ask one number; ``said`` tells what was wrong with the last answer."""
    texts = words.texts
    place = NUMBERS.index(number)
    whole = to.ShowPrice(client=client.number)
    before = to.AskPrice(client=client.number, number=NUMBERS[place - 1]) if place else whole
    return Screen(
        header=header(
            client_name(words, client), texts("price.step", number=place + 1, total=len(NUMBERS))
        ),
        body=(*((said,) if said else ()), texts(f"price.ask.{number}")),
        state="" if value is None else texts("price.now", value=_told(words, value)),
        rows=(
            (
                button(texts("common.back"), before),
                button(texts("assess.skip"), to.SkipPrice(client=client.number, number=number)),
                way_back(texts("common.cancel"), whole),
            ),
        ),
        place=to.AskPrice(client=client.number, number=number).pack(),
    )


def price(words: Words, client: Client, count: Counted) -> Screen:
    """Show the real hourly rate and what it says, or what is missing for it."""
    texts = words.texts
    number = client.number
    rows: list[ButtonRow] = []
    if count.open and not count.answered:
        label = cut(texts("price.take", state=count.state), LABEL_LIMITS[1])
        rows.append((primary(label, to.TakePrice(client=number)),))
    rows += in_pairs(
        button(
            cut(texts(f"price.value.{each}", value=_value(words, count, each)), LABEL_LIMITS[1]),
            to.AskPrice(client=number, number=each),
        )
        for each in NUMBERS
    )
    return Screen(
        header=header(client_name(words, client), texts("price.header")),
        body=_lines(words, count),
        state=texts("price.limits"),
        rows=(*rows, (button(texts("common.back"), to.ClientEdit(client=number)),)),
        place=to.ShowPrice(client=number).pack(),
    )


def _lines(words: Words, count: Counted) -> tuple[str | Strong, ...]:
    texts, numbers, price = words.texts, count.numbers, count.price
    if price is None:
        missing = [texts(f"price.name.{each}") for each in NEEDED if numbers.get(each) is None]
        return (texts("price.lacking", items=", ".join(missing)),)
    rate, paid = numbers["rate"] or 0, numbers["paid"] or 0
    hours = price.elsewhere / rate
    lines: list[str | Strong] = [
        Strong(texts("price.real", real=_told(words, price.real_rate), rate=_told(words, rate))),
        texts(
            "price.sums",
            hours=_told(words, hours),
            paid=_told(words, paid),
            elsewhere=_told(words, price.elsewhere),
        ),
    ]
    if price.unpaid_share:
        percent = format_percent(price.unpaid_share, locale=texts.locale)
        lines.append(texts("price.lost", percent=percent))
    lines.append(texts(f"price.means.{price.option}"))
    if numbers.get("share") is not None:
        lines.append(texts(f"price.when.{price.when}"))
    if count.answered:
        lines.append(texts("price.in_assessment", state=count.state))
    elif not count.open:
        lines.append(texts("price.no_assessment", state=count.state))
    return tuple(lines)


def _value(words: Words, count: Counted, number: str) -> str:
    value = count.numbers.get(number)
    return words.texts("price.unknown") if value is None else _told(words, value)


def _told(words: Words, value: float) -> str:
    """Return a number with at most one decimal, a large one with none."""
    whole = "#,##0" if value >= LARGE else "#,##0.#"
    return format_decimal(value, format=whole, locale=words.texts.locale)
