from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import (
    ClientNumber,
    FactNumber,
    Letter,
    LetterNumber,
    Version,
)
from storage.rows.letters import LetterRows
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS, a_letter

ONE = LetterNumber(1)


@pytest.fixture
async def letter(storage: Storage, now: datetime) -> Letter:
    """The one letter to Anna's one client."""

    def step(memory: Memory) -> Letter:
        memory.of(ANNA).clients.add("Вектор", now)
        return memory.of(ANNA).letters.start(a_letter(now))

    return await storage.write(step)


async def stored(storage: Storage) -> Letter:
    letter = await storage.write(lambda memory: memory.of(ANNA).letters.get(ONE))
    assert letter is not None
    return letter


async def test_a_letter_is_started(storage: Storage, letter: Letter, now: datetime) -> None:
    assert letter == Letter(ONE, ClientNumber(1), "farewell", "warm", "short", "ru", now)
    assert await stored(storage) == letter
    assert await storage.write(lambda memory: memory.of(BORIS).letters.get(ONE)) is None


async def test_a_letter_made_from_another_has_all_but_its_versions(
    storage: Storage, letter: Letter, now: datetime
) -> None:
    source = replace(
        letter,
        filled={"good": "смелые идеи"},
        facts=(FactNumber(2),),
        kept=frozenset({"apology:простите"}),
        version=3,
        started_at=now.replace(microsecond=5),
    )
    copied = await storage.write(lambda memory: memory.of(ANNA).letters.start(source))
    assert copied == replace(source, number=LetterNumber(2), version=0, started_at=now)
    assert await storage.write(lambda memory: memory.of(ANNA).letters.get(copied.number)) == copied
    assert await storage.write(lambda memory: memory.of(ANNA).letters.versions(ONE)) == ()


async def test_what_is_asked_chosen_and_sent_is_saved(
    storage: Storage, letter: Letter, now: datetime
) -> None:
    changed = replace(
        letter,
        tone="firm",
        length="full",
        language="en",
        filled={"state": 'макеты {{ 7*7 }} "в кавычках"\n', "good": "", "end": "5 декабря"},
        facts=(FactNumber(4), FactNumber(1)),
        kept=frozenset({"absolute:всегда", "apology:простите"}),
        version=2,
        done_at=now + timedelta(hours=1),
        sent_on=date(2026, 11, 22),
    )
    frozen = replace(changed, client=ClientNumber(9), kind="refusal", started_at=now.replace(day=1))
    await storage.write(lambda memory: memory.of(ANNA).letters.save(frozen))
    assert await stored(storage) == changed
    assert list((await stored(storage)).filled) == ["state", "good", "end"]

    await storage.write(lambda memory: memory.of(ANNA).letters.save(letter))
    assert await stored(storage) == letter


async def test_a_finding_is_kept_also_before_anything_is_filled_in(
    storage: Storage, letter: Letter
) -> None:
    changed = replace(letter, kept=frozenset({"threat:суд"}))
    await storage.write(lambda memory: memory.of(ANNA).letters.save(changed))
    assert await stored(storage) == changed


async def test_letters_of_a_client_come_newest_first(
    storage: Storage, letter: Letter, now: datetime
) -> None:
    def step(memory: Memory) -> list[int]:
        mine = memory.of(ANNA)
        mine.clients.add("другой", now)
        for client in (1, 2, 1):
            mine.letters.start(a_letter(now, client))
        return [each.number for each in mine.letters.of_client(letter.client)]

    assert await storage.write(step) == [4, 2, 1]


async def test_each_version_is_shown_after_the_one_before(
    storage: Storage, letter: Letter, now: datetime
) -> None:
    later = now + timedelta(minutes=1, microseconds=9)

    def step(memory: Memory) -> list[Version]:
        letters = memory.of(ANNA).letters
        return [letters.add_version(ONE, "раз", now), letters.add_version(ONE, "два", later)]

    added = await storage.write(step)
    assert added == [Version(1, "раз", now), Version(2, "два", now + timedelta(minutes=1))]
    assert await storage.write(lambda memory: memory.of(ANNA).letters.versions(ONE)) == tuple(added)
    assert await storage.write(lambda memory: memory.of(BORIS).letters.versions(ONE)) == ()
    assert await stored(storage) == replace(letter, version=2)


def shown_after(letters: LetterRows, shown: int, words: str, now: datetime) -> list[str]:
    """Show a version, add one after it, and return all."""
    letter = letters.get(ONE)
    assert letter is not None
    letters.save(replace(letter, version=shown))
    letters.add_version(ONE, words, now)
    return [version.words for version in letters.versions(ONE)]


@pytest.mark.usefixtures("letter")
async def test_after_undo_a_new_version_drops_the_later_ones(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> list[list[str]]:
        letters = memory.of(ANNA).letters
        for words in ("раз", "два", "три"):
            letters.add_version(ONE, words, now)
        return [
            shown_after(letters, 3, "четыре", now),
            shown_after(letters, 2, "иначе", now),
            shown_after(letters, 0, "сначала", now),
        ]

    assert await storage.write(step) == [
        ["раз", "два", "три", "четыре"],
        ["раз", "два", "иначе"],
        ["сначала"],
    ]
    assert (await stored(storage)).version == 1


async def test_undo_itself_drops_nothing(storage: Storage, letter: Letter, now: datetime) -> None:
    def step(memory: Memory) -> tuple[Version, ...]:
        letters = memory.of(ANNA).letters
        for words in ("раз", ""):
            letters.add_version(ONE, words, now)
        letters.save(replace(letter, version=1))
        return letters.versions(ONE)

    assert await storage.write(step) == (Version(1, "раз", now), Version(2, "", now))
    assert (await stored(storage)).version == 1


async def test_versions_of_one_letter_leave_those_of_another(
    storage: Storage, letter: Letter, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[Version, ...]:
        letters = memory.of(ANNA).letters
        second = letters.start(letter)
        letters.add_version(second.number, "другое", now)
        letters.add_version(ONE, "раз", now)
        return letters.versions(second.number)

    assert await storage.write(step) == (Version(1, "другое", now),)


async def test_there_is_no_letter_to_an_unknown_client(storage: Storage, now: datetime) -> None:
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(ANNA).letters.start(a_letter(now)))


async def test_an_unknown_letter_does_not_change(
    storage: Storage, letter: Letter, now: datetime
) -> None:
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(BORIS).letters.save(letter))
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(BORIS).letters.add_version(ONE, "моё", now))
    assert await stored(storage) == letter
