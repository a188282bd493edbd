"""In order within a lane, in parallel across lanes, and nothing kept for an idle one."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.serve.lanes import Lanes
from tests.chance import many


@settings(max_examples=many(50))
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_each_lane_keeps_its_order_whatever_its_items_cost(items: list[tuple[int, int]]) -> None:
    done: dict[int, list[int]] = {}

    async def play() -> int:
        async def work(item: tuple[int, int, int]) -> None:
            lane, number, cost = item
            for _ in range(cost):
                await asyncio.sleep(0)
            done.setdefault(lane, []).append(number)

        lanes = Lanes(work)
        for number, (lane, cost) in enumerate(items):
            lanes.put(lane, (lane, number, cost))
        await lanes.drain(5)
        return lanes.busy()

    assert asyncio.run(play()) == 0
    expected: dict[int, list[int]] = {}
    for number, (lane, _) in enumerate(items):
        expected.setdefault(lane, []).append(number)
    assert done == expected


async def test_a_lane_that_takes_too_long_is_cancelled_and_the_others_finish() -> None:
    done: list[int] = []

    async def work(item: int) -> None:
        if item == 0:
            await asyncio.Event().wait()
        done.append(item)

    lanes = Lanes(work)
    for item in range(3):
        lanes.put(item, item)
    await lanes.drain(0.05)
    assert sorted(done) == [1, 2]
    assert lanes.busy() == 0
    await lanes.drain(0.05)


async def test_a_lane_is_crowded_while_something_waits_behind_the_item_in_hand() -> None:
    seen: list[bool] = []

    async def work(_item: int) -> None:
        seen.append(lanes.crowded(1))

    lanes = Lanes(work)
    lanes.put(1, 1)
    lanes.put(1, 2)
    await lanes.drain(1)
    assert seen == [True, False]
    assert not lanes.crowded(1)
