"""The Bot API's methods, each a function of the Telegram and one call's parameters.

``METHODS`` maps their names, in small letters as Telegram compares them, to the functions.
"""

from __future__ import annotations

import json
import mimetypes
import re
import struct
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

from bot.local import rules
from bot.local.chats import Chat, Message, Toast
from bot.local.params import Json, Params, Upload
from bot.local.refusals import bad_request
from bot.local.state import TelegramState

Method: TypeAlias = Callable[["TelegramState", Params], Any]

METHODS: dict[str, Method] = {}
DELETABLE = timedelta(hours=48)
DELETED_AT_ONCE = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
PNG = b"\x89PNG\r\n\x1a\n"
LONGEST_SIDES, STEEPEST = 10_000, 20
"""Pixels of a picture's width and height together, and how much one may be of the other."""
PROFILE = {"name": 64, "description": 512, "short_description": 120}


def method(function: Method) -> Method:
    """Enter a function under the Bot API's name: ``send_message`` as ``sendmessage``."""
    METHODS[function.__name__.replace("_", "")] = function
    return function


# The bot itself


@method
def get_me(telegram: TelegramState, _params: Params) -> Json:
    """Say who the bot is."""
    return telegram.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


@method
def log_out(_telegram: TelegramState, _params: Params) -> bool:
    """Agree, as there is nothing to leave."""
    return True


@method
def set_webhook(telegram: TelegramState, params: Params) -> bool:
    """Push updates to an address from now on; an empty one means polling."""
    telegram.updates.allow(params)
    telegram.updates.webhook = params.text("url")
    telegram.updates.secret = params.text("secret_token")
    if params.flag("drop_pending_updates"):
        telegram.updates.drop_all()
    return True


@method
def delete_webhook(telegram: TelegramState, params: Params) -> bool:
    """Go back to polling."""
    telegram.updates.webhook = ""
    if params.flag("drop_pending_updates"):
        telegram.updates.drop_all()
    return True


@method
def get_webhook_info(telegram: TelegramState, _params: Params) -> Json:
    """Say where updates go."""
    return {
        "url": telegram.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates),
    }


def _scope(params: Params) -> tuple[str, str]:
    scope = params.object("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.text("language_code")


@method
def set_my_commands(telegram: TelegramState, params: Params) -> bool:
    """Set the list of commands for one scope and language."""
    telegram.commands[_scope(params)] = rules.commands(params)
    telegram.tell_all("profile")
    return True


@method
def get_my_commands(telegram: TelegramState, params: Params) -> list[Json]:
    """Give the list of commands of one scope and language."""
    return telegram.commands.get(_scope(params), [])


@method
def delete_my_commands(telegram: TelegramState, params: Params) -> bool:
    """Empty the list of commands of one scope and language."""
    telegram.commands.pop(_scope(params), None)
    telegram.tell_all("profile")
    return True


def _profile(name: str) -> None:
    """Enter the pair of methods that set and get one text of the bot's profile."""

    def change(telegram: TelegramState, params: Params) -> bool:
        text = rules.at_most(PROFILE[name], params, name)
        telegram.profile.setdefault(name, {})[params.text("language_code")] = text
        telegram.tell_all("profile")
        return True

    def give(telegram: TelegramState, params: Params) -> Json:
        texts = telegram.profile.get(name, {})
        plain = telegram.bot["first_name"] if name == "name" else ""
        return {name: texts.get(params.text("language_code"), texts.get("", plain))}

    METHODS[f"setmy{name.replace('_', '')}"] = change
    METHODS[f"getmy{name.replace('_', '')}"] = give


for _name in PROFILE:
    _profile(_name)


@method
def set_chat_menu_button(_telegram: TelegramState, params: Params) -> bool:
    """Take the kind of menu button; the list of commands is always shown."""
    button = params.object("menu_button")
    if button is not None and button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("MenuButton has unsupported type")
    return True


# Messages


def _chat(telegram: TelegramState, params: Params) -> Chat:
    given = params.text("chat_id")
    if not given:
        raise bad_request("chat_id is empty")
    if not re.fullmatch(r"-?\d{1,19}", given):
        raise bad_request("chat not found")
    return telegram.open_chat(int(given))


def _markup(params: Params) -> Json:
    keyboard = rules.inline_keyboard(params.object("reply_markup"))
    return {"reply_markup": keyboard} if keyboard else {}


def _send(telegram: TelegramState, params: Params, content: Json) -> Json:
    chat = _chat(telegram, params)
    markup = params.object("reply_markup") or {}
    if "keyboard" in markup:
        content["_keyboard"] = rules.phone_keyboard(markup)
    else:
        content |= _markup(params)
    telegram.obey_pace(chat.id)
    if params.flag("disable_notification"):
        content["_silent"] = True
    return telegram.post(chat, telegram.bot, content).shown()


def _with(name: str, text: str, entities: list[Json]) -> Json:
    """Give a text or caption the way a Message holds it: absent when empty."""
    marks = "entities" if name == "text" else "caption_entities"
    return ({name: text} if text else {}) | ({marks: entities} if entities else {})


@method
def send_message(telegram: TelegramState, params: Params) -> Json:
    return _send(telegram, params, _with("text", *rules.message_text(params)))


@method
def send_document(telegram: TelegramState, params: Params) -> Json:
    file_id, upload = _file(telegram, params, "document")
    document = {
        "file_id": file_id,
        "file_unique_id": file_id,
        "file_name": upload.name,
        "mime_type": mimetypes.guess_type(upload.name)[0] or "application/octet-stream",
        "file_size": len(upload.data),
    }
    return _send(telegram, params, {"document": document} | _caption(params))


@method
def send_photo(telegram: TelegramState, params: Params) -> Json:
    file_id, upload = _file(telegram, params, "photo")
    veil = {"has_media_spoiler": True} if params.flag("has_spoiler") else {}
    return _send(telegram, params, {"photo": photo(file_id, upload)} | veil | _caption(params))


def photo(file_id: str, upload: Upload) -> list[Json]:
    """Give a picture's sizes as a Message holds them; here there is one size."""
    width, height = 640, 480
    if upload.data.startswith(PNG):
        width, height = struct.unpack(">II", upload.data[16:24])
    if width + height > LONGEST_SIDES or max(width, height) > STEEPEST * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    size = {"file_id": file_id, "file_unique_id": file_id, "width": width, "height": height}
    return [size | {"file_size": len(upload.data)}]


def _caption(params: Params) -> Json:
    return _with("caption", *rules.caption(params))


def _file(telegram: TelegramState, params: Params, name: str) -> tuple[str, Upload]:
    given = params.upload(name)
    if isinstance(given, Upload):
        if not given.data:
            raise bad_request("file must be non-empty")
        return telegram.keep_file(given), given
    if not given:
        raise bad_request(f"there is no {name} in the request")
    if given not in telegram.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return given, telegram.files[given]


@method
def set_message_reaction(telegram: TelegramState, params: Params) -> bool:
    """Put the bot's one reaction on a message, or take it away."""
    chat = _chat(telegram, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to react not found")
    wanted = [each.get("emoji") for each in params.array("reaction")]
    if len(wanted) > 1 or any(each not in rules.REACTIONS for each in wanted):
        raise bad_request("REACTION_INVALID")
    message.body["_reactions"] = wanted
    telegram.tell(chat, "edited", message.seen())
    return True


@method
def send_chat_action(telegram: TelegramState, params: Params) -> bool:
    """Show that the bot is busy."""
    action = params.text("action")
    if not action:
        raise bad_request("wrong parameter action in request")
    _chat(telegram, params).actions.append(action)
    return True


def _editable(telegram: TelegramState, params: Params) -> tuple[Chat, Message]:
    chat = _chat(telegram, params)
    if not params.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if "_keyboard" in message.body:
        raise bad_request("message can't be edited")
    if message.forgotten or message.body.get("from", {}).get("id") != telegram.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(
    telegram: TelegramState, chat: Chat, message: Message, fresh: Json, part: set[str]
) -> Json:
    """Put ``fresh`` in the place of those of the message's fields that are in ``part``."""
    kept = {name: value for name, value in message.body.items() if name not in part}
    changed = kept | fresh
    if changed == message.body:
        raise bad_request(NOT_MODIFIED)
    telegram.obey_pace(chat.id)
    changed["edit_date"] = telegram.seconds()
    message.body = changed
    telegram.tell(chat, "edited", message.shown())
    return message.shown()


@method
def edit_message_text(telegram: TelegramState, params: Params) -> Json:
    """Put another text, and other buttons or none, in the place of a message's own."""
    text, entities = rules.message_text(params)
    fresh = _with("text", text, entities) | _markup(params)
    chat, message = _editable(telegram, params)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _edit(telegram, chat, message, fresh, {"text", "entities", "reply_markup"})


@method
def edit_message_caption(telegram: TelegramState, params: Params) -> Json:
    """Put another caption, and other buttons or none, in the place of a message's own."""
    fresh = _caption(params) | _markup(params)
    chat, message = _editable(telegram, params)
    if "text" in message.body:
        raise bad_request("there is no caption in the message to edit")
    return _edit(telegram, chat, message, fresh, {"caption", "caption_entities", "reply_markup"})


@method
def edit_message_reply_markup(telegram: TelegramState, params: Params) -> Json:
    """Put other buttons, or none, in the place of a message's own."""
    fresh = _markup(params)
    chat, message = _editable(telegram, params)
    return _edit(telegram, chat, message, fresh, {"reply_markup"})


@method
def delete_message(telegram: TelegramState, params: Params) -> bool:
    """Delete one message, the bot's or the person's, of the last 48 hours."""
    chat = _chat(telegram, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    _delete(telegram, chat, message)
    return True


@method
def delete_messages(telegram: TelegramState, params: Params) -> bool:
    """Delete up to 100 messages; those that are gone already are passed over."""
    chat = _chat(telegram, params)
    numbers = params.array("message_ids")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for number in numbers:
        message = chat.messages.get(int(number))
        if message is not None and not message.deleted:
            _delete(telegram, chat, message)
    return True


def _delete(telegram: TelegramState, chat: Chat, message: Message) -> None:
    if telegram.clock() - message.date > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    if not chat.private and not message.from_bot:
        raise bad_request("message can't be deleted")
    telegram.delete(chat, message)


# Taps, files, groups


@method
def answer_callback_query(telegram: TelegramState, params: Params) -> bool:
    """Stop a button's spinner and show a toast, if there is a text."""
    tap = telegram.taps.get(params.text("callback_query_id"))
    text = rules.toast(params)
    if tap is None or telegram.expired(tap):
        raise bad_request(TOO_OLD)
    tap.answered = True
    toast = Toast(text, params.flag("show_alert"))
    if text:
        tap.chat.toasts.append(toast)
    content = {"callback_query_id": tap.id, "text": text, "alert": toast.alert}
    telegram.tell(tap.chat, "toast", content)
    return True


@method
def get_file(telegram: TelegramState, params: Params) -> Json:
    """Say where a file can be fetched."""
    file_id = params.text("file_id")
    if file_id not in telegram.files:
        raise bad_request("invalid file_id")
    size = len(telegram.files[file_id].data)
    return {
        "file_id": file_id,
        "file_unique_id": file_id,
        "file_size": size,
        "file_path": f"files/{file_id}",
    }


@method
def get_chat(telegram: TelegramState, params: Params) -> Json:
    """Give what is known of a chat."""
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return _chat(telegram, params).card | full


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@method
def leave_chat(telegram: TelegramState, params: Params) -> bool:
    """Leave a group or a channel."""
    chat = _chat(telegram, params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.closed = f"bot is not a member of the {chat.card['type']} chat"
    return True
