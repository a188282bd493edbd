"""A strict Telegram in memory: persons on one side, the Bot API on the other.

It works on the Bot API's own JSON objects and knows no bot library. The bot reaches it through
``call``: in process (`bot.local.session`) or over HTTP (`bot.local.server`). Persons act through
`bot.local.person.Person`. Time comes from ``clock`` alone; numbers start from it, so they are new
after every start.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.local import methods
from bot.local.chats import Chat, Message, Tap
from bot.local.params import Json, Params, Upload
from bot.local.person import Group, Person
from bot.local.refusals import (
    ConnectionCut,
    Fault,
    ProxyPage,
    Refused,
    bad_request,
    forbidden,
    too_many_requests,
)
from bot.local.updates import TAP_KEPT, Updates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

JOURNAL = 100_000
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
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


@dataclass(frozen=True)
class Event:
    """Something a person's screen has to show.

    ``kind`` is message, edited, deleted, toast, blocked or, for every chat at once, profile or
    clock.
    """

    chat_id: int
    kind: str
    content: Json


class Telegram:
    """Everything Telegram holds for one bot."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        bot_id: int = 4242,
        name: str = "Рабочий дневник",
        username: str = "work_diary_bot",
    ) -> None:
        """Open an empty Telegram; ``clock`` gives the present moment as an aware UTC datetime."""
        self.clock = clock
        self.bot: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.profile: dict[str, dict[str, str]] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.chats: dict[int, Chat] = {}
        self.persons: dict[int, Person] = {}
        self.taps: dict[str, Tap] = {}
        self.files: dict[str, Upload] = {}
        self.journal: deque[Call] = deque(maxlen=JOURNAL)
        self.faults: Callable[[str, Mapping[str, Any]], Fault | None] = _no_fault
        """Asked before every call; what it gives happens to that call."""
        self.chat_limit: tuple[int, timedelta] | None = None
        """At most so many messages and edits a chat in so much time; more gets a 429."""
        first = int((clock() - EPOCH) / timedelta(milliseconds=1))
        self.updates = Updates(clock, first)
        self._numbers = count(first)
        self._sent: dict[int, deque[datetime]] = {}
        self._watchers: list[Callable[[Event], None]] = []

    # The bot's side

    async def call(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, Upload] = NO_FILES
    ) -> Any:  # noqa: ANN401 - each method has its own result
        """Carry out one Bot API method and give its result.

        Raises `Refused` as Telegram does; `ConnectionCut` or `ProxyPage` when a fault says so.
        """
        fault = self.faults(method, params) or Fault()
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
    def unanswered(self) -> list[Tap]:
        """The taps whose spinner is still turning."""
        return [tap for tap in self.taps.values() if not tap.answered]

    async def settled(self, within: float = 10.0) -> None:
        """Wait until the bot has confirmed all; `TimeoutError` after ``within`` seconds."""
        await self.updates.settled(within)

    # The persons' side

    def person(self, user_id: int, first_name: str = "Игорь", language_code: str = "ru") -> Person:
        """Give the person with this id, made at the first call."""
        if user_id not in self.persons:
            self.persons[user_id] = Person(self, user_id, first_name, language_code)
        return self.persons[user_id]

    def group(self, chat_id: int, title: str = "Рабочая группа") -> Group:
        """Give a group the bot can be added to; ``chat_id`` is negative."""
        return Group(self, {"id": chat_id, "type": "supergroup", "title": title})

    def channel(self, chat_id: int, title: str = "Канал") -> Group:
        """Give a channel the bot can be added to; ``chat_id`` is negative."""
        return Group(self, {"id": chat_id, "type": "channel", "title": title})

    def watch(self, watcher: Callable[[Event], None]) -> Callable[[], None]:
        """Tell ``watcher`` every event from now on; call what comes back to stop."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    # What both sides stand on

    def number(self) -> int:
        """Give a number never given before, for a message, a tap or a file."""
        return next(self._numbers)

    def seconds(self) -> int:
        """Give the present moment as Telegram writes it: whole seconds since 1970."""
        return int(self.clock().timestamp())

    def keep_file(self, upload: Upload) -> str:
        """Keep a file and give its id."""
        file_id = f"FILE{self.number()}"
        self.files[file_id] = upload
        return file_id

    def open_chat(self, chat_id: int) -> Chat:
        """Give the chat the bot may write to, or refuse as Telegram does."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.closed:
            raise forbidden(chat.closed)
        return chat

    def obey_pace(self, chat_id: int) -> None:
        """Refuse a message or an edit that comes too soon after the others of its chat."""
        if self.chat_limit is None:
            return
        most, span = self.chat_limit
        now = self.clock()
        sent = self._sent.setdefault(chat_id, deque())
        while sent and sent[0] <= now - span:
            sent.popleft()
        if len(sent) >= most:
            raise too_many_requests(max(1, round((sent[0] + span - now).total_seconds())))
        sent.append(now)

    def post(self, chat: Chat, sender: Json | None, content: Json) -> Message:
        """Add a message to a chat and show it."""
        number = self.number()
        body: Json = {"message_id": number, "date": self.seconds(), "chat": chat.card}
        message = Message(body | ({"from": sender} if sender else {}) | content)
        chat.messages[number] = message
        self.tell(chat, "message", message.shown())
        return message

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message away from both sides."""
        message.deleted = True
        self.tell(chat, "deleted", {"message_id": message.id})

    def expired(self, tap: Tap) -> bool:
        """Tell whether it is too late to answer a tap."""
        return self.clock() - tap.at > TAP_KEPT

    def tell(self, chat: Chat, kind: str, content: Json) -> None:
        """Tell every watcher what happened in a chat."""
        self._announce(Event(chat.id, kind, content))

    def tell_all(self, kind: str) -> None:
        """Tell every watcher what concerns every chat."""
        self._announce(Event(0, kind, {}))

    def _announce(self, event: Event) -> None:
        for watcher in list(self._watchers):
            watcher(event)
