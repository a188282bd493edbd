"""What turns a person's words into bytes that open in their own place only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from storage.box import Unreadable

if TYPE_CHECKING:
    from storage.keys import KeyRing

__all__ = ["Cipher", "Place", "Unreadable"]


class Place(NamedTuple):
    """Where a sealed value stands."""

    owner: int
    table: str
    column: str
    row: tuple[int | str, ...] = ()
    """The rest of the row's key after the owner."""

    def to_bytes(self) -> bytes:
        """Return bytes that no other place has: JSON keeps 1 and "1" apart, and where each ends."""
        return json.dumps(self).encode()


class Cipher:
    """Seals values with the data key of their owner, bound to their place.

    AES-256-GCM; a value moved to another row, column, table or owner does not open.
    """

    def __init__(self, keys: KeyRing) -> None:
        """Take the keys."""
        self._keys = keys

    def seal(self, place: Place, data: bytes) -> bytes:
        """Encrypt; raises ``Unreadable`` where the owner's key is damaged."""
        return self._keys.for_sealing(place.owner).seal(data, place.to_bytes())

    def open(self, place: Place, sealed: bytes) -> bytes:
        """Decrypt; raises ``Unreadable``."""
        return self._keys.existing(place.owner).open(sealed, place.to_bytes())

    def hash_to_keep(self, place: Place, data: bytes) -> str:
        """Return the keyed hash of what is to be found again; raises ``Unreadable`` as ``seal``."""
        return self._keys.for_sealing(place.owner).keyed_hash(data, place.to_bytes())

    def hash_to_find(self, place: Place, data: bytes) -> str:
        """Return the same hash, without making a key; raises ``Unreadable`` as ``open``."""
        return self._keys.existing(place.owner).keyed_hash(data, place.to_bytes())
