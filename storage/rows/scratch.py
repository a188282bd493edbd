"""The prompt and the held text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.records import Held, Owner, Prompt
from storage.secrets.cipher import Place
from storage.session import Desk, to_moment, to_seconds

if TYPE_CHECKING:
    from datetime import datetime


class ScratchRows:
    """``storage.protocols.Scratch``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def prompt(self, now: datetime) -> Prompt | None:
        """See ``Scratch.prompt``."""
        prompt = self.stored_prompt()
        return prompt if prompt and prompt.expires_at > now else None

    def stored_prompt(self) -> Prompt | None:
        """Return the prompt, also an expired one."""
        row = self._desk.sql.get_prompt(self._desk.connection, owner=self._owner)
        if row is None:
            return None
        return Prompt(row["kind"], row["subject"], to_moment(row["expires_at"]))

    def ask(self, prompt: Prompt | None) -> None:
        """See ``Scratch.ask``."""
        desk, owner = self._desk, self._owner
        if prompt is None:
            desk.sql.clear_prompt(desk.connection, owner=owner)
            return
        desk.sql.set_prompt(
            desk.connection,
            owner=owner,
            kind=prompt.kind,
            subject=prompt.subject,
            expires_at=to_seconds(prompt.expires_at),
        )

    def held(self, now: datetime) -> Held | None:
        """See ``Scratch.held``."""
        held = self.stored_held()
        return held if held and held.expires_at > now else None

    def stored_held(self) -> Held | None:
        """Return the held text, also an expired one."""
        row = self._desk.sql.get_held(self._desk.connection, owner=self._owner)
        if row is None:
            return None
        words = self._desk.open(self._place(), row["words"])
        return Held(words, row["message"], to_moment(row["expires_at"]))

    def hold(self, held: Held | None) -> None:
        """See ``Scratch.hold``."""
        desk, owner = self._desk, self._owner
        if held is None:
            desk.sql.clear_held(desk.connection, owner=owner)
            return
        desk.sql.set_held(
            desk.connection,
            owner=owner,
            words=desk.seal(self._place(), held.words),
            message=held.message,
            expires_at=to_seconds(held.expires_at),
        )

    def _place(self) -> Place:
        return Place(self._owner, "held", "words")
