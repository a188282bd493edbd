"""The table of what the person can do, and what answers it.

A handler is a plain function from a ``Visit`` and one event to a ``Reply`` or a ``Screen``. It runs
inside one transaction and does no I/O of its own, so it can neither wait nor forget to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from pydantic import ValidationError

from handlers.engine.buttons import Data
from handlers.engine.screen import Coming, Reply, Screen
from handlers.engine.visit import Visit
from storage.records import Promise, Prompt

Form = TypeVar("Form", bound=Data)
Answered = Reply | Screen
TapHandler = Callable[[Visit, Form], Answered]
PromptHandler = Callable[[Visit, Prompt, str], Answered]
CommandHandler = Callable[[Visit, str], Answered]
"""The text is what stands behind the command."""
LeftHandler = Callable[[Visit, Prompt], str]
PromiseTeller = Callable[[Visit, Promise], Coming | None]


class Redelivery(Enum):
    """How an update that was applied, but whose reply was not delivered, is answered."""

    REPLY = auto()
    """By its reply, which is kept until it is delivered."""
    RUN = auto()
    """By running again: nothing was recorded."""
    PLACE = auto()
    """By the screen that the person is on: its reply is nothing else.

    Measured, keeping the reply is a tenth of a tap's CPU.
    """


@dataclass(frozen=True, slots=True)
class Tap:
    """A form of button and what answers it."""

    form: type[Data]
    handler: TapHandler[Data]
    opens: bool
    """True: the handler only shows, so the data serves as the address of its screen."""
    stays: bool
    """True: its screen is a text to be copied, which stays in the chat whatever comes below it."""
    redelivery: Redelivery


class Routes:
    """Handlers by prefix of a button, kind of a prompt or a promise, name of a command or link."""

    def __init__(self) -> None:
        """Start empty; topics register their handlers."""
        self.taps: dict[str, Tap] = {}
        self.prompts: dict[str, PromptHandler] = {}
        self.left: dict[str, LeftHandler] = {}
        self.commands: dict[str, CommandHandler] = {}
        self.promises: dict[str, PromiseTeller] = {}
        self.links: dict[str, CommandHandler] = {}

    def tap(
        self,
        form: type[Form],
        *,
        opens: bool = False,
        stays: bool = False,
        redelivery: Redelivery = Redelivery.REPLY,
    ) -> Callable[[TapHandler[Form]], TapHandler[Form]]:
        """Register the handler of a form of buttons."""

        def register(handler: TapHandler[Form]) -> TapHandler[Form]:
            again = Redelivery.RUN if opens else redelivery
            # A handler is only ever called with the form it is registered for: see `find`.
            self.taps[form.__prefix__] = Tap(form, handler, opens, stays, again)  # type: ignore[arg-type]
            return handler

        return register

    def prompt(self, kind: str) -> Callable[[PromptHandler], PromptHandler]:
        """Register what reads the text typed after a question of this kind."""

        def register(handler: PromptHandler) -> PromptHandler:
            self.prompts[kind] = handler
            return handler

        return register

    def leaving(self, kind: str) -> Callable[[LeftHandler], LeftHandler]:
        """Register what is done, and said, where a question of this kind is left unanswered."""

        def register(handler: LeftHandler) -> LeftHandler:
            self.left[kind] = handler
            return handler

        return register

    def command(self, name: str) -> Callable[[CommandHandler], CommandHandler]:
        """Register the handler of a command, named without the slash."""

        def register(handler: CommandHandler) -> CommandHandler:
            self.commands[name] = handler
            return handler

        return register

    def link(self, name: str) -> Callable[[CommandHandler], CommandHandler]:
        """Register what a link into the chat opens whose start parameter is ``name-…``."""

        def register(handler: CommandHandler) -> CommandHandler:
            self.links[name] = handler
            return handler

        return register

    def promise(self, kind: str) -> Callable[[PromiseTeller], PromiseTeller]:
        """Register what tells of a promise of this kind; None where there is nothing to tell."""

        def register(teller: PromiseTeller) -> PromiseTeller:
            self.promises[kind] = teller
            return teller

        return register

    def shortcut(self, name: str, to: Data) -> None:
        """Let a command open the screen of an address."""
        self.commands[name] = lambda visit, _words: visit.open(to)

    def stays(self, data: str) -> bool:
        """Tell by the prefix alone whether the screen of an address is a text that stays."""
        tap = self.taps.get(data.split(":", 1)[0])
        return tap is not None and tap.stays

    def find(self, data: str) -> tuple[Tap, Data] | None:
        """Return the tap's route and its unpacked form; None for what no release has ever sent."""
        tap = self.taps.get(data.split(":", 1)[0])
        if tap is None:
            return None
        try:
            return tap, tap.form.unpack(data)
        except (TypeError, ValueError, ValidationError):
            return None

    def read(self, data: str) -> Data | None:
        """Return the form of a button's data; None for what no release has ever sent."""
        found = self.find(data)
        return found and found[1]


def joined(tables: Iterable[Routes]) -> Routes:
    """Join the tables of all topics; two handlers for one thing are a mistake."""
    whole = Routes()
    for table in tables:
        for mine, theirs in (
            (whole.taps, table.taps),
            (whole.prompts, table.prompts),
            (whole.left, table.left),
            (whole.commands, table.commands),
            (whole.promises, table.promises),
            (whole.links, table.links),
        ):
            twice = mine.keys() & theirs.keys()
            if twice:
                raise ValueError(f"two handlers for {sorted(twice)}")
            mine.update(theirs)  # type: ignore[arg-type]  # the pairs above are of one type each
    return whole
