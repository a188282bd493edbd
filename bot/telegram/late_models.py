"""Aiogram at a third of its price: each of its models is made when it is first used.

It names five hundred kinds of objects and calls, and a bot uses some thirty of them. To make them
all is most of what importing it costs.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel


def import_aiogram() -> None:
    """Import it so. Where something has imported it before, nothing is left to save."""
    if "aiogram" in sys.modules:
        return
    from pydantic import BaseModel  # noqa: PLC0415 - whoever needs no aiogram shall not wait

    with _put_off(BaseModel):
        from aiogram.types import Message, Update  # noqa: PLC0415

    for each in (Message, Update):  # what every bot reads, an update being mostly messages
        each.model_rebuild()


@contextmanager
def _put_off(model: type[BaseModel]) -> Iterator[None]:
    """Leave the models to pydantic, which makes what was put off on its first use.

    Aiogram puts its types off itself, but at the end of their import asks for all of them, with
    the names that their annotations speak of. These go where pydantic looks for them later.
    """
    make = vars(model)["model_rebuild"]

    def later(
        cls: type[BaseModel], /, *, _types_namespace: Mapping[str, Any] | None = None, **how: object
    ) -> bool | None:
        if _types_namespace is None:
            made: bool | None = make.__func__(cls, **how)
            return made
        from aiogram.methods.base import TelegramMethod  # noqa: PLC0415 - only here is it ready

        TelegramMethod.model_config["defer_build"] = True
        module = vars(sys.modules[cls.__module__])
        module.update({name: each for name, each in _types_namespace.items() if name not in module})
        return None

    setattr(model, make.__name__, classmethod(later))
    try:
        yield
    finally:
        setattr(model, make.__name__, make)
