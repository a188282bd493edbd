"""Reading a time of day, or the hours from one to another, that somebody typed."""

from __future__ import annotations

import re
from datetime import time

TIME = r"(\d{1,2})(?:\s*[:.ч]\s*(\d{2}))?(?:\s*ч(?:ас(?:а|ов)?)?\.?)?"
ONE = re.compile(rf"(?:в\s+|at\s+)?{TIME}")
TWO = re.compile(rf"(?:с\s+|from\s+)?{TIME}\s*(?:-|–|—|до|to)\s*{TIME}")


def read_time(text: str) -> time | None:
    """Return the time that «9», «9:30», «в 9.30» or «21 час» means."""
    found = ONE.fullmatch(_plain(text))
    return _time(found[1], found[2]) if found else None


def read_hours(text: str) -> tuple[time, time] | None:
    """Return both times of «22-7», «22:30–7:00» or «с 22 до 7»; None where they are one."""
    found = TWO.fullmatch(_plain(text))
    if found is None:
        return None
    start, end = _time(found[1], found[2]), _time(found[3], found[4])
    return (start, end) if start is not None and end is not None and start != end else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,")


def _time(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour) % 24 if hour == "24" else int(hour), int(minute or 0))
    except ValueError:
        return None
