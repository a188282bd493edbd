"""What Telegram refuses in a text, its entities, a keyboard or a list of commands.

The descriptions are Telegram's own where it refuses. Where it silently repairs what can only be a
fault of the bot (two actions in a button, an empty keyboard, an unknown entity, a nested quotation,
a NUL), this Telegram refuses too: the fault would otherwise show on a phone only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.local.params import Json, Params
from bot.local.refusals import Refused, bad_request

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
TOAST_CHARACTERS = 200
CALLBACK_BYTES = 64
COPY_UNITS = 256
KEYBOARD_BUTTONS = 100
ROW_BUTTONS = 8
COMMANDS = 100
COMMAND_DESCRIPTION = 256

STYLES = {"primary", "success", "danger"}
QUOTATIONS = {"blockquote", "expandable_blockquote"}
ENTITIES = QUOTATIONS | {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐"
    "🍓🍾💋😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
"""What a bot may put on a message: no other emoji."""
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
    "disabled",
)
SURROGATE = re.compile("[\ud800-\udfff]")
SPACE = " \t\n\r\v\f\x1c\x1d\x1e\x1f"


def units(text: str) -> int:
    """Count UTF-16 code units, in which Telegram measures texts and places entities."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def encoded(text: str) -> str:
    """Give ``text`` back if it can be sent at all: no lone surrogate, no NUL."""
    if "\0" in text or SURROGATE.search(text):
        raise bad_request("strings must be encoded in UTF-8")
    return text


def formatted(params: Params, text_name: str, entities_name: str) -> tuple[str, list[Json]]:
    """Give the text as Telegram keeps it, trimmed, with its entities moved along."""
    text = encoded(params.text(text_name))
    if params.text("parse_mode"):
        # Markup is not spoken here: the bot sends entities, so nothing typed can become markup.
        raise bad_request("unsupported parse_mode")
    entities = params.array(entities_name)
    for entity in entities:
        _check_entity(entity, text)
    _check_nesting(entities)
    trimmed = text.strip(SPACE)
    moved = units(text) - units(text.lstrip(SPACE))
    return trimmed, _placed(entities, moved, units(trimmed))


def message_text(params: Params) -> tuple[str, list[Json]]:
    """Give the text and entities of a message."""
    text, entities = formatted(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if units(text) > TEXT_UNITS:
        raise bad_request("message is too long")
    return text, entities


def caption(params: Params) -> tuple[str, list[Json]]:
    """Give the caption and entities of a picture or a document."""
    text, entities = formatted(params, "caption", "caption_entities")
    if units(text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return text, entities


def _check_entity(entity: Any, text: str) -> None:  # noqa: ANN401 - untrusted JSON
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad_request("can't parse MessageEntity: expected an Object with a type")
    if entity["type"] not in ENTITIES:
        raise bad_request(f"can't parse MessageEntity: unsupported type {entity['type']!r}")
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if not isinstance(length, int) or length <= 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    end = offset + length
    if offset >= units(text):
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if end > units(text):
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {end}"
        )
    inside = _halves(text)
    if offset in inside:
        raise bad_request(
            f"entity begins in a middle of a UTF-16 symbol at byte offset {inside[offset]}"
        )
    if end in inside:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol"
            f" at byte offset {inside[end]}"
        )
    if entity["type"] == "text_link":
        _check_url(str(entity.get("url", "")), "entity")


def _halves(text: str) -> dict[int, int]:
    """Map the UTF-16 offsets inside a surrogate pair to the byte offset after the pair."""
    found: dict[int, int] = {}
    if units(text) == len(text):
        return found
    unit, byte = 0, 0
    for letter in text:
        byte += len(letter.encode())
        if units(letter) > 1:
            found[unit + 1] = byte
        unit += units(letter)
    return found


def _check_nesting(entities: Sequence[Json]) -> None:
    """Refuse a quotation within a quotation: phones show it as one, or cut it in two."""
    spans = [(one["offset"], one["offset"] + one["length"], one["type"]) for one in entities]
    for index, (start, end, kind) in enumerate(spans):
        for other_start, other_end, other_kind in spans[index + 1 :]:
            apart = end <= other_start or other_end <= start
            if not apart and kind in QUOTATIONS and other_kind in QUOTATIONS:
                raise bad_request("blockquote entities can't be nested")


def _placed(entities: Sequence[Json], moved: int, size: int) -> list[Json]:
    """Move entities to the trimmed text; one that covered only trimmed space is dropped."""
    placed = []
    for entity in entities:
        start = max(entity["offset"] - moved, 0)
        end = min(entity["offset"] + entity["length"] - moved, size)
        if start < end:
            placed.append(entity | {"offset": start, "length": end - start})
    return sorted(placed, key=lambda one: (one["offset"], -one["length"]))


def inline_keyboard(markup: Json | None) -> Json | None:
    """Give a checked inline keyboard, None when there is none."""
    if markup is None:
        return None
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list):
        raise bad_request("inline keyboard expected")
    if not rows or not all(isinstance(row, list) and row for row in rows):
        raise bad_request("inline keyboard is empty or has an empty row")
    if any(len(row) > ROW_BUTTONS for row in rows) or sum(map(len, rows)) > KEYBOARD_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def phone_keyboard(markup: Json) -> list[list[Json]]:
    """Give the checked rows of what stands in the place of a phone's keyboard."""
    rows = markup["keyboard"]
    if not isinstance(rows, list) or not rows or not all(rows):
        raise bad_request("keyboard is empty or has an empty row")
    for each in (each for row in rows for each in row):
        if not isinstance(each, dict) or not encoded(str(each.get("text", ""))).strip(SPACE):
            raise bad_request("keyboard button text must be non-empty")
        request = each.get("request_users")
        if request is not None and not isinstance(request.get("request_id"), int):
            raise bad_request("BUTTON_ID_INVALID")
    return rows


def _button(button: Any) -> Json:  # noqa: ANN401 - untrusted JSON
    parse = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{parse}Can\'t find field "text"')
    if not encoded(text).strip(SPACE):
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [action for action in ACTIONS if button.get(action) is not None]
    if not actions:
        raise bad_request(f"{parse}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{parse}exactly one action is allowed, found {', '.join(actions)}")
    if button.get("style") not in {None, *STYLES}:
        raise bad_request("BUTTON_STYLE_INVALID")
    _check_action(actions[0], button[actions[0]])
    return {name: value for name, value in button.items() if value is not None}


def _check_action(action: str, value: Any) -> None:  # noqa: ANN401 - untrusted JSON
    if action == "callback_data" and not 0 < len(encoded(str(value)).encode()) <= CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 0 < units(encoded(text)) <= COPY_UNITS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == "url":
        _check_url(str(value), "inline keyboard button")


def _check_url(url: str, where: str) -> None:
    address = urlsplit(encoded(url))
    if address.scheme not in {"http", "https", "tg", "tonsite"}:
        raise bad_request(f"{where} URL '{url}' is invalid: Unsupported URL protocol")
    if not address.netloc:
        raise bad_request(f"{where} URL '{url}' is invalid: Wrong HTTP URL")


def toast(params: Params) -> str:
    """Give the text of an answer to a tap, "" when there is none."""
    text = encoded(params.text("text"))
    if len(text) > TOAST_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    return text


def commands(params: Params) -> list[Json]:
    """Give a checked list of bot commands."""
    found = params.array("commands")
    if len(found) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in found:
        if not isinstance(one, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(one.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < len(encoded(str(one.get("description") or ""))) <= COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return found


def at_most(limit: int, params: Params, name: str) -> str:
    """Give a text of the bot's profile, of at most ``limit`` characters."""
    text = encoded(params.text(name))
    if len(text) > limit:
        raise Refused(400, f"Bad Request: bot {name.replace('_', ' ')} is too long")
    return text
