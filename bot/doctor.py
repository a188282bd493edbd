"""What may keep the bot from running here: one line each, and for each fault what to do.

Nothing is made, changed or confirmed, and no line holds a secret.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from typing import Final

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiohttp import ClientError

from bot.exits import FAULTS, OK, Leave
from bot.operate.clock import Clock
from bot.operate.redaction import ROOT, described
from bot.settings import Settings, read_settings
from bot.telegram.errors import REVOKED
from bot.telegram.session import JsonSession, NotConnected, RawUpdates
from handlers.letters.files import pdf
from storage.errors import StorageBusy, StorageUnusable
from storage.opening import look
from storage.secrets.master import read_master_key
from storage.sqlite.files import files_of

Say = Callable[[str], None]

LOCK: Final = "requirements-run.lock"
OLDEST, NEWEST = (3, 11), (3, 13)
PATIENCE: Final = 10
"""Seconds for a call."""
WATCHED: Final = 6
"""Seconds in which another reader of the updates would ask for them again."""
WRONG_BY: Final = 30.0
"""Seconds by which the clock may differ from Telegram's."""
ROOM: Final = 200
"""Megabytes that must be free beside the data."""
_LOCKED: Final = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*)$", re.MULTILINE)
_OF_VERSIONS: Final = re.compile(r"python_full_version (>=|<) '(\d+)\.(\d+)'")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was looked at, what is there, and what to do about it where it is a fault."""

    what: str
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        mark, remedy = ("FAULT", f": {self.remedy}") if self.remedy else ("ok", "")
        return f"{mark:<6} {self.what:<15} {self.found}{remedy}"


def examine(clock: Clock, say: Say) -> int:
    """Look at everything, say each diagnosis as it is found, and return the exit code."""
    faults = 0

    def note(diagnosis: Diagnosis) -> None:
        nonlocal faults
        faults += bool(diagnosis.remedy)
        say(str(diagnosis))

    for examined in (python, packages, time_zones, fonts):
        note(examined())
    try:
        settings = read_settings()
    except Leave as leave:
        note(Diagnosis("settings", leave.line, "correct the environment or .env"))
        return FAULTS
    note(Diagnosis("settings", "all can be read"))
    asyncio.run(_surroundings(settings, clock, note))
    return FAULTS if faults else OK


def python() -> Diagnosis:
    """Look at the interpreter."""
    found = sys.version.split()[0]
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return Diagnosis("Python", found)
    return Diagnosis("Python", found, "use Python 3.11, 3.12 or 3.13")


def packages(lock: Path = ROOT / LOCK) -> Diagnosis:
    """Compare what is installed with what is locked."""
    if not lock.exists():
        return Diagnosis("packages", "no lock here to compare them with")
    wrong = [
        f"{name} {there or 'missing'} instead of {wanted}"
        for name, wanted, more in _LOCKED.findall(lock.read_text("utf-8"))
        if _is_for_this_python(more)
        and (there := _version(name)) != wanted
        and not (there is None and ";" in more)
    ]
    if not wrong:
        return Diagnosis("packages", "as locked")
    return Diagnosis(
        "packages",
        ", ".join(wrong[:3]) + (f" and {len(wrong) - 3} more" if wrong[3:] else ""),
        f"pip install --no-deps --require-hashes -r {LOCK}",
    )


def _is_for_this_python(marker: str) -> bool:
    """Tell whether a line of a lock speaks of this version: a venv brings some packages itself."""
    found = _OF_VERSIONS.search(marker)
    if found is None:
        return True
    older = sys.version_info[:2] < (int(found[2]), int(found[3]))
    return older == (found[1] == "<")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def time_zones() -> Diagnosis:
    """Look for the pinned time zones."""
    zoneinfo.reset_tzpath(to=())
    try:
        zoneinfo.ZoneInfo("Europe/Moscow")
        return Diagnosis("time zones", f"tzdata {metadata.version('tzdata')}")
    except (zoneinfo.ZoneInfoNotFoundError, metadata.PackageNotFoundError):
        return Diagnosis("time zones", "tzdata is not there", "pip install tzdata")


def fonts() -> Diagnosis:
    """Set the letters of Russian as a letter would be."""
    try:
        page = pdf("".join(map(chr, range(0x410, 0x450))), "-", "ru")
    except Exception as error:  # noqa: BLE001 - whatever it is, there will be no PDF
        found = f"no PDF can be set ({type(error).__name__})"
        return Diagnosis("fonts", found, "reinstall typst, which brings its own")
    return Diagnosis("fonts", f"a letter is set as PDF, {len(page) // 1024} kB")


def access(settings: Settings) -> Diagnosis:
    """Tell who may come in; an open door is no fault."""
    if settings.invite_only or settings.allowed_users:
        listed = len(settings.allowed_users)
        return Diagnosis("access", f"by invitation, and {listed} in ALLOWED_USERS")
    closes = "INVITE_ONLY=true closes it, and so does the access list of @BotFather"
    return Diagnosis("access", f"open to everybody; {closes}")


async def _surroundings(
    settings: Settings, clock: Clock, note: Callable[[Diagnosis], None]
) -> None:
    for diagnosis in (disk(settings), keys(settings)):
        note(diagnosis)
    diagnosis, busy = await database(settings)
    note(diagnosis)
    if settings.bot_token is None:
        note(Diagnosis("token", "none: the local chat is served"))
        return
    note(access(settings))
    session = JsonSession(settings.bot_api_url, settings.ways)
    async with Bot(settings.bot_token.get_secret_value(), session=session) as bot:
        if settings.in_the_clear:
            remedy = "use https, or a server on this machine"
            note(Diagnosis("encryption", "BOT_API_URL is http to another machine", remedy))
        reached = False
        for diagnosis in await token(bot, session):
            note(diagnosis)
            reached = diagnosis.what == "token" and not diagnosis.remedy
        if not reached:
            return
        note(await time_of_day(bot, session, clock))
        webhook = await webhook_set(bot, settings.webhook_url)
        note(webhook)
        if not webhook.remedy and settings.webhook_url is None:
            note(await other_reader(bot, busy=busy))


def _folder(settings: Settings) -> Path:
    try:
        folder = files_of(settings.database, settings.master_key_file).data.parent
    except StorageUnusable:  # a database of another machine
        folder = settings.master_key_file.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def disk(settings: Settings) -> Diagnosis:
    """Look at the room beside the data."""
    folder = _folder(settings)
    free = shutil.disk_usage(folder).free // 2**20
    if not os.access(folder, os.W_OK):
        return Diagnosis("disk", f"{folder} cannot be written to", "give it to the user of the bot")
    if free < ROOM:
        return Diagnosis("disk", f"{free} MB free in {folder}", f"make room: {ROOM} MB at least")
    return Diagnosis("disk", f"{free} MB free in {folder}")


def keys(settings: Settings) -> Diagnosis:
    """Look at the master key."""
    file = settings.master_key_file
    if not file.exists():
        return Diagnosis("keys", f"{file} will be made at the first start")
    try:
        read_master_key(file)
    except (StorageUnusable, OSError) as why:
        return Diagnosis("keys", str(why), "restore the file from its copy, readable by its owner")
    return Diagnosis("keys", f"{file} is whole")


async def database(settings: Settings) -> tuple[Diagnosis, bool]:
    """Look at the data as a start would; also tell whether a bot works with them."""
    here = settings.database.startswith("sqlite:")
    if here and not files_of(settings.database, settings.master_key_file).data.exists():
        return Diagnosis("database", "will be made at the first start"), False
    told = settings.database_name
    try:
        found = await look(settings.database, settings.master_key_file, settings.keys_file)
    except StorageBusy:
        return Diagnosis("database", f"{told}: a bot is working with it"), True
    except StorageUnusable as why:
        return Diagnosis("database", str(why), "see docs/operations.md, or restore a copy"), False
    if others := found.intakes - {settings.intake}:
        ways = " and ".join(sorted(each.value for each in others))
        what = f"{told}: another process takes the updates {ways}"
        return Diagnosis("database", what, "stop it, or give both the same WEBHOOK_URL"), True
    if not found.writable:
        remedy = "look at the disk and its rights"
        return Diagnosis("database", f"{told} cannot be written to", remedy), False
    how = "of an older release: the next start brings it up to date"
    what = f"{told} is {how if found.missing else 'whole, and of this release'}"
    return Diagnosis("database", what), bool(found.intakes)


async def token(bot: Bot, session: JsonSession) -> list[Diagnosis]:
    """Ask Telegram who the bot is, which also shows the way there."""
    try:
        me = await bot.get_me(request_timeout=PATIENCE)
    except NotConnected as why:
        remedy = "set BOT_PROXY, or BOT_API_URL to a relay"
        return [Diagnosis("way to Telegram", f"no connection: {why.explained}", remedy)]
    except (TelegramUnauthorizedError, TelegramNotFound):
        return [Diagnosis("token", "refused", REVOKED.partition("; ")[2])]
    except (AiogramError, OSError) as error:
        remedy = "try again; if it stays so, look at BOT_API_URL and BOT_PROXY"
        return [Diagnosis("way to Telegram", f"no answer ({described(error)})", remedy)]
    way = session.client.way
    return [
        Diagnosis("way to Telegram", "direct" if way == "no proxy" else f"by {way}"),
        Diagnosis("token", f"of @{me.username}"),
    ]


async def time_of_day(bot: Bot, session: JsonSession, clock: Clock) -> Diagnosis:
    """Compare the clock with the date of Telegram's answers."""
    path = session.path(bot, "getMe")
    try:
        answer = await session.client.post(path, b"{}", PATIENCE)
        theirs = parsedate_to_datetime(answer.date or "")
    except (ValueError, TypeError, OSError, ClientError) as error:
        return Diagnosis("clock", f"not compared: no date from the server ({type(error).__name__})")
    off = (clock.now() - theirs).total_seconds()
    if abs(off) <= WRONG_BY:
        return Diagnosis("clock", f"as Telegram's, within {abs(off) + 1:.0f} s")
    found = f"{abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} Telegram's"
    return Diagnosis("clock", found, "set it, and let it be kept: timedatectl set-ntp true")


async def webhook_set(bot: Bot, ours: str | None) -> Diagnosis:
    """Look for a webhook, which keeps the updates from whoever polls; ``ours`` should be set."""
    try:
        info = await bot.get_webhook_info(request_timeout=PATIENCE)
    except (AiogramError, OSError) as error:
        return Diagnosis("webhook", f"not known ({described(error)})", "try again")
    if ours is None:
        if info.url:
            remedy = "delete it: call deleteWebhook"
            return Diagnosis("webhook", "set: it takes the updates", remedy)
        return Diagnosis("webhook", "none")
    if info.url != ours:
        return Diagnosis("webhook", "not WEBHOOK_URL yet: the next start sets it")
    if info.last_error_message and info.pending_update_count:
        what = f"{info.pending_update_count} updates wait: {info.last_error_message}"
        return Diagnosis("webhook", what, "see that WEBHOOK_URL leads to LISTEN")
    return Diagnosis("webhook", "set: Telegram brings its updates here")


async def other_reader(bot: Bot, *, busy: bool) -> Diagnosis:
    """Read the updates for a few seconds, confirming none: another reader interrupts that."""
    what = "other readers"
    if busy:
        return Diagnosis(what, "not looked for: a bot is running here")
    loop = asyncio.get_running_loop()
    until = loop.time() + WATCHED
    try:
        while (left := until - loop.time()) > 0:
            call = RawUpdates(limit=1, timeout=max(1, round(left)))
            if await bot(call, request_timeout=WATCHED + PATIENCE):
                await asyncio.sleep(1)  # there are some, so nothing was waited for
    except TelegramConflictError:
        remedy = "stop it, or take another token"
        return Diagnosis(what, "another process reads this bot's updates", remedy)
    except (AiogramError, OSError) as error:
        return Diagnosis(what, f"not known ({described(error)})", "try again")
    return Diagnosis(what, "none")
