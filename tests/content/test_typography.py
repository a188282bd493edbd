"""Lines of the chat, counted by how wide letters are."""

from __future__ import annotations

import pytest

from content.typography import lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 0),
        ("Last try", 1),
        ("• haggling after the deal: once or twice", 1),
        ("Start with a letter: what was agreed, what was added, what it costs.", 2),
        ("MMMMMMMMMMMM WWWWWWWWWWWWWW", 2),
        ("iiiiiiiiiiiiiiiiiiii llllllllllllllllllll", 1),
        ("One\nTwo", 2),
        ("• новые задачи в ту же цену: часто", 1),
        ("Широкие буквы занимают больше места на экране", 2),
    ],
)
def test_lines_are_counted_by_how_wide_their_letters_are(text: str, lines: int) -> None:
    assert lines_of(text) == lines


def test_bold_letters_take_more_room() -> None:
    assert lines_of("Vector Studio · verdict of September 29") == 1
    assert lines_of("Vector Studio · verdict of September 29", bold=True) == 2
