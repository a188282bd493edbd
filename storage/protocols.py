"""What any engine promises; the contract tests know no engine, and ``storage.sqlite`` is one.

A step is a plain function of one ``Memory``; ``Storage.write`` runs it inside one transaction and
returns once the commit is durable. There is no ``await`` in a step, so nothing can wait for the
network while the transaction is open, and a tap costs one hop to the writer's thread however many
statements it needs. Several steps may share one commit, each under its own savepoint: a step that
raises undoes only itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime, timedelta

    from storage.records import (
        Action,
        ActionNumber,
        ActionState,
        Answer,
        Assessment,
        AssessmentNumber,
        Census,
        Client,
        ClientNumber,
        Cycle,
        Depth,
        Dispatch,
        DispatchNumber,
        Export,
        Fact,
        FactNumber,
        Held,
        Letter,
        LetterNumber,
        Owner,
        ParkedUpdate,
        Person,
        Promise,
        PromiseNumber,
        Prompt,
        PutAsideUpdate,
        Reminding,
        Report,
        ReportNumber,
        Rhythm,
        UpdateId,
        Version,
    )

T = TypeVar("T")


class People(Protocol):
    """The one person whose memory this is."""

    def get(self) -> Person:
        """Return the person, with the defaults where nothing was ever stored."""

    def save(self, person: Person) -> None:
        """Write everything but ``invited_at``; ``since`` must be set."""

    def moved(self, live_message: int) -> None:
        """Note that another message shows the screen now; nothing for a person without a row."""

    def census(self) -> Census:
        """Count what is stored (deleted clients do not count)."""

    def export(self) -> Export:
        """Return everything stored of the person; deleted but not yet purged clients included."""

    def erase(self) -> None:
        """Delete every row of the person in every table, and, with the commit, their key.

        Numbers begin at 1 again. What the deleted rows leave in the files is gone soon after, or
        when the storage is closed.
        """


class Clients(Protocol):
    """The clients of one person. Deleted ones are found by ``get`` only."""

    def add(self, name: str, now: datetime) -> Client:
        """Add a client, and the person's row where there is none yet."""

    def get(self, number: ClientNumber) -> Client | None:
        """Return the client, also an archived or deleted one, or None."""

    def list(self, *, archived: bool = False) -> tuple[Client, ...]:
        """Return the clients not deleted, by number, the archived or the others."""

    def save(self, client: Client) -> None:
        """Write name, note, archived_at and deleted_at; ``NotFound`` for an unknown client."""


class Assessments(Protocol):
    """The assessments of one person."""

    def start(self, client: ClientNumber, depth: Depth, *, team: bool, now: datetime) -> Assessment:
        """Start an empty assessment; ``NotFound`` for an unknown client."""

    def get(self, number: AssessmentNumber) -> Assessment | None:
        """Return the assessment with its answers and notes, or None."""

    def of_client(self, client: ClientNumber) -> tuple[Assessment, ...]:
        """Return all assessments of a client, oldest first."""

    def judged_before(self, assessment: Assessment) -> Assessment | None:
        """Return the newest judged assessment of the same client before this one, or None."""

    def open(self) -> tuple[Assessment, ...]:
        """Return the assessments without a verdict of clients not deleted, newest first."""

    def answer(self, number: AssessmentNumber, answers: Iterable[Answer]) -> None:
        """Insert or replace answers; a replaced one keeps its place.

        Raises ``Frozen`` for a judged assessment, ``NotFound`` for an unknown one.
        """

    def note(self, number: AssessmentNumber, question: str, words: str) -> None:
        """Set the note to a question, answered or not; empty words delete it.

        Also after the verdict. ``NotFound`` for an unknown assessment.
        """

    def retract(self, number: AssessmentNumber, questions: Iterable[str]) -> None:
        """Take answers back; notes stay. ``Frozen`` and ``NotFound`` as ``answer`` raises."""

    def save(self, assessment: Assessment) -> None:
        """Write depth, tried, last_effort and exhausted. ``Frozen``, ``NotFound`` as above."""

    def freeze(self, number: AssessmentNumber, verdict: str, now: datetime) -> None:
        """Set the verdict for good. ``Frozen``, ``NotFound`` as above."""

    def copy(self, number: AssessmentNumber, now: datetime) -> Assessment:
        """Start a new assessment with everything of this one but its verdict.

        ``NotFound`` for an unknown one. A note that does not decrypt stays behind.
        """


class Details(Protocol):
    """What else is known of one person's clients: asked where it is needed, once, and kept.

    A detail is named by a plain id: ``form.genitive``, ``price.rate``, ``check.access``.
    """

    def of_client(self, client: ClientNumber) -> Mapping[str, str]:
        """Return detail → words; empty for a client without any."""

    def set(self, client: ClientNumber, detail: str, words: str) -> None:
        """Keep a detail; an empty text forgets it. ``NotFound`` for an unknown client."""

    def author_key(self, author: str) -> str:
        """Return a keyed hash of an author, which names nobody without the person's key."""

    def remember_author(self, client: ClientNumber, key: str) -> None:
        """Note that what the author of this key wrote is about this client.

        ``NotFound`` for an unknown client.
        """

    def client_of(self, author: str) -> ClientNumber | None:
        """Return the client (not deleted) an author was last noted with."""


class Facts(Protocol):
    """The dated facts of one person."""

    def add(self, fact: Fact) -> Fact:
        """Insert a fact, and the person's row where there is none yet.

        Its number is given here, the one it carries does not count. ``NotFound`` for an unknown
        client.
        """

    def get(self, number: FactNumber) -> Fact | None:
        """Return the fact, also a deleted one, or None."""

    def of_client(self, client: ClientNumber | None, sign: str | None = None) -> tuple[Fact, ...]:
        """Return the facts not deleted, newest day first; None: those without a client."""

    def latest(self) -> Fact | None:
        """Return the fact touched last, if neither it nor its client is deleted."""

    def save(self, fact: Fact) -> None:
        """Write everything but number and captured_at.

        ``NotFound`` for an unknown fact or client.
        """


class Letters(Protocol):
    """The letters of one person, with all their versions."""

    def start(self, letter: Letter) -> Letter:
        """Insert a letter; its number is given here, and it has no version yet.

        ``NotFound`` for an unknown client.
        """

    def get(self, number: LetterNumber) -> Letter | None:
        """Return the letter or None."""

    def of_client(self, client: ClientNumber) -> tuple[Letter, ...]:
        """Return a client's letters, newest first."""

    def save(self, letter: Letter) -> None:
        """Write everything but number, client, kind and started_at; ``NotFound`` if unknown.

        What was filled in and does not decrypt reads as ``{UNREADABLE: UNREADABLE}``, with nothing
        kept; saved back, that leaves both as they are stored.
        """

    def add_version(self, number: LetterNumber, words: str, now: datetime) -> Version:
        """Add a version after the one that is shown (later ones are dropped) and show it.

        ``NotFound`` for an unknown letter.
        """

    def versions(self, number: LetterNumber) -> tuple[Version, ...]:
        """Return the versions in order; those after the one that is shown were undone."""


class Promises(Protocol):
    """What one person has coming up besides the plans."""

    def add(self, promise: Promise) -> Promise:
        """Insert a promise; its number is given here. ``NotFound`` for an unknown client."""

    def get(self, number: PromiseNumber) -> Promise | None:
        """Return the promise or None."""

    def open(self) -> tuple[Promise, ...]:
        """Return the open ones by due date, then number; none of deleted clients."""

    def save(self, promise: Promise) -> None:
        """Write all but the kind and the subject; ``NotFound`` for an unknown promise or client."""


class Plans(Protocol):
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

    def get(self, number: ActionNumber) -> Action | None:
        """Return the action or None."""

    def of_client(self, client: ClientNumber) -> tuple[Action, ...]:
        """Return the actions of a client by due date, then number."""

    def open(self) -> tuple[Action, ...]:
        """Return the open actions by due date, then number; none of deleted clients."""

    def save(self, action: Action) -> None:
        """Write due, state, words and listed; ``NotFound`` for an unknown action."""

    def set_state(self, numbers: Sequence[ActionNumber], state: ActionState) -> None:
        """Write one state to several actions; unknown numbers are passed over."""


class Reports(Protocol):
    """The weekly reports of one person."""

    def add(self, report: Report) -> Report:
        """Insert a report; its number is given here. ``NotFound`` for an unknown client."""

    def get(self, number: ReportNumber) -> Report | None:
        """Return the report, or None."""

    def of_client(self, client: ClientNumber) -> tuple[Report, ...]:
        """Return all reports of a client, oldest first."""

    def save(self, report: Report) -> None:
        """Write week, items, words and sent_on; ``NotFound`` for an unknown report.

        Items that do not decrypt read as one with the words ``UNREADABLE``; saved back alone, that
        leaves them as they are stored, and among others it goes.
        """


class Reminders(Protocol):
    """What decides when one person is reminded, and of what.

    Every write here, and every write of a promise or an action, of an archived or deleted client or
    of the person's zone, makes the worker think of the person again (``look_again``).
    """

    def get(self) -> Reminding:
        """Return how the person wants to be reminded, the defaults where nothing was stored."""

    def save(self, reminding: Reminding) -> None:
        """Write it; ``NotFound`` for a person without a row."""

    def rhythms(self, today: date) -> tuple[Rhythm, ...]:
        """Return those of clients neither archived nor deleted, by client."""

    def rhythm(self, client: ClientNumber, today: date) -> Rhythm | None:
        """Return that of one client, also of an archived one; None before the first choice."""

    def set_rhythm(self, rhythm: Rhythm) -> None:
        """Write weekday, since and paused_until; ``NotFound`` for an unknown client."""

    def cycle(self, client: ClientNumber, day: date) -> Cycle | None:
        """Return one cycle, or None."""

    def cycles(self, client: ClientNumber) -> tuple[Cycle, ...]:
        """Return all cycles of a client, newest first."""

    def save_cycle(self, cycle: Cycle, read: Cycle | None) -> None:
        """Write a cycle that was read as ``read`` (None: there was none).

        Raises ``Overtaken`` where the stored one has another ``rev`` by now; ``NotFound`` for an
        unknown client.
        """

    def dispatches(self, since: date) -> tuple[Dispatch, ...]:
        """Return what the coach sent by itself for dates from ``since`` on, by number."""

    def adopt(self, number: DispatchNumber, message: int) -> int | None:
        """Note which message of a dispatch the person uses; return the one known before.

        Nothing, and None, for an unknown dispatch. The worker need not think of it.
        """

    def look_again(self) -> None:
        """Have the worker think of the person at once; nothing for a person without a row."""


class Dispatches(Protocol):
    """What the worker works with, over all people. ``now`` is that of its clock."""

    def people(self, now: datetime, limit: int) -> tuple[Owner, ...]:
        """Return those to think of now, the longest waiting first."""

    def look_at(self, owner: Owner, at: datetime | None) -> None:
        """Note when to think of a person next; None for never.

        To be called last in a step: most writes make it "at once" again, see ``Reminders``.
        """

    def claim(self, dispatch: Dispatch) -> Dispatch | None:
        """Insert a dispatch, its number given here; None where that digest is claimed already.

        ``NotFound`` for a person without a row.
        """

    def take(
        self, holder: str, now: datetime, lease: timedelta, limit: int
    ) -> tuple[Dispatch, ...]:
        """Take, for so long, what is under way and to be looked at now.

        Nothing that another worker still holds; a lease that ends later than ``now + lease`` was
        given by a clock that has gone back, and holds nothing. ``wake`` is set to the end of the
        lease, so what was taken is not looked at again before, unless ``save`` says so.
        """

    def get(self, owner: Owner, number: DispatchNumber) -> Dispatch | None:
        """Return a dispatch, or None."""

    def save(self, dispatch: Dispatch) -> bool:
        """Write all but owner, number, kind, epoch, day; False where it is not the holder's now.

        That is: another worker holds it, or it has ended.
        """

    def next_wake(self) -> datetime | None:
        """Return when the next person or dispatch is to be looked at; None for none."""

    def clock_put_right(self, now: datetime) -> None:
        """Take back to now what a clock that ran ahead has put into the future.

        ``effective_from`` of people, ``wake`` of dispatches under way; ``met_at`` of dispatches
        claimed or attempted in the future is set, once. When to think of people next stays: see
        ``look_at_everybody``.
        """

    def computed_with(self, cache: str, version: str) -> bool:
        """Note with which version of its source a cache is computed from now on.

        True where it was computed with another one so far; False the first time.
        """

    def look_at_everybody(self) -> int:
        """Have the worker think at once of all whom it is to think of later; return how many."""


class Scratch(Protocol):
    """The small things that lie open: the prompt and the held text, one of each per person."""

    def prompt(self, now: datetime) -> Prompt | None:
        """Return the prompt unless it has expired."""

    def ask(self, prompt: Prompt | None) -> None:
        """Set or clear the prompt."""

    def held(self, now: datetime) -> Held | None:
        """Return the held text unless it has expired."""

    def hold(self, held: Held | None) -> None:
        """Set or clear the held text."""


class Owned(Protocol):
    """One person's memory within one transaction. There is no way to anybody else's from here."""

    owner: Owner
    sealed: bool
    """False where new texts are stored unsealed, as the operator has decided."""
    people: People
    clients: Clients
    assessments: Assessments
    plans: Plans
    details: Details
    facts: Facts
    letters: Letters
    promises: Promises
    reports: Reports
    reminders: Reminders
    scratch: Scratch


class Updates(Protocol):
    """The ledger of incoming updates."""

    def first_time(self, update_id: UpdateId, now: datetime) -> bool:
        """Note the update as applied; False when it was noted before."""

    def park(self, updates: Iterable[ParkedUpdate]) -> None:
        """Keep updates that wait (again); the body is sealed with the owner's key."""

    def parked(self) -> tuple[ParkedUpdate, ...]:
        """Return all that wait, by update id. One that does not decrypt is put aside instead."""

    def done(self, update_ids: Iterable[UpdateId]) -> None:
        """Forget waiting updates; unknown ids are fine."""

    def put_aside(self, update: ParkedUpdate, reason: str, now: datetime) -> None:
        """Move an update out of the way, with the reason."""

    def put_aside_list(self) -> tuple[PutAsideUpdate, ...]:
        """Return all that were put aside, by update id."""

    def retry(self, update_ids: Iterable[UpdateId], now: datetime) -> int:
        """Park put-aside updates again; returns how many. Only those whose body is readable."""

    def drop(self, update_ids: Iterable[UpdateId]) -> int:
        """Delete put-aside updates; returns how many."""


class Invitations(Protocol):
    """The single-use tokens that let somebody in, kept as hashes, and who came in by one."""

    def add(self, token: str, expires_at: datetime) -> None:
        """Keep the hash of a token, which is good until it is used or has expired."""

    def guests(self, owners: Iterable[Owner]) -> frozenset[Owner]:
        """Return those of the people who came in by an invitation."""

    def redeem(self, token: str, owner: Owner, now: datetime) -> bool:
        """Use a token up and let its bearer in; False for one unknown, used or expired."""


class Memory(Protocol):
    """Everything, within one transaction."""

    updates: Updates
    dispatches: Dispatches
    invitations: Invitations

    def of(self, owner: Owner) -> Owned:
        """Return the memory of one person."""

    def purge(self, now: datetime) -> Mapping[str, int]:
        """Delete what has had its time; return how many rows went, by table.

        Clients deleted 10 minutes ago with all that hangs on them, facts deleted 10 minutes ago,
        expired prompts, held texts and invitations, ids of updates applied more than 7 days ago,
        dispatches that ended and are older than 14 days.
        """

    def probe(self, now: datetime) -> None:
        """Write a row that means nothing: it fails where nothing can be written."""


class Storage(Protocol):
    """The only way in."""

    notices: Sequence[str]
    """What the operator should read of the opening, a line each."""

    async def write(self, step: Callable[[Memory], T]) -> T:
        """Run a step in a transaction; what it did is durable when this returns.

        What the step raises comes out here, with the step undone. If the commit fails, its error
        comes out of every call that shared it, with all of them undone. Cancelling the caller does
        not stop the step.
        """

    async def close(self) -> None:
        """Finish what was accepted and close; ``write`` raises RuntimeError from now on."""


class NotFound(LookupError):  # noqa: N818 - the word of the domain
    """There is no such row for this owner."""


class Frozen(Exception):  # noqa: N818 - the word of the domain
    """A judged assessment does not change."""


class Overtaken(Exception):  # noqa: N818 - the word of the domain
    """What was read has been changed by somebody else since."""


class StorageUnusable(Exception):  # noqa: N818 - the word of the domain
    """The database or the key cannot be used; the text is one line for the operator."""


class StorageBusy(StorageUnusable):
    """Another process works with it; the text is one line for the operator."""
