"""A form of ten questions in aiogram, as its documentation of the finite state machine builds one.

    python -m tests.bench.peers.aiogram_fsm

A state for each question, a handler for each state, the answers in the state's data, which is kept
in memory only (``MemoryStorage``, the default).
"""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.peers.question import ADDRESS, BUTTONS, TEXT, TOKEN

router = Router()


class Form(StatesGroup):
    first = State()
    second = State()
    third = State()
    fourth = State()
    fifth = State()
    sixth = State()
    seventh = State()
    eighth = State()
    ninth = State()
    tenth = State()


async def ask(query: CallbackQuery) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        markup = InlineKeyboardMarkup(
            inline_keyboard=[
                [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
                for row in BUTTONS
            ]
        )
        await query.message.edit_text(TEXT, reply_markup=markup)


async def keep(query: CallbackQuery, state: FSMContext, name: str) -> None:
    await state.update_data({name: query.data})


@router.callback_query(Form.first, F.data.startswith("a:"))
async def answer_first(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "first")
    await state.set_state(Form.second)
    await ask(query)


@router.callback_query(Form.second, F.data.startswith("a:"))
async def answer_second(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "second")
    await state.set_state(Form.third)
    await ask(query)


@router.callback_query(Form.third, F.data.startswith("a:"))
async def answer_third(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "third")
    await state.set_state(Form.fourth)
    await ask(query)


@router.callback_query(Form.fourth, F.data.startswith("a:"))
async def answer_fourth(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "fourth")
    await state.set_state(Form.fifth)
    await ask(query)


@router.callback_query(Form.fifth, F.data.startswith("a:"))
async def answer_fifth(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "fifth")
    await state.set_state(Form.sixth)
    await ask(query)


@router.callback_query(Form.sixth, F.data.startswith("a:"))
async def answer_sixth(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "sixth")
    await state.set_state(Form.seventh)
    await ask(query)


@router.callback_query(Form.seventh, F.data.startswith("a:"))
async def answer_seventh(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "seventh")
    await state.set_state(Form.eighth)
    await ask(query)


@router.callback_query(Form.eighth, F.data.startswith("a:"))
async def answer_eighth(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "eighth")
    await state.set_state(Form.ninth)
    await ask(query)


@router.callback_query(Form.ninth, F.data.startswith("a:"))
async def answer_ninth(query: CallbackQuery, state: FSMContext) -> None:
    await keep(query, state, "ninth")
    await state.set_state(Form.tenth)
    await ask(query)


@router.callback_query(Form.tenth, F.data.startswith("a:"))
async def answer_tenth(query: CallbackQuery, state: FSMContext) -> None:
    await state.clear()
    await ask(query)


@router.callback_query()
async def begin(query: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(Form.first)
    await ask(query)


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(ADDRESS))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main())
