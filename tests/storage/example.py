"""A person of whom something stands in every table, and the files it stands in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from content.values.reports import Item, ItemKind
from content.values.weeks import Cycle, Rhythm
from storage.protocols import Storage
from storage.records import (
    Afterword,
    Answer,
    ClientNumber,
    Depth,
    Dispatch,
    DispatchKind,
    DispatchNumber,
    Fact,
    FactNumber,
    Held,
    Letter,
    LetterNumber,
    Outgoing,
    Owner,
    ParkedUpdate,
    Person,
    Promise,
    PromiseNumber,
    Prompt,
    Reminding,
    Report,
    ReportNumber,
    SentPicture,
    UpdateId,
)
from storage.rows.memory import Memory

ANNA, BORIS = Owner(11), Owner(22)
MONDAY: Final = date(2026, 11, 23)
UNNUMBERED: Final = 0
"""The number of what is still to be stored."""


def fill(memory: Memory, owner: Owner, now: datetime, words: str = "слова") -> None:
    """Store something of ``owner`` in every table; every free text and name is ``words``."""
    mine = memory.of(owner)
    mine.people.save(Person(owner, language="ru", signature=words, since=now))
    client = mine.clients.add(words, now)
    mine.clients.save(replace(client, note=words, beforehand={"fog": "yes"}))
    assessment = mine.assessments.start(client.number, Depth.FULL, team=False, now=now)
    mine.assessments.answer(assessment.number, [Answer("late_payment", "often")])
    mine.assessments.note(assessment.number, "late_payment", words)
    told = {"late_payment": True, "rudeness": False}
    tried = frozenset({"late_payment"})
    mine.assessments.save(replace(assessment, tried=tried, told=told, since=now.date()))
    mine.plans.add(client.number, assessment.number, "own", date(2026, 12, 1), words)
    mine.details.set(client.number, "form.genitive", words)
    mine.details.remember_author(client.number, mine.details.author_key(words))
    mine.facts.add(replace(a_fact(now, client.number, words), note=words))
    letter = mine.letters.start(replace(a_letter(now, client.number), filled={"good": words}))
    mine.letters.add_version(letter.number, words, now)
    mine.promises.add(replace(a_promise(client.number), words=words))
    mine.hindsight.keep(an_afterword(client.number))
    needed = Item(ItemKind.NEEDED, words, since=now.date())
    report = replace(a_report(now, client.number), items=(needed,), words=words)
    mine.reports.add(replace(report, sent_on=MONDAY))
    reminding = Reminding(weekday=0, holidays="RU", effective_from=now, away_until=MONDAY)
    mine.reminders.save(replace(reminding, silent_since=MONDAY, a_week=3))
    mine.reminders.set_rhythm(Rhythm(client.number, weekday=0, since=MONDAY, paused_until=MONDAY))
    week = replace(a_cycle(), snoozed_until=MONDAY, again_at=now, closed_at=now)
    mine.reminders.save_cycle(client.number, week, None)
    memory.dispatches.claim(a_sent_one(now, owner, client.number))
    mine.scratch.ask(Prompt("note", "1:late_payment", now + timedelta(hours=1)))
    mine.scratch.hold(a_held(now, words))
    mine.judgings.ask(client.number, now + timedelta(days=7))
    look = mine.pictures.look_of(words)
    mine.pictures.keep(SentPicture("scale:1", client.number, look, words))
    mine.outbox.keep(Outgoing(UpdateId(owner * 100 + 2), words, former=(4,)), now)
    body = words.encode()
    memory.updates.park([ParkedUpdate(UpdateId(owner * 100), owner, body, now)])
    poison = ParkedUpdate(UpdateId(owner * 100 + 1), owner, body, now, tries=3)
    memory.updates.put_aside(poison, "ValueError at steps.py:1", now)


def a_held(now: datetime, words: str) -> Held:
    """Return a forwarded text that waits to be sorted."""
    expires = now + timedelta(hours=24)
    return Held(words, 5, expires, said_at=now, author="a1", note=words, former=(3, 4))


def a_fact(now: datetime, client: int | None = None, words: str = "звонил ночью") -> Fact:
    """Return a fact of today, not yet stored."""
    about = None if client is None else ClientNumber(client)
    return Fact(FactNumber(UNNUMBERED), about, now.date(), words, now, now, "forward")


def a_letter(now: datetime, client: int = 1) -> Letter:
    """Return an empty farewell, not yet stored."""
    number, about = LetterNumber(UNNUMBERED), ClientNumber(client)
    return Letter(number, about, "farewell", "warm", "short", "ru", now)


def an_afterword(client: int = 1, promise: int = 1) -> Afterword:
    """Return the answer that it is easier, a month after a letter, not yet stored."""
    number, about = PromiseNumber(promise), ClientNumber(client)
    return Afterword(number, about, "letter", 1, "last_effort", 30, False, "better", MONDAY)


def a_promise(client: int | None = None, due: date = date(2026, 12, 5)) -> Promise:
    """Return an open probation, not yet stored."""
    about = None if client is None else ClientNumber(client)
    return Promise(PromiseNumber(UNNUMBERED), about, "probation", due)


def a_report(now: datetime, client: int = 1) -> Report:
    """Return an empty report of this week, not yet stored."""
    return Report(ReportNumber(UNNUMBERED), ClientNumber(client), MONDAY, now)


def a_cycle(day: date = MONDAY) -> Cycle:
    """Return an open week, not yet stored."""
    return Cycle(day, open_since=day)


def a_dispatch(now: datetime, owner: Owner = ANNA, day: date = MONDAY) -> Dispatch:
    """Return a digest, claimed now by worker ``one`` for 30 seconds, not yet stored."""
    return Dispatch(
        owner,
        DispatchNumber(UNNUMBERED),
        DispatchKind.DIGEST,
        epoch=0,
        day=day,
        claimed_at=now,
        not_after=now + timedelta(hours=12),
        wake=now,
        holder="one",
        lease=now + timedelta(seconds=30),
    )


def a_sent_one(now: datetime, owner: Owner, client: ClientNumber) -> Dispatch:
    """Return what was sent to say it again about one client, at the second go."""
    return replace(
        a_dispatch(now, owner),
        kind=DispatchKind.AGAIN,
        client=client,
        week=MONDAY,
        met_at=now,
        doubtful=1,
        attempted_at=now,
        not_before=now + timedelta(seconds=3),
        carried=(f"week:{client}:{MONDAY}", "action:1"),
        message=9,
        ending="sent",
    )


async def swept(storage: Storage) -> None:
    """Wait until nothing is left in the files of what was erased."""
    async with asyncio.timeout(10):
        while await storage.write(_any_erasures):  # noqa: ASYNC110 - nobody tells when
            await asyncio.sleep(0.05)


def _any_erasures(memory: Memory) -> bool:
    return bool(list(memory._sql.list_erasures()))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def read(path: Path) -> bytes:
    """Read a file."""
    return path.read_bytes()


def mode(path: Path) -> int:
    """Return who may do what with a file."""
    return path.stat().st_mode & 0o777


def write(path: Path, data: bytes) -> None:
    """Write a file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
