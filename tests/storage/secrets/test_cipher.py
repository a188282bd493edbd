from __future__ import annotations

import hmac
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.migrations import load_migrations
from storage.secrets.box import Box
from storage.secrets.cipher import Cipher, Place, Unreadable
from storage.secrets.keys import Boxes, KeyRing
from storage.secrets.master import MasterKey, opens_any
from storage.sqlite.keys import FileRing
from storage.sqlite.migrating import migrate
from storage.statements import load_statements

NAME = Place(11, "clients", "name", (3,))
MASTER = MasterKey(bytes(32))


@pytest.fixture
def key_file() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    migrate(connection, load_migrations("keys"), 0)
    yield connection
    connection.close()


def ring_on(key_file: sqlite3.Connection) -> FileRing:
    """Open the keys with the only master key there is."""

    def find_master(fits: Callable[[MasterKey], bool]) -> MasterKey:
        assert fits(MASTER)
        return MASTER

    opened = FileRing(key_file, load_statements(), MASTER, find_master)
    opened.adopt(MASTER)
    return opened


@pytest.fixture
def ring(key_file: sqlite3.Connection) -> KeyRing:
    return ring_on(key_file)


def forget(key_file: sqlite3.Connection, ring: KeyRing) -> None:
    """Delete Anna's keys, as another process may between two transactions."""
    key_file.execute("DELETE FROM wrapped_keys WHERE owner = 11")
    ring.refresh()


@pytest.fixture
def cipher(ring: KeyRing) -> Cipher:
    return Cipher(ring)


@given(st.text(), st.binary(max_size=40))
@example("👩‍👩‍👧 и \u202eשלום", b"")
@example("", b"\0")
def test_what_was_sealed_opens_in_its_place(text: str, bound_to: bytes) -> None:
    box = Box(bytes(range(32)))
    sealed = box.seal(text.encode(), bound_to)
    assert box.open(sealed, bound_to).decode() == text


@pytest.mark.parametrize(
    "elsewhere",
    [
        NAME._replace(owner=12),
        NAME._replace(table="answers"),
        NAME._replace(column="note"),
        NAME._replace(row=(4,)),
        NAME._replace(row=("3",)),
        NAME._replace(row=()),
        NAME._replace(row=(3, 3)),
    ],
    ids=str,
)
def test_a_sealed_text_does_not_open_in_another_place(cipher: Cipher, elsewhere: Place) -> None:
    cipher.seal(Place(12, "clients", "name"), b"so that this owner has a key as well")
    sealed = cipher.seal(NAME, "Вектор".encode())
    assert cipher.open(NAME, sealed).decode() == "Вектор"
    with pytest.raises(Unreadable):
        cipher.open(elsewhere, sealed)


def test_no_two_places_are_bound_alike() -> None:
    places = [
        Place(1, "a", "b", ("c", 1)),
        Place(1, "a", "b", ("c", "1")),
        Place(1, "a", "b", ("c1",)),
        Place(1, "a", "bc", (1,)),
        Place(1, "ab", "c", (1,)),
        Place(11, "a", "b", ("c",)),
        Place(1, "a", "b", ('c", "1',)),
        Place(1, "a", 'b", ["c"', ("1",)),
    ]
    assert all(one.to_bytes() != two.to_bytes() for one, two in combinations(places, 2))


@given(position=st.integers(min_value=0, max_value=39), bit=st.integers(0, 7))
def test_an_altered_text_does_not_open(position: int, bit: int) -> None:
    box = Box(bytes(32))
    sealed = bytearray(box.seal("Вектор".encode(), b"here"))
    assert len(sealed) == 40
    sealed[position] ^= 1 << bit
    with pytest.raises(Unreadable):
        box.open(bytes(sealed), b"here")


def test_not_one_bit_of_what_is_stored_can_be_altered(cipher: Cipher) -> None:
    sealed = cipher.seal(NAME, "Вектор".encode())
    for position in range(len(sealed)):
        for bit in range(8):
            altered = bytearray(sealed)
            altered[position] ^= 1 << bit
            with pytest.raises(Unreadable):
                cipher.open(NAME, bytes(altered))


def test_a_text_cut_short_does_not_open() -> None:
    box = Box(bytes(32))
    sealed = box.seal("Вектор".encode(), b"here")
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            box.open(sealed[:length], b"here")


def test_the_same_text_is_never_sealed_alike() -> None:
    box = Box(bytes(32))
    assert len({box.seal(b"again", b"here") for _ in range(100)}) == 100


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        Box(os.urandom(length))


def test_nothing_opens_without_a_key_and_none_is_made_for_that(
    cipher: Cipher, key_file: sqlite3.Connection
) -> None:
    with pytest.raises(Unreadable):
        cipher.open(NAME, b"\x01" + bytes(40))
    assert key_file.execute("SELECT count(*) FROM wrapped_keys").fetchone()[0] == 0


def test_a_forgotten_key_opens_nothing_and_the_next_one_is_another(
    cipher: Cipher, ring: KeyRing, key_file: sqlite3.Connection
) -> None:
    sealed = cipher.seal(NAME, "Вектор".encode())
    forget(key_file, ring)
    with pytest.raises(Unreadable):
        cipher.open(NAME, sealed)

    cipher.seal(NAME, b"new")
    with pytest.raises(Unreadable):
        cipher.open(NAME, sealed)


def test_a_wrapped_key_opens_for_its_owner_only(
    cipher: Cipher, key_file: sqlite3.Connection
) -> None:
    sealed = cipher.seal(NAME, "Вектор".encode())
    key_file.execute("UPDATE wrapped_keys SET owner = 12")
    moved = Cipher(ring_on(key_file))
    with pytest.raises(Unreadable):
        moved.open(NAME._replace(owner=12), sealed)


def test_a_hash_is_found_again_in_its_place_with_its_key_only(
    cipher: Cipher, ring: KeyRing, key_file: sqlite3.Connection
) -> None:
    kept = cipher.hash_to_keep(NAME, b"777")
    cipher.hash_to_keep(NAME._replace(owner=12), b"so that this owner has a key as well")
    assert re.fullmatch("[0-9a-f]{64}", kept)
    assert cipher.hash_to_find(NAME, b"777") == kept
    others = [
        cipher.hash_to_find(NAME, b"778"),
        cipher.hash_to_find(NAME._replace(owner=12), b"777"),
        cipher.hash_to_find(NAME._replace(column="note"), b"777"),
    ]
    forget(key_file, ring)
    others.append(cipher.hash_to_keep(NAME, b"777"))
    assert len({kept, *others}) == 5


def test_the_key_that_encrypts_hashes_nothing_itself() -> None:
    key = bytes(range(32))
    plain = hmac.digest(key, b"777", "sha256").hex()
    assert Box(key).keyed_hash(b"777", b"") != plain


def test_nothing_is_looked_for_without_a_key_and_none_is_made_for_that(
    cipher: Cipher, key_file: sqlite3.Connection
) -> None:
    with pytest.raises(Unreadable):
        cipher.hash_to_find(NAME, b"777")
    assert key_file.execute("SELECT count(*) FROM wrapped_keys").fetchone()[0] == 0


def test_only_so_many_keys_are_held_unwrapped() -> None:
    boxes, unwrapped = Boxes(most=3), []

    def look(owner: int) -> None:
        def unwrap() -> bytes:
            unwrapped.append(owner)
            return bytes(32)

        boxes.get((owner, 1, b"wrapped"), unwrap)

    for owner in (0, 1, 2, 0, 3, 0, 1):
        look(owner)
    assert unwrapped == [0, 1, 2, 3, 1]
    assert len(boxes) == 3


def test_a_key_that_another_process_took_away_opens_nothing_in_the_next_transaction(
    cipher: Cipher, ring: KeyRing, key_file: sqlite3.Connection
) -> None:
    sealed = cipher.seal(NAME, "Вектор".encode())
    key_file.execute("DELETE FROM wrapped_keys")
    assert cipher.open(NAME, sealed) == "Вектор".encode()  # this one has begun before
    ring.refresh()
    with pytest.raises(Unreadable):
        cipher.open(NAME, sealed)


def test_one_key_that_opens_proves_the_master_key() -> None:
    other = MasterKey(bytes([1] * 32))
    wrapped = [(1, 1, other.wrap(1, 1, bytes(32))), (2, 1, MASTER.wrap(2, 1, bytes(32)))]
    assert opens_any(MASTER, wrapped)
    assert not opens_any(MASTER, wrapped[:1])
