"""The worker, played through all that can happen to it."""

from __future__ import annotations

import gc
import sys
import zoneinfo
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.exits import CONFIG, Leave
from bot.local.refusals import Mishap, Refused, bad_request
from bot.serve.access import Access
from handlers.due.dispatch import came_back
from storage.records import Owner
from tests.bot.reminding_crowd import MINUTE, MONDAY, crowd
from tests.bot.reminding_driver import RealDriver
from tests.bot.reminding_months import live
from tests.bot.reminding_workers import Hasty, Stepped
from tests.content.schedule.cases import Case, play, read_cases
from tests.content.schedule.simulation import Outcome

CASES = {case.id: case for case in read_cases()}
NINE = MONDAY + timedelta(hours=1)
SECOND = timedelta(seconds=1)
MONTHS = 1
CHUNKS = 10
CAMPAIGN = 60
CONTROL = 5
"""A month in which the worker is killed between sending and claiming."""


@pytest.fixture(autouse=True)
def _pinned_zones() -> Iterator[None]:
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=before)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize(
    ("later", "anew"),
    [(timedelta(seconds=20), False), (timedelta(hours=1), True), (-timedelta(minutes=1), True)],
)
async def test_who_begins_beside_a_worker_whose_clock_agrees_thinks_of_nobody_anew(
    later: timedelta, anew: bool, tmp_path: Path
) -> None:
    # A worker that is started again and again must not keep the others from those who are due.
    async with crowd(tmp_path, people=3, workers=2) as it:
        first, second = it.workers
        while await first.turn() == 0.0:
            pass
        it.clock.true += later
        assert (await second.turn() == 0.0) is anew


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.id}: {case.name}") for case in CASES.values()]
)
async def test_it_comes_as_promised(case: Case, tmp_path: Path) -> None:
    driver = RealDriver(tmp_path)
    try:
        await play(case, driver)
        assert driver.messages() == case.messages
        if case.endings is not None:
            assert await driver.endings() == case.endings
    finally:
        await driver.close()


async def lived(seeds: range, folder: Path, worker: type[Stepped] = Stepped) -> dict[int, Outcome]:
    outcomes = {}
    for seed in seeds:
        (folder / str(seed)).mkdir()
        outcomes[seed] = await live(seed, folder / str(seed), worker)
    return outcomes


def violations(outcomes: Mapping[int, Outcome]) -> dict[int, list[str]]:
    return {seed: each.violations for seed, each in outcomes.items() if each.violations}


# Invariant I11.
async def test_no_digest_is_doubled_missed_or_sent_at_night(tmp_path: Path) -> None:
    outcomes = await lived(range(MONTHS), tmp_path)

    assert violations(outcomes) == {}
    assert sum(each.digests for each in outcomes.values()) > MONTHS * 12


@pytest.mark.campaign
@pytest.mark.parametrize("chunk", range(CHUNKS))
async def test_no_digest_is_doubled_missed_or_sent_at_night_in_many_months(
    chunk: int, tmp_path: Path
) -> None:
    size = CAMPAIGN // CHUNKS
    first = MONTHS + chunk * size
    outcomes = await lived(range(first, first + size), tmp_path)

    assert violations(outcomes) == {}
    assert sum(each.digests for each in outcomes.values()) > size * 12


@pytest.mark.parametrize("fault", [Mishap(page=True), Mishap(cut=True)])
async def test_an_hour_in_which_telegram_answers_nothing_takes_nobody_s_list(
    fault: Mishap, tmp_path: Path
) -> None:
    over = NINE + timedelta(hours=1)
    async with crowd(tmp_path, 60) as it:
        it.telegram.faults = lambda _method, _params: fault if it.clock.true < over else None
        await it.run(over + 5 * MINUTE)

        told = Counter(owner for owner, at in it.sent() if not fault.cut or at >= over)
        assert set(told) == set(it.people)
        assert max(told.values()) == 1
        assert {each.ending for each in await it.dispatches()} == {"sent"}


async def test_a_worker_that_claims_after_sending_is_found_out(tmp_path: Path) -> None:
    (found,) = violations(await lived(range(CONTROL, CONTROL + 1), tmp_path, Hasty)).values()

    assert any("copy" in each for each in found)


# Invariant I20.
@pytest.mark.parametrize("people", [150, pytest.param(1_000, marks=pytest.mark.campaign)])
async def test_t33_three_workers_at_once_claim_and_send_once(people: int, tmp_path: Path) -> None:
    async with crowd(tmp_path, people, workers=3) as it:
        await it.run(NINE + 3 * MINUTE)

        dispatches = await it.dispatches()
        assert Counter(each.owner for each in dispatches) == Counter(it.people)
        assert {each.ending for each in dispatches} == {"sent"}
        assert len({each.holder for each in dispatches}) > 1
        assert Counter(owner for owner, _ in it.sent()) == Counter(it.people)


@pytest.mark.parametrize("people", [120, pytest.param(10_000, marks=pytest.mark.campaign)])
async def test_t13_after_nine_days_everybody_gets_one_message_and_telegram_no_flood(
    people: int, tmp_path: Path
) -> None:
    async with crowd(tmp_path, people) as it:
        it.clock.true = back = NINE + timedelta(days=9, hours=2)
        await it.run(back + timedelta(seconds=people / 25 + 60))

        sent = it.sent()
        assert Counter(owner for owner, _ in sent) == Counter(it.people)
        times = sorted(at for _, at in sent)
        assert all(late - early >= SECOND for early, late in zip(times, times[25:], strict=False))
        assert times[-1] - back <= timedelta(seconds=people / 24.5 + 5)


@pytest.mark.parametrize("people", [120, pytest.param(1_000, marks=pytest.mark.campaign)])
async def test_r8_all_who_share_a_minute_are_told_within_it(people: int, tmp_path: Path) -> None:
    async with crowd(tmp_path, people) as it:
        await it.run(NINE + 2 * MINUTE)

        assert Counter(owner for owner, _ in it.sent()) == Counter(it.people)
        assert all(NINE <= at <= NINE + MINUTE for _, at in it.sent())


@pytest.mark.parametrize(
    ("people", "days"), [(20, 14), pytest.param(1_000, 90, marks=pytest.mark.campaign)]
)
async def test_memory_does_not_grow_from_day_to_day(people: int, days: int, tmp_path: Path) -> None:
    async with crowd(tmp_path, people) as it:
        blocks = []
        for day in range(days):
            await it.run(NINE + timedelta(days=day, minutes=2))
            assert len(it.sent()) == people
            await it.forget()
            gc.collect()
            blocks.append(sys.getallocatedblocks())

        # After a week every cache has its size. Some hundred blocks come and go by themselves.
        settled = blocks[7:]
        assert max(settled) - settled[0] < max(500, people * days // 20), blocks


async def test_one_person_whose_message_cannot_be_made_keeps_nobody_else_waiting(
    tmp_path: Path,
) -> None:
    async with crowd(tmp_path, 3) as it:
        (worker,) = it.workers
        render = worker._render

        def broken(memory: Any, owner: Any, entries: Any, now: Any) -> Any:  # noqa: ANN401 - handed on
            if owner == 2:
                raise ValueError("private words")
            return render(memory, owner, entries, now)

        worker._render = broken
        await it.run(NINE + 2 * MINUTE)
        assert {owner for owner, _ in it.sent()} == {1, 3}

        worker._render = render
        await it.run(NINE + 4 * MINUTE)
        assert [owner for owner, _ in it.sent()].count(2) == 1


async def test_a_message_that_telegram_will_never_take_is_not_tried_again(tmp_path: Path) -> None:
    async with crowd(tmp_path, 2) as it:
        it.telegram.faults = lambda _method, params: (
            Mishap(refusal=bad_request("BUTTON_DATA_INVALID")) if params["chat_id"] == 1 else None
        )
        await it.run(NINE + 5 * MINUTE)

        assert [each.ending for each in await it.dispatches()] == ["expired", "sent"]
        assert len(it.telegram.refusals) == 1


async def test_a_token_that_is_not_accepted_any_more_ends_the_worker(tmp_path: Path) -> None:
    async with crowd(tmp_path, 1) as it:
        it.telegram.faults = lambda _method, _params: Mishap(refusal=Refused(401, "Unauthorized"))
        with pytest.raises(Leave) as left:
            await it.run(NINE + MINUTE)
        assert left.value.code == CONFIG

    async with crowd(tmp_path, 0, start=NINE + 2 * MINUTE) as it:
        it.telegram.person(1).send("/start")
        await it.run(NINE + 4 * MINUTE)
        assert [owner for owner, _ in it.sent()] == [1]


async def test_with_at_most_once_a_message_that_may_be_lost_is_not_repeated(
    tmp_path: Path,
) -> None:
    async with crowd(tmp_path, 1) as it:
        (worker,) = it.workers
        worker._at_most_once = True
        it.telegram.faults = lambda method, _params: (
            Mishap(cut=True) if method == "sendMessage" else None
        )
        await it.run(NINE + 5 * MINUTE)

        assert len(it.sent()) == 1
        assert [each.ending for each in await it.dispatches()] == ["ambiguous"]


async def test_somebody_taken_off_the_list_is_not_reminded_until_they_may_come_in_again(
    tmp_path: Path,
) -> None:
    async with crowd(tmp_path, 3) as it:
        (worker,) = it.workers
        await it.storages[0].write(
            lambda memory: memory.invitations.add("a" * 20, NINE + timedelta(days=1))
        )
        await it.storages[0].write(
            lambda memory: memory.invitations.redeem("a" * 20, Owner(3), NINE - timedelta(hours=1))
        )
        worker._admits = Access(frozenset({1})).reminds
        await it.run(NINE + 5 * MINUTE)
        assert {owner for owner, _ in it.sent()} == {1, 3}

        worker._admits = Access(frozenset({1, 2})).reminds
        await it.storages[0].write(lambda memory: came_back(memory.of(Owner(2)), it.clock.now()))
        await it.run(NINE + timedelta(days=1, minutes=5))
        assert [owner for owner, _ in it.sent()].count(2) == 1
