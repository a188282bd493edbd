"""The command line."""
# ruff: noqa: PLC0415 - a command imports what it needs: aiogram alone takes seconds

from __future__ import annotations

import argparse
import asyncio
import gc
import inspect
import json
import sys
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot import __version__, exits
from bot.exits import Leave, leaving
from bot.telegram.late_models import import_aiogram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from datetime import datetime

    from bot.settings import Settings
    from content.knowledge import Catalogue, Knowledge, Words
    from content.sheet import Sheet
    from storage.protocols import Storage
    from storage.records import UpdateId


LONGEST_INVITATION = 365
"""Days."""
FEWEST_PEOPLE = 5
"""Whose answers are counted together: of fewer one might guess who they are."""


class Parser(argparse.ArgumentParser):
    """Ends with the usage exit code of sysexits."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and leave."""
        self.print_usage(sys.stderr)
        self.exit(exits.USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; one that returns none has done what it was told."""
    options = _parser().parse_args(arguments)
    try:
        with leaving():  # also where the data are found damaged while they are served
            code: int | None = options.command(options)
            if inspect.iscoroutine(code):
                code = asyncio.run(code)
    except Leave as leave:
        _warn(leave.line)
        return leave.code
    except KeyboardInterrupt:
        return exits.OK
    except BrokenPipeError:  # the reader of our output has left, for instance `head`
        sys.stdout = None
        return exits.OK
    except Exception as error:  # noqa: BLE001 - a traceback would print somebody's words
        from bot.operate.redaction import described

        _warn(f"a fault of the program: {described(error)}")
        return exits.SOFTWARE
    return exits.OK if code is None else code


def _parser() -> Parser:
    parser = Parser(prog="python -m bot", description="A coach for difficult clients, on Telegram.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="serve Telegram, or without BOT_TOKEN the local chat")
    run.set_defaults(command=_run)

    _content_commands(commands.add_parser)

    aside = commands.add_parser("put-aside", help="updates that could not be handled")
    aside.set_defaults(command=_put_aside)
    deeds = aside.add_subparsers(required=True, dest="deed", metavar="list|retry|drop")
    deeds.add_parser("list", help="tell each with its time and the reason")
    for deed, what in (("retry", "handle them again"), ("drop", "delete them")):
        deeds.add_parser(deed, help=what).add_argument(
            "ids", nargs="+", type=_id_or_all, metavar="ID|all"
        )

    invite = commands.add_parser("invite", help="print a link that lets one person in, once")
    invite.add_argument(
        "--days",
        type=_number(1, LONGEST_INVITATION),
        default=7,
        help="how long it is good (default: 7)",
    )
    invite.set_defaults(command=_invite)

    outcomes = commands.add_parser("outcomes", help="count how it went for people, nobody named")
    outcomes.add_argument("--json", action="store_true", help="as JSON")
    outcomes.set_defaults(command=_outcomes)

    back_up = commands.add_parser("backup", help="copy the data while the bot runs")
    back_up.add_argument("--keys", action="store_true", help="copy the people's keys instead")
    back_up.add_argument("file", type=Path, metavar="FILE")
    back_up.set_defaults(command=_back_up)

    restore = commands.add_parser("restore", help="put a copy of the data in their place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(command=_restore)

    copy = commands.add_parser("copy", help="copy everything to the other kind of database")
    copy.add_argument("--from", dest="source", required=True, metavar="ADDRESS")
    copy.add_argument("--to", dest="target", required=True, metavar="ADDRESS")
    copy.set_defaults(command=_copy)

    commands.add_parser("rotate-master", help="change the master key").set_defaults(
        command=_rotate_master
    )
    commands.add_parser("rotate-keys", help="change everybody's keys").set_defaults(
        command=_rotate_keys
    )

    rehearse = commands.add_parser("rehearse", help="play the example and a whole assessment")
    rehearse.set_defaults(command=_rehearse)

    doctor = commands.add_parser("doctor", help="look for what may keep the bot from running")
    doctor.set_defaults(command=_doctor)

    fake = commands.add_parser("fake-telegram", help="serve the in-memory Telegram over HTTP")
    fake.add_argument("--port", type=_number(0, 65535), default=8081)
    fake.set_defaults(command=_fake_telegram)
    return parser


def _content_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands for authors of the content."""
    check = add("check-content", help="list every fault of the content")
    check.set_defaults(command=_check_content)

    judge = add("judge", help="print the verdict on a sheet as JSON")
    judge.add_argument("file", type=Path, metavar="FILE.toml")
    judge.set_defaults(command=_judge)
    following = add("next", help="print what each sheet would be asked next")
    following.add_argument("file", type=Path, metavar="FILE.toml", nargs="+")
    following.set_defaults(command=_next)

    read = add("read", help="print the whole answer on a sheet as one text")
    _in_language(read)
    read.add_argument("--voice", choices=("plain", "male", "female", "team"), default="plain")
    read.add_argument(
        "--today", type=date.fromisoformat, metavar="DAY", help="count from it (default: now)"
    )
    read.add_argument("file", type=Path, metavar="FILE.toml|-")
    read.set_defaults(command=_read)

    letter = add("check-letter", help="print each finding in a letter as JSON")
    letter.add_argument("--kind", default="farewell", help="whose rules hold (default: farewell)")
    letter.add_argument("--tone", choices=("warm", "neutral", "firm"), default="neutral")
    _in_language(letter)
    letter.add_argument("--team", action="store_true", help="several write")
    letter.add_argument("file", type=Path, metavar="FILE|-")
    letter.set_defaults(command=_check_letter)

    classify = add("classify", help="print the signs a text speaks of as JSON")
    _in_language(classify)
    classify.add_argument("text", metavar="TEXT")
    classify.set_defaults(command=_classify)


def _in_language(command: argparse.ArgumentParser) -> None:
    """Let a command be told whose words it takes."""
    command.add_argument("--language", default="ru", metavar="CODE", help="default: ru")


def _words(knowledge: Knowledge, code: str) -> Words:
    """Return the words of just this language; leaves where there are none."""
    words = knowledge.words(code)
    if words.language != code:
        there = ", ".join(knowledge.languages)
        raise Leave(exits.USAGE, f"no words in {code!r}; there are {there}")
    return words


def _run(_options: argparse.Namespace) -> None:
    from bot.settings import read_settings

    settings = read_settings()  # before the slow imports: a bad one is told at once
    # What is imported stays, so looking through it for garbage, again and again, is in vain.
    # Measured: 4.1 to 5.9 s of CPU until all is loaded, 3.5 to 3.9 s without.
    gc.disable()
    import uvloop

    import_aiogram()
    from bot.app import run
    from bot.operate.clock import SystemClock
    from bot.operate.logs import log_crashes, start_logging

    token = settings.bot_token.get_secret_value() if settings.bot_token else None
    start_logging(settings.log_level, token)
    log_crashes()
    gc.freeze()
    gc.enable()
    uvloop.run(run(settings, SystemClock(), _say))


def _check_content(_options: argparse.Namespace) -> int:
    from content.loading import check, load

    if faults := check():
        for fault in faults:
            _say(str(fault))
        return exits.FAULTS
    knowledge = load()
    catalogue = knowledge.catalogue
    _say(
        f"content: {len(catalogue.signs)} signs, {len(catalogue.questions)} questions,"
        f" {len(catalogue.types)} client types, {len(catalogue.verdicts)} verdicts"
        f" in {', '.join(knowledge.languages)}: all in order"
    )
    return exits.OK


def _judge(options: argparse.Namespace) -> None:
    from content.explain import explain_json

    for catalogue, sheet in _sheets([options.file]):
        _say(json.dumps(explain_json(catalogue, sheet), ensure_ascii=False, indent=2))


def _next(options: argparse.Namespace) -> None:
    from content.explain import next_json

    for catalogue, sheet in _sheets(options.file):
        _say(json.dumps(next_json(catalogue, sheet), ensure_ascii=False))


def _sheets(files: Sequence[Path]) -> Iterator[tuple[Catalogue, Sheet]]:
    """Yield the sheet of each file; leaves at the first that is none."""
    from content.loading import load
    from content.sheetfile import SheetFault, read_sheet

    texts = [_text(file) for file in files]
    with leaving():
        catalogue = load().catalogue
    for file, text in zip(files, texts, strict=True):
        try:
            yield catalogue, read_sheet(text, catalogue)
        except SheetFault as fault:
            raise Leave(exits.DATA, f"{file}: {fault}") from None


def _read(options: argparse.Namespace) -> None:
    from zoneinfo import ZoneInfo

    from bot.operate.clock import SystemClock
    from content.assembled import read
    from content.loading import load
    from content.plan import Calendar
    from content.schedule.habits import Habits
    from content.sheetfile import SheetFault, read_sheet
    from content.voices import Voice

    file: Path = options.file
    text = _text(file)
    with leaving():
        knowledge = load()
    try:
        sheet = read_sheet(text, knowledge.catalogue)
    except SheetFault as fault:
        raise Leave(exits.DATA, f"{file}: {fault}") from None
    zone = ZoneInfo("Europe/Moscow")
    today = options.today or SystemClock().now().astimezone(zone).date()
    calendar = Calendar(today, Habits(zone))
    language = _words(knowledge, options.language).language
    _say(read(knowledge, language, sheet, Voice(options.voice), calendar))


def _check_letter(options: argparse.Namespace) -> int:
    from content.checking import check
    from content.loading import load

    text = _text(options.file)
    with leaving():
        knowledge = load()
    kinds, language = knowledge.letters.kinds, _words(knowledge, options.language).language
    if (kind := kinds.get(options.kind)) is None:
        raise Leave(exits.USAGE, f"no letter {options.kind!r}; there are {', '.join(kinds)}")
    rules = kind.data.held_to(options.tone)
    findings = check(text, language=language, rules=rules, team=options.team or None)
    for finding in findings:
        told = asdict(finding)
        del told["move"]  # only a letter made of answers has days to move
        _say(json.dumps(told, ensure_ascii=False))
    return exits.FAULTS if findings else exits.OK


def _text(file: Path) -> str:
    """Read a file, or what is piped in for ``-``, with its line ends as they are."""
    try:
        data = sys.stdin.buffer.read() if file == Path("-") else file.read_bytes()
        return data.decode()
    except OSError as error:
        raise Leave(exits.NO_INPUT, f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Leave(exits.DATA, f"{file}: not UTF-8") from None


def _classify(options: argparse.Namespace) -> None:
    from content.loading import load
    from content.reading.signs import classify

    with leaving():
        words = _words(load(), options.language)
    spoken = classify(words, options.text, limit=len(words.signs))
    _say(json.dumps([asdict(each) for each in spoken], ensure_ascii=False))


async def _put_aside(options: argparse.Namespace) -> None:
    from bot.settings import read_settings

    now = _now()
    async with _opened(read_settings(), now) as storage:
        rows = await storage.write(lambda memory: memory.updates.put_aside_list())
        known = {row.update_id for row in rows}
        if options.deed == "list":
            for row in rows:
                _say(f"{row.update_id}  {row.put_aside_at:%Y-%m-%d %H:%M}  {row.reason}")
            return
        wanted: list[UpdateId] = list(known) if "all" in options.ids else options.ids
        if missing := sorted(set(wanted) - known):
            raise Leave(exits.DATA, f"not put aside: {', '.join(map(str, missing))}")
        if options.deed == "drop":
            count = await storage.write(lambda memory: memory.updates.drop(wanted))
            _say(f"{count} dropped")
        else:
            count = await storage.write(lambda memory: memory.updates.retry(wanted, now))
            _say(f"{count} will be handled again, soon or at the next start")


async def _invite(options: argparse.Namespace) -> None:
    from bot.serve.access import invite
    from bot.settings import read_settings

    settings, now = read_settings(), _now()
    async with _opened(settings, now) as storage:
        expires_at = now + timedelta(days=options.days)
        await invite(storage, settings, expires_at=expires_at, say=_say, warn=_warn)


async def _outcomes(options: argparse.Namespace) -> None:
    from bot.settings import read_settings

    async with _opened(read_settings(), _now()) as storage:
        found = await storage.write(lambda memory: memory.how_it_went(FEWEST_PEOPLE))
    if options.json:
        _say(json.dumps([asdict(each) for each in found], ensure_ascii=False))
        return
    rows = [("about", "kind", "days", "work", "for the person", "answers", "people")]
    rows += [
        (
            each.occasion,
            each.kind or "-",
            str(each.later),
            "ended" if each.ended else "goes on",
            each.ease,
            str(each.answers),
            str(each.people),
        )
        for each in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        _say("  ".join(map(str.ljust, row, widths)).rstrip())


def _now() -> datetime:
    from bot.operate.clock import SystemClock

    return SystemClock().now().replace(microsecond=0)


@asynccontextmanager
async def _opened(settings: Settings, now: datetime) -> AsyncIterator[Storage]:
    """Open the storage beside a bot that may be running."""
    from storage.opening import open_storage

    with leaving():
        storage = await open_storage(
            settings.database,
            settings.master_key_file,
            now=now,
            keys_file=settings.keys_file,
            sealing=settings.encryption,
        )
    for notice in storage.notices:
        _warn(notice)
    try:
        yield storage
    finally:
        await storage.close()


def _back_up(options: argparse.Namespace) -> None:
    from bot.operate.maintenance import back_up
    from bot.settings import read_settings

    back_up(read_settings(), options.file, _say, keys=options.keys)


def _restore(options: argparse.Namespace) -> None:
    from bot.operate.maintenance import restore
    from bot.settings import read_settings

    restore(read_settings(), options.file, _now(), _say)


def _copy(options: argparse.Namespace) -> None:
    from bot.operate.clock import SystemClock
    from bot.operate.maintenance import copy
    from bot.settings import read_settings

    copy(read_settings(), options.source, options.target, SystemClock().now(), _say)


def _rotate_master(_options: argparse.Namespace) -> None:
    from bot.operate.clock import SystemClock
    from bot.operate.maintenance import change_master
    from bot.settings import read_settings

    change_master(read_settings(), SystemClock().now(), _say)


def _rotate_keys(_options: argparse.Namespace) -> None:
    from bot.operate.clock import SystemClock
    from bot.operate.maintenance import change_keys
    from bot.settings import read_settings

    change_keys(read_settings(), SystemClock().now(), _say)


def _rehearse(_options: argparse.Namespace) -> int:
    import_aiogram()
    from bot.rehearsal import rehearse

    return rehearse(_say)


def _doctor(_options: argparse.Namespace) -> int:
    import_aiogram()
    from bot.doctor import examine
    from bot.operate.clock import SystemClock

    return examine(SystemClock(), _say)


def _fake_telegram(options: argparse.Namespace) -> int:
    import_aiogram()
    from bot.local.server import run_fake_telegram
    from bot.operate.clock import SystemClock

    return run_fake_telegram(options.port, SystemClock().now)


def _id_or_all(text: str) -> int | str:
    if text != "all" and not text.isdecimal():
        raise argparse.ArgumentTypeError("expected the number of an update, or all")
    return "all" if text == "all" else int(text)


def _number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isdecimal() and lowest <= int(text) <= highest):
            raise argparse.ArgumentTypeError(f"expected a number from {lowest} to {highest}")
        return int(text)

    return read


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _warn(line: str) -> None:
    sys.stderr.write(line + "\n")
