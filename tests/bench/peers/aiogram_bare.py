"""A bare tap handler in aiogram as it ships: no state, no storage.

python -m tests.bench.peers.aiogram_bare
"""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.peers.question import ADDRESS, BUTTONS, TEXT, TOKEN

dispatcher = Dispatcher()


@dispatcher.callback_query()
async def tapped(query: CallbackQuery) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        markup = InlineKeyboardMarkup(
            inline_keyboard=[
                [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
                for row in BUTTONS
            ]
        )
        await query.message.edit_text(TEXT, reply_markup=markup)


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(ADDRESS))
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main())
