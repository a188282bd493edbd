"""The dated actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storage.errors import NotFound
from storage.records import (
    Action,
    ActionNumber,
    ActionState,
    AssessmentNumber,
    ClientNumber,
)
from storage.secrets.cipher import Place
from storage.session import Rows
from storage.statements import Row


class PlanRows(Rows):
    """The dated actions of one person's clients."""

    def add(
        self,
        client: ClientNumber,
        assessment: AssessmentNumber,
        about: str,
        due: date,
        words: str = "",
    ) -> Action:
        """Add an open action; ``NotFound`` unless the assessment is one of the client."""
        judged = self._sql.get_assessment(number=assessment)
        if judged is None or judged["client"] != client:
            raise NotFound(f"assessment {assessment} of client {client}")
        number = ActionNumber(self._session.next_number("action"))
        action = Action(number, client, assessment, about, due, words=words)
        self._sql.add_action(
            number=number,
            client=client,
            assessment=assessment,
            about=about,
            due=due.isoformat(),
            state=action.state,
            words=self._session.seal(self._place(number), words),
        )
        self._session.look_again()
        return action

    def get(self, number: ActionNumber) -> Action | None:
        """Return the action or None."""
        row = self._row(number)
        return None if row is None else self._action(row)

    def of_client(self, client: ClientNumber) -> tuple[Action, ...]:
        """Return the actions of a client by due date, then number."""
        rows = self._sql.list_actions_of_client(client=client)
        return tuple(map(self._action, rows))

    def open(self) -> tuple[Action, ...]:
        """Return the open actions by due date, then number; none of deleted clients."""
        rows = self._sql.list_open_actions()
        return tuple(map(self._action, rows))

    def all(self) -> tuple[Action, ...]:
        """Return every action, those of deleted clients too."""
        rows = self._sql.list_actions()
        return tuple(map(self._action, rows))

    def save(self, action: Action) -> None:
        """Write due, state, words and listed; ``NotFound`` for an unknown action."""
        number = action.number
        stored = self._row(number)
        if stored is None:
            raise NotFound(f"action {number}")
        self._sql.save_action(
            number=number,
            due=action.due.isoformat(),
            state=action.state,
            words=self._session.reseal(self._place(number), action.words, stored["words"]),
            listed=action.listed,
        )
        self._session.look_again()

    def set_state(self, numbers: Sequence[ActionNumber], state: ActionState) -> None:
        """Write one state to several actions; unknown numbers are passed over."""
        for number in numbers:
            self._sql.set_action_state(number=number, state=state)
        if numbers:
            self._session.look_again()

    def _row(self, number: ActionNumber) -> Row | None:
        row: Row | None = self._sql.get_action(number=number)
        return row

    def _action(self, row: Row) -> Action:
        number = ActionNumber(row["number"])
        return Action(
            number=number,
            client=ClientNumber(row["client"]),
            assessment=AssessmentNumber(row["assessment"]),
            about=row["about"],
            due=date.fromisoformat(row["due"]),
            state=ActionState(row["state"]),
            words=self._session.open(self._place(number), row["words"]),
            listed=row["listed"],
        )

    def _place(self, number: ActionNumber) -> Place:
        return self._session.place("actions", "words", number)
