"""Damage the files of a storage in seeded ways and see that nothing is lost in silence.

A damaged file may be refused with one line, and is kept as it is then. Or it is opened, and then
all that was committed is there, and a text that cannot be read says so.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from storage.errors import StorageUnusable
from storage.opening import open_storage
from storage.protocols import Storage
from storage.records import UNREADABLE, Owner
from storage.rows.memory import Memory
from tests.storage.example import a_fact, fill

NOW: Final = datetime(2026, 11, 21, 20, 38, 5, tzinfo=UTC)
PEOPLE: Final = [Owner(owner) for owner in range(1, 13)]
PAGE: Final = 4096
HEADER: Final = 100
INTERIOR: Final = (2, 5)
"""The kinds of pages that have pages below them, and a longer head."""
FILES: Final = ("coach.db", "coach.db", "coach.db", "keys.db")
"""The data are damaged more often: there is more of them."""


def cut(held: bytearray, chance: random.Random) -> None:
    """Truncate, at any byte or at the end of a page."""
    length = chance.randrange(len(held))
    del held[chance.choice((length, length // PAGE * PAGE, 0, HEADER)) :]


def header(held: bytearray, chance: random.Random) -> None:
    """Change a field or two of the file's header."""
    for _ in range(chance.randint(1, 3)):
        at, size = chance.randrange(HEADER), chance.choice((1, 2, 4))
        held[at : at + size] = chance.randbytes(size)


def start_of_page(held: bytearray, chance: random.Random) -> None:
    """Change what a page says of itself: its kind, its free space, how many cells it has."""
    at = _page(held, chance) + chance.randrange(12)
    size = chance.choice((1, 2))
    held[at : at + size] = chance.choice((bytes(size), chance.randbytes(size)))


def pointers(held: bytearray, chance: random.Random) -> None:
    """Change where a page has one of its cells.

    Never what a cell holds: another value that is as good in its place only a checksum of the row
    would tell, and there is none.
    """
    page = _page(held, chance)
    start = page + (12 if held[page] in INTERIOR else 8)
    cells = int.from_bytes(held[page + 3 : page + 5], "big")
    at = start + 2 * chance.randrange(max(cells, 1))
    held[at : at + 2] = chance.choice((held[at + 2 : at + 4], chance.randbytes(2)))


def whole_page(held: bytearray, chance: random.Random) -> None:
    """Lose a page: to zeros, to noise, or to another one in its place."""
    at, other = _page(held, chance), _page(held, chance)
    zeros, noise = bytes(PAGE), chance.randbytes(PAGE)
    held[at : at + PAGE] = chance.choice((zeros, noise, held[other : other + PAGE]))


def swapped_pages(held: bytearray, chance: random.Random) -> None:
    """Put two pages in each other's place."""
    one, two = _page(held, chance), _page(held, chance)
    first, second = held[one : one + PAGE], held[two : two + PAGE]
    held[one : one + PAGE], held[two : two + PAGE] = second, first


def sector(held: bytearray, chance: random.Random) -> None:
    """Lose a sector of the disk."""
    at = chance.randrange(len(held) // 512) * 512
    held[at : at + 512] = chance.choice((bytes(512), chance.randbytes(512)))


KINDS: Final = (cut, header, start_of_page, pointers, whole_page, swapped_pages, sector)


def _page(held: bytearray, chance: random.Random) -> int:
    """Return where a page begins, the first one's after the header."""
    return chance.randrange(len(held) // PAGE) * PAGE or HEADER


@dataclass(frozen=True)
class Verdict:
    """What became of one damaged storage."""

    seed: int
    name: str
    kind: str
    refused: str = ""
    """The line it was refused with."""
    faults: tuple[str, ...] = ()


async def build(folder: Path) -> Mapping[int, Any]:
    """Make a storage with enough in it to fill many pages; return all that it holds."""
    async with _opened(folder) as storage:

        def step(memory: Memory) -> None:
            for owner in PEOPLE:
                for _ in range(3):
                    fill(memory, owner, NOW, f"слова {owner}")
                for at in range(40):
                    memory.of(owner).facts.add(a_fact(NOW, 1, f"факт {at} " * (at + 1)))

        await storage.write(step)
        return await storage.write(everything)


def everything(memory: Memory) -> Mapping[int, Any]:
    """Return all that a storage holds, through every index that a look-up takes."""
    memory.updates.parked()  # what does not decrypt is put aside
    found = {}
    for owner in PEOPLE:
        mine = memory.of(owner)
        whole = asdict(mine.export())
        for client in mine.clients.list():
            whole["clients"] += (mine.clients.get(client.number),)
            whole["facts"] += mine.facts.of_client(client.number)
            whole["letters"] += mine.letters.of_client(client.number)
            whole["assessments"] += mine.assessments.of_client(client.number)
        whole["waiting"] = {update["update_id"] for update in whole["updates"]} | {
            update["update_id"] for update in whole["put_aside"]
        }
        del whole["updates"], whole["put_aside"]
        whole["census"] = mine.people.census()
        found[int(owner)] = whole
    return found


async def tried(folder: Path, original: Path, known: Mapping[int, Any], seed: int) -> Verdict:
    """Damage a copy by a seed, open it, and tell what became of it."""
    chance = random.Random(seed)  # noqa: S311 - repeatable damage
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(original, folder)
    path = folder / chance.choice(FILES)
    kind = chance.choice(KINDS)
    held = bytearray(_read(path))
    kind(held, chance)
    path.write_bytes(held)
    return await opened_as(folder, known, Verdict(seed, path.name, kind.__name__))


async def opened_as(folder: Path, known: Mapping[int, Any], verdict: Verdict) -> Verdict:
    """Open a damaged storage and add to the verdict what became of it."""
    before = _read(folder / verdict.name)
    try:
        async with _opened(folder) as storage:
            found = await storage.write(everything)
    except StorageUnusable as why:
        line = str(why)
        faults = []
        if "\n" in line or not any(name in line for name in ("coach.db", "keys.db")):
            faults.append(f"no clear line: {line!r}")
        if _read(folder / verdict.name) != before:
            faults.append("refused, and changed all the same")
        return replace(verdict, refused=line, faults=tuple(faults))
    except Exception as error:  # noqa: BLE001 - the fault that is looked for
        return replace(verdict, faults=(f"{type(error).__name__}: {error}",))
    return replace(verdict, faults=tuple(differences(known, found)))


def differences(known: Any, found: Any, at: str = "") -> list[str]:  # noqa: ANN401 - any tree of records
    """Return where two trees differ; a text that says that it cannot be read does not."""
    if found in (known, UNREADABLE, {UNREADABLE: UNREADABLE}):
        return []
    if hasattr(known, "__dataclass_fields__"):
        known, found = asdict(known), asdict(found) if found is not None else None
    if isinstance(known, dict) and isinstance(found, dict) and known.keys() == found.keys():
        return [
            each for key in known for each in differences(known[key], found[key], f"{at}.{key}")
        ]
    if isinstance(known, tuple) and isinstance(found, tuple) and len(known) == len(found):
        pairs = enumerate(zip(known, found, strict=True))
        return [each for at2, pair in pairs for each in differences(*pair, f"{at}[{at2}]")]
    return [f"{at}: {str(known)[:60]} is {str(found)[:60]}"]


def _read(path: Path) -> bytes:
    return path.read_bytes()


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[Storage]:
    storage = await open_storage(f"sqlite:///{folder}/coach.db", folder / "master.key", now=NOW)
    try:
        yield storage
    finally:
        await storage.close()
