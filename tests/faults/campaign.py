"""All faults there are, each with its controls, and the table of what came of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults import (
    disk,
    joined,
    kills,
    migrations,
    network,
    reminding,
    replies,
    strange,
    timed,
)
from tests.faults.games import Fault, Scene
from tests.faults.players import Found

ALL = 0
"""As often as there are places for it."""
KILLED = "the answer, after the next start; to what was typed maybe twice"
LATER = "the answer, as soon as it is over"
CHANCES = 3
"""Plays in which a control may be caught: no seed repeats the moments at which processes meet."""
IMPATIENT = ("waits for nothing",)

FAULTS = (
    Fault("`kill -9` at random", KILLED, kills.at_random, 60, 3, ("confirms first",)),
    Fault(
        "`kill -9` at a named point of a transaction or a call",
        KILLED,
        kills.at_points,
        ALL,
        2,
        ("no transactions", "forgets which updates it knows"),
    ),
    Fault(
        "`kill -9` between claim, attempt and call of a reminder, once a day",
        "each day's list; maybe a silent copy",
        reminding.killed,
        20,
        1,
        (timed.HASTY,),
    ),
    Fault(
        "SIGTERM with 20 in flight",
        "the answer, before it ends or after the next start",
        kills.sigterm,
        3,
        1,
        ("drops what is in hand",),
    ),
    Fault(
        "migration killed at a statement",
        "nothing: the next start finishes",
        migrations.killed,
        ALL,
        4,
        ("no transactions",),
    ),
    Fault("disk full for 3 s, the log's too", LATER, disk.full, 2, 1, IMPATIENT, daily=False),
    Fault("database read-only for 3 s", LATER, disk.read_only, 2, 1, IMPATIENT, daily=False),
    Fault(
        "read-only file system at the start",
        "the answer, once it is mended; the operator one line, exit code 78",
        disk.read_only_at_start,
        2,
        1,
        ("goes on somewhere else",),
        daily=False,
    ),
    Fault("database locked for 3 s", LATER, disk.locked_3_s, 2, 1, IMPATIENT, daily=False),
    Fault("database locked for 30 s", LATER, disk.locked_30_s, 1, 1, IMPATIENT, daily=False),
    Fault(
        "every call refused with 429 for 3 s",
        LATER,
        network.too_many_requests,
        3,
        1,
        IMPATIENT,
        daily=False,
    ),
    Fault(
        "every call refused with 500 or an HTML 502",
        LATER,
        network.broken,
        4,
        1,
        IMPATIENT,
        daily=False,
    ),
    Fault(
        "answers lost after Telegram applied the call",
        "the answer; what was sent anew comes twice",
        network.lost_answers,
        10,
        3,
        ("forgets which updates it knows",),
    ),
    Fault(
        "one call of a file, an undo or a search fails, or `kill -9` there",
        "all of it; what was sent anew comes twice",
        replies.failing,
        ALL,
        1,
        ("forgets what it was about to say",),
        daily=False,
    ),
    Fault(
        "3 s for every call",
        "the answer after two calls, whoever else waits",
        network.slow,
        2,
        1,
        ("one queue for all",),
        daily=False,
    ),
    Fault("no network at the start", LATER, network.none_at_start, 2, 1, IMPATIENT, daily=False),
    Fault(
        "token revoked",
        "the answer, with the next token; the operator one line, exit code 78",
        network.revoked,
        2,
        1,
        ("believes in a refused token",),
        daily=False,
    ),
    Fault(
        "updates that nobody can read",
        "nothing of it",
        strange.poison,
        600,
        20,
        ("reads a batch as a whole",),
        daily=False,
    ),
    Fault(
        "updates waiting at the start",
        "the answer, in order",
        strange.backlog,
        10_000,
        300,
        ("takes all at once",),
        daily=False,
    ),
    Fault(
        "update ids beginning again, lower",
        "the answer",
        strange.ids_again,
        3,
        1,
        ("compares ids by size",),
    ),
    Fault(
        "blocked with an answer on the way",
        "all of it, on coming back",
        strange.blocked,
        4,
        1,
        IMPATIENT,
    ),
    Fault(
        "the clock set a day ahead or back",
        "the answer",
        strange.clock_jumps,
        10,
        1,
        ("skips what looks old",),
        daily=False,
    ),
    Fault(
        "a damaged file",
        "nothing of it; the operator one line, exit code 78, and the file is kept",
        joined.damaged,
        200,
        1,
        ("opens whatever it is given",),
        daily=False,
    ),
    Fault(
        "a second bot on the same database",
        "nothing of it; the operator one line, exit code 75",
        joined.second_instance,
        3,
        1,
        ("locks nothing",),
        daily=False,
    ),
)

HEAD = """# What has been broken, and what came of it

Made by `make faults`. Every line is played over HTTP: the bot and the in-memory Telegram are
processes of their own, people talk to the bot as fast as it answers, and a ledger of what they told
it is compared with its database afterwards. *Lost* counts what the bot does not know, never
answered or answered otherwise than it was about to, *doubled* what it believes twice. A control is
the same play with a bot that makes one mistake on purpose; a harness that does not catch it proves
nothing.

| Fault | Times | Lost | Doubled | What people see | Control |
|---|--:|--:|--:|---|---|
"""


@dataclass(frozen=True)
class Result:
    """A line of the table."""

    fault: str
    times: int
    lost: int
    doubled: int
    saw: str
    control: str
    """The mistakes that were caught; one that was not says so."""
    holds: bool
    """Nothing was lost or doubled, and every control was caught."""

    def row(self) -> str:
        """Return the line as Markdown."""
        cells = (self.fault, self.times, self.lost, self.doubled, self.saw, self.control)
        return f"| {' | '.join(map(str, cells))} |"


async def play(fault: Fault, folder: Path, seed: int, times: int) -> tuple[Result, Found]:
    """Play a fault and its controls; return the line and what was found with the bot as it is.

    The seed repeats what people and faults do, not the moments at which processes meet.
    """
    found = await fault.play(_scene(folder / "bot", seed, times))
    caught = {
        wrong: await _caught(fault, wrong, folder / f"control{at}", seed)
        for at, wrong in enumerate(fault.wrongs)
    }
    said = ", ".join(
        f"“{wrong}” caught" if was else f"**“{wrong}” not caught**" for wrong, was in caught.items()
    )
    result = Result(
        fault.name,
        times or found.played,
        len(found.lost),
        len(found.doubled),
        fault.saw,
        said,
        holds=not found and all(caught.values()),
    )
    return result, found


async def _caught(fault: Fault, wrong: str, folder: Path, seed: int) -> bool:
    for chance in range(CHANCES):
        place = folder / str(chance)
        if await fault.play(_scene(place, seed + chance, fault.share, wrong)):
            return True
    return False


def _scene(folder: Path, seed: int, times: int, wrong: str = "") -> Scene:
    folder.mkdir(parents=True)
    chance = random.Random(seed)  # noqa: S311 - a repeatable game
    return Scene(folder, chance, times, wrong)


def document(results: Iterable[Result], beside: Sequence[str] = ()) -> str:
    """Return ``docs/reliability.md``; ``beside`` are paragraphs below the table."""
    return (
        HEAD
        + "".join(f"{each.row()}\n" for each in results)
        + "".join(f"\n{each}\n" for each in beside)
    )
