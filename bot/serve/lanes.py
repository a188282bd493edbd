"""In order within a chat, in parallel across chats."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lanes(Generic[T]):
    """A queue and a task for each chat while it has work; an idle chat costs nothing."""

    def __init__(self, work: Callable[[T], Awaitable[None]]) -> None:
        """Take what is done with each item; it handles its own errors."""
        self._work = work
        self._queues: dict[int, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, lane: int, item: T) -> None:
        """Queue an item behind the others of its lane."""
        queue = self._queues.get(lane)
        if queue is not None:
            queue.append(item)
            return
        self._queues[lane] = deque([item])
        task = asyncio.create_task(self._run(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def crowded(self, lane: int) -> bool:
        """Tell whether something waits behind the item in hand."""
        return self.waiting(lane) > 1

    def waiting(self, lane: int) -> int:
        """Return how many items a lane holds, the one in hand included."""
        return len(self._queues.get(lane, ()))

    def busy(self) -> int:
        """Return how many lanes have work."""
        return len(self._queues)

    async def drain(self, seconds: float) -> None:
        """Let the lanes finish for so long, then cancel the rest."""
        tasks = set(self._tasks)
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, lane: int) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                await self._work(queue[0])
                queue.popleft()
        finally:
            del self._queues[lane]
