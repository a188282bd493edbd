"""What a person can do, by name and from plain JSON: for scripts over HTTP and for the page.

``ACTS`` maps a name to a function of the person and the request's object. A wrong or missing field
raises `LookupError`, `ValueError` or `TypeError`; `perform` answers those with a 400.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TypeAlias

from aiohttp import web

from bot.local.chats import Message
from bot.local.params import Json, Upload
from bot.local.person import PICTURE, Group, LocalPerson, Origin
from bot.local.telegram import Telegram
from bot.operate.loopback import wish

Done: TypeAlias = Message | list[Message] | str | int | None
Act: TypeAlias = Callable[[LocalPerson, Json], Done]


async def perform(request: web.Request, telegram: Telegram) -> web.Response:
    """Answer ``POST …/<user_id>/<act>``: numbers of messages, the id of a tap or of an update."""
    person = telegram.person(int(request.match_info["user_id"]))
    act = ACTS.get(request.match_info["act"])
    if act is None:
        raise web.HTTPNotFound(text=f"There is: {', '.join(ACTS)}.")
    wanted = await wish(request, dict)
    try:
        return web.json_response(_outcome(act(person, wanted)))
    except (LookupError, TypeError, ValueError) as error:
        why = f"{type(error).__name__}: {error}"
        return web.json_response({"error": why}, status=HTTPStatus.BAD_REQUEST)


def _outcome(done: Done) -> Json:
    match done:
        case Message():
            return {"message_id": done.id}
        case list():
            return {"message_ids": [message.id for message in done]}
        case str():
            return {"callback_query_id": done}
        case int():
            return {"update_id": done}
        case None:
            return {}


def _message(person: LocalPerson, request: Json) -> Message:
    return person.chat.messages[int(request["message_id"])]


def _send(person: LocalPerson, request: Json) -> Message:
    to = Group.supergroup(person.telegram, int(request["to"])) if "to" in request else None
    return person.send(str(request["text"]), to=to)


def _tap(person: LocalPerson, request: Json) -> str:
    on = _message(person, request) if "message_id" in request else None
    if "row" in request:
        return person.tap_at(int(request["row"]), int(request["column"]), on=on)
    return person.tap(request.get("label"), on=on, data=request.get("data"))


def _origin(person: LocalPerson, request: Json) -> Origin:
    sent = request.get("date")
    user_id = request.get("user_id")
    return Origin(
        name=str(request["name"]),
        sent=datetime.fromtimestamp(int(sent), UTC) if sent else person.telegram.clock(),
        user_id=None if user_id is None else int(user_id),
    )


def _forward(person: LocalPerson, request: Json) -> Message:
    if "message_id" in request:
        return person.forward_own(_message(person, request))
    if "duration" in request:
        return person.forward_voice(_origin(person, request), int(request["duration"]))
    return person.forward(str(request["text"]), _origin(person, request))


def _upload(request: Json, name: str) -> Upload:
    """Read a file from ``content`` (base64) and ``name``."""
    return Upload(str(request.get("name", name)), b64decode(request["content"], validate=True))


def _photo(person: LocalPerson, request: Json) -> Message:
    picture = _upload(request, "photo.jpg") if "content" in request else PICTURE
    return person.send_photo(str(request.get("caption", "")), picture)


def _join(person: LocalPerson, request: Json) -> None:
    chat_id, kind = int(request["chat_id"]), request.get("kind", "group")
    telegram = person.telegram
    make = Group.channel if kind == "channel" else Group.supergroup
    make(telegram, chat_id).add_bot(by=person)


ACTS: dict[str, Act] = {
    "send": _send,
    "tap": _tap,
    "forward": _forward,
    "location": lambda person, request: person.send_location(
        float(request["latitude"]), float(request["longitude"])
    ),
    "contact": lambda person, request: person.send_contact(str(request["name"])),
    "sticker": lambda person, request: person.send_sticker(str(request.get("emoji", "👍"))),
    "voice": lambda person, request: person.send_voice(int(request.get("duration", 42))),
    "photo": _photo,
    "album": lambda person, request: person.send_album(request.get("captions", ("", ""))),
    "document": lambda person, request: person.send_document(_upload(request, "file")),
    "gif": lambda person, _request: person.send_gif(),
    "poll": lambda person, _request: person.send_poll(),
    "edit": lambda person, request: person.edit(_message(person, request), str(request["text"])),
    "delete": lambda person, request: person.delete(_message(person, request)),
    "block": lambda person, _request: person.block(),
    "unblock": lambda person, _request: person.unblock(),
    "add_bot": _join,
    "raw": lambda person, request: person.raw(request),
}
