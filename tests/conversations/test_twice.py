"""A step may run more than once: undone after its first run, it says and keeps the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from storage.protocols import Storage
from tests.conversations.stage import Stage, staged


class _UndoneError(Exception):
    pass


class Twice:
    """A storage that runs each step, undoes it, and runs it again."""

    def __init__(self, storage: Any) -> None:  # noqa: ANN401 - whatever the engine offers
        self._storage = storage
        self.undone = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._storage, name)

    async def write(self, step: Callable[..., Any], *known: Any) -> Any:  # noqa: ANN401
        def broken_off(memory: Any) -> None:  # noqa: ANN401
            step(memory)
            raise _UndoneError

        with suppress(_UndoneError):
            await self._storage.write(broken_off, *known)
            raise AssertionError("a step that raises has to be undone")
        self.undone += 1
        return await self._storage.write(step, *known)


async def conversation(stage: Stage) -> list[str]:
    """Go through most rooms, and return what every screen said."""
    said = [await stage.say("/start"), await stage.client("Ольга")]
    said.append(await stage.assess(late_payment="often"))
    said.append(await stage.say("/fact опять не заплатил, просит подождать до зарплаты"))
    said.append(await stage.say("/report"))
    said.append(await stage.say("/letter"))
    said += [await stage.say(command) for command in ("/reminders", "/settings", "/clients")]
    return said


async def rows_and_words(
    folder: Path, through: Callable[[Storage], Storage]
) -> tuple[dict[str, int], list[str]]:
    async with staged(folder, through=through) as stage:
        said = await conversation(stage)
        await stage.in_order()
        return stage.rows(), said


# Invariant I19.
async def test_a_step_that_runs_twice_says_and_keeps_the_same(tmp_path: Path) -> None:
    made: list[Twice] = []

    def twice(storage: Storage) -> Storage:
        made.append(Twice(storage))
        return cast("Storage", made[0])

    folders = [tmp_path / "once", tmp_path / "twice"]
    for folder in folders:
        folder.mkdir()
    once = await rows_and_words(folders[0], lambda storage: storage)
    assert await rows_and_words(folders[1], twice) == once
    assert made[0].undone > len(once[1])
