"""What turns a person's words into bytes that open in their own place only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from storage.secrets.box import Unreadable

if TYPE_CHECKING:
    from storage.secrets.keys import KeyRing

__all__ = ["Cipher", "Place", "Unreadable"]

_PLAIN: Final = ord("p")  # several bits from the others: no single one turns them into this
_WITH_KEY_1: Final = 1
_NUMBERED: Final = 2
_NUMBER_BYTES: Final = 2
_HEAD_BYTES: Final = 1 + _NUMBER_BYTES


class Place(NamedTuple):
    """Where a sealed value stands."""

    owner: int
    table: str
    column: str
    row: tuple[int | str, ...] = ()
    """The rest of the row's key after the owner."""

    def to_bytes(self) -> bytes:
        """Return bytes that no other place has: JSON keeps 1 and "1" apart, and where each ends."""
        if all(isinstance(each, int) for each in self.row):
            # The same bytes, a few µs sooner; the names are plain words of this program.
            row = ", ".join(map(str, self.row))
            return f'[{self.owner}, "{self.table}", "{self.column}", [{row}]]'.encode()
        return json.dumps(self).encode()


class Cipher:
    """Seals values with the newest data key of their owner, bound to their place.

    A value begins with its format: p, then the data as they are (written while the encryption was
    off); 1, then what the owner's key number 1 sealed; 2, then the number of the key in two bytes
    and what it sealed. AES-256-GCM; a value moved to another row, column, table or owner does not
    open.
    """

    def __init__(self, keys: KeyRing, *, sealing: bool = True) -> None:
        """Take the keys; without ``sealing`` new values are written as they are."""
        self._keys = keys
        self.sealing: Final = sealing

    def seal(self, place: Place, data: bytes) -> bytes:
        """Encrypt; raises ``Unreadable`` where the owner's key is damaged."""
        # Also where nothing is sealed: a person is there as long as their key is (see `restore`).
        number, box = self._keys.newest(place.owner)
        if not self.sealing:
            return bytes([_PLAIN]) + data
        return _head(number) + box.seal(data, place.to_bytes())

    def open(self, place: Place, sealed: bytes) -> bytes:
        """Decrypt; raises ``Unreadable``."""
        number = self.number(sealed)
        if number is not None:
            body = sealed[_HEAD_BYTES if sealed[0] == _NUMBERED else 1 :]
            return self._keys.numbered(place.owner, number).open(body, place.to_bytes())
        if sealed[:1] == bytes([_PLAIN]):
            return sealed[1:]
        raise Unreadable("unknown format")

    def number(self, sealed: bytes) -> int | None:
        """Return the number of the key that a value needs; None where it needs none."""
        if sealed[:1] == bytes([_NUMBERED]):
            return int.from_bytes(sealed[1:_HEAD_BYTES])
        return 1 if sealed[:1] == bytes([_WITH_KEY_1]) else None

    def is_current(self, owner: int, sealed: bytes) -> bool:
        """Tell whether a value looks as ``seal`` would write it now."""
        try:
            number, _ = self._keys.newest(owner, make=False)
        except Unreadable:
            return False
        return sealed.startswith(_head(number) if self.sealing else bytes([_PLAIN]))

    def add_person(self, owner: int) -> None:
        """Make the key of a person who has none yet; raises ``Unreadable`` as ``seal``."""
        self._keys.newest(owner)

    def hash_to_keep(self, place: Place, data: bytes) -> str:
        """Return the keyed hash of what is to be found again; raises ``Unreadable`` as ``seal``."""
        return self._keys.hashing(place.owner, make=True).keyed_hash(data, place.to_bytes())

    def hash_to_find(self, place: Place, data: bytes) -> str:
        """Return the same hash, without making a key; raises ``Unreadable`` as ``open``."""
        return self._keys.hashing(place.owner, make=False).keyed_hash(data, place.to_bytes())


def _head(number: int) -> bytes:
    return bytes([_NUMBERED]) + number.to_bytes(_NUMBER_BYTES)
