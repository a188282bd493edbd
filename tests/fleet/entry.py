"""A replica with a hand on it: it writes down what came and what was applied, and may be wrong.

What is done to it stands in the environment. ``NOTES``: every update that arrives and every one
that is applied is a row of ``notes``, written in the same transaction, under the person's lock.
``CONFLICTS``: the share of transactions that end in a deadlock or a serialization failure.
``CONNECTIONS``: of the pool, at most. ``WRONG``: ``turns``, it asks nobody for a person's turn;
``pace``, it heeds nobody else's sending. Its clock is ahead as ``tests.faults.entry`` says.
"""

from __future__ import annotations

import os
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from psycopg import errors
from psycopg_pool import ConnectionPool

import bot.app
import bot.operate.clock
from bot.cli import main as bot_main
from storage.postgres import engine
from storage.postgres.turns import ServerTurns
from storage.rows.allowances import AllowanceRows
from storage.rows.updates import Noted, UpdateRows
from tests.faults import entry
from tests.known import KNOWLEDGE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.records import Owner, ParkedUpdate, UpdateId

NOTES = """
CREATE TABLE coach.notes (
    ordinal bigserial PRIMARY KEY,
    what text NOT NULL,
    person bigint NOT NULL,
    number bigint NOT NULL
);
GRANT ALL ON coach.notes TO coach_application;
GRANT ALL ON SEQUENCE coach.notes_ordinal_seq TO coach_application;
"""
CAME, APPLIED = "came", "applied"
CONFLICTS = (errors.DeadlockDetected, errors.SerializationFailure)


class SmallPool(ConnectionPool[Any]):
    """A pool with fewer connections than there are steps that want one."""

    def __init__(self, url: str, **settings: Any) -> None:  # noqa: ANN401 - handed on
        settings["max_size"] = int(os.environ["CONNECTIONS"])
        super().__init__(url, **settings)


def main(arguments: Sequence[str]) -> int:
    """Do what the environment says to the replica, then run it."""
    _replace(bot.app, "load", lambda: KNOWLEDGE)
    _replace(bot.app, "TEND_EVERY", 1.0)
    _replace(bot.operate.clock, "SystemClock", entry.ShiftedClock)
    wrong = os.environ.get("WRONG", "")
    if wrong == "turns":
        _take_no_turns()
    if wrong == "pace":
        _keep_no_pace()
    if os.environ.get("NOTES"):
        _note_all()
    if share := float(os.environ.get("CONFLICTS") or 0):
        _conflict(share)
    if os.environ.get("CONNECTIONS"):
        _replace(engine, "ConnectionPool", SmallPool)
        _replace(engine, "_FREE_SECONDS", 0.1)
    return bot_main(arguments)


def _take_no_turns() -> None:
    """Think that every turn is granted, and apply whatever is in hand."""

    async def granted(self: ServerTurns, owner: Owner) -> bool:
        self._held.add(owner)
        return True

    def in_any_order(self: UpdateRows, number: UpdateId, _owner: Owner, now: datetime) -> Noted:
        return self.note(number, now)

    _replace(ServerTurns, "take", granted)
    _replace(ServerTurns, "holds", lambda *_: True)
    _replace(UpdateRows, "note_in_turn", in_any_order)


def _keep_no_pace() -> None:
    """Think that nobody else sends."""
    _replace(AllowanceRows, "draw", lambda *_: timedelta(0))


def _note_all() -> None:
    receive, note_in_turn = UpdateRows.receive_all, UpdateRows.note_in_turn

    def note(self: UpdateRows, what: str, person: int, number: int) -> None:
        self._session.connection.execute(
            "INSERT INTO notes (what, person, number) VALUES (%s, %s, %s)", (what, person, number)
        )

    def received(self: UpdateRows, updates: Sequence[ParkedUpdate]) -> list[bool]:
        added = receive(self, updates)
        for update, new in zip(updates, added, strict=True):
            if new:
                note(self, CAME, update.owner, update.update_id)
        return added

    def applied(self: UpdateRows, number: UpdateId, owner: Owner, now: datetime) -> Noted:
        noted = note_in_turn(self, number, owner, now)

        def first_time() -> bool:
            first = noted()
            if first:
                note(self, APPLIED, owner, number)
            return first

        return first_time

    _replace(UpdateRows, "receive_all", received)
    _replace(UpdateRows, "note_in_turn", applied)


def _conflict(share: float) -> None:
    outcome = engine.PostgresStorage._outcome
    chance = random.Random()  # noqa: S311 - any will do

    def failing(self: Any, *known: Any) -> Any:  # noqa: ANN401 - handed on
        found = outcome(self, *known)
        if chance.random() < share:
            raise chance.choice(CONFLICTS)("injected")
        return found

    _replace(engine.PostgresStorage, "_outcome", failing)


def _replace(where: object, name: str, what: object) -> None:
    setattr(where, name, what)
