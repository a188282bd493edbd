"""What Telegram refuses, a row for each refusal, and what it takes at the very limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.local.params import Upload
from bot.local.person import LocalPerson
from bot.local.refusals import Refused
from bot.local.telegram import Telegram

Json = dict[str, Any]


@pytest.fixture
def me(telegram: Telegram) -> LocalPerson:
    person = telegram.person(1)
    person.send("/start")
    return person


def button(**fields: object) -> Json:
    return {"text": "Да", "callback_data": "yes"} | fields


def keyboard(*rows: list[Json]) -> Json:
    return {"text": "текст", "reply_markup": {"inline_keyboard": list(rows)}}


def marked(text: str, *entities: Json) -> Json:
    return {"text": text, "entities": list(entities)}


def bold(offset: object, length: object, **fields: object) -> Json:
    return {"type": "bold", "offset": offset, "length": length} | fields


LINK = button(callback_data=None, url="https://example.org")

REFUSED = [
    ("no text", {}, "message text is empty"),
    ("only spaces", {"text": " \n\t "}, "message text is empty"),
    ("4097 letters", {"text": "я" * 4097}, "message is too long"),
    ("2049 letters of two units", {"text": "🙂" * 2049}, "message is too long"),
    ("a lone surrogate", {"text": "\ud83d"}, "strings must be encoded in UTF-8"),
    ("a NUL", {"text": "a\0b"}, "strings must be encoded in UTF-8"),
    ("markup", {"text": "<b>", "parse_mode": "HTML"}, "unsupported parse_mode"),
    ("no chat", {"chat_id": None, "text": "текст"}, "chat_id is empty"),
    ("an unknown chat", {"chat_id": 77, "text": "текст"}, "chat not found"),
    ("a name for a chat", {"chat_id": "@nobody", "text": "текст"}, "chat not found"),
    ("an unknown entity", marked("текст", bold(0, 1, type="loud")), "unsupported type 'loud'"),
    ("an entity before the text", marked("текст", bold(-1, 2)), "incorrect offset -1"),
    ("an entity of no length", marked("текст", bold(0, 0)), "incorrect length 0"),
    ("an entity after the text", marked("текст", bold(5, 1)), "begins after the end of the text"),
    ("an entity over the end", marked("текст", bold(3, 3)), "ends after the end of the text"),
    ("an entity from half a letter", marked("🙂!", bold(1, 2)), "begins in a middle of a UTF-16"),
    ("an entity to half a letter", marked("🙂!", bold(0, 1)), "ends in a middle of a UTF-16"),
    (
        "a quotation within a quotation",
        marked("текст", bold(0, 5, type="blockquote"), bold(1, 2, type="expandable_blockquote")),
        "blockquote entities can't be nested",
    ),
    (
        "a link to nowhere",
        marked("текст", bold(0, 5, type="text_link", url="ftp://example.org")),
        "entity URL 'ftp://example.org' is invalid: Unsupported URL protocol",
    ),
    ("an empty keyboard", keyboard(), "inline keyboard is empty"),
    ("an empty row", keyboard([button()], []), "inline keyboard is empty"),
    ("another kind of keyboard", keyboard() | {"reply_markup": {"force_reply": True}}, "expected"),
    ("no key for the phone", keyboard() | {"reply_markup": {"keyboard": []}}, "is empty"),
    (
        "a key without a word",
        keyboard() | {"reply_markup": {"keyboard": [[{"text": " "}]]}},
        "must be non-empty",
    ),
    ("nine buttons in a row", keyboard([button()] * 9), "REPLY_MARKUP_TOO_LONG"),
    ("101 buttons", keyboard(*[[button()]] * 101), "REPLY_MARKUP_TOO_LONG"),
    ("a button without a label", keyboard([button(text="")]), "must be non-empty"),
    ("a button with no text at all", keyboard([button(text=None)]), 'Can\'t find field "text"'),
    ("a button that does nothing", keyboard([button(callback_data=None)]), "Text buttons are"),
    ("a button with two actions", keyboard([button(url="https://example.org")]), "exactly one"),
    ("no data", keyboard([button(callback_data="")]), "BUTTON_DATA_INVALID"),
    ("65 bytes", keyboard([button(callback_data="x" * 65)]), "BUTTON_DATA_INVALID"),
    ("33 letters of two bytes", keyboard([button(callback_data="я" * 33)]), "BUTTON_DATA_INVALID"),
    ("an unknown colour", keyboard([button(style="blue")]), "BUTTON_STYLE_INVALID"),
    ("a link without a host", keyboard([LINK | {"url": "https://"}]), "Wrong HTTP URL"),
    (
        "nothing to copy",
        keyboard([button(callback_data=None, copy_text={"text": ""})]),
        "BUTTON_COPY_TEXT_INVALID",
    ),
    (
        "257 letters to copy",
        keyboard([button(callback_data=None, copy_text={"text": "я" * 257})]),
        "BUTTON_COPY_TEXT_INVALID",
    ),
    ("a list that is none", {"text": "текст", "entities": "bold"}, "can't parse entities JSON"),
]


@pytest.mark.usefixtures("me")
@pytest.mark.parametrize(
    ("params", "why"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
async def test_a_message_is_refused(telegram: Telegram, params: Json, why: str) -> None:
    with pytest.raises(Refused) as refused:
        await telegram.call("sendMessage", {"chat_id": 1} | params)
    assert refused.value.error_code == 400
    assert why in refused.value.description
    assert [call.refusal for call in telegram.refusals] == [refused.value]


TAKEN = [
    ("4096 letters", {"text": "я" * 4096}),
    ("4096 letters between spaces", {"text": " " + "я" * 4096 + "\n"}),
    ("2048 letters of two units", {"text": "🙂" * 2048}),
    ("an entity over all", marked("🙂!", bold(0, 3))),
    ("bold in a quotation", marked("текст", bold(0, 5, type="blockquote"), bold(1, 2))),
    ("two quotations side by side", marked("да", *(bold(i, 1, type="blockquote") for i in (0, 1)))),
    ("64 bytes", keyboard([button(callback_data="я" * 32)])),
    ("every colour", keyboard([button(style=style) for style in ("primary", "success", "danger")])),
    ("256 letters to copy", keyboard([button(callback_data=None, copy_text={"text": "я" * 256})])),
    ("100 buttons, eight in a row", keyboard(*[[button()] * 8] * 12, [LINK] * 4)),
    ("all as text, as in a form", {"text": "текст", "entities": "[]", "disable_notification": "1"}),
]


@pytest.mark.parametrize("params", [row[1] for row in TAKEN], ids=[row[0] for row in TAKEN])
async def test_a_message_at_the_limit_is_taken(
    telegram: Telegram, me: LocalPerson, params: Json
) -> None:
    sent = await telegram.call("sendMessage", {"chat_id": "1"} | params)
    assert me.screen.id == sent["message_id"]
    assert not telegram.refusals


async def test_a_text_is_trimmed_and_its_entities_move_along(
    telegram: Telegram, me: LocalPerson
) -> None:
    params = marked(" \n🙂 да \n", bold(0, 2), bold(2, 2, type="italic"), bold(5, 4))
    await telegram.call("sendMessage", {"chat_id": 1} | params)
    assert me.screen.text == "🙂 да"
    assert me.screen.entities == [bold(0, 2, type="italic"), bold(3, 2)]


async def test_a_message_is_edited_only_to_something_else(
    telegram: Telegram, me: LocalPerson
) -> None:
    sent = await telegram.call("sendMessage", {"chat_id": 1} | keyboard([button()]))
    edit = {"chat_id": 1, "message_id": sent["message_id"]}
    with pytest.raises(Refused, match="message is not modified"):
        await telegram.call("editMessageText", edit | keyboard([button()]))
    await telegram.call("editMessageText", edit | {"text": "текст"})
    assert me.screen.labels == []
    with pytest.raises(Refused, match="message is not modified"):
        await telegram.call("editMessageReplyMarkup", edit)
    with pytest.raises(Refused, match="there is no caption in the message to edit"):
        await telegram.call("editMessageCaption", edit | {"caption": "подпись"})


async def test_only_an_own_message_that_is_there_can_be_edited(
    telegram: Telegram, me: LocalPerson
) -> None:
    foreign = me.messages[0]
    old = telegram.post(me.chat, telegram.bot, {"text": "старое"})
    old.forgotten = True
    for number, why in [
        (7, "message to edit not found"),
        (foreign.id, "message can't be edited"),
        (old.id, "message can't be edited"),
        ("", "message identifier is not specified"),
    ]:
        params = {"chat_id": 1, "message_id": number, "text": "новое"}
        with pytest.raises(Refused, match=why):
            await telegram.call("editMessageText", params)


async def test_messages_can_be_deleted_for_48_hours(
    telegram: Telegram, me: LocalPerson, turn: Callable[[timedelta], None]
) -> None:
    incoming = me.messages[0]
    turn(timedelta(hours=1))
    late = me.send("позже")
    turn(timedelta(hours=47, minutes=30))
    with pytest.raises(Refused, match="message can't be deleted for everyone"):
        await telegram.call("deleteMessage", {"chat_id": 1, "message_id": incoming.id})
    await telegram.call("deleteMessages", {"chat_id": 1, "message_ids": [late.id, 5]})
    assert me.messages == [incoming]
    with pytest.raises(Refused, match="message to delete not found"):
        await telegram.call("deleteMessage", {"chat_id": 1, "message_id": late.id})


async def test_a_tap_can_be_answered_twice_but_not_after_150_seconds(
    telegram: Telegram, me: LocalPerson, turn: Callable[[timedelta], None]
) -> None:
    await telegram.call("sendMessage", {"chat_id": 1} | keyboard([button()]))
    tap = {"callback_query_id": me.tap("Да")}
    assert [one.data for one in telegram.unanswered] == ["yes"]
    await telegram.call("answerCallbackQuery", tap | {"text": "Записал", "show_alert": True})
    await telegram.call("answerCallbackQuery", tap)
    assert [(toast.text, toast.alert) for toast in me.toasts] == [("Записал", True)]
    assert not telegram.unanswered
    with pytest.raises(Refused, match="MESSAGE_TOO_LONG"):
        await telegram.call("answerCallbackQuery", tap | {"text": "я" * 201})
    turn(timedelta(seconds=151))
    for unknown in (tap, {"callback_query_id": "1"}):
        with pytest.raises(Refused, match="query is too old and response timeout expired"):
            await telegram.call("answerCallbackQuery", unknown)


@pytest.mark.usefixtures("me")
@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendPhoto", {"photo": "FILE0"}, "wrong file identifier"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "attach://file", "caption": "я" * 1025}, "caption is too"),
        ("sendDocument", {"document": "attach://empty"}, "file must be non-empty"),
        ("getFile", {"file_id": "FILE0"}, "invalid file_id"),
        ("deleteMessages", {"message_ids": list(range(101))}, "too many message identifiers"),
        ("leaveChat", {}, "can't be changed in private chats"),
        ("setMyCommands", {"commands": [{"command": "Да", "description": "x"}]}, "COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "help", "description": "x" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("setMyName", {"name": "x" * 65}, "bot name is too long"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "is too long"),
        ("sendMessage", {"chat_id": "1"}, "message text is empty"),
        ("getUpdates", {"timeout": -1}, "timeout must be non-negative"),
        ("getUpdates", {"limit": "many"}, 'parameter "limit" must be a number'),
    ],
)
async def test_a_call_is_refused(telegram: Telegram, method: str, params: Json, why: str) -> None:
    files = {"file": Upload("a.txt", b"a"), "empty": Upload("b.txt", b"")}
    with pytest.raises(Refused) as refused:
        await telegram.call(method, {"chat_id": 1} | params, files)
    assert why in refused.value.description


async def test_an_unknown_method_is_not_found(telegram: Telegram) -> None:
    with pytest.raises(Refused) as refused:
        await telegram.call("sendTelepathy", {})
    assert refused.value.error_code == 404


async def test_whoever_blocks_the_bot_hears_nothing_more(
    telegram: Telegram, me: LocalPerson
) -> None:
    me.block()
    with pytest.raises(Refused) as refused:
        await telegram.call("sendMessage", {"chat_id": 1, "text": "текст"})
    answer = refused.value.answer()
    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    me.send("я вернулся")
    assert await telegram.call("sendMessage", {"chat_id": 1, "text": "текст"})


async def test_a_group_is_closed_once_the_bot_has_left(telegram: Telegram, me: LocalPerson) -> None:
    group = telegram.group(-100)
    group.add_bot(by=me)
    await telegram.call("sendMessage", {"chat_id": -100, "text": "текст"})
    await telegram.call("leaveChat", {"chat_id": -100})
    with pytest.raises(Refused, match="bot is not a member of the supergroup chat"):
        await telegram.call("sendMessage", {"chat_id": -100, "text": "текст"})


@pytest.mark.usefixtures("me")
async def test_too_many_messages_in_a_chat_have_to_wait(
    telegram: Telegram, turn: Callable[[timedelta], None]
) -> None:
    telegram.chat_limit = (1, timedelta(seconds=3))
    await telegram.call("sendMessage", {"chat_id": 1, "text": "раз"})
    turn(timedelta(seconds=1))
    with pytest.raises(Refused) as refused:
        await telegram.call("sendMessage", {"chat_id": 1, "text": "два"})
    assert refused.value.parameters == {"retry_after": 2}
    turn(timedelta(seconds=2))
    assert await telegram.call("sendMessage", {"chat_id": 1, "text": "два"})


async def test_a_reaction_is_one_of_telegrams_own_on_a_message_that_is_there(
    telegram: Telegram,
) -> None:
    message = telegram.person(1).send("раз")
    there = {"chat_id": 1, "message_id": message.id}
    await telegram.call("setMessageReaction", there | {"reaction": [{"emoji": "✍"}]})
    assert message.reactions == ["✍"]
    for wrong in (there | {"reaction": [{"emoji": "📝"}]}, {"chat_id": 1, "message_id": 99}):
        with pytest.raises(Refused):
            await telegram.call("setMessageReaction", wrong)


async def test_commands_are_kept_by_scope_and_language(telegram: Telegram) -> None:
    commands = [{"command": "help", "description": "Помощь"}]
    private = {"scope": {"type": "all_private_chats"}, "language_code": "ru"}
    await telegram.call("setMyCommands", {"commands": commands} | private)
    assert await telegram.call("getMyCommands", private) == commands
    assert await telegram.call("getMyCommands", {}) == []


def test_a_long_text_is_typed_in_pieces(telegram: Telegram) -> None:
    me = telegram.person(1)
    me.send("🙂" * 2049)
    assert [len(message.text) for message in me.messages] == [2048, 1]


def test_numbers_are_new_after_every_start(
    telegram: Telegram, turn: Callable[[timedelta], None]
) -> None:
    before = telegram.person(1).send("раз").id
    turn(timedelta(seconds=1))
    again = type(telegram)(telegram.clock)
    assert again.person(1).send("два").id > before
