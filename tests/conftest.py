"""What holds for all tests: no secret in a log, no chance, what waits first; no skip if asked."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings

from bot.telegram.late_models import import_aiogram
from content.knowledge import Knowledge
from storage.sqlite import engine
from tests import canary
from tests.chance import WHOLE, many

HERE = Path(__file__).parent
WAITING = (
    ("faults/test_faults.py", "bot/operate", "bot/telegram/test_client.py", "bot/test_doctor.py"),
    ("e2e", "fleet", "faults", "ci/test_recipes.py", "bot/test_cli.py", "bot/local/test_page.py"),
)
"""What starts processes and waits for them: one worker begins with the first, one with the second,
and the others compute meanwhile.
"""
PRAGMAS = engine._PRAGMAS
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes its own folder there
ROOM = 4 * 1024**3


def _keep_files_in_memory() -> None:
    """Have pytest make its folders in memory, where there is room and programs may be run.

    Measured on a shared disk: the hundred tests that change a copy of the content take 16 to 40 s
    instead of 45 to 115, and a third of the system's CPU.
    """
    if os.access(MEMORY, os.W_OK):
        found = os.statvfs(MEMORY)
        if found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


_keep_files_in_memory()

# A busy machine is slow at times. Each day the same is tried, in the campaign what is new.
settings.register_profile(
    "ours",
    deadline=None,
    derandomize=not WHOLE,
    max_examples=many(100),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")

if "-n" not in sys.argv:  # else this process hands the tests out to others
    import_aiogram()


@pytest.fixture(autouse=True)
def _no_secret_in_a_log() -> Iterator[None]:
    """Fail a test whose logs hold the token, the name or the note of the canary."""
    with canary.watched():
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_waits_for_the_disk() -> Iterator[None]:
    """Leave SQLite's syncs out in this process: what a power cut would lose no test needs."""
    with pytest.MonkeyPatch.context() as patch:
        hasty = tuple(each.replace("= FULL", "= OFF") for each in PRAGMAS)
        patch.setattr(engine, "_PRAGMAS", hasty)
        yield


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open databases of SQLite as the program does."""
    monkeypatch.setattr(engine, "_PRAGMAS", PRAGMAS)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Return the project's own content."""
    from tests.known import KNOWLEDGE  # noqa: PLC0415 - who hands the tests out needs none

    return KNOWLEDGE


def pytest_xdist_auto_num_workers() -> int:
    """Work on more tests at once than there are cores: much of their time they wait."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put what waits where the stretches of the first two workers begin, as worksteal cuts them."""
    workers = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    first: list[pytest.Item] = []
    second: list[pytest.Item] = []
    rest: list[pytest.Item] = []
    paths = {path: path.relative_to(HERE).as_posix() for path in {item.path for item in items}}
    for item in items:
        one, other = (paths[item.path].startswith(names) for names in WAITING)
        (first if one else second if other else rest).append(item)
    cut = max(len(items) // workers - len(first), 0)
    items[:] = [*first, *rest[:cut], *second, *rest[cut:]]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep what is imported and collected out of the collector's sight: it stays, and is much."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter: TerminalReporter | None = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", ())) if reporter else 0
    if session.config.getoption("no_skips") and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    skipped = len(terminalreporter.stats.get("skipped", ()))
    if skipped:
        verdict = "not allowed here" if config.getoption("no_skips") else "see the reasons above"
        terminalreporter.section(f"{skipped} skipped: {verdict}")
