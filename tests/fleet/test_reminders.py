"""Reminders of three replicas: each digest once, together no faster than Telegram takes them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

from bot.operate.clock import SystemClock
from tests.faults.reminding import SPREAD, nine_after, set_up
from tests.faults.world import until
from tests.fleet.test_fleet import beside, killing_replicas
from tests.fleet.world import fleet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fleet.world import Fleet

pytestmark = pytest.mark.postgres

FIRST: Final = 5001
JITTER: Final = 2
"""Calls that may come in a second on top, since a busy machine holds some up."""


def most_in_a_second(it: Fleet) -> int:
    """Return how many messages came in the busiest second."""
    times = sorted(at for at, _ in it.telegram.sent)
    return max(sum(first <= at < first + 1 for at in times) for first in times)


def shortest_pause(it: Fleet) -> float:
    """Return the seconds between two messages to one person, at least."""
    last: dict[int, float] = {}
    pauses = [60.0]
    for at, chat in sorted(it.telegram.sent):
        if chat in last:
            pauses.append(at - last[chat])
        last[chat] = at
    return min(pauses)


async def morning(
    folder: Path, people: int, *, kill: float = 0.0, per_second: int = 25, wrong: str = ""
) -> tuple[Fleet, Counter[int]]:
    """Let all be due at once; return the fleet when all is over, and how many came to whom."""
    now = SystemClock().now()
    who = range(FIRST, FIRST + people)
    ahead = nine_after(now) - now + SPREAD + timedelta(seconds=5)
    before = partial(set_up, people=who, clients=7)
    rate = str(per_second)
    async with fleet(
        folder, before=before, ahead=ahead, REMINDERS_PER_SECOND=rate, WRONG=wrong
    ) as it:

        async def all_told() -> bool:
            ((left,),) = it.look("SELECT count(*) FROM coach.dispatches WHERE ending IS NULL")
            ((ended,),) = it.look("SELECT count(*) FROM coach.dispatches")
            return not left and ended >= people

        killing = (killing_replicas(it, kill),) if kill else ()
        async with beside(*killing):
            await until(all_told, 120 + people / 5)
        claimed = it.look("SELECT owner, count(*) FROM coach.dispatches GROUP BY owner")
        assert dict(claimed) == dict.fromkeys(who, 1)
        return it, Counter(chat for _, chat in it.telegram.sent)


async def test_each_digest_comes_once_and_all_together_keep_the_pace(tmp_path: Path) -> None:
    it, came = await morning(tmp_path, 9, per_second=2)
    assert set(came.values()) == {1}
    assert len(came) == 9
    assert most_in_a_second(it) <= 2 + JITTER


async def test_without_the_row_they_share_they_are_too_fast(tmp_path: Path) -> None:
    it, came = await morning(tmp_path, 16, per_second=2, wrong="pace")
    assert set(came.values()) == {1}
    assert most_in_a_second(it) > 2 + JITTER


@pytest.mark.campaign
async def test_though_one_is_killed_every_five_seconds(tmp_path: Path) -> None:
    it, came = await morning(tmp_path, 2_000, kill=5.0)
    assert len(came) == 2_000
    # A call whose end nobody knows is made once more, silently.
    assert max(came.values()) <= 2
    assert sum(each > 1 for each in came.values()) < 100
    assert most_in_a_second(it) <= 30
    assert shortest_pause(it) >= 1
