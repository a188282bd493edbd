"""The network side of Bot API calls: JSON where there are no files, and no token in any error.

Measured with aiogram's own session: 30 % of a tap went into writing forms, 24 % into validating the
returned message, 14 % into rebuilding ``Response[...]`` after each garbage collection. Here a call
posts JSON, the types of the answers are kept, and of a returned message only its ids are read,
which is all that the handlers ask for.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError, FormData
from pydantic import BaseModel, Field, TypeAdapter
from yarl import URL

from bot.operate.redaction import Explained
from bot.telegram.client import JSON, HttpClient, NotOpened
from handlers.engine.delivery import Notice

log = structlog.get_logger()

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")
"""The kinds of updates that are asked for."""
MESSAGE = ("message_id", "date", "chat", "photo")
"""What is read of a returned message: enough to name it, and the picture it shows."""
NOTHING_READ = ("answerCallbackQuery", "editMessageText")
DONE = re.compile(rb'\{"ok": ?true\b')
PATIENCE = 30
"""Seconds for a call, and for a file; beyond that its line is taken to be dead."""
UPLOAD = 60
BATCH = 100
"""The most updates that Telegram gives at once."""


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """``getUpdates``, unread: one update that aiogram cannot read must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = BATCH
    timeout: int = 0
    allowed_updates: list[str] = Field(default_factory=lambda: list(KINDS))


class NotConnected(Explained, TelegramNetworkError):  # noqa: N818 - it says what happened
    """There was no connection, so the call cannot have been applied."""


class JsonSession(BaseSession):
    """Calls a Bot API server; ``base`` is its address without a slash at the end."""

    def __init__(self, base: str, ways: Sequence[URL] = ()) -> None:
        """Take the address of the server, and the proxies that may lead to it."""
        super().__init__(
            api=TelegramAPIServer.from_base(base), json_loads=orjson.loads, timeout=PATIENCE
        )
        self.client = HttpClient(base, ways)
        self._before_path = len(str(URL(base).origin()))
        self._answers: dict[type[TelegramMethod[Any]], TypeAdapter[Any]] = {}
        self.middleware(ObeyRetryAfter())

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the base class asks for it
    ) -> TelegramType:
        """Call a method. Raises what aiogram's session raises; no text of it names the address."""
        body, kind, patience = self._body(bot, method), JSON, PATIENCE
        if body is None:
            body, kind = await self._form(bot, method)
            patience = UPLOAD
        try:
            answer = await self.client.post(
                self.path(bot, method.__api_method__),
                body,
                timeout or patience,
                kind=kind,
                reserved=isinstance(method, RawUpdates),
            )
        except TimeoutError:
            raise TelegramNetworkError(method, "the request took too long") from None
        except NotOpened as why:
            raise NotConnected(method, why.explained, explained=why.explained) from None
        except (ClientError, OSError) as error:
            # The error's own text can hold the address, and so the token.
            raise TelegramNetworkError(method, type(error).__name__) from None
        result: TelegramType = self._result(bot, method, answer.status, answer.content)
        return result

    def path(self, bot: Bot, method: str) -> str:
        """Return where a method is called; it holds the token."""
        return self.api.api_url(token=bot.token, method=method)[self._before_path :]

    def stream_content(self, *_: object, **__: object) -> AsyncGenerator[bytes, None]:
        """Refuse: the coach reads no files."""
        raise NotImplementedError

    async def close(self) -> None:
        await self.client.close()

    async def _form(self, bot: Bot, method: TelegramMethod[Any]) -> tuple[bytes, str]:
        """Return the call as a form with the files it carries, and the type of its content."""
        form = FormData(quote_fields=False)
        files: dict[str, InputFile] = {}
        for name, value in method.model_dump(warnings=False).items():
            if prepared := self.prepare_value(value, bot=bot, files=files):
                form.add_field(name, prepared)
        for name, file in files.items():
            content = b"".join([chunk async for chunk in file.read(bot)])
            form.add_field(name, content, filename=file.filename or name)
        written = form()
        return await written.as_bytes(), written.headers["Content-Type"]

    def _body(self, bot: Bot, method: TelegramMethod[Any]) -> bytes | None:
        """Return the call as JSON; None when it carries a file."""
        files: list[InputFile] = []

        def plain(value: Any) -> Any:  # noqa: ANN401 - orjson hands over what it does not know
            if isinstance(value, Default):
                return bot.default[value.name]
            if isinstance(value, datetime):
                return round(value.timestamp())
            if isinstance(value, InputFile):
                return files.append(value)
            if isinstance(value, BaseModel):
                return value.model_dump(exclude_none=True, warnings=False)
            raise TypeError(f"{type(value).__name__} has no JSON form")

        fields = {
            # Telegram reads a null at the top as the text "null".
            name: value
            for name, field in vars(method).items()  # as they are: most need no dump by pydantic
            if (value := plain(field) if isinstance(field, Default) else field) is not None
        }
        body = orjson.dumps(fields, default=plain, option=orjson.OPT_PASSTHROUGH_DATETIME)
        return None if files else body

    def _result(self, bot: Bot, method: TelegramMethod[Any], status: int, content: bytes) -> Any:  # noqa: ANN401 - the type is the method's
        if method.__api_method__ in NOTHING_READ and DONE.match(content):
            return True  # as for an inline message: nothing of an edited one is ever asked for
        answer = _read(status, content)
        if status != HTTPStatus.OK or answer.get("ok") is not True:
            # Some servers refuse with status 200, or without a word.
            status = answer.get("error_code") or status
            refusal = {"ok": False, "description": f"HTTP {status}"} | answer
            return self.check_response(bot, method, status, orjson.dumps(refusal).decode()).result
        result = answer.get("result")
        if result is True:
            return result
        if isinstance(result, dict) and "message_id" in result:
            result = {name: result[name] for name in MESSAGE if name in result}
        adapter = self._answers.get(type(method))
        if adapter is None:
            adapter = self._answers[type(method)] = TypeAdapter(method.__returning__)
        return adapter.validate_python(result, context={"bot": bot})


def _read(status: int, content: bytes) -> dict[str, Any]:
    """Read an answer of the Bot API. Raises ``ClientDecodeError`` for anything else, such as HTML.

    orjson refuses lone surrogates, which a message can hold; the standard library takes them.
    """
    answer: object
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError:
        try:
            answer = _mended(json.loads(content))
        except ValueError as error:
            raise ClientDecodeError(f"HTTP {status}", error, None) from None
    if not isinstance(answer, dict):
        raise ClientDecodeError(f"HTTP {status}", TypeError("not an object"), None)
    return answer


def _mended(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Replace lone surrogates, which no UTF-8 can hold; lengths stay, so entities still fit."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_mended(each) for each in value]
    if isinstance(value, dict):
        return {name: _mended(each) for name, each in value.items()}
    return value


class ObeyRetryAfter(BaseRequestMiddleware):
    """Waits exactly as long as Telegram says, then sends the same again.

    A notice does not wait here: by then it may be too late for it.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call, as often as it takes; only the end of the process cuts the wait short."""
        while True:
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as pause:
                if isinstance(method, Notice):
                    raise
                log.info(
                    "telegram asks to wait",
                    method=method.__api_method__,
                    seconds=pause.retry_after,
                )
                await asyncio.sleep(pause.retry_after)
