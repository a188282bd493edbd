"""Cases in tab-separated files: what people type, and what should be read in it."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "cases/reading"


def rows(*names: str) -> list[list[str]]:
    """Return the rows of some files; a line that begins with # is a remark."""
    lines = [line for name in names for line in (FOLDER / name).read_text("utf-8").splitlines()]
    return [line.split("\t") for line in lines if not line.startswith("#")]
