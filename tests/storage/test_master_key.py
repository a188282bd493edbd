from __future__ import annotations

import base64
import os
import stat
from typing import TYPE_CHECKING

import pytest

from storage.keys import load_master_key
from storage.protocols import StorageUnusable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secret" / "master.key"


def test_at_first_start_a_key_is_made_that_nobody_else_can_read(path: Path) -> None:
    before = os.umask(0)
    try:
        made = load_master_key(path, fresh_ok=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(base64.b64decode(path.read_bytes())) == 32

    wrapped = made.wrap(11, b"data key")
    assert load_master_key(path, fresh_ok=False).unwrap(11, wrapped) == b"data key"


def test_a_key_that_is_there_is_never_replaced(path: Path) -> None:
    load_master_key(path, fresh_ok=True)
    text = path.read_bytes()
    load_master_key(path, fresh_ok=True)
    assert path.read_bytes() == text


def test_a_missing_key_is_not_made_anew_where_something_is_sealed(path: Path) -> None:
    with pytest.raises(StorageUnusable, match="is missing"):
        load_master_key(path, fresh_ok=False)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_key_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    load_master_key(path, fresh_ok=True)
    path.chmod(mode)
    with pytest.raises(StorageUnusable, match="chmod 600"):
        load_master_key(path, fresh_ok=True)


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
@pytest.mark.parametrize("fresh_ok", [True, False])
def test_what_is_no_key_is_refused_and_kept(path: Path, text: bytes, *, fresh_ok: bool) -> None:
    path.parent.mkdir()
    path.touch(mode=0o600)
    path.write_bytes(text)
    with pytest.raises(StorageUnusable, match="not a master key"):
        load_master_key(path, fresh_ok=fresh_ok)
    assert path.read_bytes() == text


def test_a_key_in_an_impossible_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnusable, match="the master key"):
        load_master_key(tmp_path / "file" / "master.key", fresh_ok=True)
    with pytest.raises(StorageUnusable, match="the master key"):
        load_master_key(tmp_path, fresh_ok=True)
