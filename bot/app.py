"""The composition root: everything is made here and handed on; nothing is global."""

from __future__ import annotations

import asyncio
import gc
import random
import secrets
import signal
import zoneinfo
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError, TelegramNotFound

from bot.exits import CONFIG, SOFTWARE, UNAVAILABLE, Leave, leaving
from bot.operate.clock import Clock, MovableClock
from bot.operate.counters import CountCalls, Counters
from bot.operate.health import Health, health_page
from bot.operate.logs import log_lost_errors
from bot.operate.watchdog import watched
from bot.reminders import PER_SECOND, Reminders
from bot.serve import mending
from bot.serve.access import Access
from bot.serve.inbox import Inbox
from bot.serve.ingest import Ingest
from bot.serve.rate import Rate
from bot.serve.services import Services
from bot.serve.subscription import Subscription, leave_webhook
from bot.serve.waiting import unless
from bot.serve.webhook import Webhook, listening
from bot.serve.worker import Feed
from bot.settings import ReminderDelivery, Settings
from bot.telegram.errors import REVOKED, Meaning, described, meaning, waits
from bot.telegram.session import JsonSession
from content.knowledge import Knowledge
from content.loading import load
from handlers.engine import delivery
from handlers.engine.frame import Arrival, Frame
from handlers.engine.router import Coach, make_router, tap
from handlers.engine.wording import menu
from handlers.topics import JOINED
from storage.errors import StorageUnusable
from storage.opening import open_storage
from storage.protocols import Intake
from storage.records import Owner
from storage.rows.memory import Memory

log = structlog.get_logger()

CROWD = 8
"""Chats being answered at once, from which on reminders step back."""
TEND_EVERY = 60.0
"""Seconds between two rounds of clearing away what has had its time."""


@dataclass(frozen=True, slots=True)
class Process:
    """What lives as long as the process; nothing is global."""

    settings: Settings
    coach: Coach
    clock: Clock
    counters: Counters
    stopping: asyncio.Event
    say: Callable[[str], None]
    """Is given what the operator should read."""


async def run(settings: Settings, clock: Clock, say: Callable[[str], None]) -> None:
    """Serve until told to end: Telegram where there is a token, else the local chat.

    ``say`` is given what the operator should read. Raises ``Leave`` where there is no going on.
    """
    log_lost_errors(asyncio.get_running_loop())
    stopping = asyncio.Event()
    movable = None if settings.bot_token else MovableClock(clock)
    with _set_by_signals(stopping):
        async with opened(
            settings.database,
            settings.master_key_file,
            movable or clock,
            keys_file=settings.keys_file,
            sealing=settings.encryption,
            intake=settings.intake,
        ) as coach:
            for notice in coach.storage.notices:
                log.warning("the storage says", notice=notice)
            counters = Counters(movable or clock)
            health = Health(counters, coach.storage, movable or clock, stopping)
            process = Process(settings, coach, movable or clock, counters, stopping, say)
            async with health_page(health, settings.health_port, settings.health_host):
                if movable:
                    await _run_local(process, movable)
                else:
                    await _run_telegram(process)


@asynccontextmanager
async def opened(  # noqa: PLR0913 - what an operator decides, each by its name
    database: str,
    master_key_file: Path,
    clock: Clock,
    *,
    keys_file: Path | None = None,
    sealing: bool = True,
    intake: Intake | None = None,
) -> AsyncIterator[Coach]:
    """Open the storage and load the knowledge. Raises ``Leave`` where one cannot be used."""
    # The machine's own time zones may be a year old: the pinned package is the one that holds.
    zoneinfo.reset_tzpath(to=())
    with leaving():
        knowledge = load()
        storage = await open_storage(
            database,
            master_key_file,
            now=clock.now(),
            keys_file=keys_file,
            sealing=sealing,
            alone=True,
            intake=intake,
        )
    try:
        yield Coach(frame=Frame(JOINED, knowledge), storage=storage, now=clock.now)
    finally:
        await storage.close()


def make_feed(services: Services, coach: Coach) -> Feed:
    """Return what gives an update to the conversations."""
    dispatcher = Dispatcher(disable_fsm=True, coach=coach)
    dispatcher.include_router(make_router())

    async def feed(raw: Mapping[str, Any], arrival: Arrival) -> None:
        if arrival.sent is None:
            await tap(arrival, services.bot, coach)
        else:
            update = mending.read(raw, services.bot)
            await dispatcher.feed_update(services.bot, update, arrival=arrival)

    return feed


def make_ingest(
    services: Services, coach: Coach, *, access: Access | None = None, rate_limit: int = 0
) -> Ingest:
    """Join a bot's updates to the conversations; by default anybody may come, at any pace."""
    feed = make_feed(services, coach)
    return Ingest(services, feed, access or Access(), Rate(rate_limit))


def make_inbox(
    services: Services, coach: Coach, *, access: Access | None = None, rate_limit: int = 0
) -> Inbox:
    """Do the same for what a webhook brings."""
    return Inbox(
        services,
        make_feed(services, coach),
        access or Access(),
        rate_limit=rate_limit,
        begins=coach.shown.forget,
    )


def make_services(
    bot: Bot,
    coach: Coach,
    clock: Clock,
    stopping: asyncio.Event,
    counters: Counters | None = None,
) -> Services:
    """Return what a bot's ingest works with."""
    return Services(
        bot=bot,
        storage=coach.storage,
        words=coach.frame.words,
        clock=clock,
        counters=counters or Counters(clock),
        chance=random.Random(),  # noqa: S311 - spreads waits  # nosec B311
        stopping=stopping,
    )


def make_reminders(  # noqa: PLR0913 - what the operator decides, each by its name
    services: Services,
    coach: Coach,
    ingest: Ingest | Inbox,
    *,
    at_most_once: bool = False,
    admits: Callable[[Memory, Owner], bool] = lambda _memory, _owner: True,
    per_second: int = PER_SECOND,
) -> Reminders:
    """Return the worker that reminds a bot's people; the answers of the ingest go first."""
    return Reminders(
        services.bot,
        coach.storage,
        render=coach.frame.notice,
        clock=services.clock,
        chance=services.chance,
        holder=secrets.token_hex(8),
        zones=import_module("tzdata").IANA_VERSION,
        at_most_once=at_most_once,
        crowded=lambda: ingest.busy() > CROWD,
        admits=admits,
        per_second=per_second,
        counters=services.counters,
    )


async def _run_telegram(process: Process) -> None:
    settings, coach, say = process.settings, process.coach, process.say
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    session = JsonSession(settings.bot_api_url, settings.ways)
    async with Bot(token, session=session) as bot:
        name = await unless(process.stopping, introduced(bot))
        if name is None:
            return
        coach.frame.bot_name = name
        by = f" by {session.client.way}" if settings.ways else ""
        say(f"Telegram: @{name} at {settings.bot_api_url}{by}, database {settings.database_name}")
        if settings.in_the_clear:
            say("BOT_API_URL is http: the token and all texts go to another machine in the clear")
        _tell(coach, say)
        if not settings.allowed_users and not settings.invite_only:
            say("ALLOWED_USERS is empty: open to everybody")
        await serve(bot, process)


async def _run_local(process: Process, clock: MovableClock) -> None:
    # The in-memory Telegram: what serves the real one has no need of it.
    from bot.local.chat import start_chat  # noqa: PLC0415
    from bot.local.clock_control import ClockControl  # noqa: PLC0415
    from bot.local.session import local_bot  # noqa: PLC0415
    from bot.local.telegram import Telegram  # noqa: PLC0415

    coach, say = process.coach, process.say
    telegram = Telegram(clock.now)
    telegram.profile["name"] = {
        language: words.texts("common.cover").partition(" · ")[0]
        for language, words in coach.frame.knowledge.languages.items()
    }
    control = ClockControl(
        clock, partial(coach.storage.write, lambda memory: memory.dispatches.next_wake())
    )
    try:
        runner, address = await start_chat(telegram, control=control)
    except OSError:
        raise Leave(UNAVAILABLE, "no free port for the local chat from 8080 to 8180") from None
    try:
        say(f"No BOT_TOKEN: local chat at {address}, database {process.settings.database_name}")
        _tell(coach, say)
        async with local_bot(telegram) as bot:
            await serve(bot, process)
    finally:
        await runner.cleanup()


def _tell(coach: Coach, say: Callable[[str], None]) -> None:
    """Repeat to the operator what the opening of the storage had to say."""
    for notice in coach.storage.notices:
        say(notice)


async def introduced(bot: Bot) -> str:
    """Return the bot's user name, once there is a network. Raises ``Leave`` for a refused token."""
    for pause in waits(random.Random()):  # noqa: S311 - spreads the tries of several bots  # nosec B311
        try:
            me = await bot.get_me()
        except TelegramNotFound:  # what Telegram answers to a token of the wrong form
            break
        except (AiogramError, OSError) as error:
            what = meaning(error)
            if what is not Meaning.WAIT:
                break
            log.warning("telegram does not answer", error=described(error), seconds=round(pause, 1))
            await asyncio.sleep(pause)
        else:
            return me.username or me.full_name
    raise Leave(CONFIG, REVOKED)


async def serve(bot: Bot, process: Process) -> None:
    """Handle updates and remind people until the process is to end.

    Raises ``Leave`` where there is no going on.
    """
    settings, coach, stopping = process.settings, process.coach, process.stopping
    log.info("serving", database=coach.storage.engine)
    access = Access(settings.allowed_users, invite_only=settings.invite_only)
    services = make_services(bot, coach, process.clock, stopping, process.counters)
    make = make_inbox if settings.webhook_url else make_ingest
    ingest = make(services, coach, access=access, rate_limit=settings.rate_limit)
    bot.session.middleware(CountCalls(process.counters))
    process.counters.lanes.set_function(ingest.busy)
    once = settings.reminder_delivery is ReminderDelivery.AT_MOST_ONCE
    reminders = make_reminders(
        services,
        coach,
        ingest,
        at_most_once=once,
        admits=access.reminds,
        per_second=settings.reminders_per_second,
    )
    reminding = asyncio.create_task(_remind(reminders, stopping))
    chores = [
        asyncio.create_task(_tend(coach, ingest)),
        asyncio.create_task(_introduce(bot, coach.frame.knowledge)),
    ]
    spare_the_collector()
    try:
        with watched(process.counters):
            if isinstance(ingest, Inbox):
                await _run_inbox(ingest, services, process)
            else:
                if settings.bot_token:
                    await leave_webhook(services, process.say)
                await ingest.run()
    finally:
        stopping.set()
        for chore in chores:
            chore.cancel()
        ended, *_ = await asyncio.gather(reminding, *chores, return_exceptions=True)
    if isinstance(ended, BaseException):
        raise ended


async def _run_inbox(inbox: Inbox, services: Services, process: Process) -> None:
    """Listen, have Telegram bring its updates, and handle them until the process is to end."""
    settings = process.settings
    assert settings.webhook_url  # noqa: S101 - else the updates are asked for
    assert settings.webhook_secret  # noqa: S101 - the settings are refused without
    secret, path = settings.webhook_secret.get_secret_value(), urlsplit(settings.webhook_url).path
    subscription = Subscription(services, settings.webhook_url, secret)
    webhook = Webhook(secret, path, inbox.receive, process.stopping)
    async with listening(webhook, *settings.listens_at):
        process.say(f"webhook: listening at {settings.listen}")
        keeping = asyncio.create_task(subscription.keep())
        try:
            await inbox.run()
        finally:
            keeping.cancel()
            (ended,) = await asyncio.gather(keeping, return_exceptions=True)
    if isinstance(ended, Exception):
        raise ended


async def _remind(reminders: Reminders, stopping: asyncio.Event) -> None:
    """Run the worker; its end is the end of the process."""
    try:
        await reminders.run(stopping)
    except (Leave, StorageUnusable):
        raise
    except Exception as error:  # noqa: BLE001 - it is told, and ends the process
        raise Leave(SOFTWARE, f"cannot go on: {described(error)}") from None
    finally:
        stopping.set()


async def _tend(coach: Coach, ingest: Ingest | Inbox) -> None:
    """Clear away what has had its time, now and every minute; look for updates to be retried."""
    while True:
        coach.frame.thinking.forget()  # another process may have erased whose words these are
        try:
            await _purge(coach, coach.now().replace(microsecond=0))
        except Exception as error:  # noqa: BLE001 - the next round may do better
            log.warning("cannot clear away", error=described(error))
        await asyncio.sleep(TEND_EVERY)
        ingest.look_for_parked()


async def _purge(coach: Coach, now: datetime) -> None:
    await coach.storage.write(lambda memory: memory.purge(now))


async def _introduce(bot: Bot, knowledge: Knowledge) -> None:
    """Set the menu of commands and what the bot says of itself, for every phone's language."""
    others = (code for code, spoken in knowledge.phones.items() if spoken != knowledge.otherwise)
    try:
        for language in (None, *sorted(others)):
            texts = knowledge.words(language).texts
            await delivery.set_menu(bot, menu(texts), language=language)
            await bot.set_my_short_description(texts("about.short"), language_code=language)
            await bot.set_my_description(texts("about.description"), language_code=language)
    except (AiogramError, OSError) as error:
        log.warning("the menu of commands is not set", error=described(error))


@contextmanager
def _set_by_signals(stopping: asyncio.Event) -> Iterator[None]:
    """Set the event at the first SIGTERM or SIGINT; a second one ends the process at once."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def first() -> None:
        for each in signals:
            loop.remove_signal_handler(each)
        stopping.set()

    for each in signals:
        loop.add_signal_handler(each, first)
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)


def spare_the_collector() -> None:
    """Keep the garbage collector away from what lives as long as the process.

    Measured over HTTP with two calls for each tap: 763 updates a second before, 1,497 after.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
