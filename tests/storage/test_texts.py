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
        ("е\u0308", "е\u0308"),
        ("{name} <b>", "{name} <b>"),
    ],
)
def test_only_what_cannot_be_stored_goes(typed: str, clean: str) -> None:
    assert clean_text(typed) == clean


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("\u202eעברית", "עברית"),
        ("вектор\u202egnp.exe", "векторgnp.exe"),
        ("\u2067Вектор\u2069\u200f", "Вектор"),
        ("\ufeffимя", "имя"),
        ("Век\u200bт\u2060о\u00adр\u034f", "Вектор"),
        ("Век\u200dт\u200cор", "Вектор"),
        ("\u3164", ""),
        ("\u115f\u1160\uffa0\u2800\u17b5\u180e", ""),
        ("Вектор\ufe0f", "Вектор"),
        ("Вектор.\ufe0f+\ufe0f", "Вектор.+"),
        ("Вектор\U000e0041\U000e007f", "Вектор"),
        ("Вектор \U0001f3f4\U000e0067", "Вектор \U0001f3f4"),
        ("Век\x1b[0mт\x07ор", "Век[0mтор"),
        ("две\nстроки\tи", "две\nстроки\tи"),
        ("👩\u200d", "👩"),
        ("👩\u200dа", "👩а"),
        ("\u200d👩", "👩"),
    ],
)
def test_what_nobody_sees_goes(typed: str, clean: str) -> None:
    assert clean_text(typed) == clean


@pytest.mark.parametrize(
    "emoji",
    [
        "👩‍👩‍👧",
        "👩‍❤️‍👨",
        "🧑🏽‍💻",
        "🏳️‍🌈",
        "👁️‍🗨️",
        "🙂‍↔️",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "1️⃣",
        "#️⃣",
        "ℹ️",
        "‼️",
        "©️",
        "〰️",
        "☎︎",
        "🇷🇸",
    ],
)
def test_an_emoji_keeps_what_it_is_made_of(emoji: str) -> None:
    assert clean_text(f"Вектор {emoji}, {emoji}") == f"Вектор {emoji}, {emoji}"


@given(st.text(st.characters(codec=None)))
def test_a_clean_text_can_be_encoded_and_is_clean(typed: str) -> None:
    clean = clean_text(typed)
    assert clean.encode().decode() == clean
    assert "\0" not in clean
    assert clean_text(clean) == clean


SEEN = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cf", "Cs", "Mn", "Cn"),
    exclude_characters="\u115f\u1160\u2800\u3164\uffa0",
)


@given(st.text(SEEN))
def test_a_text_of_which_all_is_seen_loses_no_more_than_its_blanks(typed: str) -> None:
    assert clean_text(typed) == typed.strip()
