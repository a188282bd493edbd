"""The prompt and the held text."""

from __future__ import annotations

from datetime import datetime

from storage.records import Held, Prompt
from storage.secrets.cipher import Place
from storage.session import Rows, to_moment, to_moment_or_none, to_seconds


class ScratchRows(Rows):
    """The small things that lie open: the prompt and the held text, one of each per person."""

    def prompt(self, now: datetime) -> Prompt | None:
        """Return the prompt unless it has expired."""
        prompt = self.stored_prompt()
        return prompt if prompt and prompt.expires_at > now else None

    def stored_prompt(self) -> Prompt | None:
        """Return the prompt, also an expired one."""
        row = self._sql.get_prompt()
        if row is None:
            return None
        return Prompt(row["kind"], row["subject"], to_moment(row["expires_at"]))

    def ask(self, prompt: Prompt | None) -> None:
        """Set or clear the prompt."""
        if prompt is None:
            if self._session.asked is not False:
                self._sql.clear_prompt()
                self._session.asked = False
            return
        self._session.asked = True
        self._sql.set_prompt(
            kind=prompt.kind,
            subject=prompt.subject,
            expires_at=to_seconds(prompt.expires_at),
        )

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
        row = self._sql.get_held()
        if row is None:
            return None
        note = row["note"]
        return Held(
            words=self._session.open(self._place("words"), row["words"]),
            message=row["message"],
            expires_at=to_moment(row["expires_at"]),
            said_at=to_moment_or_none(row["said_at"]),
            author=row["author"],
            note="" if note is None else self._session.open(self._place("note"), note),
            former=tuple(map(int, row["former"].split())),
        )

    def hold(self, held: Held | None) -> None:
        """Set or clear the held text."""
        if held is None:
            self._sql.clear_held()
            return
        self._sql.set_held(
            words=self._session.seal(self._place("words"), held.words),
            message=held.message,
            expires_at=to_seconds(held.expires_at),
            said_at=None if held.said_at is None else to_seconds(held.said_at),
            author=held.author,
            note=self._session.seal(self._place("note"), held.note) if held.note else None,
            former=" ".join(map(str, held.former)),
        )

    def _place(self, column: str) -> Place:
        return self._session.place("held", column)
