"""A form in pyTelegramBotAPI's async bot that keeps its answers in PostgreSQL, by a webhook.

    python -m tests.bench.peers.telebot_psycopg

Its webhook is aiohttp's server, its driver psycopg's own asynchronous one with a pool. As people
write such bots: the update is confirmed before it is handled, two statements for a tap, each its
own transaction, no order among a person's taps, and a tap that comes twice is answered and shown
twice.
"""

from __future__ import annotations

import asyncio
import os

from aiohttp import web
from psycopg_pool import AsyncConnectionPool
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update

from tests.bench.peers.question import ADDRESS, BUTTONS, TEXT, TOKEN

SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    person bigint NOT NULL,
    form text NOT NULL,
    question text NOT NULL,
    option text NOT NULL,
    PRIMARY KEY (person, form, question)
)
"""


async def main() -> None:
    asyncio_helper.API_URL = ADDRESS + "/bot{0}/{1}"
    bot = AsyncTeleBot(TOKEN)
    database, settings = os.environ["BENCH_DATABASE"], {"autocommit": True}
    pool = AsyncConnectionPool(database, min_size=4, max_size=8, open=False, kwargs=settings)
    await pool.open()
    async with pool.connection() as connection:
        await connection.execute(SCHEMA)

    async def tapped(query: CallbackQuery) -> None:
        if query.data is None or query.message is None:
            return
        _, form, question, option = query.data.split(":")
        person = query.from_user.id
        async with pool.connection() as connection:
            await connection.execute(
                "INSERT INTO answers VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (person, form, question) DO UPDATE SET option = excluded.option",
                (person, form, question, option),
            )
            found = await connection.execute(
                "SELECT count(*) FROM answers WHERE person = %s AND form = %s", (person, form)
            )
            await found.fetchone()
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
    running: set[asyncio.Task[None]] = set()

    async def take(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json())  # type: ignore[no-untyped-call]  # theirs
        task = asyncio.create_task(bot.process_new_updates([update]))
        running.add(task)
        task.add_done_callback(running.discard)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, _, port = os.environ["LISTEN"].rpartition(":")
    await web.TCPSite(runner, host, int(port)).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
