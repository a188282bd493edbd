"""Several people judge one client: who was asked, who has agreed, and what they have shared."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from storage.errors import NotFound
from storage.records import ClientNumber, Judging, JudgingNumber
from storage.session import Rows, hash_of, to_seconds
from storage.tables import ANSWERS, Table

JUDGINGS = Table("judgings", Judging)

TOKEN_BYTES: Final = 16


class JudgingRows(Rows):
    """The judgings that one person has asked for, or gives.

    What passes between the two stands under the hash of the token, without either's name; from here
    it is reached by a seat of one's own alone. Either may end it, and an erasure of either does.
    """

    def ask(self, client: ClientNumber, expires_at: datetime) -> str:
        """Ask somebody to judge a client; return the token, which is kept nowhere."""
        self._session.require_client(client)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._sql.add_judging(hash=hash_of(token), expires_at=to_seconds(expires_at))
        self._add_seat(token, client, judges=False)
        return token

    def bring(self, token: str, now: datetime) -> Judging | None:
        """Return what a token asks for, with a seat of one's own that has taken nothing yet.

        None for a token that is unknown, taken by somebody else, taken back or expired.
        """
        there = self._sql.get_seat_by_hash(hash=hash_of(token))
        if there is None:
            if self._sql.get_judging(hash=hash_of(token), now=to_seconds(now)) is None:
                return None
            self._session.ensure_person(to_seconds(now))
            return self.get(self._add_seat(token, None, judges=True))
        return self.get(JudgingNumber(there["number"]))

    def agree(self, number: JudgingNumber, client: ClientNumber, now: datetime) -> None:
        """Judge a client of one's own for the one who asks; ``NotFound`` where that is too late."""
        self._session.require_client(client)
        if not int(self._sql.take_judging(number=number, now=to_seconds(now))):
            raise NotFound(f"judging {number}")
        self._sql.place_seat(number=number, client=client)

    def share(self, number: JudgingNumber, answers: Mapping[str, str]) -> None:
        """Let the one who asks see these answers; an empty mapping takes them back.

        ``NotFound`` where nothing was agreed.
        """
        if not int(self._sql.share_answers(number=number, answers=ANSWERS.stored(answers))):
            raise NotFound(f"judging {number}")

    def end(self, number: JudgingNumber) -> None:
        """Take an invitation back, or one's own part in it: what was shared goes from both."""
        self._sql.end_judging(number=number)
        self._sql.delete_seat(number=number)

    def get(self, number: JudgingNumber) -> Judging | None:
        """Return the judging; None where there is none, or either has ended it."""
        return JUDGINGS.one(self._session, self._sql.get_seat(number=number))

    def of_client(self, client: ClientNumber) -> tuple[Judging, ...]:
        """Return the judgings of a client by number, asked for and given."""
        return JUDGINGS.all(self._session, self._sql.list_seats_of_client(client=client))

    def all(self) -> tuple[Judging, ...]:
        """Return every judging, those of deleted clients too."""
        return JUDGINGS.all(self._session, self._sql.list_seats())

    def _add_seat(self, token: str, client: ClientNumber | None, *, judges: bool) -> JudgingNumber:
        number = JudgingNumber(self._session.next_number("judging"))
        self._sql.add_seat(number=number, hash=hash_of(token), judges=int(judges), client=client)
        return number
