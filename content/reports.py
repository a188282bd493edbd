"""The weekly report: what it is made of, what the last one leaves to the next, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from content.checking import BLAMELESS, Rules
from content.letters.models import LetterManners
from content.letters.ordinary import as_request
from content.letters.sums import spelled
from content.letters.templates import bare, going_on
from content.letters.typed import calendared, capitalised, greeted, grouped, tidy, written_out
from content.models import Language
from content.texts import Texts
from content.typed import TypedWords
from content.values.reports import Item, ItemKind
from content.vocabulary import Forms, one_of, plain

MOST_WORDS = 200
"""What is longer is not read to its end."""
MOST_CHARACTERS = 2500
"""Of the whole text: words can be long, too."""
MOST_LINES = 12
"""Of one part."""
LONGEST_LINE = 200
IN_A_ROW = 100
"""Characters up to which the lines of a part stand in one sentence."""
TONE: Rules = BLAMELESS
"""The rules of letters that a report is held to."""
_MARK = re.compile(
    r"^(?:[-–—•·*+✓✔✅☐☑]\ufe0f?|\[[ x\u0445]?\]|\d{1,2}[.)])(?:\s+|$)", re.IGNORECASE
)
"""What people put before the lines of a list; «1.5 часа» is none."""
_LETTER = re.compile(r"\w")
_SHOUT = re.compile(r"([!?])\1+")
_INNER = re.compile(r"[,;:!?]|\.\s")
"""What makes a line hard to tell from the next one in a row."""


WORK = (ItemKind.DONE, ItemKind.IN_HAND)
"""What a tick moves a line between."""


def begun(last: Iterable[Item], typed: TypedWords) -> tuple[Item, ...]:
    """Return what a report begins with: the goals of the last one and what it left open.

    Nothing is done until the person says so; what is needed keeps the date it was first asked, but
    not its «до вторника», which would be another Tuesday by now.
    """
    left = tuple(last)
    term = re.compile(rf",? {one_of(typed.term)} {one_of(typed.term_days)}$")
    work = [each for each in left if each.kind is ItemKind.GOAL]
    work += [each for each in left if each.kind is ItemKind.IN_HAND]
    return (
        *(Item(ItemKind.IN_HAND, words) for words in _once(each.words for each in work)),
        *(
            replace(each, words=_without(term, each.words), number=0)
            for each in left
            if each.kind is ItemKind.NEEDED
        ),
    )


def _without(term: re.Pattern[str], words: str) -> str:
    found = term.search(plain(words))
    return words[: found.start()] if found else words


def typed_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a typed or pasted list that say something, each once, without marks."""
    lines = map(_unmarked, text.splitlines())
    return tuple(_once(line for line in lines if _LETTER.search(line)))


def added(
    lines: Sequence[Item], part: ItemKind, typed: Iterable[str], today: date
) -> tuple[Item, ...]:
    """Return the lines with more in one part; what stands there already does not come twice.

    What is called done leaves the work in hand, and the other way round.
    """
    kept = list(lines)
    for words in typed:
        rivals = WORK if part in WORK else (part,)
        place = next(
            (i for i, each in enumerate(kept) if each.kind in rivals and _same(each.words, words)),
            None,
        )
        if place is None:
            kept.append(Item(part, words, today if part is ItemKind.NEEDED else None))
        else:
            kept[place] = replace(kept[place], kind=part)
    return tuple(kept)


def in_part(lines: Iterable[Item], kind: ItemKind) -> tuple[Item, ...]:
    return tuple(each for each in lines if each.kind is kind)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the lines of a report. What is empty is left out."""

    first: date
    """Of the days that it tells of."""
    last: date
    manners: LetterManners = field(compare=False)
    """How the language of the texts writes what was typed; one of each, so not compared."""
    contact: str = ""
    """How the reader is greeted."""
    signature: str = ""
    closing: str = ""
    """The last line in the person's own words."""
    please: Forms = ""
    """Words that ask, which what is needed does not begin with: it stands behind «От вас нужно»."""


def text_of(lines: Sequence[Item], texts: Texts, today: date, around: Around) -> str:
    """Return the report as the client gets it. Loads the dictionary of Russian the first time."""
    week = texts.span(around.first, around.last)
    contact = greeted(around.contact, around.manners) if around.contact else ""
    told = [
        texts("reports.text.greeting_named", name=contact, week=week)
        if contact
        else texts("reports.text.greeting", week=week)
    ]
    for part in ItemKind:
        items = [_told(each, texts, today, around) for each in in_part(lines, part)]
        if items:
            told.append(_paragraph(texts(f"reports.text.{part}"), items))
    told.append(_SHOUT.sub(r"\1", around.closing) or texts("reports.text.closing"))
    signature = around.signature
    if signature:
        told.append(greeted(signature, around.manners) if signature.islower() else signature)
    return "\n".join(told)


def words_in(text: str) -> int:
    """Count the words; a dash or a full stop alone is none."""
    return sum(1 for run in text.split() if _LETTER.search(run))


def is_too_long(text: str) -> bool:
    """Tell whether a report is longer than anybody reads."""
    return words_in(text) > MOST_WORDS or len(text) > MOST_CHARACTERS


def _told(line: Item, texts: Texts, today: date, around: Around) -> str:
    asks = around.please if line.kind is ItemKind.NEEDED else ""
    said = _as_written(line.words, around.manners, Language(texts.locale.language)).rstrip("! ")
    if asks and (found := re.match(rf"{one_of(asks)},?\s+", plain(said))):
        said = said[found.end() :]
    words = going_on(bare(said))
    words = as_request(words) if asks else words
    if line.since is None or line.since == today:
        return words
    return texts("reports.since", text=words, date=texts.date(line.since, today))


def _as_written(typed: str, manners: LetterManners, language: Language) -> str:
    """Return what was typed in haste as an editor would write it."""
    said = calendared(written_out(typed, manners), language)
    said = capitalised(tidy(said), manners)
    return grouped(spelled(manners.typed, said), manners, language, named=True)


def _paragraph(label: str, items: Sequence[str]) -> str:
    """Tell a part in one sentence; as a list where that would be hard to read."""
    in_a_row = ", ".join(items)
    apart = len(items) > 1 and any(map(_INNER.search, items))
    if apart or len(in_a_row) > IN_A_ROW:
        lines = [f"— {_ended(each, ';')}" for each in items[:-1]] + [f"— {_ended(items[-1])}"]
        return "\n".join([f"{label}:", *lines])
    return f"{label}: {_ended(in_a_row)}"


def _ended(text: str, mark: str = ".") -> str:
    return text if text.endswith(("!", "?", "…", mark)) else text + mark


def _unmarked(line: str) -> str:
    before, kept = "", line.strip()
    while kept != before:
        before, kept = kept, _MARK.sub("", kept)
    return bare(kept)


def _once(words: Iterable[str]) -> Iterator[str]:
    seen = set()
    for each in words:
        if each.casefold() not in seen:
            seen.add(each.casefold())
            yield each


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
