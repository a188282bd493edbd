"""How an error is described: never by its text, which may hold a person's words or a secret."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
OURS = frozenset({"bot", "handlers", "content", "storage", "values"})
"""The packages of this project."""


class Explained(Exception):  # noqa: N818 - mixed into errors
    """An error whose reason is words of this program, so that it may be told."""

    def __init__(self, *arguments: object, explained: str = "") -> None:
        """Keep the reason beside what the other class of the error takes."""
        super().__init__(*arguments)
        self.explained = explained


def described(error: BaseException) -> str:
    """Describe an error by its class and its place in our code, and by its reason where told."""
    where = f"{type(error).__name__} at {_place(error.__traceback__)}"
    explained = error.explained if isinstance(error, Explained) else ""
    return f"{where}: {explained}" if explained else where


def _place(trace: TracebackType | None) -> str:
    place = "unknown"
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS:
            place = f"{path.relative_to(ROOT).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
