"""What turns a person's words into bytes that open in their own place only."""

from __future__ import annotations

import hmac
import json
from typing import Final, NamedTuple

from storage.secrets.box import Box, Unreadable
from storage.secrets.keys import NOBODY, KeyRing

__all__ = ["Cipher", "Place", "Unreadable"]

# Where two of these differ in one bit only, both are authenticated.
_PLAIN: Final = ord("p")
_MARKED: Final = ord("m")
_WITH_KEY_1: Final = 1
_NUMBERED: Final = 2
_WAITING: Final = 3
_NUMBER_BYTES: Final = 2
_HEAD_BYTES: Final = 1 + _NUMBER_BYTES
_MARK_BYTES: Final = 32


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

    A value begins with its format and, but for the two oldest, the number of the key in two bytes:

    * 2: sealed by AES-256-GCM; a value moved to another row, column, table or owner does not open;
    * 3: the same with a key of nobody's, for what waits of people of whom nothing is stored;
    * m: written while the encryption was off: a mark (HMAC-SHA256, bound to the place as well) and
      the data as they are;
    * 1: sealed with the owner's key number 1, by the first release;
    * p: the data as they are, by the first release while the encryption was off. Whoever can write
      the file can write these, so they are believed only while nothing is sealed; the first start
      of this release marks those that are there (see ``mark_plain``).
    """

    def __init__(self, keys: KeyRing, *, sealing: bool = True) -> None:
        """Take the keys; without ``sealing`` new values are written as they are."""
        self._keys = keys
        self.sealing: Final = sealing

    def seal(self, place: Place, data: bytes) -> bytes:
        """Encrypt; raises ``Unreadable`` where the owner's key is damaged."""
        number, box = self._keys.newest(place.owner)
        return self._sealed(place, data, number, box)

    def seal_waiting(self, place: Place, data: bytes) -> bytes:
        """Encrypt what waits, without making a key for somebody of whom nothing is stored."""
        try:
            number, box = self._keys.newest(place.owner, make=False)
        except Unreadable:
            number, box = self._keys.newest(NOBODY)
            return _head(_WAITING, number) + box.seal(data, place.to_bytes())
        return self._sealed(place, data, number, box)

    def open(self, place: Place, sealed: bytes) -> bytes:
        """Decrypt; raises ``Unreadable``."""
        how, body = sealed[:1], sealed[_HEAD_BYTES:]
        number = int.from_bytes(sealed[1:_HEAD_BYTES])
        if how == bytes([_NUMBERED]):
            return self._keys.numbered(place.owner, number).open(body, place.to_bytes())
        if how == bytes([_WAITING]):
            return self._keys.numbered(NOBODY, number).open(body, place.to_bytes())
        if how == bytes([_MARKED]):
            return self._open_marked(place, number, body)
        if how == bytes([_WITH_KEY_1]):
            return self._keys.numbered(place.owner, 1).open(sealed[1:], place.to_bytes())
        if how == bytes([_PLAIN]) and not self.sealing:
            return sealed[1:]
        raise Unreadable("unknown format")

    def mark_plain(self, place: Place, sealed: bytes) -> bytes | None:
        """Return what stands for a value of the oldest plain format; None for any other value."""
        if sealed[:1] != bytes([_PLAIN]):
            return None
        number, box = self._keys.newest(place.owner)
        return _marked(place, sealed[1:], number, box)

    def number(self, sealed: bytes) -> int | None:
        """Return the number of the owner's key that a value needs; None where it needs none."""
        if sealed[:1] in (bytes([_NUMBERED]), bytes([_MARKED])):
            return int.from_bytes(sealed[1:_HEAD_BYTES])
        return 1 if sealed[:1] == bytes([_WITH_KEY_1]) else None

    def is_current(self, owner: int, sealed: bytes) -> bool:
        """Tell whether a value looks as ``seal`` would write it now."""
        try:
            number, _ = self._keys.newest(owner, make=False)
        except Unreadable:
            return False
        return sealed.startswith(_head(_NUMBERED if self.sealing else _MARKED, number))

    def add_person(self, owner: int) -> None:
        """Make the key of a person who has none yet; raises ``Unreadable`` as ``seal``."""
        self._keys.newest(owner)

    def erase_person(self, owner: int, erased_at: int) -> None:
        """Have the person's keys go with the transaction, see ``KeyRing.erase``."""
        self._keys.erase(owner, erased_at)

    def tidy_keys(self) -> None:
        """Have the keys go that nothing needs any more, see ``KeyRing.tidy``."""
        self._keys.tidy()

    def hash_to_keep(self, place: Place, data: bytes) -> str:
        """Return the keyed hash of what is to be found again; raises ``Unreadable`` as ``seal``."""
        return self._keys.hashing(place.owner, make=True).keyed_hash(data, place.to_bytes())

    def hash_to_find(self, place: Place, data: bytes) -> str:
        """Return the same hash, without making a key; raises ``Unreadable`` as ``open``."""
        return self._keys.hashing(place.owner, make=False).keyed_hash(data, place.to_bytes())

    def _sealed(self, place: Place, data: bytes, number: int, box: Box) -> bytes:
        if not self.sealing:
            return _marked(place, data, number, box)
        return _head(_NUMBERED, number) + box.seal(data, place.to_bytes())

    def _open_marked(self, place: Place, number: int, body: bytes) -> bytes:
        mark, data = body[:_MARK_BYTES], body[_MARK_BYTES:]
        if self.sealing:  # otherwise whoever can write the file has no need to forge
            box = self._keys.numbered(place.owner, number)
            if not hmac.compare_digest(mark, _mark(place, data, box)):
                raise Unreadable("not written by the coach")
        return data


def waiting_numbers(heads: list[bytes]) -> set[int]:
    """Return the numbers of nobody's keys that values with these first three bytes need."""
    return {int.from_bytes(head[1:]) for head in heads if head[:1] == bytes([_WAITING])}


def _head(how: int, number: int) -> bytes:
    return bytes([how]) + number.to_bytes(_NUMBER_BYTES)


def _marked(place: Place, data: bytes, number: int, box: Box) -> bytes:
    return _head(_MARKED, number) + _mark(place, data, box) + data


def _mark(place: Place, data: bytes, box: Box) -> bytes:
    return bytes.fromhex(box.keyed_hash(data, b"mark " + place.to_bytes()))
