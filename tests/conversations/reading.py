"""How long a conversation takes a person: the model of time that the numbers are held against.

15 Russian characters a second to read, 1.5 s for a tap (to decide and to wait for the answer), 3
characters a second to type. Of what is folded the three lines are read that are always seen; the
bar and the number beside it are seen at a glance; of a header only what changed is read. Of the
last screen only the statement is read: that is when the answer has come.
"""

from __future__ import annotations

import re
from textwrap import wrap

from bot.local.state import ScreenEvent
from tests.conversations import grammar
from tests.conversations.stage import Stage

READ = 15
TAP = 1.5
TYPED = 3
LINE, FOLDED = 36, 3
"""Characters of a line of a quotation on a phone, and its lines before it is unfolded."""
NUMBER = re.compile(r"вопрос\s\d+")


class Reader:
    """Somebody who reads every screen from now on."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.characters = 0
        self.last = 0
        """Characters of the last screen below its statement."""
        self.typed = 0
        self._header: list[str] = []
        self._taps = len(stage.telegram.taps)
        stage.telegram.watch(self._look)

    @property
    def taps(self) -> int:
        """Taps so far."""
        return len(self.stage.telegram.taps) - self._taps

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return (self.characters - self.last) / READ + self.taps * TAP + self.typed / TYPED

    def _look(self, event: ScreenEvent) -> None:
        if event.kind not in {"message", "edited"}:
            return
        message = self.stage.me.chat.messages[event.content["message_id"]]
        if not message.from_bot:
            self.typed += len(message.text)
            return
        header, *rest = grammar.unfolded(message).split("\n")
        parts = re.split(r"\s· ", header)
        fresh = [part for part in parts if part not in self._header and not NUMBER.match(part)]
        self._header = parts
        lines = [len(line) for line in rest if line and not line.startswith(("▰", "▱"))]
        lines += [len(line) for each in grammar.folded(message) for line in _seen(each)]
        self.last = sum(lines[1:])
        self.characters += sum(map(len, fresh)) + sum(lines)


def _seen(folded: str) -> list[str]:
    """Return the lines of a folded quotation that are always seen."""
    lines = [part for line in folded.split("\n") for part in wrap(line, LINE)]
    return lines[:FOLDED]
