"""The dated actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storage.errors import NotFound
from storage.records import Action, ActionNumber, ActionState, AssessmentNumber, ClientNumber
from storage.session import Rows
from storage.tables import Table

ACTIONS = Table("actions", Action)


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
        self._sql.add_action(**ACTIONS.columns(self._session, action))
        self._session.look_again()
        return action

    def get(self, number: ActionNumber) -> Action | None:
        return ACTIONS.one(self._session, self._sql.get_action(number=number))

    def of_client(self, client: ClientNumber) -> tuple[Action, ...]:
        """Return the actions of a client by due date, then number."""
        return ACTIONS.all(self._session, self._sql.list_actions_of_client(client=client))

    def expect_open(self) -> None:
        """Ask for what ``open`` is going to return."""
        self._expect("list_open_actions")

    def open(self) -> tuple[Action, ...]:
        """Return the open actions by due date, then number; none of deleted clients."""
        return ACTIONS.all(self._session, self._found("list_open_actions"))

    def all(self) -> tuple[Action, ...]:
        """Return every action, those of deleted clients too."""
        return ACTIONS.all(self._session, self._sql.list_actions())

    def save(self, action: Action) -> None:
        """Write due, state, words and listed; ``NotFound`` for an unknown action."""
        stored = self._sql.get_action(number=action.number)
        if stored is None:
            raise NotFound(f"action {action.number}")
        self._sql.save_action(**ACTIONS.columns(self._session, action, stored))
        self._session.look_again()

    def set_state(self, numbers: Sequence[ActionNumber], state: ActionState) -> None:
        """Write one state to several actions; unknown numbers are passed over."""
        for number in numbers:
            self._sql.set_action_state(number=number, state=state)
        if numbers:
            self._session.look_again()
