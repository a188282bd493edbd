"""A Telegram whose clock the test turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.local.telegram import Telegram


@dataclass
class Hand:
    """A clock that stands still until it is turned."""

    now: datetime = datetime(2025, 11, 21, 9, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def telegram(clock: Hand) -> Telegram:
    return Telegram(clock)
