"""Logs: one line of ``key=value`` for each event, on stderr, with nobody's words in it.

Only the fields named here are written. A person appears as a keyed hash (the key is new in every
process), an error by its class and place, and whatever looks like a bot token is struck out. Of
what libraries log only the place is told, where the text can be looked up: they know not whose
words they print.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.operate.redaction import OURS, described

FIELDS = frozenset(
    {
        "address",
        "bot",
        "count",
        "database",
        "error",
        "event",
        "level",
        "logger",
        "method",
        "notice",
        "person",
        "seconds",
        "timestamp",
        "tries",
        "update",
        "version",
    }
)
_TOKEN = re.compile(r"(?<!\d)\d{6,20}:[A-Za-z0-9_-]{30,}")
STRUCK_OUT = "[token]"


class Redaction:
    """Strikes out tokens: any that has the usual form, and the one in use whatever its form."""

    def __init__(self, token: str | None = None) -> None:
        self._token = token

    def __call__(self, text: str) -> str:
        """Return the text without tokens."""
        if self._token:
            text = text.replace(self._token, STRUCK_OUT)
        return _TOKEN.sub(STRUCK_OUT, text)


class UnfailingLogger(structlog.PrintLogger):
    """Prints a line, or leaves it: where the log lies on a full disk, the bot goes on without."""

    def msg(self, message: str) -> None:
        """Print the line if that can be."""
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = critical = msg


class PlainFormatter(logging.Formatter):
    """Formats what comes through the standard library's logging: ours as it is, others by place."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in OURS
        said = record.getMessage() if ours else f"{record.filename}:{record.lineno}"
        line = (
            f"timestamp={self.formatTime(record, self.datefmt)} level={record.levelname.lower()}"
            f' event="{said}" logger={record.name}'
        )
        error = record.exc_info and record.exc_info[1]
        return self._redaction(f'{line} error="{described(error)}"' if error else line)


def start_logging(level: str, token: str | None = None, stream: TextIO | None = None) -> None:
    """Set up structlog and the standard library's logging, both to ``stream`` or stderr."""
    handler = make_handler(level, token, stream or sys.stderr)
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, _number(level)), force=True)
    for chatty in ("aiogram", "aiosqlite", "aiohttp", "asyncio"):
        # Below this level every update and every statement would be a line.
        logging.getLogger(chatty).setLevel(logging.WARNING)


def make_handler(level: str, token: str | None, stream: TextIO) -> logging.Handler:
    """Set up structlog; return the one handler that the standard library's logging needs."""
    redaction = Redaction(token)
    logfmt = structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "event"))

    def render(logger: WrappedLogger, name: str, event: EventDict) -> str:
        return redaction(logfmt(logger, name, event))

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _keep_allowed(secrets.token_bytes(16)),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        logger_factory=lambda *_: UnfailingLogger(stream),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlainFormatter(redaction))
    return handler


def log_crashes() -> None:
    """Log what Python itself would print with its text: uncaught errors and warnings."""

    def crash(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        structlog.get_logger().error("crash", error=described(error))

    def in_thread(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            structlog.get_logger().error("crash of a thread", error=described(hook.exc_value))

    def unraisable(hook: sys.UnraisableHookArgs) -> None:
        if hook.exc_value is not None:
            structlog.get_logger().error("lost error", error=described(hook.exc_value))

    sys.excepthook = crash
    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
    logging.captureWarnings(True)


def log_lost_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Log errors that nobody awaits by class and place; asyncio itself would print their text."""

    def lost(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        structlog.get_logger().error("lost error", error=described(error) if error else "asyncio")

    loop.set_exception_handler(lost)


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level]


def _keep_allowed(key: bytes) -> Callable[[WrappedLogger, str, EventDict], EventDict]:
    def keep(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        kept = {name: value for name, value in event.items() if name in FIELDS}
        if "person" in kept:
            person = str(kept["person"]).encode()
            kept["person"] = hashlib.blake2s(person, key=key, digest_size=5).hexdigest()
        return kept

    return keep
