"""Pictures, as they are known by what they show."""

from __future__ import annotations

from datetime import datetime

from storage.protocols import Storage
from storage.records import SentPicture
from storage.rows.memory import Memory
from tests.storage.example import ANNA


async def test_a_picture_is_found_by_its_look_alone(storage: Storage, now: datetime) -> None:
    def step(memory: Memory) -> tuple[str, str, str]:
        mine = memory.of(ANNA)
        client = mine.clients.add("Вектор", now)
        look, other = mine.pictures.look_of("six steps"), mine.pictures.look_of("five steps")
        mine.pictures.keep(SentPicture("scale:1", client.number, look, "file"))
        found = mine.pictures
        return (
            found.file_of("scale:1", look),
            found.file_of("scale:1", other),
            found.file_of("scale:2", look),
        )

    assert await storage.write(step) == ("file", "", "")
