"""Of which time an English clause is: “was closed on Friday” is over, “go up on Monday” is to come.

The words stand in ``content/data/checking/en/notes.toml`` and ``doubts.toml``.
"""

from __future__ import annotations

import re
from calendar import day_abbr, month_name
from collections.abc import Iterator

from content.checking.lexicon import EnglishDoubts, EnglishNotes, read
from content.english.notes import takes_no_object


def by_tense(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text by its clauses, and whether each is over; as a whole where that is one answer.

    A clause that begins with when or how is of the time of the one before it, or of the next.
    """
    pieces = [text] if _DATE.search(text) else _CLAUSES.split(text)
    times = [_is_over(each) for each in pieces]
    known = [each for each in times if each is not None]
    now = bool(known and known[0])
    for piece, time in zip(pieces, times, strict=True):
        now = now if time is None else time
        yield piece, now


_DATE = re.compile(
    rf"(?:{'|'.join(each[:3] for each in month_name[1:])})[a-z]*\.? \d", re.IGNORECASE
)
_CLAUSES = re.compile(r"(?=[,;.] |\n| (?:and|but|then|so) [a-z])")
_DAYS = "|".join(map(str.lower, day_abbr))
_AHEAD = re.compile(
    r"\b(?:by|until|till|due|before|next|this|coming|(?<!\bsigned )(?<!\basked )for)(?: on)? "
    rf"(?:{_DAYS})"
)
_WHEN_OR_HOW = re.compile(
    rf"(?:and |but |then |so )?(?:on|at|in|by|as|with|from|the (?:day|night)|again|{_DAYS})"
)


def _is_over(clause: str) -> bool | None:
    """Tell whether a clause is of what was, None where it has no verb that tells."""
    words = re.findall(r"[a-z’']+", clause.lower())
    past = [word for place, word in enumerate(words) if _is_past(words, place)]
    aimed = "to" in words and not {"had", "was", "were"} & {*past}
    if aimed or not _notes().to_come.isdisjoint(words) or _AHEAD.search(clause.lower()):
        return False
    return True if past else None if _WHEN_OR_HOW.match(" ".join(words)) else False


def _is_past(words: list[str], place: int) -> bool:
    word, behind = words[place], words[place + 1 :]
    doubts: EnglishDoubts = read("en", EnglishDoubts)
    if word in {"was", "were", "had"} or word in doubts.past:
        return True
    goes_on = takes_no_object(behind) or (place > 0 and behind[0] in doubts.objects)
    return word.endswith("ed") and len(word) > _SHORTEST and goes_on


_SHORTEST = 4
"""Letters: “need” and “shed” are no verbs in the past."""


def _notes() -> EnglishNotes:
    notes: EnglishNotes = read("en", EnglishNotes)
    return notes
