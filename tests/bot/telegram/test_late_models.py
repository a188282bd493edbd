"""Aiogram's models, made when they are first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

ALONE = """
from pydantic import BaseModel
own = vars(BaseModel)["model_rebuild"]
from bot.telegram.late_models import import_aiogram
import_aiogram()
from aiogram import methods, types
assert vars(BaseModel)["model_rebuild"] is own
"""


def _python(program: str) -> None:
    subprocess.run([sys.executable, "-c", ALONE + program], check=True)  # noqa: S603 - our own


def test_a_model_waits_for_its_first_use_and_is_whole_then() -> None:
    _python("""
assert types.Message.__pydantic_complete__
assert not types.Dice.__pydantic_complete__
assert not methods.SendDice.__pydantic_complete__
assert types.Dice(emoji="🎲", value=6).model_dump() == {"emoji": "🎲", "value": 6}
sent = methods.SendDice(chat_id=1, reply_markup={"force_reply": True})
assert sent.reply_markup == types.ForceReply(force_reply=True)
assert types.Dice.__pydantic_complete__ and methods.SendDice.__pydantic_complete__
""")


@pytest.mark.campaign
def test_every_model_can_be_made_late() -> None:
    _python("""
for room in (types, methods):
    for each in map(vars(room).get, room.__all__):
        if isinstance(each, type) and issubclass(each, BaseModel):
            each.model_rebuild()
            assert each.__pydantic_complete__, each
""")
