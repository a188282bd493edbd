"""What holds for every screen, whatever it says: the grammar of rows, labels, colours and words."""

from __future__ import annotations

import re

from bot.local.chats import Message
from handlers.engine.screen import HEADER_LIMIT, LABEL_LIMITS, SLACK, width
from handlers.letters.buttons import EditLetter, LetterFile
from handlers.reports.buttons import EditReport, ReportFile

ROWS = 7
LIST_ROWS = 12
LIST_FROM = 5
"""So many rows of one button make a list."""
QUOTATIONS = 3
BUBBLE = 25
"""Characters of the longest line below which some apps cut the buttons of a shared row."""
TOAST = 60
UP = "‹"
EARLIER = ("‹ Раньше", "‹ Earlier")
"""The pager's own button, the only «‹» that does not leave the screen."""
LOOSE = re.compile(
    r"\d (?:[₽%]|(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    r"дн|день|недел|месяц|час|минут|раз|год|лет|вопрос|ответ|клиент|факт|слов|балл)\w*)|№ \d"
)
LATIN = re.compile(r"(?<![/\w])[A-Za-z]+")
ALLOWED = {"Telegram", "PDF", "eml", "json", "txt", "English"}
"""Latin words that a Russian text may hold; commands are told by their slash."""
CYRILLIC = re.compile("[А-Яа-яЁё]+")
OWN_NAMES = {"русский", "Русский"}
"""What a language calls itself."""
LINK = re.compile(r"https?://\S+|/start \S+")
"""What lets somebody in is no word."""


def faults(message: Message) -> list[str]:
    """Return what is wrong with the shape of a screen; empty for a good one."""
    rows = message.keyboard
    return [*_text_faults(message), *_row_faults(message.labels), *_colour_faults(rows)]


def loose(message: Message, typed: str) -> list[str]:
    """Return the dates and measures between whose words a line may end, but for typed ones.

    Invariant I22.
    """
    within = [*LOOSE.finditer(message.text), *re.finditer(r"\w+ —", message.text)]
    return [f"a line may end within {found[0]!r}" for found in within if found[0] not in typed]


def wording_faults(message: Message, language: str = "ru") -> list[str]:
    """Return what no text may hold where the person typed only words of one language."""
    said = "\n".join([message.text, *(label for row in message.labels for label in row)])
    found = [f"a placeholder is left: {brace}" for brace in "{}" if brace in said]
    if language == "ru":
        foreign = set(LATIN.findall(LINK.sub("", said))) - ALLOWED
    else:
        foreign = set(CYRILLIC.findall(said)) - OWN_NAMES
    if foreign:
        found.append(f"words of another language: {sorted(foreign)}")
    found += [f"double {each!r}" for each in ("  ", "..", "::", ",,", "\n\n\n") if each in said]
    return found


def header(message: Message) -> str:
    """Return the first line, which every screen has in bold."""
    return message.text.split("\n", 1)[0]


def unfolded(message: Message) -> str:
    """Return what is read at first sight: the text without its quotations."""
    raw = message.text.encode("utf-16-le")
    for entity in sorted(message.entities, key=lambda one: -one["offset"]):
        if entity["type"] == "expandable_blockquote":
            start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
            raw = raw[:start] + raw[end:]
    return raw.decode("utf-16-le")


def folded(message: Message) -> list[str]:
    """Return the quotations of a message."""
    raw = message.text.encode("utf-16-le")
    return [
        raw[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
        for entity in message.entities
        if entity["type"] == "expandable_blockquote"
    ]


def _text_faults(message: Message) -> list[str]:
    found = [] if is_letter(message) else _header_faults(message)
    quotations = sum(one["type"] == "expandable_blockquote" for one in message.entities)
    if quotations > QUOTATIONS:
        found.append(f"{quotations} quotations")
    shared = any(len(row) > 1 for row in message.labels)
    widest = max(map(len, message.text.splitlines()))
    if shared and widest < BUBBLE:
        found.append(f"a bubble of {widest} characters cuts the buttons of a shared row")
    return found


def is_letter(message: Message) -> bool:
    """Tell the text of a letter or a report, which has nothing else in it, from a screen."""
    data = [str(button.get("callback_data")) for row in message.keyboard for button in row]
    forms = (EditLetter, LetterFile, EditReport, ReportFile)
    offers = tuple(f"{form.__prefix__}:" for form in forms)
    return any(each.startswith(offers) for each in data) and not message.entities


def _header_faults(message: Message) -> list[str]:
    found = []
    title = header(message)
    if len(title) > HEADER_LIMIT:
        found.append(f"the header has {len(title)} characters")
    bold = {(one["offset"], one["type"]) for one in message.entities}
    if (0, "bold") not in bold:
        found.append("the header is not bold")
    return found


def _row_faults(rows: list[list[str]]) -> list[str]:
    if not rows:
        return ["no buttons: a dead end"]  # Invariant I4.
    singles = sum(len(row) == 1 for row in rows)
    limit = LIST_ROWS if singles >= LIST_FROM else ROWS
    found = [f"{len(rows)} rows"] if len(rows) > limit else []
    for row in rows:
        most = LABEL_LIMITS.get(len(row))
        if most is None:
            found.append(f"{len(row)} buttons in a row")
            continue
        found += [f"label too long: {label!r}" for label in row if len(label) > most]
        found += [f"label too wide: {label!r}" for label in row if width(label) > most * SLACK]
        found += [f"label without a word: {label!r}" for label in row if not label.strip(" •✓")]
    above = [label for row in rows[:-1] for label in row]
    found += [f"{label!r} is not in the last row" for label in above if _leaves(label)]
    return found


def _leaves(label: str) -> bool:
    return label.startswith(UP) and label not in EARLIER


def _colour_faults(rows: list[list[dict[str, object]]]) -> list[str]:
    styles = [[button.get("style") for button in row] for row in rows]
    flat = [style for row in styles for style in row]
    found = [f"{flat.count(one)} × {one}" for one in ("primary", "danger") if flat.count(one) > 1]
    for index, row in enumerate(styles):
        if "danger" not in row:
            continue
        if len(row) > 1 or index == len(styles) - 1:
            found.append("the danger button is not alone, or has no row under it")
        beside = styles[max(0, index - 1)] + styles[min(index + 1, len(styles) - 1)]
        if "primary" in beside:
            found.append("danger is next to primary")
        if "primary" not in styles[0]:
            found.append("the safe button does not come first")
    return found
