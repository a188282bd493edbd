"""Assessments with their answers and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from storage.errors import Frozen, NotFound
from storage.records import (
    UNREADABLE,
    Answer,
    Assessment,
    AssessmentNumber,
    ClientNumber,
    Depth,
)
from storage.secrets.cipher import Place
from storage.session import OwnedSession, Rows, to_moment, to_seconds
from storage.statements import Row
from storage.tables import Form, Table

_QUIET = "quiet"
_NOT_TICKED = "no"
CORRECTABLE = timedelta(days=1)
"""After a verdict: what is copied and judged within it corrects the verdict and takes its place."""


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the assessments of one client stand."""

    verdict: str | None = None
    judged_at: datetime | None = None
    """Of the newest verdict."""
    waiting: AssessmentNumber | None = None
    """The newest assessment without one."""


class AssessmentRows(Rows):
    """The assessments of one person."""

    def __init__(self, session: OwnedSession) -> None:
        """Work with what is ``session.owner``'s."""
        super().__init__(session)
        self._read: dict[AssessmentNumber, Row] = {}
        """Rows as this step has read them, until their answers or their verdict change."""
        self._expected: dict[AssessmentNumber, Callable[[], Row | None]] = {}
        """Those that were asked for ahead, until they are read."""
        self._first: set[AssessmentNumber] = set()
        """Those that no judged one of their client came before, until a verdict is set."""
        self._answered: set[AssessmentNumber] = set()
        """Those whose answers this step has written: they have no verdict until it sets one."""

    def start(self, client: ClientNumber, depth: Depth, *, team: bool, now: datetime) -> Assessment:
        """Start an empty assessment; ``NotFound`` for an unknown client."""
        assessment = Assessment(
            number=AssessmentNumber(self._session.next_number("assessment", client)),
            client=client,
            depth=depth,
            team=team,
            started_at=to_moment(to_seconds(now)),
        )
        self._add(assessment)
        return assessment

    def expect(self, number: AssessmentNumber) -> None:
        """Ask for an assessment that is going to be read."""
        self._expected[number] = self._session.expect("get_assessment", number=number)

    def get(self, number: AssessmentNumber) -> Assessment | None:
        """Return the assessment with its answers and notes, or None."""
        row = self._row(number)
        return None if row is None else self._assessment(row)

    def expect_of_client(self, client: ClientNumber) -> None:
        """Ask for what ``of_client`` is going to return."""
        self._expect("list_assessments_of_client", client=client)

    def of_client(self, client: ClientNumber) -> tuple[Assessment, ...]:
        """Return all assessments of a client, oldest first."""
        rows = self._found("list_assessments_of_client", client=client)
        return tuple(map(self._assessment, rows))

    def judged_before(self, assessment: Assessment) -> Assessment | None:
        """Return the newest judged assessment of the same client before this one, or None.

        One that was corrected within a day counts for nothing.
        """
        if assessment.number in self._first:
            return None
        row = self._sql.get_judged_before(
            client=assessment.client,
            number=assessment.number,
            correctable=int(CORRECTABLE.total_seconds()),
        )
        return None if row is None else self._assessment(row)

    def open(self) -> tuple[Assessment, ...]:
        """Return the assessments without a verdict of clients not deleted, newest first."""
        rows = self._sql.list_open_assessments()
        return tuple(map(self._assessment, rows))

    def stand(self) -> dict[ClientNumber, Stands]:
        """Return where every client stands who was assessed, without reading any answers."""
        found: dict[ClientNumber, Stands] = {}
        for row in self._sql.list_verdicts():
            client = ClientNumber(row["client"])
            before = found.get(client, Stands())
            found[client] = (
                replace(before, waiting=AssessmentNumber(row["number"]))
                if row["judged_at"] is None
                else replace(before, verdict=row["verdict"], judged_at=to_moment(row["judged_at"]))
            )
        return found

    def all(self) -> tuple[Assessment, ...]:
        """Return every assessment, those of deleted clients too."""
        rows = self._sql.list_assessments()
        return tuple(map(self._assessment, rows))

    def answer(self, number: AssessmentNumber, answers: Iterable[Answer]) -> None:
        """Insert or replace answers; a replaced one keeps its place.

        Raises ``Frozen`` for a judged assessment, ``NotFound`` for an unknown one.
        """
        given = self._open_answers(number)
        given |= {answer.question: answer for answer in answers}
        self._put_answers(number, given)

    def note(self, number: AssessmentNumber, question: str, words: str) -> None:
        """Set the note to a question, answered or not; empty words delete it.

        Also after the verdict. ``NotFound`` for an unknown assessment.
        """
        self._require(number)
        if not words:
            self._sql.delete_note(assessment=number, question=question)
        elif words != UNREADABLE:  # the marker is no new note: what is stored stays
            self._put_note(number, question, words)

    def retract(self, number: AssessmentNumber, questions: Iterable[str]) -> None:
        """Take answers back; notes stay. ``Frozen`` and ``NotFound`` as ``answer`` raises."""
        given = self._open_answers(number)
        for question in questions:
            given.pop(question, None)
        self._put_answers(number, given)

    def save(self, assessment: Assessment) -> None:
        """Write what was told beside the answers, and the period. Raises as above."""
        number = assessment.number
        self._require_open(number)
        self._sql.save_assessment(**ASSESSMENTS.columns(self._session, assessment))

    def discard(self, number: AssessmentNumber) -> None:
        """Delete an assessment without a verdict. ``Frozen``, ``NotFound`` as above."""
        self._require_open(number)
        self._read.pop(number, None)
        self._answered.discard(number)
        self._sql.delete_assessment(number=number)

    def freeze(self, number: AssessmentNumber, verdict: str, rule: int, now: datetime) -> None:
        """Set the verdict for good, and which rule reached it. Raises as above."""
        self._require_open(number)
        self._read.pop(number, None)
        self._answered.discard(number)
        self._first.clear()
        self._sql.freeze_assessment(
            number=number,
            verdict=verdict,
            rule=rule,
            judged_at=to_seconds(now),
        )

    def copy(self, number: AssessmentNumber, now: datetime) -> Assessment:
        """Start a new assessment with everything of this one but its verdict.

        ``NotFound`` for an unknown one. A note that does not decrypt stays behind. What was closed
        together is an answer like any other in the copy.
        """
        source = self._assessment(self._require(number))
        copied = Assessment(
            number=AssessmentNumber(self._session.next_number("assessment")),
            client=source.client,
            depth=source.depth,
            team=source.team,
            started_at=to_moment(to_seconds(now)),
            last_effort=source.last_effort,
            exhausted=source.exhausted,
            wants_out=source.wants_out,
            tried=source.tried,
            whole=source.whole,
            source=source.number,
            since=source.since,
            answers=tuple(replace(each, quiet=False) for each in source.answers),
            notes={
                question: words for question, words in source.notes.items() if words != UNREADABLE
            },
        )
        self._add(copied)
        for question, words in copied.notes.items():
            self._put_note(copied.number, question, words)
        return copied

    def _add(self, assessment: Assessment) -> None:
        self._sql.add_assessment(**ASSESSMENTS.columns(self._session, assessment))

    def _put_answers(self, number: AssessmentNumber, answers: Mapping[str, Answer]) -> None:
        self._read.pop(number, None)
        self._expected.pop(number, None)
        self._answered.add(number)
        self._sql.put_answers(number=number, answers=_ANSWERS.stored(answers.values()))

    def _open_answers(self, number: AssessmentNumber) -> dict[str, Answer]:
        """Return the answers of an assessment without a verdict, by question, in their order."""
        row = self._read.get(number) or self._require(number)
        if row["judged_at"] is not None:
            raise Frozen(f"assessment {number}")
        return {answer.question: answer for answer in _ANSWERS.read(row["answers"])}

    def _put_note(self, number: AssessmentNumber, question: str, words: str) -> None:
        self._sql.put_note(
            assessment=number,
            question=question,
            words=self._session.seal(self._note_place(number, question), words),
        )

    def _require(self, number: AssessmentNumber) -> Row:
        row = self._row(number)
        if row is None:
            raise NotFound(f"assessment {number}")
        return row

    def _require_open(self, number: AssessmentNumber) -> None:
        if number not in self._answered and self._require(number)["judged_at"] is not None:
            raise Frozen(f"assessment {number}")

    def _row(self, number: AssessmentNumber) -> Row | None:
        expected = self._expected.pop(number, None)
        row: Row | None = expected() if expected else self._sql.get_assessment(number=number)
        if row is not None:
            self._read[number] = row
            if not row["again"]:
                self._first.add(number)
        return row

    def _assessment(self, row: Row) -> Assessment:
        number = AssessmentNumber(row["number"])
        notes: Iterable[tuple[str, bytes]] = ()
        if row["noted"]:
            notes = self._sql.list_notes(assessment=number)
        opened = {
            question: self._session.open(self._note_place(number, question), words)
            for question, words in notes
        }
        return ASSESSMENTS.read(self._session, row, notes=opened)

    def _note_place(self, number: AssessmentNumber, question: str) -> Place:
        return self._session.place("answer_notes", "words", number, question)


def _to_item(answer: Answer) -> str:
    """Return an answer as it is stored: ``question:option`` or ``question:option:quiet``."""
    item = f"{answer.question}:{answer.option}"
    return f"{item}:{_QUIET}" if answer.quiet else item


def _to_tick(told: tuple[str, bool]) -> str:
    """Return an offered sign as it is stored: ``sign``, or ``sign:no`` while it is not ticked."""
    sign, ticked = told
    return sign if ticked else f"{sign}:{_NOT_TICKED}"


def _from_tick(item: str) -> tuple[str, bool]:
    sign, _, mark = item.partition(":")
    return sign, mark != _NOT_TICKED


@lru_cache(maxsize=1024)
def _to_answer(item: str) -> Answer:
    """Read a stored answer; there are but a few hundred different ones."""
    question, option, *quiet = item.split(":")
    return Answer(question, option, bool(quiet))


_ANSWERS = Form(
    lambda answers: " ".join(map(_to_item, answers)),
    lambda text: tuple(map(_to_answer, text.split())),
)
ASSESSMENTS = Table(
    "assessments",
    Assessment,
    others=("notes",),
    answers=_ANSWERS,
    tried=Form(
        lambda signs: " ".join(sorted(signs)),
        lambda text: frozenset(text.split()),
    ),
    told=Form(
        lambda told: " ".join(map(_to_tick, told.items())),
        lambda text: dict(map(_from_tick, text.split())),
    ),
)
