"""How updates wait, are read and are confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.local.refusals import Refused
from bot.local.telegram import Telegram


async def read(telegram: Telegram, **params: object) -> list[int]:
    return [update["update_id"] for update in await telegram.call("getUpdates", params)]


async def test_an_offset_confirms_everything_below_it(telegram: Telegram) -> None:
    for text in ("раз", "два", "три"):
        telegram.person(1).send(text)
    first, second, third = await read(telegram)
    assert (second, third) == (first + 1, first + 2)
    assert await read(telegram) == [first, second, third]
    assert await read(telegram, offset=third) == [third]
    assert await read(telegram) == [third]
    assert await read(telegram, offset=third + 1) == []


async def test_a_negative_offset_keeps_the_last_updates(telegram: Telegram) -> None:
    for text in ("раз", "два", "три"):
        telegram.person(1).send(text)
    everything = await read(telegram)
    assert await read(telegram, offset=-1) == everything[-1:]


async def test_at_most_a_hundred_come_at_once(telegram: Telegram) -> None:
    for number in range(101):
        telegram.person(1).send(str(number))
    assert len(await read(telegram)) == 100
    assert len(await read(telegram, limit=3)) == 3
    assert len(await read(telegram, limit=0)) == 100


async def test_a_long_poll_ends_with_the_first_update(telegram: Telegram) -> None:
    poll = asyncio.create_task(read(telegram, timeout=30))
    await asyncio.sleep(0)
    assert not poll.done()
    telegram.person(1).send("раз")
    assert len(await poll) == 1


async def test_a_long_poll_ends_empty_when_its_time_is_over(telegram: Telegram) -> None:
    assert await read(telegram, timeout=1) == []


async def test_a_second_reader_ends_the_first(telegram: Telegram) -> None:
    first = asyncio.create_task(read(telegram, timeout=30))
    await asyncio.sleep(0)
    second = asyncio.create_task(read(telegram, timeout=30))
    with pytest.raises(Refused) as refused:
        await first
    assert refused.value.error_code == 409
    assert "terminated by other getUpdates request" in refused.value.description
    telegram.person(1).send("раз")
    assert len(await second) == 1


async def test_polling_is_refused_while_there_is_a_webhook(telegram: Telegram) -> None:
    telegram.updates.webhook = "https://example.org/hook"
    with pytest.raises(Refused) as refused:
        await read(telegram)
    assert refused.value.error_code == 409
    telegram.person(1).send("раз")
    await telegram.call("deleteWebhook", {"drop_pending_updates": True})
    assert await read(telegram) == []


async def test_only_the_asked_kinds_come_and_are_remembered(telegram: Telegram) -> None:
    me = telegram.person(1)
    await read(telegram, allowed_updates=["callback_query"])
    message = me.send("раз")
    me.tap(on=message, data="x")
    assert len(await read(telegram)) == 1
    await read(telegram, allowed_updates=[])
    me.send("два")
    assert len(await read(telegram)) == 2


async def test_an_update_waits_a_day_and_a_tap_150_seconds(
    telegram: Telegram, turn: Callable[[timedelta], None]
) -> None:
    me = telegram.person(1)
    message = me.send("раз")
    me.tap(on=message, data="x")
    turn(timedelta(seconds=150))
    assert len(await read(telegram)) == 1
    turn(timedelta(hours=24))
    assert await read(telegram) == []


async def test_settled_means_that_everything_is_confirmed(telegram: Telegram) -> None:
    await telegram.settled()
    telegram.person(1).send("раз")
    with pytest.raises(TimeoutError):
        await telegram.settled(within=0.01)
    settled = asyncio.create_task(telegram.settled())
    (update_id,) = await read(telegram)
    await read(telegram, offset=update_id + 1)
    await settled


async def test_any_update_at_all_can_be_sent(telegram: Telegram) -> None:
    update_id = telegram.person(1).raw({"message": {"text": 5}})
    assert await telegram.call("getUpdates", {}) == [
        {"update_id": update_id, "message": {"text": 5}}
    ]
