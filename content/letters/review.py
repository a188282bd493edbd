"""What to look at before a letter goes out: its days, its money, and what it promises.

The checker reads a text; here the text is held against what it was made of and the day it is
sent on.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content.checking.findings import Finding, Rule
from content.checking.lexicon import RuleTexts, read
from content.letters.drafting import Variant, day_in, draft, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from content.letters.drafting import FilledBlanks, People
    from content.letters.letters import LetterKind
    from content.models import Language

_CURRENCY = re.compile(
    r"₽|руб|\bр\b|\bт\. ?р|\bтр\b|\$|€|£|¥|₸|₴|₾|֏|\bbr\b|usd|eur|rub|kzt|gbp|usdt|долл|бакс"
    r"|евро|фунт|тенге|сом\b|сум\b|лари|драм|грн|гривен|злот|pound|dollar|rouble|ruble",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[\d\u00a0\u202f .,]*\d|\d")
_ATTACHED = re.compile(
    r"\b(?:приложен(?:[аоы]|н\w+)?|прикладыва\w+|прикрепл\w+|прилага\w+|в[ои] вложени\w+"
    r"|в приложении к (?:этому )?(?:письму|сообщению)"
    r"|attached|enclosed|attaching)\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"(?<!не )\b(?:закрыт[ыао]?|оплачен[ыао]?|settled|paid)\b(?! only)", re.IGNORECASE
)
_UNPAID = re.compile(
    r"(?:оплат|деньг|аванс|платёж|платеж|счёт|счет)[^.;\n]*"
    r"(?:\bне (?:пришл|поступил|прошл|оплачен|было)|задерж)"
    r"|(?:payment|invoice)[^.;\n]*(?:not arrive|not paid|unpaid|late)",
    re.IGNORECASE,
)
_UNPAID_SIGNS = frozenset({"late_payment"})


@dataclass(frozen=True, slots=True)
class Sending:
    """The day a letter goes out on, and what its writer alone knows."""

    today: dt.date
    is_off: Callable[[dt.date], bool]
    """Whether a day is none of the person's working days."""
    private: tuple[str, ...] = ()
    """How the client is called on the card, in the forms that a letter might have."""


def review(  # noqa: PLR0913  a letter is all of these
    kind: LetterKind,
    style: Variant,
    filled: FilledBlanks,
    text: str,
    sending: Sending,
    *,
    told_in: Language | None = None,
) -> tuple[Finding, ...]:
    """Return what of a letter does not hold on the day it is sent; its writer may keep each."""
    texts = read(told_in or style.language, RuleTexts)
    found = [
        *_days(kind, style, filled, text, sending),
        *_money(kind, filled, text),
        *((Rule.ATTACHMENT, each.start(), each.end(), None) for each in _ATTACHED.finditer(text)),
        *_open_bill(filled, text),
        *_private(text, sending.private),
    ]
    return tuple(
        Finding(rule, start, end, text[start:end], getattr(texts, rule).why, fix)
        for rule, start, end, fix in sorted(found, key=lambda each: each[1])
    )


def redated(  # noqa: PLR0913  a letter is all of these
    kind: LetterKind,
    style: Variant,
    filled: FilledBlanks,
    people: People,
    text: str,
    *,
    was: dt.date,
    today: dt.date,
) -> str:
    """Return the letter with the date of today, where it bears that of the day it was written."""
    if was == today:
        return text
    if text == draft(kind, style, filled, people, was).text:
        return draft(kind, style, filled, people, today).text
    manners = kind.manners[style.language]
    head, lines = text.split("\n")[:-_LAST_LINES], text.split("\n")[-_LAST_LINES:]
    for place, line in enumerate(lines):
        for full in (True, False):
            old = day_in(manners, style.language, was, was, full=full)
            if line == old or line.startswith(f"{old}, "):
                new = day_in(manners, style.language, today, today, full=full)
                lines[place] = new + line.removeprefix(old)
                return "\n".join([*head, *lines])
    return text


_LAST_LINES = 2
"""Of a letter, in which its date may stand."""
_Found = tuple[Rule, int, int, "str | None"]


def _days(
    kind: LetterKind, style: Variant, filled: FilledBlanks, text: str, sending: Sending
) -> Iterator[_Found]:
    manners = kind.manners[style.language]
    days = {
        each.id: day
        for each in kind.data.blank
        if isinstance(day := filled.values.get(each.id), dt.date)
    }

    def placed(rule: Rule, blank: str) -> Iterator[_Found]:
        said = day_in(manners, style.language, days[blank], sending.today)
        start = text.find(said)
        if start >= 0:
            yield rule, start, start + len(said), None

    ahead = {each.id: each for each in kind.data.blank if each.id in days and each.soon}
    for blank, data in ahead.items():
        if days[blank] < sending.today:
            yield from placed(Rule.PAST_DAY, blank)
        elif data.working and sending.is_off(days[blank]):
            yield from placed(Rule.DAY_OFF, blank)
    for first, then in kind.data.in_order:
        if first in days and then in days and days[then] < days[first]:
            yield from placed(Rule.DAY_ORDER, then)


def _money(kind: LetterKind, filled: FilledBlanks, text: str) -> Iterator[_Found]:
    for each in kind.data.blank:
        value = filled.values.get(each.id)
        if not each.money or not isinstance(value, str) or _CURRENCY.search(value):
            continue
        amount = _AMOUNT.search(value)
        said = grouped(amount.group()) if amount else ""
        start = text.find(said) if amount else -1
        if amount and start >= 0:
            whole = amount.group() == value.strip().rstrip(".")
            fix = f"{said}\N{NO-BREAK SPACE}₽" if whole else None
            yield Rule.NO_CURRENCY, start, start + len(said), fix


def _open_bill(filled: FilledBlanks, text: str) -> Iterator[_Found]:
    bill = filled.values.get("invoice")
    if not isinstance(bill, str) or not (settled := _SETTLED.search(bill)):
        return
    facts = filled.values.get("facts")
    told = facts if isinstance(facts, tuple) else ()
    if not (filled.signs & _UNPAID_SIGNS) and not any(map(_UNPAID.search, told)):
        return
    start = text.find(settled.group())
    if start >= 0:
        yield Rule.OPEN_BILL, start, start + len(settled.group()), None


def _private(text: str, names: tuple[str, ...]) -> Iterator[_Found]:
    for name in sorted(names, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) if name else None
        if found:
            yield Rule.NICKNAME, found.start(), found.end(), None
            return
