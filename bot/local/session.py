"""The door in process: a bot's session that calls the in-memory Telegram instead of the network."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from bot.local.params import Json, Upload
from bot.local.refusals import ConnectionCut, ProxyPage, Refused
from bot.local.telegram import Telegram
from bot.telegram.session import ObeyRetryAfter

LOCAL_TOKEN = "4242:local"  # noqa: S105 - the in-memory Telegram asks for none, aiogram does  # nosec B105

_RESPONSES: dict[type[TelegramMethod[Any]], type[Response[Any]]] = {}
"""Kept, for pydantic makes those that nobody holds anew after every garbage collection: measured,
two fifths of a conversation."""


class LocalSession(BaseSession):
    """Hand a bot's calls to ``telegram``; what it refuses raises what the network's "no" raises."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self.telegram = telegram

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 - the base class asks for it
    ) -> TelegramType:
        """Carry out one method; see `BaseSession.check_response` for what is raised."""
        status, content = await self._exchange(bot, method)
        if (kind := type(method)) not in _RESPONSES:
            _RESPONSES[kind] = Response[method.__returning__]  # type: ignore[name-defined]
        response = self.check_response(bot, method, status, content)
        return cast("TelegramType", response.result)

    async def _exchange(self, bot: Bot, method: TelegramMethod[TelegramType]) -> tuple[int, str]:
        inputs: dict[str, InputFile] = {}
        params: Json = {}
        for name, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot, inputs, _dumps_json=False)
            if prepared is not None:
                params[name] = prepared
        files = {name: await _read(bot, name, file) for name, file in inputs.items()}
        try:
            result = await self.telegram.call(method.__api_method__, params, files)
        except Refused as refusal:
            return refusal.error_code, json.dumps(refusal.answer())
        except ProxyPage as page:
            return page.status, page.body
        except ConnectionCut:
            raise TelegramNetworkError(method, "ServerDisconnectedError: no answer") from None
        return HTTPStatus.OK, json.dumps({"ok": True, "result": result})

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,  # noqa: ARG002 - the base class asks for it
        timeout: int = 30,  # noqa: ARG002, ASYNC109 - the base class asks for it
        chunk_size: int = 65536,  # noqa: ARG002 - the base class asks for it
        raise_for_status: bool = True,  # noqa: ARG002 - the base class asks for it
    ) -> AsyncGenerator[bytes, None]:
        """Give the bytes of the file that ``url`` ends in."""
        yield self.telegram.files[url.rsplit("/", 1)[-1]].data

    async def close(self) -> None:
        """Do nothing: nothing is open."""


def local_bot(telegram: Telegram) -> Bot:
    """Return a bot on the in-memory Telegram."""
    session = LocalSession(telegram)
    session.middleware(ObeyRetryAfter())
    return Bot(LOCAL_TOKEN, session=session)


async def _read(bot: Bot, name: str, file: InputFile) -> Upload:
    data = b"".join([chunk async for chunk in file.read(bot)])
    return Upload(file.filename or name, data)
