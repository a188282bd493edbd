"""Who speaks: a text that a person sends is written in their own voice."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)
_CHOICE = re.compile(r"\{\{ *say\(((?: *'[^']*' *,?){2,4})\) *\}\}")
_FORM = re.compile(r"'([^']*)'")


class NotSayable(ValueError):  # noqa: N818  says what the text is
    """A text chooses between voices in a way that nobody can read."""


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


def spoken(text: str, voice: Voice) -> str:
    """Return a text as this person would say it: ``{{ say('пришлю', 'пришлём') }}`` is chosen.

    The same choice as in the templates of letters. Raises ``NotSayable``.
    """
    say = choice(voice)
    said = _CHOICE.sub(lambda found: say(*_FORM.findall(found[1])), text)
    if "{{" in said or "}}" in said:
        raise NotSayable(f"not a choice of voices: {text!r}")
    return said


def longest(text: str) -> str:
    """Return a text with the longest form of every choice, for what must fit in any voice."""
    return _CHOICE.sub(lambda found: max(_FORM.findall(found[1]), key=len), text)


def in_voice(model: M, voice: Voice) -> M:
    """Return the model with every text of it as this person would say it.

    Raises ``NotSayable``, and ``ValidationError`` where a text no longer fits its place.
    """
    values = model.model_dump()
    said = _said(values, voice)
    return model if said == values else type(model).model_validate(said)


def _said(value: object, voice: Voice) -> object:
    if isinstance(value, str):
        return spoken(value, voice) if "{{" in value else value
    if isinstance(value, dict):
        return {key: _said(each, voice) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_said(each, voice) for each in value)
    return value
