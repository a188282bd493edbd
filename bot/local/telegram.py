"""A strict Telegram in memory: persons on one side, the Bot API on the other.

It works on the Bot API's own JSON objects and knows no bot library. The bot reaches it through
``call``: in process (`bot.local.session`) or over HTTP (`bot.local.server`). Persons act through
`bot.local.person.LocalPerson`. Time comes from ``clock`` alone; numbers start from it, so they are
new after every start.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.local import methods
from bot.local.chats import PressedButton
from bot.local.params import Params, Upload
from bot.local.person import Group, LocalPerson
from bot.local.refusals import ConnectionCut, Mishap, ProxyPage, Refused
from bot.local.state import TelegramState

JOURNAL = 100_000
NO_FILES: Mapping[str, Upload] = {}


def _no_fault(_method: str, _params: Mapping[str, Any]) -> None:
    return None


@dataclass(frozen=True)
class Call:
    """One call of the bot: what it asked and what came of it."""

    method: str
    params: Mapping[str, Any]
    at: datetime
    result: Any = None
    refusal: Refused | None = None


class Telegram(TelegramState):
    """Everything Telegram holds for one bot."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Open an empty Telegram; ``clock`` gives the present moment as an aware UTC datetime."""
        super().__init__(clock)
        self.persons: dict[int, LocalPerson] = {}
        self.journal: deque[Call] = deque(maxlen=JOURNAL)
        self.faults: Callable[[str, Mapping[str, Any]], Mishap | None] = _no_fault
        """Asked before every call; what it gives happens to that call."""

    # The bot's side

    async def call(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, Upload] = NO_FILES
    ) -> Any:  # noqa: ANN401 - each method has its own result
        """Carry out one Bot API method and give its result.

        Raises `Refused` as Telegram does; `ConnectionCut` or `ProxyPage` when a fault says so.
        """
        fault = self.faults(method, params) or Mishap()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.page:
            raise ProxyPage
        try:
            if fault.refusal:
                raise fault.refusal
            result = await self._carry_out(method, Params(params, files))
        except Refused as refusal:
            self.journal.append(Call(method, params, self.clock(), refusal=refusal))
            raise
        if method.lower() != "getupdates":
            self.journal.append(Call(method, params, self.clock(), result=result))
        if fault.cut:
            raise ConnectionCut
        return result

    async def _carry_out(self, method: str, params: Params) -> Any:  # noqa: ANN401 - as in `call`
        if method.lower() == "getupdates":
            return await self.updates.read(params)
        found = methods.METHODS.get(method.lower())
        if found is None:
            raise Refused(404, "Not Found: method not found")
        return found(self, params)

    @property
    def refusals(self) -> list[Call]:
        """The calls Telegram said no to, oldest first."""
        return [call for call in self.journal if call.refusal]

    @property
    def unanswered(self) -> list[PressedButton]:
        """The taps whose spinner is still turning."""
        return [tap for tap in self.taps.values() if not tap.answered]

    async def settled(self, within: float = 10.0) -> None:
        """Wait until the bot has confirmed all; `TimeoutError` after ``within`` seconds."""
        await self.updates.settled(within)

    # The persons' side

    def person(
        self, user_id: int, first_name: str = "Igor", language_code: str = "ru"
    ) -> LocalPerson:
        """Give the person with this id, made at the first call."""
        if user_id not in self.persons:
            self.persons[user_id] = LocalPerson(self, user_id, first_name, language_code)
        return self.persons[user_id]

    def group(self, chat_id: int, title: str = "A group at work") -> Group:
        """Give a group the bot can be added to; ``chat_id`` is negative."""
        return Group.supergroup(self, chat_id, title)

    def channel(self, chat_id: int, title: str = "A channel") -> Group:
        """Give a channel the bot can be added to; ``chat_id`` is negative."""
        return Group.channel(self, chat_id, title)
