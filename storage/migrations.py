"""Numbered migrations, forward only.

Two releases work side by side while one takes the other's place, and a release may be taken back.
So a migration that only adds (tables, columns that are NULL or have a default, indexes) says so by
a line ``-- needs: N``: a release that knows migration N may go on. What takes away comes a release
later, and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from storage.errors import StorageUnusable

_FOLDER: Final = Path(__file__).with_name("migrations")
_NEEDS: Final = re.compile(r"^-- needs: ([0-9]+)$", re.MULTILINE)
LEDGER: Final = (
    "CREATE TABLE IF NOT EXISTS migrations"
    " (number bigint NOT NULL PRIMARY KEY, applied_at bigint NOT NULL, needs bigint)"
)
"""What is recorded of migrations; ``needs`` is NULL where it was not kept yet."""
WITH_NEEDS: Final = "ALTER TABLE migrations ADD COLUMN needs bigint"
NEEDED: Final = "SELECT coalesce(max(coalesce(needs, number)), 0) FROM migrations"


class Migration(NamedTuple):
    """One file ``<number>_<name>.sql``."""

    number: int
    script: str

    @property
    def needs(self) -> int:
        """The last migration that a release must know to work with what this one has made."""
        found = _NEEDS.search(self.script)
        return int(found[1]) if found else self.number


@lru_cache(maxsize=4)
def load_migrations(folder: str = ".") -> tuple[Migration, ...]:
    """Return the migrations of ``storage/migrations/<folder>`` by number."""
    return tuple(
        Migration(int(path.name.partition("_")[0]), path.read_text(encoding="utf-8"))
        for path in sorted((_FOLDER / folder).glob("[0-9]*_*.sql"))
    )


def refuse_newer(needed: int, migrations: Sequence[Migration]) -> None:
    """Raise ``StorageUnusable`` for a database with which this release cannot work any more.

    ``needed`` is the last migration that a release must know.
    """
    known = migrations[-1].number
    if needed > known:
        raise StorageUnusable(
            f"the database is newer than this release: it needs migration {needed}, "
            f"this release knows {known}"
        )
