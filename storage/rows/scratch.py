"""The prompt and the held text."""

from __future__ import annotations

from datetime import datetime

from storage.records import Held, Prompt
from storage.session import Rows
from storage.tables import Table

PROMPTS = Table("prompts", Prompt)
HELD = Table("held", Held)


class ScratchRows(Rows):
    """The small things that lie open: the prompt and the held text, one of each per person."""

    def prompt(self, now: datetime) -> Prompt | None:
        """Return the prompt unless it has expired."""
        prompt = self.stored_prompt()
        return prompt if prompt and prompt.expires_at > now else None

    def stored_prompt(self) -> Prompt | None:
        """Return the prompt, also an expired one."""
        return PROMPTS.one(self._session, self._sql.get_prompt())

    def ask(self, prompt: Prompt | None) -> None:
        """Set or clear the prompt."""
        if prompt is None:
            if self._session.asked is not False:
                self._sql.clear_prompt()
                self._session.asked = False
            return
        self._session.asked = True
        self._sql.set_prompt(**PROMPTS.columns(self._session, prompt))

    def leave(self, now: datetime) -> Prompt | None:
        """Clear the prompt and return it unless it had expired."""
        if self._session.asked is False:  # every tap asks, and there rarely is one
            return None
        left = self.prompt(now)
        self.ask(None)
        return left

    def held(self, now: datetime) -> Held | None:
        """Return the held text unless it has expired."""
        held = self.stored_held()
        return held if held and held.expires_at > now else None

    def stored_held(self) -> Held | None:
        """Return the held text, also an expired one."""
        return HELD.one(self._session, self._sql.get_held())

    def hold(self, held: Held | None) -> None:
        """Set or clear the held text."""
        if held is None:
            self._sql.clear_held()
        else:
            self._sql.set_held(**HELD.columns(self._session, held))
