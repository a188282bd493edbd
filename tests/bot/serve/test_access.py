"""Who comes in, and what the others hear."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.local.person import LocalPerson
from bot.serve.access import Access
from storage.errors import StorageAway
from tests.conversations.stage import TEXTS, Stage, staged

TOKEN = "nQ3v-8dJk0_a2LmZ7rT1xw"  # noqa: S105 - made up
NOT_INVITED = TEXTS("errors.not_invited")
WELCOME = TEXTS("start.header")
LISTED, STRANGER, GUEST = 1, 2, 3


@dataclass
class House:
    """A coach behind a door."""

    stage: Stage

    def person(self, number: int) -> LocalPerson:
        """Return somebody before the door."""
        return self.stage.telegram.person(number)

    async def invitation(self, token: str = TOKEN, days: int = 7) -> str:
        """Keep an invitation and return what its link makes Telegram send."""
        expires_at = self.stage.clock.now() + timedelta(days=days)
        await self.stage.storage.write(lambda memory: memory.invitations.add(token, expires_at))
        return f"/start {token}"

    async def says(self, number: int, text: str) -> list[str]:
        """Type something; return all that the bot has ever said to this person."""
        self.person(number).send(text)
        await self.stage.telegram.settled()
        return said(self.person(number))

    def owners(self) -> set[int]:
        """Return everybody of whom any row is stored, but for the note of an erasure under way."""
        with closing(sqlite3.connect(self.stage.folder / "coach.db")) as base:
            tables = [
                table
                for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                if table != "erasures"
                and "owner" in {column[1] for column in base.execute(f"PRAGMA table_info({table})")}
            ]
            return {
                owner
                for table in tables
                for (owner,) in base.execute(f"SELECT owner FROM {table}")  # noqa: S608 - its own tables
            }


def said(person: LocalPerson) -> list[str]:
    return [message.text.splitlines()[0] for message in person.messages if message.from_bot]


@asynccontextmanager
async def behind(access: Access, folder: Path, before: Stage | None = None) -> AsyncIterator[House]:
    """Open a house; ``before`` is who kept it until now."""
    async with staged(folder, LISTED, before, access) as stage:
        yield House(stage)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with behind(Access(frozenset({LISTED}), invite_only=True), tmp_path) as it:
        yield it


async def test_who_is_on_the_list_comes_in(house: House) -> None:
    assert await house.says(LISTED, "/start") == [WELCOME]


async def test_a_stranger_hears_one_word_a_day_and_leaves_no_row(house: House) -> None:
    stranger = house.person(STRANGER)
    message = stranger.send("Студия «Вектор»")
    stranger.edit(message, "Студия «Омега»")
    await house.stage.telegram.settled()
    stranger.tap(on=stranger.screen, data="h")
    await house.stage.telegram.settled()
    assert said(stranger) == [NOT_INVITED]
    assert house.owners() == set()
    house.stage.clock.move(days=1)
    assert await house.says(STRANGER, "/start") == [NOT_INVITED, NOT_INVITED]
    assert house.owners() == set()


async def test_the_word_stops_the_spinner_of_a_tap_on_an_old_button(tmp_path: Path) -> None:
    async with behind(Access(), tmp_path) as house:
        assert await house.says(STRANGER, "/start") == [WELCOME]
        before = house.stage
    async with behind(Access(invite_only=True), tmp_path, before) as house:
        house.person(STRANGER).tap(TEXTS("start.try"))
        await house.stage.telegram.settled()
        assert said(house.person(STRANGER)) == [WELCOME, NOT_INVITED]
        assert house.stage.telegram.unanswered == []


async def test_an_invitation_lets_one_person_in_for_good(house: House) -> None:
    link = await house.invitation()
    assert await house.says(GUEST, link) == [WELCOME]
    assert await house.says(STRANGER, link) == [NOT_INVITED]
    await house.says(GUEST, "/newclient Студия «Вектор»")
    assert (await house.stage.read(lambda mine: mine.clients.list(), GUEST))[0].name
    assert house.owners() == {GUEST}


async def test_what_a_guest_sends_right_after_the_link_is_let_in_too(house: House) -> None:
    link = await house.invitation()
    for text in (link, "/newclient", "Студия «Вектор»"):
        house.person(GUEST).send(text)
    await house.stage.telegram.settled()
    assert [
        one.name for one in await house.stage.read(lambda mine: mine.clients.list(), GUEST)
    ] == ["Студия «Вектор»"]


async def test_of_two_who_come_by_one_link_at_once_one_is_let_in(house: House) -> None:
    link = await house.invitation()
    for number in (STRANGER, GUEST):
        house.person(number).send(link)
    await house.stage.telegram.settled()
    heard = [said(house.person(number)) for number in (STRANGER, GUEST)]
    assert sorted(heard) == sorted([[WELCOME], [NOT_INVITED]])
    assert len(house.owners()) == 1


async def test_an_expired_or_made_up_link_lets_nobody_in(house: House) -> None:
    link = await house.invitation(days=1)
    house.stage.clock.move(days=1)
    assert await house.says(GUEST, link) == [NOT_INVITED]
    assert await house.says(STRANGER, f"/start {'x' * 22}") == [NOT_INVITED]
    assert house.owners() == set()


async def test_a_guest_is_one_after_a_restart_with_a_list_alone(tmp_path: Path) -> None:
    async with behind(Access(invite_only=True), tmp_path) as house:
        await house.says(GUEST, await house.invitation())
        before = house.stage
    async with behind(Access(frozenset({LISTED})), tmp_path, before) as house:
        assert (await house.says(GUEST, "/help"))[-1] == TEXTS("start.help.header")
        assert await house.says(STRANGER, "/help") == [NOT_INVITED]


async def test_erasing_everything_takes_the_invitation_along_and_says_so(house: House) -> None:
    await house.says(GUEST, await house.invitation())
    await house.says(GUEST, "/delete")
    guest = house.person(GUEST)
    assert TEXTS("data.erase.invited") in guest.screen.text
    guest.tap(TEXTS("data.erase.now"))
    await house.stage.telegram.settled()
    assert house.owners() == set()
    assert (await house.says(GUEST, "/start"))[-1] == NOT_INVITED


async def test_a_group_is_left_as_ever_and_told_nothing_about_invitations(house: House) -> None:
    group = house.stage.telegram.group(-100, "Студия")
    group.add_bot(house.person(STRANGER))
    await house.stage.telegram.settled()
    (message,) = [each for each in group.chat.visible if each.from_bot]
    assert message.text == TEXTS("common.private_only")


async def test_without_the_database_nobody_is_turned_away_or_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = await house.invitation()
    storage, write, left = house.stage.storage, house.stage.storage.write, [1, 2]

    async def locked(*step: Any) -> object:  # noqa: ANN401 - handed on as it came
        if left:
            left.pop()
            raise StorageAway("database is locked")
        return await write(*step)

    monkeypatch.setattr(storage, "write", locked)
    assert await house.says(GUEST, link) == [WELCOME]
    assert left == []
