"""Logs: one line of ``key=value`` for each event, on stderr, with nobody's words in it.

Only the fields named here are written. A person appears as a keyed hash (the key is new in every
process), an error by its class and place, and whatever looks like a bot token is struck out, also
in what libraries log.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

import structlog

from bot.faults import told

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from types import TracebackType

    from structlog.typing import EventDict, WrappedLogger

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
        "person",
        "seconds",
        "timestamp",
        "tries",
        "update",
    }
)
_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
STRUCK_OUT = "[token]"


class Redaction:
    """Strikes out tokens: any that has the usual form, and the one in use whatever its form."""

    def __init__(self, token: str | None = None) -> None:
        """Take the token in use."""
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
    """Formats what libraries log: redacted, errors without their text."""

    def __init__(self, redaction: Redaction) -> None:
        """Take what strikes out tokens."""
        super().__init__("timestamp=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return self._redaction(super().format(record))

    def formatException(  # noqa: N802 - the base class names it so
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return an error's class and place; its text may hold a person's words."""
        return told(ei[1]) if ei[1] else ""


def start_logging(level: str, token: str | None = None, stream: TextIO | None = None) -> None:
    """Set up structlog and the standard library's logging, both to ``stream`` or stderr."""
    stream = stream or sys.stderr
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
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, _number(level)), force=True)
    for chatty in ("aiogram", "aiosqlite", "aiohttp", "asyncio"):
        # Below this level they print parameters, and with them what people wrote.
        logging.getLogger(chatty).setLevel(logging.WARNING)


def log_lost_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Log errors that nobody awaits by class and place; asyncio itself would print their text."""

    def lost(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        structlog.get_logger().error(
            "lost error", error=told(error) if error else str(context.get("message"))
        )

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
