"""Single-use invitations."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.protocols import Storage
from storage.records import Owner
from storage.rows.memory import Memory
from storage.sqlite.backup import back_up, restore
from storage.sqlite.files import files_of
from tests.storage.conftest import Opening

ANNA, BORIS = Owner(1001), Owner(2002)
TOKEN = "nQ3v-8dJk0_a2LmZ7rT1xw"  # noqa: S105 - made up
WEEK = timedelta(days=7)


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def invited(storage: Storage, *owners: Owner) -> frozenset[Owner]:
    return await storage.write(lambda memory: memory.invitations.guests(owners))


async def redeemed(storage: Storage, owner: Owner, now: datetime, token: str = TOKEN) -> bool:
    return await storage.write(lambda memory: memory.invitations.redeem(token, owner, now))


async def test_an_invitation_lets_one_person_in_once_and_for_good(
    opened: Opening, now: datetime
) -> None:
    async with opened() as storage:
        await storage.write(lambda memory: memory.invitations.add(TOKEN, now + WEEK))
        assert not await redeemed(storage, ANNA, now, token="another")  # noqa: S106 - made up
        assert await redeemed(storage, ANNA, now)
        assert not await redeemed(storage, BORIS, now)
    async with opened() as storage:
        assert await invited(storage, ANNA, BORIS) == {ANNA}
        person = await storage.write(lambda memory: memory.of(ANNA).people.get())
        assert (person.since, person.invited_at) == (now, now)


async def test_of_many_who_come_at_once_one_is_let_in(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.invitations.add(TOKEN, now + WEEK))
    crowd = [Owner(number) for number in range(1, 21)]
    let_in = await asyncio.gather(*(redeemed(storage, owner, now) for owner in crowd))
    assert sum(let_in) == 1
    assert len(await invited(storage, *crowd)) == 1


async def test_an_invitation_expires_and_is_purged(storage: Storage, now: datetime) -> None:
    await storage.write(lambda memory: memory.invitations.add(TOKEN, now + WEEK))
    assert not await redeemed(storage, ANNA, now + WEEK)
    purged = await storage.write(lambda memory: memory.purge(now + WEEK))
    assert purged["invitations"] == 1
    assert not await redeemed(storage, ANNA, now)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_the_token_itself_is_in_no_file(
    storage: Storage, folder: Path, now: datetime
) -> None:
    await storage.write(lambda memory: memory.invitations.add(TOKEN, now + WEEK))
    kept = contents(folder)
    assert b"invitations" in kept
    assert TOKEN.encode() not in kept


async def test_settings_leave_the_invitation_and_an_erasure_takes_it_along(
    storage: Storage, now: datetime
) -> None:
    def settle_in(memory: Memory) -> None:
        memory.invitations.add(TOKEN, now + WEEK)
        people = memory.of(ANNA).people
        people.save(replace(people.get(), team=True, since=now))
        memory.invitations.redeem(TOKEN, ANNA, now)
        people.save(replace(people.get(), zone="Europe/Moscow"))

    await storage.write(settle_in)
    person = await storage.write(lambda memory: memory.of(ANNA).export().person)
    assert (person.team, person.invited_at) == (True, now)
    await storage.write(lambda memory: memory.of(ANNA).people.erase(now))
    assert await invited(storage, ANNA) == frozenset()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_restored_copy_brings_no_invitation_back(
    opened: Opening, folder: Path, now: datetime
) -> None:
    files = files_of(f"sqlite:///{folder / 'coach.db'}", folder / "master.key", None)
    async with opened() as storage:
        await storage.write(lambda memory: memory.invitations.add(TOKEN, now + WEEK))
        back_up(files.data, folder / "copy.db")
        assert await redeemed(storage, ANNA, now)
    restore(files, folder / "copy.db", now)
    async with opened() as storage:
        assert not await redeemed(storage, BORIS, now)


async def test_a_probe_writes_a_row_that_means_nothing(storage: Storage, now: datetime) -> None:
    for later in range(2):
        moment = now + timedelta(seconds=later)
        await storage.write(lambda memory, at=moment: memory.probe(at))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    assert await storage.write(lambda memory: memory.updates.parked()) == ()
