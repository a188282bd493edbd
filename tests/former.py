"""The release before the present one, which serves beside it for as long as one replaces the other.

    python -m tests.former COMMIT

records what it asks of a database: its statements, and the migrations it knows. That is done when a
release is made, so that the next one is held to it. The record is enough to tell whether the former
release still finds what it asks for; where the history is there, its program itself is run.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
RECORD: Final = ROOT / "tests" / "storage" / "former.sql"
_HEAD: Final = re.compile(r"-- ([0-9a-f]{40}) knows migration (\d+), and (\d+) of the keys\.")


def recorded() -> tuple[str, int, int]:
    """Return the former release's commit, and the last migrations it knows."""
    head = _HEAD.match(RECORD.read_text("utf-8"))
    assert head, "the record has lost its head"
    return head[1], int(head[2]), int(head[3])


def in_history(commit: str) -> bool:
    """Tell whether the former release can be had: not in a shallow clone, nor in an archive."""
    if not (ROOT / ".git").exists():
        return False
    return _git("cat-file", "-e", f"{commit}^{{tree}}").returncode == 0


def unpack(commit: str, folder: Path) -> None:
    """Lay the files of a commit into a folder."""
    packed = _git("archive", "--format=tar", commit)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as tar:
        tar.extractall(folder, filter="data")


def record(commit: str) -> str:
    """Return the record of a commit."""
    full = _git("rev-parse", f"{commit}^{{commit}}").stdout.decode().strip()
    files = _git("ls-tree", "-r", "--name-only", full, "storage").stdout.decode().split()
    last = [
        max(int(found[1]) for each in files if (found := re.fullmatch(pattern, each)))
        for pattern in (
            r"storage/migrations/(\d+)_\w+\.sql",
            r"storage/migrations/keys/(\d+)_\w+\.sql",
        )
    ]
    texts = [
        _git("show", f"{full}:{each}").stdout.decode()
        for each in files
        if re.fullmatch(r"storage/sql/\w+\.sql", each)
    ]
    head = f"-- {full} knows migration {last[0]}, and {last[1]} of the keys.\n\n"
    return head + "\n".join(texts)


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)  # noqa: S603, S607 - our own arguments


if __name__ == "__main__":
    RECORD.write_text(record(sys.argv[1]), "utf-8")
