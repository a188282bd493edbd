"""The shapes of the words that the rules of Russian go by."""

from __future__ import annotations

from content.models import Line, Model
from content.wordlists import OrdinaryWords, WordList, WordSet, read_file


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
    beside: WordSet
    of_a_thing: WordSet
    when: WordSet
    how_much: WordSet
    more: WordSet
    denying: WordSet
    behind: WordSet
    of_a_verb: WordSet
    questions: WordSet
    whoever: WordSet
    joining: WordSet
    no_deed: WordSet
    no_verb: WordSet
    all_of_that: WordList
    apiece: WordSet
    spelled_so: WordList
    of_time: WordSet
    called: WordList
    one_of_them: WordSet
    excepting: WordSet
    lacking: WordSet
    auxiliary: WordSet
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


class RussianOrdinary(OrdinaryWords):
    """``ru/ordinary.toml``; the dictionary knows the rest."""

    virtues: WordSet
    governed: WordSet
    borrowed: WordList
    endings: WordList
    unbent: WordSet


class RussianGrammar(Model):
    """``ru/grammar.toml``. What each list does, the file says."""

    asking: WordSet
    joints: WordSet
    opening: WordSet
    of_them: WordSet
    the_reader: WordList
    oneself: WordSet
    all_of_it: WordSet
    relative: WordSet
    with_whom: WordSet
    will: WordSet
    times: WordSet
    theirs_to_do: WordSet
    since: WordSet
    among: WordSet
    nothing: WordSet
    parts: WordList
    payable: Line
    firms: WordList
    traders: WordList
    no_surname: WordList
    jobs: WordList
    particles: WordSet
    sons: WordSet
    unbent: WordSet
    bill: dict[Line, Line]
    bills: dict[Line, Line]


class RussianDoubts(Model):
    """``ru/doubts.toml``. What each list does, the file says."""

    chat: WordSet
    trade: WordSet
    turns: WordList
    dangling: WordList
    owing: WordList
    part_paid: WordList
    part_named: WordList


def doubtful() -> RussianDoubts:
    """Return the words of ``content.russian.doubts``."""
    words: RussianDoubts = read_file("ru", "doubts", RussianDoubts)
    return words


def haste() -> RussianHaste:
    """Return the words of ``content.russian.hasty`` and ``.slips``."""
    words: RussianHaste = read_file("ru", "haste", RussianHaste)
    return words


def ordinary() -> RussianOrdinary:
    """Return what the dictionary does not tell of typed words."""
    words: RussianOrdinary = read_file("ru", "ordinary", RussianOrdinary)
    return words


def grammar() -> RussianGrammar:
    """Return the small words that more than one rule goes by."""
    words: RussianGrammar = read_file("ru", "grammar", RussianGrammar)
    return words
