"""Several people judge one client: a token lets one in, and each has rows of their own alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.errors import NotFound
from storage.records import ClientNumber, Judging, JudgingNumber, Owner
from storage.rows.memory import Memory
from tests.storage.conftest import Opening
from tests.storage.example import ANNA, BORIS

CLARA = Owner(33)
WEEK = timedelta(days=7)
SHARED = {"rudeness": "often", "late_payment": "never"}


def client_of(memory: Memory, owner: Owner, now: datetime) -> ClientNumber:
    return memory.of(owner).clients.add("Вектор", now).number


def asked(memory: Memory, now: datetime) -> str:
    return memory.of(ANNA).judgings.ask(client_of(memory, ANNA, now), now + WEEK)


def agreed(memory: Memory, token: str, owner: Owner, now: datetime) -> Judging:
    mine = memory.of(owner).judgings
    found = mine.bring(token, now)
    assert found is not None
    mine.agree(found.number, client_of(memory, owner, now), now)
    return found


def seen(memory: Memory, owner: Owner) -> list[dict[str, str]]:
    return [dict(each.answers) for each in memory.of(owner).judgings.all()]


async def test_what_is_shared_comes_to_the_one_who_asked(opened: Opening, now: datetime) -> None:
    def step(memory: Memory) -> None:
        token = asked(memory, now)
        found = agreed(memory, token, BORIS, now)
        assert seen(memory, ANNA) == [{}]
        memory.of(BORIS).judgings.share(found.number, SHARED)
        assert seen(memory, ANNA) == [SHARED]
        memory.of(BORIS).judgings.share(found.number, {})
        assert seen(memory, ANNA) == [{}]

    async with opened() as storage:
        await storage.write(step)


async def test_a_token_lets_in_one(opened: Opening, now: datetime) -> None:
    def step(memory: Memory) -> None:
        token = asked(memory, now)
        looked = memory.of(CLARA).judgings.bring(token, now)
        assert looked is not None
        found = agreed(memory, token, BORIS, now)
        memory.of(BORIS).judgings.share(found.number, SHARED)
        late = memory.of(CLARA).judgings
        with pytest.raises(NotFound):
            late.agree(looked.number, client_of(memory, CLARA, now), now)
        with pytest.raises(NotFound):
            late.share(looked.number, {"rudeness": "always"})
        assert late.bring(token, now) is None
        assert late.all() == ()
        late.end(looked.number)
        memory.of(CLARA).people.erase(now)
        assert seen(memory, ANNA) == [SHARED]

    async with opened() as storage:
        await storage.write(step)


async def test_what_has_expired_or_was_taken_back_lets_nobody_in(
    opened: Opening, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        token = asked(memory, now)
        assert memory.of(BORIS).judgings.bring(token, now + WEEK) is None
        memory.of(ANNA).judgings.end(memory.of(ANNA).judgings.all()[0].number)
        assert memory.of(BORIS).judgings.bring(token, now) is None
        assert memory.of(BORIS).judgings.bring("another", now) is None

    async with opened() as storage:
        await storage.write(step)


async def test_nobody_reaches_it_by_the_number_of_somebody_else(
    opened: Opening, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        found = agreed(memory, asked(memory, now), BORIS, now)
        stranger = memory.of(CLARA).judgings
        assert stranger.get(found.number) is None
        with pytest.raises(NotFound):
            stranger.share(found.number, SHARED)
        stranger.end(found.number)
        asker = memory.of(ANNA).judgings
        with pytest.raises(NotFound):
            asker.share(JudgingNumber(1), SHARED)
        assert len(asker.all()) == 1

    async with opened() as storage:
        await storage.write(step)


@pytest.mark.parametrize("gone", [ANNA, BORIS])
async def test_an_erasure_of_either_takes_it_from_both(
    opened: Opening, now: datetime, gone: Owner
) -> None:
    def step(memory: Memory) -> None:
        found = agreed(memory, asked(memory, now), BORIS, now)
        memory.of(BORIS).judgings.share(found.number, SHARED)
        memory.of(gone).people.erase(now)
        assert seen(memory, ANNA) == seen(memory, BORIS) == []

    async with opened() as storage:
        await storage.write(step)


@pytest.mark.parametrize("gone", [ANNA, BORIS])
async def test_so_does_the_end_of_the_client(opened: Opening, now: datetime, gone: Owner) -> None:
    def step(memory: Memory) -> None:
        agreed(memory, asked(memory, now), BORIS, now)
        assert memory.purge(now)["judgings"] == 0
        clients = memory.of(gone).clients
        (client,) = clients.all()
        clients.save(replace(client, deleted_at=now))
        assert memory.purge(now + timedelta(minutes=11))["judgings"] == 1
        assert seen(memory, ANNA) == seen(memory, BORIS) == []

    async with opened() as storage:
        await storage.write(step)


async def test_what_nobody_took_up_goes_when_it_has_expired(opened: Opening, now: datetime) -> None:
    def step(memory: Memory) -> None:
        memory.of(BORIS).judgings.bring(asked(memory, now), now)
        assert memory.purge(now + WEEK - timedelta(seconds=1))["judgings"] == 0
        assert memory.purge(now + WEEK)["judgings"] == 1
        assert memory.of(BORIS).judgings.all() == ()

    async with opened() as storage:
        await storage.write(step)
