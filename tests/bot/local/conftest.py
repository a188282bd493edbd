"""A Telegram whose clock the test turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.local.telegram import Telegram


class Hand:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime(2025, 11, 21, 9, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def turn(clock: Hand) -> Callable[[timedelta], None]:
    return clock.turn


@pytest.fixture
def telegram(clock: Hand) -> Telegram:
    return Telegram(clock)
