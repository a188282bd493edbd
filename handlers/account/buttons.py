"""The buttons of the settings and of one's own data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from handlers.engine.buttons import Data, Flag, Name


class ShowSettings(Data, prefix="s"):
    """All settings with their values."""


class AskCity(Data, prefix="sc"):
    """Ask for the time zone: a city, a pin, or the clock."""


class AskClock(Data, prefix="sk"):
    """Ask whether the clock shows the time this many minutes from UTC."""

    offset: Annotated[int, Field(ge=-720, le=840)]


class ClockZones(Data, prefix="sq"):
    """Ask which city's zone it is, of those with this many minutes from UTC now."""

    offset: Annotated[int, Field(ge=-720, le=840)]


class SetZone(Data, prefix="sz"):
    """Take a time zone by its IANA key."""

    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{1,40}$")]


class SetTeam(Data, prefix="st"):
    """«я» or «мы»."""

    team: Flag


class SetGender(Data, prefix="sg"):
    """Own grammatical gender."""

    gender: Literal["unknown", "male", "female"]


class AskGender(Data, prefix="sa"):
    """Ask the grammatical gender."""


class AskLanguage(Data, prefix="sv"):
    """Ask the language, once there is more than one."""


class SetLanguage(Data, prefix="sl"):
    """Take a language."""

    language: Name


class MyData(Data, prefix="m"):
    """What is stored, export, deletion."""


class Privacy(Data, prefix="pr"):
    """What is stored and where."""


class AskExport(Data, prefix="xa"):
    """Say what an export holds."""


class ExportNow(Data, prefix="xx"):
    """Send the export."""


class AskErase(Data, prefix="ea"):
    """List what would go."""


class EraseNow(Data, prefix="ez"):
    """Erase everything for good."""


class AskSignature(Data, prefix="sn"):
    """Ask how letters are signed."""


class ClearSignature(Data, prefix="sx"):
    """Ask for the signature in the next letter again."""


class SetDark(Data, prefix="sb"):
    """Pictures on a dark ground, or on a light one."""

    dark: Flag


class SetDiscreet(Data, prefix="sd"):
    """No names and no judgements where others may look, or names as they are."""

    discreet: Flag
