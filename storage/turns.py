"""Whose turn it is to handle a person's updates, where one process is all there is."""

from __future__ import annotations

from storage.protocols import Handled, Storage
from storage.records import Owner
from storage.rows.memory import Memory


class Alone:
    """``storage.protocols.Turns`` of a process that shares its database with no other."""

    def __init__(self, storage: Storage) -> None:
        """Take what holds the inbox."""
        self._storage = storage
        self._held: set[Owner] = set()

    async def take(self, owner: Owner) -> bool:
        """See ``Turns.take``."""
        self._held.add(owner)
        return True

    async def give_back(self, owner: Owner, done: Handled | None = None) -> bool:
        """See ``Turns.give_back``."""
        self._held.discard(owner)
        if done is None:
            return False

        def step(memory: Memory) -> bool:
            memory.updates.settle(done.update_id, owner, done.at)
            return memory.updates.waiting(owner) > 0

        return await self._storage.write(step)

    async def settle(self, owner: Owner, done: Handled) -> None:
        """See ``Turns.settle``."""
        await self._storage.write(
            lambda memory: memory.updates.settle(done.update_id, owner, done.at)
        )

    async def look(self) -> None:
        """See ``Turns.look``."""

    def holds(self, owner: Owner) -> bool:
        """See ``Turns.holds``."""
        return owner in self._held

    async def close(self) -> None:
        """See ``Turns.close``."""
        self._held.clear()
