"""The dated actions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from storage.protocols import NotFound
from storage.records import (
    Action,
    ActionNumber,
    ActionState,
    AssessmentNumber,
    ClientNumber,
    Owner,
)
from storage.secrets.cipher import Place

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from storage.session import Desk


class PlanRows:
    """``storage.protocols.Plans``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner

    def add(
        self,
        client: ClientNumber,
        assessment: AssessmentNumber,
        about: str,
        due: date,
        words: str = "",
    ) -> Action:
        """See ``Plans.add``."""
        desk, owner = self._desk, self._owner
        judged = desk.sql.get_assessment(desk.connection, owner=owner, number=assessment)
        if judged is None or judged["client"] != client:
            raise NotFound(f"assessment {assessment} of client {client}")
        number = ActionNumber(desk.next_number(owner, "action"))
        action = Action(number, client, assessment, about, due, words=words)
        desk.sql.add_action(
            desk.connection,
            owner=owner,
            number=number,
            client=client,
            assessment=assessment,
            about=about,
            due=due.isoformat(),
            state=action.state,
            words=desk.seal(self._place(number), words),
        )
        desk.look_again(owner)
        return action

    def get(self, number: ActionNumber) -> Action | None:
        """See ``Plans.get``."""
        row = self._row(number)
        return None if row is None else self._action(row)

    def of_client(self, client: ClientNumber) -> tuple[Action, ...]:
        """See ``Plans.of_client``."""
        rows = self._desk.sql.list_actions_of_client(
            self._desk.connection, owner=self._owner, client=client
        )
        return tuple(map(self._action, rows))

    def open(self) -> tuple[Action, ...]:
        """See ``Plans.open``."""
        rows = self._desk.sql.list_open_actions(self._desk.connection, owner=self._owner)
        return tuple(map(self._action, rows))

    def all(self) -> tuple[Action, ...]:
        """Return every action, those of deleted clients too."""
        rows = self._desk.sql.list_actions(self._desk.connection, owner=self._owner)
        return tuple(map(self._action, rows))

    def save(self, action: Action) -> None:
        """See ``Plans.save``."""
        desk, number = self._desk, action.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"action {number}")
        desk.sql.save_action(
            desk.connection,
            owner=self._owner,
            number=number,
            due=action.due.isoformat(),
            state=action.state,
            words=desk.reseal(self._place(number), action.words, stored["words"]),
            listed=action.listed,
        )
        desk.look_again(self._owner)

    def set_state(self, numbers: Sequence[ActionNumber], state: ActionState) -> None:
        """See ``Plans.set_state``."""
        for number in numbers:
            self._desk.sql.set_action_state(
                self._desk.connection, owner=self._owner, number=number, state=state
            )
        if numbers:
            self._desk.look_again(self._owner)

    def _row(self, number: ActionNumber) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._desk.sql.get_action(
            self._desk.connection, owner=self._owner, number=number
        )
        return row

    def _action(self, row: sqlite3.Row) -> Action:
        number = ActionNumber(row["number"])
        return Action(
            number=number,
            client=ClientNumber(row["client"]),
            assessment=AssessmentNumber(row["assessment"]),
            about=row["about"],
            due=date.fromisoformat(row["due"]),
            state=ActionState(row["state"]),
            words=self._desk.open(self._place(number), row["words"]),
            listed=row["listed"],
        )

    def _place(self, number: ActionNumber) -> Place:
        return Place(self._owner, "actions", "words", (number,))
