"""The door over HTTP: the Bot API, and a person's side to script, in a process of its own.

The Bot API is at ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``. The script's side:

- ``POST /person/<id>/<act>``: do something, see `bot.local.acts`; ``POST /person/<id>`` with
  ``first_name`` and ``language_code`` before the first act says who it is.
- ``GET /person/<id>/messages``: the chat as that person sees it, and the toasts; with ``?last=3``
  the last three messages alone.
- ``GET /journal``: the bot's calls. ``GET /state``: what waits, what was refused, how many calls
  have met a fault.
- ``POST /faults``: a list of what goes wrong from now on, see `FaultPlan`.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.exits import UNAVAILABLE, Leave
from bot.local.acts import perform
from bot.local.params import Json, Upload
from bot.local.push import push
from bot.local.refusals import (
    ConnectionCut,
    Mishap,
    ProxyPage,
    Refused,
    bad_request,
    too_many_requests,
)
from bot.local.telegram import Telegram
from bot.operate.loopback import application, start, wish

TELEGRAM = web.AppKey("telegram", Telegram)
TOKEN = web.AppKey("token", str)


KINDS = ("429", "401", "500", "page", "lost", "cut", "delay")
"""How a call can fail."""


@dataclass
class FaultPlan:
    """Faults to come, as a script asks for them.

    Each is an object: ``method`` ("*" for every one), ``chat_id`` (any when absent), ``times``
    (default 1), ``delay`` in seconds and ``kind``: "429" with ``retry_after`` in seconds, "401",
    "500", "page" (an HTML 502), "lost" (cut off before it was applied), "cut" (applied, but never
    answered) or "delay".
    """

    faults: list[Json] = field(default_factory=list)
    struck: int = 0
    """How many calls have met one."""

    def __call__(self, method: str, params: Mapping[str, Any]) -> Mishap | None:
        """Give the fault of this call, and count it."""
        for planned in self.faults:
            wanted = str(planned.get("method", "*")).lower()
            chat = str(params.get("chat_id"))  # a form carries numbers as text
            here = str(planned.get("chat_id", chat)) == chat
            if here and wanted in {"*", method.lower()} and planned.get("times", 1) > 0:
                planned["times"] = planned.get("times", 1) - 1
                self.struck += 1
                return _fault(planned)
        return None


def _fault(planned: Json) -> Mishap:
    delay, kind = float(planned.get("delay", 0)), str(planned["kind"])
    if kind == "lost":
        raise ConnectionCut
    refusals = {
        "429": too_many_requests(int(planned.get("retry_after", 1))),
        "401": Refused(401, "Unauthorized"),
        "500": Refused(500, "Internal Server Error"),
    }
    return Mishap(delay, refusals.get(kind), page=kind == "page", cut=kind == "cut")


def server_app(telegram: Telegram, token: str | None = None) -> web.Application:
    """Give the application; with a ``token`` every other one is refused with a 401."""
    app = application()
    app[TELEGRAM] = telegram
    app[TOKEN] = token or ""
    app.router.add_route("*", "/bot{token}/{method}", _bot_api)
    app.router.add_get("/file/bot{token}/files/{file_id}", _bot_file)
    app.router.add_post("/person/{user_id:[0-9]+}", _introduce)
    app.router.add_post("/person/{user_id:[0-9]+}/{act}", _act)
    app.router.add_get("/person/{user_id:[0-9]+}/messages", _messages)
    app.router.add_get("/journal", _journal)
    app.router.add_get("/state", _state)
    app.router.add_post("/faults", _plan)
    return app


async def serve(
    telegram: Telegram, port: int, token: str | None = None
) -> tuple[web.AppRunner, str]:
    """Serve a Telegram on the loopback; give the runner, to be cleaned up, and the address."""
    return await start(server_app(telegram, token), port)


def run_fake_telegram(port: int, clock: Callable[[], datetime]) -> int:
    """Serve an empty Telegram until interrupted, and give the exit code. ``Leave``: no such port.

    Says the address on standard output once it listens, so that a script can wait for it.
    """

    async def forever() -> None:
        telegram = Telegram(clock)
        _, address = await serve(telegram, port)
        sys.stdout.write(f"BOT_API_URL={address}\n")
        sys.stdout.flush()
        await push(telegram)

    try:
        asyncio.run(forever())
    except KeyboardInterrupt:
        pass
    except OSError as error:
        raise Leave(UNAVAILABLE, f"port {port} cannot be opened: {error.strerror}") from None
    return 0


# The Bot API


async def _bot_api(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    try:
        _check_token(request)
        params, files = await _read(request)
        result = await telegram.call(request.match_info["method"], params, files)
    except Refused as refusal:
        return web.json_response(refusal.answer(), status=refusal.error_code)
    except ProxyPage as page:
        return web.Response(text=page.body, status=page.status, content_type="text/html")
    except ConnectionCut:
        if request.transport:
            request.transport.abort()
        return web.Response(status=HTTPStatus.BAD_GATEWAY)
    return web.json_response({"ok": True, "result": result})


def _check_token(request: web.Request) -> None:
    """Refuse a token that is none, or not the expected one; the bot takes its id from it."""
    token, expected = request.match_info["token"], request.app[TOKEN]
    if not re.fullmatch(r"\d{1,15}:[\w-]+", token):
        raise Refused(404, "Not Found")
    if expected and token != expected:
        raise Refused(401, "Unauthorized")
    request.app[TELEGRAM].bot["id"] = int(token.partition(":")[0])


async def _read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Give the parameters and files of a call, however they were sent."""
    params: Json = {}
    files: dict[str, Upload] = {}
    try:
        params |= parse_qsl(request.rel_url.raw_query_string, errors="strict")
        if request.content_type == "application/json":
            sent = json.loads(await request.text() or "{}")
            if not isinstance(sent, dict):
                raise bad_request("can't parse JSON object")
            params |= sent
        elif request.content_type == "multipart/form-data":
            async for part in await request.multipart():
                if not isinstance(part, BodyPartReader) or part.name is None:
                    raise bad_request("can't parse multipart form")
                if part.filename is None:
                    params[part.name] = await part.text(encoding="utf-8")
                else:
                    files[part.name] = Upload(part.filename, bytes(await part.read()))
        else:
            params |= parse_qsl(await request.text(), errors="strict")
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    return params, files


async def _bot_file(request: web.Request) -> web.StreamResponse:
    try:
        _check_token(request)
    except Refused as refusal:
        return web.json_response(refusal.answer(), status=refusal.error_code)
    upload = request.app[TELEGRAM].files.get(request.match_info["file_id"])
    if upload is None:
        return web.json_response(Refused(404, "Not Found").answer(), status=HTTPStatus.NOT_FOUND)
    return web.Response(body=upload.data)


# The script's side


async def _introduce(request: web.Request) -> web.Response:
    person = await wish(request, dict)
    found = request.app[TELEGRAM].person(
        int(request.match_info["user_id"]),
        str(person.get("first_name", "Igor")),
        str(person.get("language_code", "ru")),
    )
    return web.json_response(found.user)


async def _act(request: web.Request) -> web.Response:
    return await perform(request, request.app[TELEGRAM])


async def _messages(request: web.Request) -> web.Response:
    chat = request.app[TELEGRAM].person(int(request.match_info["user_id"])).chat
    first = -int(request.query.get("last", 0))
    return web.json_response(
        {
            "messages": [message.seen() for message in chat.visible[first:]],
            "toasts": [{"text": toast.text, "alert": toast.alert} for toast in chat.toasts],
        }
    )


async def _journal(request: web.Request) -> web.Response:
    calls = [
        {
            "method": call.method,
            "params": dict(call.params),
            "at": call.at.isoformat(),
            "result": call.result,
            "refusal": call.refusal and call.refusal.answer(),
        }
        for call in request.app[TELEGRAM].journal
    ]
    return web.json_response(calls)


async def _state(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    plan = telegram.faults
    return web.json_response(
        {
            "struck": plan.struck if isinstance(plan, FaultPlan) else 0,
            "unconfirmed": len(telegram.updates),
            "unanswered": [{"id": tap.id, "data": tap.data} for tap in telegram.unanswered],
            "refused": len(telegram.refusals),
        }
    )


async def _plan(request: web.Request) -> web.Response:
    faults = await wish(request, list)
    if not all(isinstance(each, dict) and each.get("kind") in KINDS for each in faults):
        raise web.HTTPBadRequest(text=f"Each is an object; its kind: {', '.join(KINDS)}.")
    request.app[TELEGRAM].faults = FaultPlan(faults)
    return web.json_response({"faults": len(faults)})
