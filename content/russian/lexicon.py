"""The shapes of the words that the rules of Russian go by."""

from __future__ import annotations

from content.models import Line, Model
from content.wordlists import WordList, WordSet, read_file


class RussianHaste(Model):
    """``ru/haste.toml``. What each list does, the file says."""

    firms: WordSet
    rooms: WordSet
    so_is_all: WordSet
    known: WordSet
    tells: WordSet
    lettered: WordSet
    joined: WordSet
    being: WordSet
    on_top: WordSet
    in_all: WordSet
    either: WordSet
    parts_of_a_sum: WordList
    begins_a_clause: WordList
    begins_with_that: WordList
    wrote: WordList
    praise: WordList
    few: WordSet
    many: WordSet
    in_full: dict[Line, Line]
    joined_to: WordList
    joined_behind: WordList
    hyphened_to: WordList
    hyphened_behind: WordList
    sent: dict[Line, Line]
    come: dict[Line, Line]


def haste() -> RussianHaste:
    """Return the words of ``content.russian.hasty`` and ``.slips``."""
    words: RussianHaste = read_file("ru", "haste", RussianHaste)
    return words
