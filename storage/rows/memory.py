"""All repositories over one connection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from storage.migrations import load_migrations, refuse_newer
from storage.records import Export, Owner, Tally
from storage.rows.allowances import AllowanceRows, to_milliseconds
from storage.rows.assessments import AssessmentRows
from storage.rows.clients import ClientRows
from storage.rows.details import DetailRows
from storage.rows.dispatches import DispatchRows
from storage.rows.facts import FactRows
from storage.rows.hindsight import HindsightRows
from storage.rows.invitations import InvitationRows
from storage.rows.judgings import JudgingRows
from storage.rows.letters import LetterRows
from storage.rows.outbox import OutboxRows
from storage.rows.people import PeopleRows
from storage.rows.pictures import PictureRows
from storage.rows.plans import PlanRows
from storage.rows.promises import PromiseRows
from storage.rows.reminders import ReminderRows
from storage.rows.reports import ReportRows
from storage.rows.scratch import ScratchRows
from storage.rows.updates import UpdateRows
from storage.session import OwnedSession, Session, to_seconds

DELETED: Final = timedelta(minutes=10)
"""How long a deleted client or fact is kept, to be brought back."""
SEEN: Final = timedelta(days=7)
"""How long the ids of applied updates are kept; Telegram keeps an update for a day."""

OUTGOING: Final = timedelta(days=2)
"""How long a reply is kept; nobody waits longer for one."""
ENDED: Final = timedelta(days=14)
"""How long a dispatch that has ended is kept; the schedule looks back three days."""

ASIDE: Final = timedelta(days=30)
"""How long an update that could not be handled is kept for a look by hand."""


class Owned:
    """One person's memory within one transaction. There is no way to anybody else's from here."""

    # Each made where it is asked for: a tap needs few of them.
    people = cached_property(lambda self: PeopleRows(self._session))
    clients = cached_property(lambda self: ClientRows(self._session))
    assessments = cached_property(lambda self: AssessmentRows(self._session))
    plans = cached_property(lambda self: PlanRows(self._session))
    details = cached_property(lambda self: DetailRows(self._session))
    facts = cached_property(lambda self: FactRows(self._session))
    letters = cached_property(lambda self: LetterRows(self._session))
    promises = cached_property(lambda self: PromiseRows(self._session))
    hindsight = cached_property(lambda self: HindsightRows(self._session))
    reports = cached_property(lambda self: ReportRows(self._session))
    reminders = cached_property(lambda self: ReminderRows(self._session))
    scratch = cached_property(lambda self: ScratchRows(self._session))
    outbox = cached_property(lambda self: OutboxRows(self._session))
    pictures = cached_property(lambda self: PictureRows(self._session))
    judgings = cached_property(lambda self: JudgingRows(self._session))

    def __init__(self, session: OwnedSession, updates: UpdateRows) -> None:
        """Work with what is ``session.owner``'s."""
        self.owner: Final = session.owner
        self.sealed: Final = session.cipher.sealing
        """False where new texts are stored unsealed, as the operator has decided."""
        self._session: Final = session
        self._updates = updates

    def export(self) -> Export:
        """Return everything stored of the person; deleted but not yet purged clients included."""
        return Export(
            person=self.people.get(),
            clients=self.clients.all(),
            assessments=self.assessments.all(),
            actions=self.plans.all(),
            facts=self.facts.all(),
            letters=self.letters.all(),
            promises=self.promises.all(),
            hindsight=self.hindsight.all(),
            reports=self.reports.all(),
            reminding=self.reminders.stored(),
            rhythms=self.reminders.all_rhythms(),
            cycles=self.reminders.all_cycles(),
            dispatches=self.reminders.all_dispatches(),
            details=self.details.all(),
            authors=self.details.authors(),
            prompt=self.scratch.stored_prompt(),
            held=self.scratch.stored_held(),
            outgoing=self.outbox.get(),
            pictures=self.pictures.all(),
            judgings=self.judgings.all(),
            updates=self._updates.parked_of(self.owner),
            put_aside=self._updates.put_aside_of(self.owner),
        )


class Memory:
    """Everything, within one transaction."""

    def __init__(self, session: Session) -> None:
        """Work with ``session``."""
        self._session = session
        self._sql = session.sql
        self.updates = UpdateRows(session)
        self.dispatches = DispatchRows(session)
        self.invitations = InvitationRows(session)
        self.allowances = AllowanceRows(session)
        self._owned: dict[Owner, Owned] = {}

    def of(self, owner: Owner) -> Owned:
        """Return the memory of one person."""
        found = self._owned.get(owner)
        if found is None:
            found = self._owned[owner] = Owned(self._session.of(owner), self.updates)
        return found

    def purge(self, now: datetime) -> Mapping[str, int]:
        """Delete what has had its time; return how many rows went, by table.

        Clients deleted 10 minutes ago with all that hangs on them, facts deleted 10 minutes ago,
        the words of a reply and the pictures that may tell of either, expired prompts, held texts
        and invitations, judgings that nobody took up or that one of the two has ended, replies kept
        for 2 days, ids of updates applied more than 7 days ago, dispatches that ended and are older
        than 14 days, updates put aside 30 days ago, and which strangers were told on former days.
        Keys that nothing needs any more go soon after.
        """
        seconds = to_seconds(now)
        self._sql.forget_outgoing(before=to_seconds(now - DELETED))
        self._sql.forget_pictures(before=to_seconds(now - DELETED))
        of_clients = int(self._sql.purge_judgings_of_clients(before=to_seconds(now - DELETED)))
        gone = {
            "clients": int(self._sql.purge_clients(before=to_seconds(now - DELETED))),
            "facts": int(self._sql.purge_facts(before=to_seconds(now - DELETED))),
            "prompts": int(self._sql.purge_prompts(before=seconds)),
            "held": int(self._sql.purge_held(before=seconds)),
            "outbox": int(self._sql.purge_outbox(before=to_seconds(now - OUTGOING))),
            "applied_updates": int(self._sql.purge_applied_updates(before=to_seconds(now - SEEN))),
            "allowances": int(self._sql.purge_allowances(before=to_milliseconds(now))),
            "dispatches": int(self._sql.purge_dispatches(before=to_seconds(now - ENDED))),
            "invitations": int(self._sql.purge_invitations(before=seconds)),
            "strangers": int(self._sql.purge_strangers(today=now.date().isoformat())),
            "judgings": of_clients + int(self._sql.purge_judgings(before=seconds)),
            "put_aside": int(self._sql.purge_put_aside(before=to_seconds(now - ASIDE))),
        }
        self._session.cipher.tidy_keys()
        return gone

    def how_it_went(self, least: int) -> tuple[Tally, ...]:
        """Count what all people have answered; nothing that fewer than ``least`` have."""
        return tuple(
            Tally(
                occasion=row["occasion"],
                kind=row["kind"],
                later=row["later"],
                ended=bool(row["ended"]),
                ease=row["ease"],
                answers=row["answers"],
                people=row["people"],
            )
            for row in self._sql.count_hindsight(least=least)
        )

    def probe(self, now: datetime) -> None:
        """Write a row that means nothing: it fails where nothing can be written.

        ``StorageUnusable`` where a newer release has changed the database for good.
        """
        (needed,) = self._sql.get_needed()
        refuse_newer(needed, load_migrations())
        self._sql.probe(now=to_seconds(now))
