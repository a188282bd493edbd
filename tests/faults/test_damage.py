"""A damaged file is refused, or everything committed is there."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrations import Migration
from tests.faults import damage
from tests.storage.example import contents


async def damaged(folder: Path, variants: int) -> list[damage.Verdict]:
    """Try so many variants, from a seed of its own, which a failure shows."""
    known = await damage.build(folder / "original")
    first = secrets.randbits(32)
    found = [
        await damage.tried(folder / "damaged", folder / "original", known, first + at)
        for at in range(variants)
    ]
    refused = sum(bool(each.refused) for each in found)
    print(f"seeds from {first}: {variants} variants, {refused} refused")  # noqa: T201 - to play it again
    return found


def faulty(found: list[damage.Verdict]) -> list[damage.Verdict]:
    return [each for each in found if each.faults]


async def test_twenty_damaged_files_are_refused_or_whole(tmp_path: Path) -> None:
    found = await damaged(tmp_path, 20)
    assert faulty(found) == []
    assert any(each.refused for each in found)


@pytest.mark.campaign
async def test_two_hundred_damaged_files_are_refused_or_whole(tmp_path: Path) -> None:
    assert faulty(await damaged(tmp_path, 200)) == []


async def test_a_refusal_of_damage_says_what_helps(tmp_path: Path) -> None:
    await damage.build(tmp_path / "original")
    for name in ("coach.db", "keys.db"):
        known = contents(tmp_path / "original")
        (tmp_path / name).mkdir()
        for each, held in known.items():
            broken = held[: len(held) // 2] if each == name else held
            (tmp_path / name / each).write_bytes(broken)
        (tmp_path / name / "master.key").chmod(0o600)
        verdict = await damage.opened_as(tmp_path / name, {}, damage.Verdict(0, name, "cut"))
        assert name in verdict.refused
        assert "kept as it is, restore a backup" in verdict.refused


async def test_rows_of_another_table_in_a_whole_page_are_refused(tmp_path: Path) -> None:
    await damage.build(tmp_path)
    path = tmp_path / "coach.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE letters SET sent_on = x'07'")  # as one that says nothing of its type
        assert raw.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    verdict = await damage.opened_as(tmp_path, {}, damage.Verdict(0, "coach.db", "whole_page"))
    assert "rows that do not belong to letters" in verdict.refused
    assert "kept as it is, restore a backup" in verdict.refused
    assert verdict.faults == ()


async def test_a_schema_that_is_no_text_is_refused_in_one_line(tmp_path: Path) -> None:
    await damage.build(tmp_path)
    path = tmp_path / "coach.db"
    known = path.read_bytes().replace(b"CREATE TABLE facts", b"CREATE T\x81BLE facts")
    path.write_bytes(known.replace(b"tablefactsfacts", b"table\x81actsfacts"))
    verdict = await damage.opened_as(tmp_path, {}, damage.Verdict(0, "coach.db", "sector"))
    assert "coach.db: the schema is damaged" in verdict.refused
    assert verdict.faults == ()


async def test_a_storage_that_opens_whatever_it_is_given_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_at_nothing(_path: Path, _migrations: tuple[Migration, ...]) -> None:
        """Check nothing."""

    known = await damage.build(tmp_path / "original")
    monkeypatch.setattr("storage.sqlite.engine.refuse_unusable", look_at_nothing)
    for seed in range(200):
        verdict = await damage.tried(tmp_path / "damaged", tmp_path / "original", known, seed)
        if verdict.faults:
            return
    pytest.fail("200 damaged files, and nothing was lost")
