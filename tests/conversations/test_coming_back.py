"""Who blocks the coach is left alone, and finds no backlog on the return."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.conversations.stage import Stage

FRIDAY = datetime(2026, 11, 27, 6, 0, 20, tzinfo=UTC)
"""Twenty seconds past nine in Moscow."""


async def blocked(stage: Stage) -> None:
    """Block the coach, and let it find that out on a Friday."""
    await stage.say("/start")
    await stage.press("sz:Europe/Moscow")
    await stage.client()
    await stage.press("iy:1:4")
    stage.me.block()
    await stage.telegram.settled()
    stage.clock.moment = FRIDAY
    await stage.reminded()
    assert not (await stage.read(lambda owned: owned.people.get())).reachable
    (refused,) = stage.telegram.refusals
    assert "bot was blocked" in str(refused.refusal)
    stage.telegram.journal.clear()


async def digests(stage: Stage) -> list[str | None]:
    dispatches = await stage.read(lambda owned: owned.reminders.dispatches(FRIDAY.date()))
    return [each.ending for each in dispatches]


async def test_who_lets_the_coach_in_again_is_reminded_from_the_next_day_on(stage: Stage) -> None:
    await blocked(stage)
    stage.clock.move(hours=3)
    stage.me.unblock()
    await stage.telegram.settled()
    assert (await stage.read(lambda owned: owned.people.get())).reachable
    await stage.reminded()
    assert await digests(stage) == ["expired"]
    stage.clock.move(hours=21)
    assert "Студия «Вектор»" in await stage.reminded()
    assert await digests(stage) == ["expired", "sent"]


async def test_any_word_from_somebody_out_of_reach_is_as_good_as_a_return(stage: Stage) -> None:
    await blocked(stage)
    stage.me.chat.closed = ""  # Telegram tells it, but keeps nothing for longer than a day
    await stage.say("/clients")
    assert (await stage.read(lambda owned: owned.people.get())).reachable
    stage.clock.move(days=1)
    await stage.reminded()
    assert await digests(stage) == ["expired", "sent"]


async def test_a_stranger_who_lets_the_coach_in_leaves_no_trace(stage: Stage) -> None:
    stage.me.block()
    stage.me.unblock()
    await stage.telegram.settled()
    assert stage.rows() == {}
