from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.texts import clean_text


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Вектор", "Вектор"),
        ("  Вектор\n", "Вектор"),
        ("Век\0тор", "Вектор"),
        ("\0", ""),
        ("Век" + chr(0xD83D) + "тор", "Вектор"),
        ("Век" + chr(0xDE00) + "тор", "Вектор"),
        (chr(0xD83D) + chr(0xDE00), "😀"),
        (chr(0xDE00) + chr(0xD83D), ""),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("\u202eעברית", "\u202eעברית"),
        ("\ufeffимя", "\ufeffимя"),
        ("е\u0308", "е\u0308"),
        ("{name} <b>", "{name} <b>"),
    ],
)
def test_only_what_cannot_be_stored_goes(typed: str, clean: str) -> None:
    assert clean_text(typed) == clean


@given(st.text(st.characters(codec=None)))
def test_a_clean_text_can_be_encoded_and_is_clean(typed: str) -> None:
    clean = clean_text(typed)
    assert clean.encode().decode() == clean
    assert "\0" not in clean
    assert clean_text(clean) == clean


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_a_text_that_can_be_stored_loses_no_more_than_its_blanks(typed: str) -> None:
    assert clean_text(typed) == typed.strip()
