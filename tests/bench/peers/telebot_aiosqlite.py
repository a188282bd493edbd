"""A form in pyTelegramBotAPI's async bot that keeps its answers through aiosqlite.

    python -m tests.bench.peers.telebot_aiosqlite

One shared connection with the same promise as the coach's: write-ahead log, ``synchronous=FULL``,
a commit before the tap is answered. The updates are confirmed before they are handled, as it ships.
"""

from __future__ import annotations

import asyncio
import os

import aiosqlite
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from tests.bench.peers.question import ADDRESS, BUTTONS, TEXT, TOKEN

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE answers (
    person integer NOT NULL,
    form text NOT NULL,
    question text NOT NULL,
    option text NOT NULL,
    PRIMARY KEY (person, form, question)
);
"""


async def main() -> None:
    asyncio_helper.API_URL = ADDRESS + "/bot{0}/{1}"
    bot = AsyncTeleBot(TOKEN)
    async with aiosqlite.connect(os.environ["BENCH_DATABASE"]) as database:
        await database.executescript(SCHEMA)

        async def tapped(query: CallbackQuery) -> None:
            if query.data is None or query.message is None:
                return
            _, form, question, option = query.data.split(":")
            person = query.from_user.id
            await database.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET option = excluded.option",
                (person, form, question, option),
            )
            await database.commit()
            async with database.execute(
                "SELECT count(*) FROM answers WHERE person = ? AND form = ?", (person, form)
            ) as cursor:
                await cursor.fetchone()
            markup = InlineKeyboardMarkup(
                [
                    [InlineKeyboardButton(label, callback_data=data) for label, data in row]
                    for row in BUTTONS
                ]
            )
            await bot.answer_callback_query(query.id)
            await bot.edit_message_text(
                TEXT, query.message.chat.id, query.message.message_id, reply_markup=markup
            )

        bot.register_callback_query_handler(tapped, func=lambda query: query.data.startswith("a:"))
        await bot.infinity_polling()


if __name__ == "__main__":
    asyncio.run(main())
