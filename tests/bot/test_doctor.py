"""What may keep the bot from running: each fault is found where it is, and told without secrets."""

# ruff: noqa: ASYNC240 - nothing else runs here
from __future__ import annotations

import asyncio
import importlib.metadata
import shutil
import sys
import zoneinfo
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot import doctor
from bot.exits import FAULTS, OK
from bot.local.refusals import Mishap, Refused
from bot.local.server import serve
from bot.local.telegram import Telegram
from bot.operate.clock import SystemClock
from bot.settings import Settings
from bot.telegram.session import JsonSession, RawUpdates
from storage.opening import open_storage
from storage.protocols import Intake
from tests.bot.telegram.proxies import PASSWORD, USER
from tests.canary import TOKEN
from tests.postgres import a_database
from tests.storage.sqlite.first import make_a_database_of_version_1

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DATABASE = "sqlite:///data/coach.db"


class Shifted(SystemClock):
    """Another clock than Telegram's."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return super().now() + self._by


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "WATCHED", 0)
    # What the environment of the tests was made from is no matter here.
    monkeypatch.setattr(doctor.packages, "__defaults__", (tmp_path / "requirements-run.lock",))
    before = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(to=before)


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    it = Telegram(SystemClock().now)
    runner, address = await serve(it, 0, TOKEN)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", address)
    yield it
    await runner.cleanup()


async def examined(clock: SystemClock | None = None) -> tuple[int, dict[str, str]]:
    """Return the exit code, and the lines by what they are about."""
    lines: list[str] = []
    code = await asyncio.to_thread(doctor.examine, clock or SystemClock(), lines.append)
    assert TOKEN not in "".join(lines)
    assert PASSWORD not in "".join(lines)
    return code, {line[7:22].strip(): line for line in lines}


async def fault(what: str, clock: SystemClock | None = None) -> str:
    """Return the only fault, which must be about this."""
    code, lines = await examined(clock)
    faults = {name: line for name, line in lines.items() if line.startswith("FAULT")}
    assert (code, list(faults)) == (FAULTS, [what])
    return faults[what]


async def test_where_all_is_well_every_line_says_so(
    monkeypatch: pytest.MonkeyPatch, telegram: Telegram
) -> None:
    monkeypatch.setattr(doctor, "WATCHED", 1)
    await (await open_storage(DATABASE, Path("data/master.key"), now=NOON)).close()
    code, lines = await examined()
    assert code == OK, lines
    assert list(lines) == [
        "Python",
        "packages",
        "time zones",
        "fonts",
        "settings",
        "disk",
        "keys",
        "database",
        "access",
        "way to Telegram",
        "token",
        "clock",
        "webhook",
        "other readers",
    ]
    assert f"@{telegram.bot['username']}" in lines["token"]


async def test_an_open_door_is_told_with_what_closes_it(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert telegram.bot
    code, lines = await examined()
    assert code == OK
    assert "INVITE_ONLY" in lines["access"]
    assert "access list of @BotFather" in lines["access"]
    monkeypatch.setenv("ALLOWED_USERS", "7 8")
    _, lines = await examined()
    assert "by invitation, and 2 in ALLOWED_USERS" in lines["access"]


async def test_a_fresh_folder_without_a_token_is_in_order_and_nothing_is_made() -> None:
    code, lines = await examined()
    assert code == OK, lines
    assert "local chat" in lines["token"]
    assert list(Path().iterdir()) == []


async def test_an_old_python_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST", (99, 0))
    assert sys.version.split()[0] in await fault("Python")


async def test_a_package_of_another_version_than_the_locked_one_is_named() -> None:
    version = importlib.metadata.version("aiogram")
    Path("requirements-run.lock").write_text(
        f"aiogram=={version} \\\n    --hash=sha256:0\naiohttp==0.0.1 \\\n    --hash=sha256:0\n"
        'nowhere==1.0 ; sys_platform == "win32" \\\n    --hash=sha256:0\nmissing==1.0\n'
        "pytest==0.1 ; python_full_version >= '3.99' \\\n    --hash=sha256:0\n"
        "typst==0.1 ; python_full_version < '3.99' \\\n    --hash=sha256:0\n",
        "utf-8",
    )
    line = await fault("packages")
    assert "aiohttp" in line
    assert "missing missing instead of 1.0" in line
    assert "aiogram" not in line
    assert "nowhere" not in line
    assert "pytest" not in line
    assert "typst" in line


async def test_absent_time_zones_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(key: str) -> Any:  # noqa: ANN401 - never returns
        raise zoneinfo.ZoneInfoNotFoundError(key)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", absent)
    assert "tzdata" in await fault("time zones")


async def test_pdfs_that_cannot_be_set_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: str) -> bytes:
        raise RuntimeError("font not found")

    monkeypatch.setattr(doctor, "pdf", broken)
    assert "RuntimeError" in await fault("fonts")


async def test_a_bad_setting_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATE_LIMIT", "very-secret")
    line = await fault("settings")
    assert "RATE_LIMIT" in line
    assert "very-secret" not in line


async def test_a_full_disk_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(".")._replace(free=5 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    assert "5 MB free" in await fault("disk")


async def test_a_damaged_key_is_a_fault() -> None:
    Path("data").mkdir()
    Path("data/master.key").touch(mode=0o600)
    await fault("keys")


async def test_a_database_that_is_none_is_a_fault(telegram: Telegram) -> None:
    await (await open_storage(DATABASE, Path("data/master.key"), now=NOON)).close()
    Path("data/coach.db").write_bytes(b"no database at all, but long enough to look like one" * 99)
    await fault("database")
    assert telegram.journal


async def test_a_database_of_an_older_release_is_told_and_left_as_it_is(
    telegram: Telegram,
) -> None:
    data = Path("data/coach.db")
    make_a_database_of_version_1(data, Path("data/keys.db"), NOON)
    before = {each.name: each.read_bytes() for each in data.parent.iterdir()}
    code, lines = await examined()
    assert code == OK, lines
    assert "the next start brings it up to date" in lines["database"]
    assert {each.name: each.read_bytes() for each in data.parent.iterdir()} == before
    assert telegram.journal


async def test_a_database_in_use_is_none(telegram: Telegram) -> None:
    storage = await open_storage(DATABASE, Path("data/master.key"), now=NOON, alone=True)
    code, lines = await examined()
    await storage.close()
    assert code == OK, lines
    assert "a bot is working with it" in lines["database"]
    assert "not looked for" in lines["other readers"]
    assert telegram.journal


@pytest.mark.postgres
async def test_a_process_that_polls_beside_a_webhook_is_a_fault(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_database("coach_doctor") as url:
        monkeypatch.setenv("DATABASE_URL", url)
        key = Path("data/master.key")
        storage = await open_storage(url, key, now=NOON, intake=Intake.POLL)
        code, lines = await examined()
        assert code == OK, lines
        assert "not looked for" in lines["other readers"]
        monkeypatch.setenv("WEBHOOK_SECRET", "a-secret-of-the-tests")
        monkeypatch.setenv("WEBHOOK_URL", "https://coach.example/hook")
        code, lines = await examined()
        await storage.close()
    assert code == FAULTS
    assert "another process takes the updates by polling: stop it" in lines["database"]
    assert telegram.journal


async def test_a_refused_token_is_a_fault(telegram: Telegram) -> None:
    telegram.faults = lambda _method, _params: Mishap(refusal=Refused(401, "Unauthorized"))
    assert "@BotFather" in await fault("token")


async def test_no_way_to_telegram_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_PROXY", f"socks5h://{USER}:{PASSWORD}@127.0.0.1:1")
    line = await fault("way to Telegram")
    assert "the proxy does not answer" in line
    assert "BOT_PROXY" in line


async def test_a_server_that_fails_is_told(telegram: Telegram) -> None:
    telegram.faults = lambda _method, _params: Mishap(page=True)
    assert "no answer" in await fault("way to Telegram")


async def test_a_token_sent_in_the_clear_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://relay.invalid")
    _, lines = await examined()
    assert lines["encryption"].startswith("FAULT")


@pytest.mark.parametrize(("by", "word"), [(3600, "ahead of"), (-90, "behind")])
async def test_a_wrong_clock_is_a_fault(telegram: Telegram, by: int, word: str) -> None:
    line = await fault("clock", Shifted(timedelta(seconds=by)))
    assert f"{word} Telegram's" in line
    assert telegram.journal


async def test_a_webhook_is_a_fault(telegram: Telegram) -> None:
    telegram.updates.webhook = "https://elsewhere.example/hook"
    assert "deleteWebhook" in await fault("webhook")


async def test_the_webhook_that_was_asked_for_is_none(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://coach.example/hook"
    monkeypatch.setenv("WEBHOOK_URL", url)
    monkeypatch.setenv("WEBHOOK_SECRET", "a" * 16)
    _, lines = await examined()
    assert "the next start sets it" in lines["webhook"]
    telegram.updates.webhook = url
    _, lines = await examined()
    assert "brings its updates here" in lines["webhook"]
    assert "other readers" not in lines


async def test_another_reader_of_the_updates_is_a_fault(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "WATCHED", 5)
    over = asyncio.Event()

    async def read(address: str) -> None:
        async with Bot(TOKEN, session=JsonSession(address)) as other:
            while not over.is_set():
                with suppress(AiogramError):
                    await other(RawUpdates(timeout=1))
                await asyncio.sleep(0.1)

    address = str(Settings().bot_api_url)
    reading = asyncio.create_task(read(address))
    await asyncio.sleep(0.2)
    assert "stop it" in await fault("other readers")
    over.set()
    await reading
    assert telegram.journal


async def test_looking_confirms_no_update(
    monkeypatch: pytest.MonkeyPatch, telegram: Telegram
) -> None:
    monkeypatch.setattr(doctor, "WATCHED", 1)
    telegram.person(1).send("/start")
    code, lines = await examined()
    assert code == OK, lines
    async with Bot(TOKEN, session=JsonSession(Settings().bot_api_url)) as bot:
        updates = await bot(RawUpdates())
    assert len(updates) == 1
