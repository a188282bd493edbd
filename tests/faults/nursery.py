"""Bots without the wait: a process that has imported everything forks one for each start.

The imports of a bot take seconds of CPU and its dictionaries half a one, which hundreds of lives
would pay again and again. What is forked has opened nothing yet: no loop, no thread, no connection;
a kill ends it as it would end any other process.

Run as a program it reads one JSON object a line, ``number``, ``module``, ``arguments``, ``folder``,
``settings``, ``out`` and ``err``, and answers each with its number and a process id. The exit code
of a life lands in its file ``<out>.code``, negative for a signal.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import json
import os
import select
import signal
import subprocess
import sys
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

from bot.telegram.late_models import import_aiogram

ROOT = Path(__file__).parents[2]
NAME = "tests.faults.nursery"
PR_SET_PDEATHSIG = 1
"""See prctl(2)."""


class Nursery:
    """The side of who wants a bot."""

    def __init__(self) -> None:
        """Start the process; it takes its orders once its imports are done."""
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", NAME],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._numbers = count()
        atexit.register(self.close)

    def bear(self, **order: object) -> int:
        """Start a program and return its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        number = next(self._numbers)
        self._process.stdin.write(json.dumps({"number": number, **order}, default=str) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            answered, pid = map(int, line.split())
            if answered == number:  # else a test that was cut off has ordered it
                return pid
        raise EOFError("the nursery has ended")

    def close(self) -> None:
        """End the process, and with it whatever it has started that still runs."""
        self._process.communicate()


@cache
def nursery() -> Nursery:
    """Return the one of this process, made on first need."""
    return Nursery()


def main() -> None:
    """Bear what is ordered until nobody orders any more."""
    import_aiogram()
    import_module("tests.faults.entry").warm()  # who orders does not need it
    gc.collect()
    gc.freeze()
    deaths, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    living: dict[int, Path] = {}
    orders = open(0, "rb", buffering=0)  # noqa: SIM115 - what is in a buffer wakes nobody
    while True:
        ready, _, _ = select.select([orders.fileno(), deaths], [], [])
        if deaths in ready:
            os.read(deaths, 4096)
            _note_deaths(living)
        if orders.fileno() in ready:
            line = orders.readline()
            if not line:
                break
            order = json.loads(line)
            pid = os.fork()
            if pid == 0:
                _live(order)
            living[pid] = Path(order["out"] + ".code")
            sys.stdout.write(f"{order['number']} {pid}\n")
            sys.stdout.flush()
    for pid in living:
        os.kill(pid, signal.SIGKILL)


def _note_deaths(living: dict[int, Path]) -> None:
    while living:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        file = living.pop(pid)
        unfinished = file.with_suffix(".part")
        unfinished.write_text(str(os.waitstatus_to_exitcode(status)))
        unfinished.rename(file)


def _live(order: dict[str, Any]) -> NoReturn:
    """Become the program that was ordered; it ends with the nursery."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(order["folder"])
    os.environ.update(order["settings"])
    for name, number in (("out", 1), ("err", 2)):
        file = os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    code = 70
    try:
        code = import_module(order["module"]).main(order["arguments"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - what nobody caught is printed, as an interpreter does
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
