from __future__ import annotations

import base64
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.errors import StorageUnusable
from storage.secrets.master import (
    MasterKey,
    load_master_key,
    make_master_key,
    next_to,
    read_master_key,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secret" / "master.key"


def test_a_key_is_made_that_nobody_else_can_read(path: Path) -> None:
    before = os.umask(0)
    try:
        made = make_master_key(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert len(base64.b64decode(path.read_bytes())) == 32

    wrapped = made.wrap(11, 1, b"data key")
    assert read_master_key(path).unwrap(11, 1, wrapped) == b"data key"


def test_what_a_killed_process_left_of_a_key_is_no_hindrance(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("master.key.draft").write_bytes(b"half a k")
    make_master_key(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_key_tells_itself_from_others_without_a_word_of_itself(path: Path) -> None:
    made = make_master_key(path)
    other = make_master_key(path.with_name("other.key"))
    assert read_master_key(path).mark == made.mark != other.mark
    assert bytes.fromhex(made.mark) not in base64.b64decode(path.read_bytes())


def fits(wanted: MasterKey) -> Callable[[MasterKey], bool]:
    return lambda master: master.mark == wanted.mark


def test_the_key_that_fits_is_found_in_its_place_and_beside_it(path: Path) -> None:
    old = make_master_key(path)
    new = make_master_key(next_to(path))
    for each in (old, new):
        assert load_master_key(path, fits(each)).mark == each.mark
    path.unlink()
    assert load_master_key(path, fits(new)).mark == new.mark
    with pytest.raises(StorageUnusable, match="does not open"):
        load_master_key(path, fits(old))


# Invariant I17.
def test_a_missing_key_is_not_made_anew(path: Path) -> None:
    with pytest.raises(StorageUnusable, match="is missing"):
        load_master_key(path, lambda _: True)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_key_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    make_master_key(path)
    path.chmod(mode)
    with pytest.raises(StorageUnusable, match="chmod 600"):
        load_master_key(path, lambda _: True)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not base64 at all",
        base64.b64encode(bytes(31)),
        base64.b64encode(bytes(33)),
        base64.b64encode(bytes(32))[:-2],
        bytes(32),
        "ключ".encode(),
    ],
)
def test_what_is_no_key_is_refused_and_kept(path: Path, text: bytes) -> None:
    path.parent.mkdir()
    path.touch(mode=0o600)
    path.write_bytes(text)
    with pytest.raises(StorageUnusable, match="not a master key"):
        load_master_key(path, lambda _: True)
    assert path.read_bytes() == text


def test_a_key_in_an_impossible_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnusable, match="the master key"):
        make_master_key(tmp_path / "file" / "master.key")
    with pytest.raises(StorageUnusable, match="the master key"):
        load_master_key(tmp_path, lambda _: True)
