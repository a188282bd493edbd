"""The local chat in the browser: one page per person, ``/?user=2`` for the second.

``/?lang=en`` says which language that person's phone speaks, else it is the browser's.

``GET /events?user=<id>`` streams Server-Sent Events: first a ``snapshot`` of the chat, then each
`bot.local.telegram.Event` of it as it happens. The page acts through ``POST /act/<id>/<act>``, see
`bot.local.acts`, and moves the clock through ``POST /clock``, see `bot.local.clock_control`.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
from http import HTTPStatus
from importlib.resources import files
from urllib.parse import quote

from aiohttp import web

from bot.local.acts import perform
from bot.local.clock_control import ClockControl
from bot.local.params import Json
from bot.local.person import LocalPerson
from bot.local.state import ScreenEvent
from bot.local.telegram import Telegram
from bot.operate.loopback import application, start, wish

TELEGRAM = web.AppKey("telegram", Telegram)
CLOCK_CONTROL = web.AppKey("clock_control", ClockControl)
STREAMS = web.AppKey("streams", set[asyncio.Task[None]])
PAGE = files("bot.local") / "page"
FIRST_PORT, LAST_PORT = 8080, 8180
HEARTBEAT = 15.0
LONGEST_CODE = 12
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def chat_app(telegram: Telegram, control: ClockControl | None = None) -> web.Application:
    """Give the application that shows ``telegram``; with a ``control`` its clock can be moved."""
    app = application()
    app[TELEGRAM] = telegram
    if control is not None:
        app[CLOCK_CONTROL] = control
        app.router.add_post("/clock", _clock)
    app[STREAMS] = set()
    app.on_shutdown.append(_end_streams)
    app.router.add_get("/", _page)
    app.router.add_get("/page/{name}", _page)
    app.router.add_get("/events", _events)
    app.router.add_get("/files/{file_id}", _file)
    app.router.add_post("/act/{user_id:[0-9]{1,10}}/{act}", _act)
    return app


async def start_chat(
    telegram: Telegram, port: int = FIRST_PORT, control: ClockControl | None = None
) -> tuple[web.AppRunner, str]:
    """Serve the chat on ``port`` or the next free one up to 8180; give the runner and the address.

    Raises `OSError` when none of them is free.
    """
    for candidate in range(port, max(port, LAST_PORT)):
        try:
            return await start(chat_app(telegram, control), candidate)
        except OSError:
            continue
    return await start(chat_app(telegram, control), max(port, LAST_PORT))


async def _page(request: web.Request) -> web.Response:
    name = request.match_info.get("name", "index.html")
    shown = {entry.name: entry for entry in PAGE.iterdir()}
    if name not in shown:
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return web.Response(
        body=shown[name].read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS
    )


async def _file(request: web.Request) -> web.Response:
    upload = request.app[TELEGRAM].files.get(request.match_info["file_id"])
    if upload is None:
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    how = "inline" if kind in PICTURES else "attachment"
    disposition = f"{how}; filename*=UTF-8''{quote(upload.name)}"
    headers = HEADERS | {"Content-Disposition": disposition}
    return web.Response(body=upload.data, content_type=kind, headers=headers)


async def _act(request: web.Request) -> web.Response:
    return await perform(request, request.app[TELEGRAM])


async def _clock(request: web.Request) -> web.Response:
    """Move the clock by some seconds, or to the next reminder; tell by how many it moved."""
    telegram, control = request.app[TELEGRAM], request.app[CLOCK_CONTROL]
    wanted = await wish(request, dict)
    try:
        moved = await (
            control.to_next() if wanted == {"to": "next"} else control.by(float(wanted["by"]))
        )
    except (LookupError, TypeError, ValueError) as error:
        why = f"{type(error).__name__}: {error}"
        return web.json_response({"error": why}, status=HTTPStatus.BAD_REQUEST)
    telegram.tell_all("clock")
    return web.json_response({"moved": moved})


async def _events(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    asked = request.query.get("user", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked) < 10**10):
        return web.Response(status=HTTPStatus.BAD_REQUEST, text="user is a number from 1")
    person = telegram.person(int(asked))
    if language := request.query.get("lang"):
        person.user["language_code"] = language[:LONGEST_CODE]
    response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
    await response.prepare(request)
    stream = asyncio.create_task(_stream(request.app, person, response))
    request.app[STREAMS].add(stream)
    try:
        await asyncio.wait([stream])
    finally:
        stream.cancel()
        request.app[STREAMS].discard(stream)
    return response


async def _end_streams(app: web.Application) -> None:
    """End the streams, which would otherwise hold up the stop until they are cut."""
    for stream in app[STREAMS]:
        stream.cancel()


async def _stream(app: web.Application, person: LocalPerson, response: web.StreamResponse) -> None:
    """Tell a page all there is, then all that happens, until its tab is closed."""
    queue: asyncio.Queue[ScreenEvent] = asyncio.Queue()
    stop_watching = person.telegram.watch(queue.put_nowait)
    try:
        movable = CLOCK_CONTROL in app
        await _emit(response, "snapshot", _snapshot(person) | _time(person) | {"movable": movable})
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if event.kind == "profile":
                await _emit(response, "profile", _profile(person))
            elif event.kind == "clock":
                await _emit(response, "clock", _time(person))
            elif event.chat_id == person.id:
                await _emit(response, event.kind, event.content)
    except ConnectionError:
        return
    finally:
        stop_watching()


async def _emit(response: web.StreamResponse, kind: str, content: Json) -> None:
    data = json.dumps(content)
    await response.write(f"event: {kind}\ndata: {data}\n\n".encode())


def _snapshot(person: LocalPerson) -> Json:
    """Give all that a page has to show at first."""
    return _profile(person) | {
        "user": person.user,
        "blocked": bool(person.chat.closed),
        "messages": [message.seen() for message in person.messages],
    }


def _time(person: LocalPerson) -> Json:
    return {"now": person.telegram.clock().timestamp()}


def _profile(person: LocalPerson) -> Json:
    """Give what the bot says of itself, in the person's language where it has one."""
    telegram, language = person.telegram, str(person.user["language_code"])

    def said(name: str) -> str:
        texts = telegram.profile.get(name, {})
        return texts.get(language) or texts.get("", "")

    return {
        "bot": {"name": said("name") or telegram.bot["first_name"]},
        "description": said("description"),
        "commands": _commands(person),
    }


def _commands(person: LocalPerson) -> list[Json]:
    """Give the commands of the narrowest scope that has any, as the apps choose them."""
    language = str(person.user["language_code"])
    scopes: list[Json] = [
        {"type": "chat", "chat_id": person.id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    for scope in scopes:
        for spoken in (language, ""):
            key = (json.dumps(scope, sort_keys=True), spoken)
            if found := person.telegram.commands.get(key):
                return found
    return []
