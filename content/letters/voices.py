"""Who speaks: a text that a person sends is written in their own voice."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from content.letters.templates import render

if TYPE_CHECKING:
    from collections.abc import Callable

M = TypeVar("M", bound=BaseModel)
CHOICE = "{{"
"""Begins what depends on the voice."""


class Voice(StrEnum):
    """Who writes: «передал», «передала», «передали»; plain avoids all three."""

    PLAIN = "plain"
    MALE = "male"
    FEMALE = "female"
    TEAM = "team"


def choice(voice: Voice) -> Callable[..., str]:
    """Return what templates call ``say``: «передаю» or «передаём», «рад» or «рада»."""

    def say(one: str, team: str, male: str = "", female: str = "") -> str:
        by_voice = {Voice.TEAM: team, Voice.MALE: male, Voice.FEMALE: female}
        return by_voice.get(voice) or one

    return say


def spoken(phrase: str, voice: Voice) -> str:
    """Return a phrase to copy as this person would write it. Raises ``TemplateError``."""
    return render(phrase, {"say": choice(voice)})


def in_voice(model: M, voice: Voice) -> M:
    """Return the model with every text of it as this person would say it.

    Raises ``TemplateError``, and ``ValidationError`` where a text no longer fits its place.
    """
    values = model.model_dump()
    said = _said(values, voice)
    return model if said == values else type(model).model_validate(said)


def _said(value: object, voice: Voice) -> object:
    if isinstance(value, str):
        return spoken(value, voice) if CHOICE in value else value
    if isinstance(value, dict):
        return {key: _said(each, voice) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_said(each, voice) for each in value)
    return value
