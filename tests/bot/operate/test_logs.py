"""Nobody's words and no token in the logs."""

from __future__ import annotations

import ast
import asyncio
import errno
import io
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.operate.logs import FIELDS, STRUCK_OUT, log_crashes, log_lost_errors, start_logging
from tests.canary import NOTE, TOKEN

ROOT = Path(__file__).parents[3]
SOURCES = [
    path.relative_to(ROOT)
    for package in ("bot", "handlers", "content", "storage", "values")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "log" in path.read_text("utf-8")
]
ODD_TOKEN = "42:short"  # noqa: S105 - made up


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    start_logging("DEBUG", ODD_TOKEN, stream)
    yield stream
    structlog.reset_defaults()
    root.handlers, root.level = before[0], before[1]


def test_a_line_has_its_event_and_the_fields_that_are_allowed(lines: io.StringIO) -> None:
    structlog.get_logger().warning("update failed", update=5, tries=2, text="личное")
    line = lines.getvalue()
    assert 'level=warning event="update failed"' in line
    assert "update=5" in line
    assert "tries=2" in line
    assert "личное" not in line


def test_a_log_on_a_full_disk_stops_nobody(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(lines, "write", full)
        structlog.get_logger().error("not written")
    structlog.get_logger().error("written")
    assert "written" in lines.getvalue()


def test_a_person_is_told_apart_but_not_named(lines: io.StringIO) -> None:
    for person in (700700700, 700700700, 800800800):
        structlog.get_logger().info("seen", person=person)
    first, second, third = (line.split("person=")[1] for line in lines.getvalue().splitlines())
    assert first.split() == second.split() != third.split()
    assert "700700700" not in lines.getvalue()


@pytest.mark.parametrize("token", [TOKEN, ODD_TOKEN])
def test_a_token_is_struck_out_of_every_log(lines: io.StringIO, token: str) -> None:
    structlog.get_logger().error("refused", error=f"POST /bot{token}/getMe")
    logging.getLogger("storage.sqlite.engine").warning("calling %s", f"/bot{token}/getMe")
    assert token not in lines.getvalue()
    assert lines.getvalue().count(STRUCK_OUT) == 2


def test_of_what_a_library_logs_the_place_is_told_and_not_the_text(lines: io.StringIO) -> None:
    logging.getLogger("library").error("failed: %s", NOTE, exc_info=ValueError(NOTE))
    assert 'level=error event="test_logs.py:' in lines.getvalue()
    assert 'logger=library error="ValueError at ' in lines.getvalue()


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    log_crashes()
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before
    logging.captureWarnings(False)


@pytest.mark.usefixtures("hooks")
def test_what_python_itself_would_print_is_told_without_its_text(lines: io.StringIO) -> None:
    error = ValueError(NOTE)
    sys.excepthook(ValueError, error, None)
    thread = threading.Thread(target=fail, args=(NOTE,))
    thread.start()
    thread.join()
    assert [line.split("event=")[1] for line in lines.getvalue().splitlines()] == [
        'crash error="ValueError at unknown"',
        '"crash of a thread" error="ValueError at unknown"',
    ]


def fail(text: str) -> None:
    raise ValueError(text)


LOGGERS = {"_LOG", "log"}
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_every_event_is_a_plain_text_and_every_field_is_on_the_list(path: Path) -> None:
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in LEVELS and ast.unparse(node.func.value) in LOGGERS:
            assert isinstance(node.args[0], ast.Constant), ast.unparse(node)
            assert {each.arg for each in node.keywords} <= FIELDS, ast.unparse(node)


@pytest.mark.parametrize("name", ["aiogram.event", "aiosqlite", "asyncio"])
def test_libraries_that_print_parameters_are_kept_quiet(lines: io.StringIO, name: str) -> None:
    logging.getLogger(name).debug("parameters: %s", "личное")
    logging.getLogger(name).info("parameters: %s", "личное")
    assert lines.getvalue() == ""


async def test_an_error_that_nobody_awaits_is_told_without_its_text(lines: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    log_lost_errors(loop)
    loop.call_exception_handler({"message": "lost", "exception": ValueError("личные слова")})
    assert "ValueError at " in lines.getvalue()
    assert "личные слова" not in lines.getvalue()
