"""Faults of the content, as its authors read them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: where it stands and what is wrong."""

    file: str
    """Path below the content's root: ``words/ru/signs/late_payment.toml``."""
    key: str
    """Dotted key within the file, empty where the whole file is meant."""
    message: str

    def __str__(self) -> str:
        """Return one line for the author."""
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class Faults(Exception):  # noqa: N818  the content speaks of faults
    """The content cannot be used; ``faults`` are all there are, by file and key."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
