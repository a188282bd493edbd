"""Screens are values: text, buttons, and the address that opens them again.

A message has five parts, always in this order: header, bar, body, folded quotations, state line.
Nothing here knows how a message is sent; ``handlers.engine.delivery`` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Self, TypeAlias
from unicodedata import category, east_asian_width

from content.russian.widths import WIDE_CAPITALS, WIDE_LETTERS
from handlers.engine.buttons import Data
from storage.rows.memory import Owned

Json: TypeAlias = dict[str, Any]
HEADER_LIMIT = 40
LABEL_LIMITS = {1: 30, 2: 14, 3: 9}
"""Characters that fit a button at 390 px, by the number of buttons in its row."""
COPIED = 256
"""UTF-16 units that fit a button that copies."""
BAR_CELLS = 8
BOLD = "bold"
QUOTATION = "expandable_blockquote"
ELLIPSIS = "…"
SLACK = 1.25
"""By so much a label may be wider than as many common letters: buttons leave that much room."""
WIDER = frozenset(f"{WIDE_CAPITALS}MW@—№")
"""Letters and marks nearly twice as wide as others, such as the last capital of “KLM”."""
WIDE = frozenset(f"{WIDE_LETTERS}mw%")
TIED = re.compile(" (?=[—·] )")
"""No line begins with a dash or a dot."""


class Style(StrEnum):
    """Colours of buttons; answers are always plain."""

    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that calls back, copies a phrase (1 to 256 UTF-16 units), or picks a contact."""

    label: str
    data: str | None = None
    copy: str | None = None
    style: Style | None = None
    picks: bool = False
    """It opens the phone's contacts; its screen stands in the place of the phone's keyboard."""
    back: bool = False
    """It leads back to where the person came from; /cancel does the same."""

    def as_main(self) -> Self:
        """Return the same button as the one recommended next step."""
        return replace(self, style=Style.PRIMARY)


@dataclass(frozen=True, slots=True)
class Strong:
    """A line of the body in bold: the one statement of the screen."""

    text: str


BodyLine = str | Strong
ButtonRow = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message of the conversation."""

    header: str
    body: tuple[BodyLine, ...] = ()
    rows: tuple[ButtonRow, ...] = ()
    progress: tuple[int, int] | None = None
    """Number of the question and how many there are; drawn as a bar."""
    beside: str = ""
    """Stands beside the bar."""
    folded: tuple[str, ...] = ()
    """Quotations of which three lines are seen until unfolded; the first line is the title."""
    state: str = ""
    place: str = ""
    """Callback data that opens this screen again; empty for one that has no address."""
    plain: bool = False
    """Nothing but the first line of the body: a letter, to be copied as it stands."""
    cover: tuple[str, str] | None = None
    """Two lines above everything else, which a list of chats and a locked screen show instead."""

    @property
    def back(self) -> str | None:
        """The address of the way back; None for a screen that has none of its own."""
        return next((each.data for row in self.rows for each in row if each.back), None)

    @property
    def picks(self) -> bool:
        """Whether it offers the contacts: such a screen is sent, and never edited into another."""
        return any(each.picks for row in self.rows for each in row)

    def covered(self, *cover: *tuple[str, str]) -> Self:
        """Return the same screen under two lines that say nothing; a letter stays a letter."""
        return self if self.plain else replace(self, cover=cover)

    def saying(self, state: str) -> Self:
        """Return the same screen with another state line; a letter stays a letter."""
        if self.plain:
            return self
        return replace(self, state=state)

    def formatted(self) -> tuple[str, list[Json]]:
        """Return the text and its entities as Telegram takes them, offsets in UTF-16 units."""
        parts: list[str] = []
        entities: list[Json] = []
        offset = 0
        for text, kind in self._parts():
            length = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
            if kind:
                entities.append({"type": kind, "offset": offset, "length": length})
            parts.append(text)
            offset += length
        text = "".join(parts)
        return text if self.plain else TIED.sub("\N{NO-BREAK SPACE}", text), entities

    def _parts(self) -> Iterator[tuple[str, str]]:
        """Walk the text piece by piece, each with the kind of its entity or none."""
        if self.plain:
            line = self.body[0]
            yield (line.text, BOLD) if isinstance(line, Strong) else (line, "")
            return
        if self.cover is not None:
            title, line = self.cover
            yield title, BOLD
            yield f"\n{line}\n\n", ""
        yield self.header, BOLD
        if self.progress is not None:
            yield f"\n{bar(*self.progress)} {self.beside}".rstrip(), ""
        # A blank line between paragraphs; a statement stands right above what follows it.
        gap = "\n\n"
        for line in self.body:
            yield gap, ""
            yield (line.text, BOLD) if isinstance(line, Strong) else (line, "")
            gap = "\n" if isinstance(line, Strong) else "\n\n"
        gap = "\n\n"
        for text in self.folded:
            yield gap, ""
            yield text, QUOTATION
            gap = "\n"
        if self.state:
            yield "\n\n" + self.state, ""

    def keyboard(self) -> Json | None:
        """Return the buttons as Telegram takes them; None where there are none."""
        return keyboard(self.rows)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the text; Telegram sends again what it has, anything else is drawn."""

    draw: Callable[[], bytes]
    """Called in a thread when it is sent."""
    subject: str
    """Kind and number of what it shows; the newest of each is remembered."""
    client: int | None
    """Whom it shows; None for all clients."""
    look: str
    """Keyed hash of all that is drawn."""
    file_id: str = ""
    """By which Telegram has just this picture; empty where it has not."""
    veiled: bool = False
    """Shown only once it is tapped."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A message that stays in the chat: a clean text to forward or copy, a file, or a picture."""

    text: str = ""
    file: bytes | Callable[[], bytes] | None = None
    """A function is called in a thread when the file is sent."""
    name: str = ""
    """Of the file."""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that has its day, as the screens that look ahead tell it."""

    due: bool
    card: str
    """How its client's card tells it."""
    start: str
    """How the first screen tells it, where the client must be named."""
    opens: Button
    """As the card has it."""
    opens_at_start: Button


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers: the next screen, a toast of at most 60 characters, papers."""

    screen: Screen
    toast: str = ""
    papers: tuple[Paper, ...] = ()
    clear: tuple[int, ...] = ()
    """Telegram ids of messages to take out of the chat."""
    marked: bool = False
    """The message that brought it gets a reaction: it is written down."""
    forget: bool = False
    """Everything about the person was erased: nothing is written after this."""
    menu: tuple[tuple[str, str], ...] | None = None
    """The commands of this chat, each with what it does; none: those of the phone's language."""
    then: Callable[[Owned], None] | None = None
    """What to note once all of it is in the chat."""


def bar(number: int, total: int) -> str:
    """Draw how far a questionnaire is: ``▰▰▱▱▱▱▱▱``."""
    filled = number * BAR_CELLS // total
    return "▰" * filled + "▱" * (BAR_CELLS - filled)


def width(text: str) -> float:
    """Return how wide a text is, in letters of common width."""
    return sum(map(_width, text))


@cache
def _width(letter: str) -> float:
    kind = category(letter)
    if kind[0] == "M" or kind == "Cf":
        return 0
    if kind == "So" or east_asian_width(letter) in "WF":
        return 2.4
    if letter in WIDER:
        return 1.9
    return 1.4 if letter in WIDE or letter.isupper() else 1


def units(text: str) -> int:
    """Count as Telegram does: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, limit: int) -> str:
    """Shorten at a word to at most ``limit`` characters, the ellipsis included.

    What is as short as a label is one line, and wide letters leave room for fewer of them.
    """
    room = limit * SLACK if limit <= LABEL_LIMITS[1] else float("inf")
    if len(text) <= limit and width(text) <= room:
        return text
    limit = max(limit, 1)
    while limit > 1 and width(text[: limit - 1]) + width(ELLIPSIS) > room:
        limit -= 1
    whole = text[: limit - 1]
    at_word = whole.rsplit(" ", 1)[0] if " " in whole[limit // 2 :] else whole
    return at_word.rstrip(" ,.—·«„") + ELLIPSIS


def chosen(label: str, now: bool) -> str:
    """Mark the label of what holds now."""
    return f"• {label}" if now else label


def header(who: str, *rest: str) -> str:
    """Join ``who · what · where``, shortening ``who`` until the line fits 40 characters.

    The last word of a name stays where there is room: by it two branches of a firm are told apart.
    """
    tail = "".join(f" · {part}" for part in rest if part)
    limit = max(8, HEADER_LIMIT - len(tail))
    before, _, last = who.rstrip().rpartition(" ")
    if len(who) <= limit or len(last) > limit // 2 or last.islower() or not before:
        return cut(who, limit) + tail
    return f"{cut(before, limit - len(last) - 1)} {last}{tail}"


def button(label: str, to: Data | str, style: Style | None = None) -> Button:
    """Make a button that calls back."""
    return Button(label, data=to if isinstance(to, str) else to.pack(), style=style)


def way_back(label: str, to: Data | str) -> Button:
    """Make the button that leads back; a screen that asks for words must have one."""
    return replace(button(label, to), back=True)


def primary(label: str, to: Data | str) -> Button:
    """Make the one recommended next step of a screen."""
    return button(label, to, Style.PRIMARY)


def in_pairs(buttons: Iterable[Button]) -> tuple[ButtonRow, ...]:
    """Lay buttons two in a row where both labels fit, else one."""
    rows: list[ButtonRow] = []
    waiting: Button | None = None
    for each in buttons:
        if cut(each.label, LABEL_LIMITS[2]) != each.label:
            rows += [(waiting,)] if waiting else []
            rows.append((each,))
            waiting = None
        elif waiting:
            rows.append((waiting, each))
            waiting = None
        else:
            waiting = each
    return (*rows, (waiting,)) if waiting else tuple(rows)


def keyboard(rows: tuple[ButtonRow, ...]) -> Json | None:
    """Return rows of buttons as Telegram takes them; None where there are none."""
    if not rows:
        return None
    if any(each.picks for row in rows for each in row):
        return {
            "keyboard": [[_phone_key(each) for each in row] for row in rows],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
    return {"inline_keyboard": [[_key(each) for each in row] for row in rows]}


def _phone_key(each: Button) -> Json:
    """Return a button that stands in the place of the phone's keyboard: it is typed, or picks."""
    person = {"request_id": 1, "user_is_bot": False, "max_quantity": 1, "request_name": True}
    return {"text": each.label} | ({"request_users": person} if each.picks else {})


def _key(each: Button) -> Json:
    key: Json = {"text": each.label}
    if each.data is not None:
        key["callback_data"] = each.data
    if each.copy:
        key["copy_text"] = {"text": each.copy}
    if each.style:
        key["style"] = each.style.value
    return key
