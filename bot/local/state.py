"""What both sides of the in-memory Telegram stand on: chats, messages, taps, files, the clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.local.chats import Chat, Message, PressedButton
from bot.local.params import Json, Upload
from bot.local.refusals import bad_request, forbidden, too_many_requests
from bot.local.updates import TAP_KEPT, Updates

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ScreenEvent:
    """Something a person's screen has to show.

    ``kind`` is message, edited, deleted, toast, blocked or, for every chat at once, profile or
    clock.
    """

    chat_id: int
    kind: str
    content: Json


class TelegramState:
    """Everything Telegram holds for one bot."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        bot_id: int = 4242,
        name: str = "Work journal",
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
        self.taps: dict[str, PressedButton] = {}
        self.files: dict[str, Upload] = {}
        self.chat_limit: tuple[int, timedelta] | None = None
        """At most so many messages and edits a chat in so much time; more gets a 429."""
        first = int((clock() - EPOCH) / timedelta(milliseconds=1))
        self.updates = Updates(clock, first)
        self._numbers = count(first)
        self._sent: dict[int, deque[datetime]] = {}
        self._watchers: list[Callable[[ScreenEvent], None]] = []

    def watch(self, watcher: Callable[[ScreenEvent], None]) -> Callable[[], None]:
        """Tell ``watcher`` every event from now on; call what comes back to stop."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

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
        self.tell(chat, "message", message.seen())
        return message

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message away from both sides."""
        message.deleted = True
        self.tell(chat, "deleted", {"message_id": message.id})

    def expired(self, tap: PressedButton) -> bool:
        """Tell whether it is too late to answer a tap."""
        return self.clock() - tap.at > TAP_KEPT

    def tell(self, chat: Chat, kind: str, content: Json) -> None:
        """Tell every watcher what happened in a chat."""
        self._announce(ScreenEvent(chat.id, kind, content))

    def tell_all(self, kind: str) -> None:
        """Tell every watcher what concerns every chat."""
        self._announce(ScreenEvent(0, kind, {}))

    def _announce(self, event: ScreenEvent) -> None:
        for watcher in list(self._watchers):
            watcher(event)
