"""Rotate keys over and over until killed; ``rotator.py FOLDER [naive]``.

The naive one is the control: it does what comes to mind first, and loses texts when it is killed.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from storage.secrets.master import make_master_key, move_durably, next_to
from storage.sqlite import rotation
from storage.sqlite.engine import connect
from storage.sqlite.files import Files, files_of
from storage.sqlite.ring import open_ring
from storage.statements import load_statements


class NaiveRotation(rotation.KeyRotation):
    """Replaces the key first and the texts then."""

    def rotate(self, owner: int) -> bool:
        """Rotate the keys of one person."""
        self._ring.renew(owner)
        texts = [
            (column, row, self._cipher.open(column.place(owner, row), sealed))
            for column, row, sealed in self.stale(owner)
        ]
        self._ring.retire(owner, needed=())
        for column, row, words in texts:
            with self.transaction():
                self.write(owner, column, row, self._cipher.seal(column.place(owner, row), words))
        return True


def rotate_master_naively(files: Files) -> None:
    """Replace the file first and wrap the keys then."""
    with closing(connect(files.keys)) as keys:
        ring, _ = open_ring(keys, load_statements(), files, needed=True)
        master = make_master_key(next_to(files.master))
        move_durably(next_to(files.master), files.master)
        ring.rewrap(master)


def main(folder: Path, *, naive: bool) -> None:
    files = files_of(f"sqlite:///{folder}/coach.db", folder / "master.key")
    rotate_master = rotate_master_naively if naive else rotation.rotate_master
    if naive:
        rotation.KeyRotation = NaiveRotation  # type: ignore[misc]  # what is run is what is replaced
    os.write(1, b"ready\n")
    while True:
        rotation.rotate_keys(files)
        rotate_master(files)
        os.write(1, b"round\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), naive="naive" in sys.argv)
