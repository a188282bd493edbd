"""Who speaks: a text that a person sends is written in their own voice."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from content.letters.templates import render

if TYPE_CHECKING:
    from collections.abc import Callable


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
