"""The form of all buttons.

Buttons stay clickable for weeks, so their data is a public format: a changed shape takes a new
prefix, and ``tests/handlers/wire_format.txt`` keeps a string of every shape ever released. Numbers
count per owner, ids are those of the content; no button ever names a person or holds their words.
The forms are in the ``buttons.py`` of each topic.
"""

from __future__ import annotations

from typing import Annotated, Self

from aiogram.filters.callback_data import CallbackData
from pydantic import ConfigDict, Field, StringConstraints

from storage.rows.memory import Owned

Number = Annotated[int, Field(ge=1, le=9_999_999)]
Count = Annotated[int, Field(ge=0, le=9_999_999)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
Flag = Annotated[int, Field(ge=0, le=1)]


class Data(CallbackData, prefix="-"):
    """What a button carries: a prefix and fields that hold ids and numbers only."""

    model_config = ConfigDict(defer_build=True)

    def pack(self) -> str:
        """Return it as text.

        Numbers and ids cannot hold the separator, so they need none of aiogram's looks at each
        value: measured, a sixth of a step went into the eight buttons of a question.
        """
        return self.text(*vars(self).values())

    @classmethod
    def unpack(cls, value: str) -> Self:
        """Return the form of a text; raises ``TypeError`` or ``ValueError`` where it has none.

        As aiogram's, without its look for fields that may be left out: there are none.
        """
        prefix, *fields = value.split(":")
        if prefix != cls.__prefix__:
            raise ValueError(f"not {cls.__prefix__}: {prefix}")
        return cls(**dict(zip(cls.model_fields, fields, strict=True)))

    def about(self, _memory: Owned) -> int | None:
        """Return the number of the client it concerns; None for nobody, or for everybody.

        None, too, where what it names is gone.
        """
        number: int | None = vars(self).get("client")
        return number or None

    def expect(self, _memory: Owned) -> None:
        """Ask for what its handler reads first, so that it comes together with the person."""

    @classmethod
    def text(cls, *fields: int | str) -> str:
        """Return what the form with these fields packs to, in their order, without checking them.

        For the screen of a question alone: pydantic's look at its buttons was a tenth of a tap.
        """
        return ":".join([cls.__prefix__, *map(str, fields)])


class OfClient(Data, prefix="-c"):
    """What concerns a client."""

    client: Number
