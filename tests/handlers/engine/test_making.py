"""Files and pictures are made beside the taps, and give way to them."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time

import pytest

from handlers.engine.making import AT_ONCE, GIVES_WAY_BY, LOWEST, made


async def test_two_are_made_at_a_time_and_the_others_wait() -> None:
    working, most = 0, 0
    lock = threading.Lock()

    def work() -> bytes:
        nonlocal working, most
        with lock:
            working += 1
            most = max(most, working)
        time.sleep(0.02)
        with lock:
            working -= 1
        return b"made"

    assert await asyncio.gather(*(made(work) for _ in range(5))) == [b"made"] * 5
    assert most == AT_ONCE


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priority")
async def test_what_is_made_gives_way_to_the_taps() -> None:
    def own() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    there = int(await made(lambda: str(own()).encode()))
    assert there == min(own() + GIVES_WAY_BY, LOWEST)
