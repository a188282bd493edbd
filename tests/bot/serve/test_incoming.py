"""The outside of an update, whatever its inside."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest

from bot.serve.access import REMEMBERED, Access
from bot.serve.incoming import Flight, flight
from storage.records import NOBODY

ME = {"id": 7, "is_bot": False, "first_name": "Я", "language_code": "ru"}
MY_CHAT = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup"}
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MESSAGE = {"message_id": 1, "date": 0, "from": ME, "chat": MY_CHAT, "text": "раз"}


def _read(raw: dict[str, Any]) -> Flight:
    return flight(raw, NOON)


def test_a_message_belongs_to_the_person_and_their_chat() -> None:
    read = _read({"update_id": 5, "message": MESSAGE})
    assert (read.update_id, read.chat, read.owner, read.language) == (5, 7, 7, "ru")
    assert read.private
    assert read.tells


def test_a_tap_waits_for_an_answer_in_the_chat_of_its_message() -> None:
    bot_message = {**MESSAGE, "from": {"id": 4242, "is_bot": True, "first_name": "Бот"}}
    tap = {"id": "99", "from": ME, "message": bot_message, "data": "h"}
    read = _read({"update_id": 5, "callback_query": tap})
    assert (read.chat, read.owner, read.query) == (7, 7, "99")


def test_a_tap_without_a_message_belongs_to_who_tapped() -> None:
    read = _read({"update_id": 5, "callback_query": {"id": "99", "from": ME, "data": "h"}})
    assert (read.chat, read.owner, read.private) == (7, 7, True)


def test_of_a_tapped_message_what_the_bot_wrote_is_not_kept() -> None:
    written = {**MESSAGE, "text": "сорвал срок", "reply_markup": {"inline_keyboard": []}}
    tap = {"id": "99", "from": ME, "message": written, "data": "a:1:late_payment:often"}
    read = _read({"update_id": 5, "callback_query": tap})
    kept = orjson.loads(read.row().body)
    assert kept["callback_query"]["message"] == {"message_id": 1, "date": 0, "chat": MY_CHAT}
    again = _read(kept)
    assert again.owner == read.owner
    arrivals = [each.arrival(NOON, bool) for each in (again, read)]
    assert arrivals[0] == arrivals[1]


@pytest.mark.parametrize("text", ["раз", "\ud83d", "1" * 30])
def test_of_a_message_everything_is_kept(text: str) -> None:
    raw = {"update_id": 5, "message": {**MESSAGE, "text": text, "number": int("9" * 20)}}
    assert json.loads(_read(raw).row().body) == raw


@pytest.mark.parametrize(
    "raw",
    [
        {"message": {**MESSAGE, "chat": GROUP}},
        {"my_chat_member": {"from": ME, "chat": GROUP, "date": 0}},
        {"channel_post": {"message_id": 1, "date": 0, "chat": {"id": -200, "type": "channel"}}},
    ],
)
def test_what_happens_in_a_group_or_a_channel_belongs_to_nobody(raw: dict[str, Any]) -> None:
    read = _read({"update_id": 5, **raw})
    assert read.owner == NOBODY
    assert not read.private
    assert not read.tells
    assert read.chat < 0


def test_a_chat_that_was_blocked_expects_no_word() -> None:
    read = _read({"update_id": 5, "my_chat_member": {"from": ME, "chat": MY_CHAT, "date": 0}})
    assert read.private
    assert not read.tells


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"message": None},
        {"message": []},
        {"message": {"from": "я", "chat": 7}},
        {"message": {"from": {"id": "7"}, "chat": {"id": "7"}}},
        {"callback_query": {"from": None, "message": {"chat": None}}},
        {"telepathy": MESSAGE},
    ],
)
def test_an_outside_that_makes_no_sense_belongs_to_nobody(raw: dict[str, Any]) -> None:
    read = _read({"update_id": 5, **raw})
    assert (read.owner, read.chat, read.private, read.query) == (NOBODY, 0, False, None)


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("/start nQ3v-8dJk0_a2LmZ7rT1xw", "nQ3v-8dJk0_a2LmZ7rT1xw"),
        ("/start", None),
        ("/start вперёд", None),
        ("/start short", None),
        ("/help nQ3v-8dJk0_a2LmZ7rT1xw", None),
        (5, None),
    ],
)
def test_the_link_by_which_somebody_comes_carries_a_token(text: object, token: str | None) -> None:
    message = {**MESSAGE, "text": text}
    assert _read({"update_id": 5, "message": message}).invitation == token
    assert _read({"update_id": 5, "edited_message": message}).invitation is None
    assert _read({"update_id": 5, "message": {**message, "chat": GROUP}}).invitation is None


def _from(person: int) -> dict[str, Any]:
    user, chat = {**ME, "id": person}, {**MY_CHAT, "id": person}
    return {"update_id": 5, "message": {**MESSAGE, "from": user, "chat": chat}}


def test_the_door_is_open_to_everybody_or_to_those_on_the_list_and_groups() -> None:
    assert Access(frozenset()).admits(_read(_from(8)), frozenset())
    access = Access(frozenset({7}))
    assert access.admits(_read(_from(7)), frozenset())
    assert not access.admits(_read(_from(8)), frozenset())
    assert access.admits(
        _read({"update_id": 5, "message": {**MESSAGE, "chat": GROUP}}), frozenset()
    )


def test_a_stranger_is_told_once_a_day_and_a_crowd_not_without_end() -> None:
    access = Access(frozenset({7}))
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    assert [access.greets(_read(_from(8)), monday) for _ in range(2)] == [True, False]
    assert access.greets(_read(_from(8)), tuesday)
    told = sum(access.greets(_read(_from(100 + n)), tuesday) for n in range(REMEMBERED + 50))
    assert told == REMEMBERED - 1
