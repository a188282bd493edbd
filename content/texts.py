"""Interface texts of one language: keys, named placeholders, plurals, dates.

A key is the stem of a file in ``words/<language>/ui`` and the path of tables within it:
``clients.since``. A text holds placeholders ``{name}``; a table whose keys are plural categories
(``one``, ``few``, ``many`` …) is one text, chosen by the argument ``n``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list

from content.typography import NO_BREAK, tied

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_ABBREVIATED = re.compile(r"\s\w\.$")
"""What Russian dates end with, «г.»: its full stop would stand beside that of the sentence."""
_APART = re.compile(rf"(?<={NO_BREAK})(\d\d?,{NO_BREAK}\d{{4}})(?= \w)")
"""A year that a comma parts from its day, “December 7, 2026”, is parted from what follows too."""
CUT_SHORT = "…."
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_QUOTED = re.compile(r"([«“])\{([a-z][a-z0-9_]*)\}")
_WITHIN = {"«": str.maketrans("«»", "„“"), "“": str.maketrans("“”", "‘’")}
"""Quotation marks within those of a text: «Студия „Вектор“»."""


class TextFault(LookupError):  # noqa: N818  the content speaks of faults
    """There is no such text, or its arguments are not the ones it names."""


class MalformedText(ValueError):  # noqa: N818  says what the text is
    """A text cannot be a template; the message says why."""


@dataclass(frozen=True, slots=True)
class Template:
    """One text, parsed. ``forms`` holds one form, or one per plural category."""

    forms: Mapping[str, str]
    """Printf forms: the arguments go in as they are and are never read as templates again."""
    names: frozenset[str]
    plural: bool
    quoted: Mapping[str, Mapping[int, int]]
    """The arguments that stand in quotation marks, and what becomes of those within them."""


def is_plural(value: object) -> bool:
    """Tell whether a TOML value is a table of plural forms rather than a table of texts."""
    return isinstance(value, dict) and bool(value) and value.keys() <= CATEGORIES


def parse(value: str | Mapping[str, str]) -> Template:
    """Parse a text or a table of plural forms. Raises ``MalformedText``."""
    plural = not isinstance(value, str)
    forms = {"": value} if isinstance(value, str) else dict(value)
    names = {name for form in forms.values() for name in _PLACEHOLDER.findall(form)}
    for form in forms.values():
        if "{" in (rest := _PLACEHOLDER.sub("", form)) or "}" in rest:
            raise MalformedText("a brace that is not part of a placeholder such as {name}")
    return Template(
        {
            category: _PLACEHOLDER.sub(r"%(\1)s", form.replace("%", "%%"))
            for category, form in forms.items()
        },
        frozenset(names | {"n"} if plural else names),
        plural,
        {
            name: _WITHIN[opening]
            for form in forms.values()
            for opening, name in _QUOTED.findall(form)
        },
    )


def flatten(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    """Walk nested tables of texts: ``(key, text or table of plural forms)``."""
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict) and not is_plural(value):
            yield from flatten(value, key)
        else:
            yield key, value


def needed_categories(locale: Locale) -> frozenset[str]:
    """Return the plural categories that whole numbers of this language fall into."""
    return frozenset(map(locale.plural_form, (*range(201), 1_000, 1_000_000)))


def _whole(date: str) -> str:
    """Return a date that no line breaks."""
    return date.replace(" ", NO_BREAK)


class Texts:
    """The texts of one language; called with a key and the arguments it names."""

    def __init__(self, locale: Locale, templates: Mapping[str, Template]) -> None:
        """Take parsed templates; plural ones must have every category ``locale`` needs."""
        self.locale = locale
        self.templates = templates
        self._group = str(locale.number_symbols["latn"]["group"])
        self._category = lru_cache(maxsize=1024)(locale.plural_form)
        self._date = lru_cache(maxsize=1024)(self._written)
        self._fixed = {
            key: each.forms[""] % {}
            for key, each in templates.items()
            if not each.names and not each.plural
        }

    def __call__(self, key: str, /, **arguments: str | int) -> str:
        """Return the text. Whole numbers are grouped. Raises ``TextFault``."""
        if not arguments and (fixed := self._fixed.get(key)) is not None:
            return fixed
        template = self.templates.get(key)
        if template is None:
            raise TextFault(f"there is no text {key!r}")
        if arguments.keys() != template.names:
            raise TextFault(f"text {key!r} takes {sorted(template.names)}, not {sorted(arguments)}")
        category = ""
        if template.plural:
            n = arguments["n"]
            if not isinstance(n, int):
                raise TextFault(f"text {key!r}: n must be a whole number, not {n!r}")
            category = self._category(n)
        numbers = {
            name: self.number(argument)
            for name, argument in arguments.items()
            if isinstance(argument, int)
        }
        quoted = {name: str(arguments[name]).translate(to) for name, to in template.quoted.items()}
        text = _APART.sub(r"\1,", template.forms[category] % (arguments | quoted | numbers))
        if CUT_SHORT in text and not any(CUT_SHORT in str(each) for each in arguments.values()):
            text = text.replace(CUT_SHORT, "…")  # what a name was cut to ends the sentence
        return tied(text) if numbers else text

    def has(self, key: str) -> bool:
        """Tell whether there is a text under this key."""
        return key in self.templates

    def number(self, n: int) -> str:
        """Return a whole number, grouped as the language does: ``12 000``."""
        return f"{n:,}".replace(",", self._group)

    def date(self, day: dt.date, today: dt.date | None = None) -> str:
        """Return «21 ноября», with the year where ``today`` is in another one."""
        return self._date(day, today is not None and day.year != today.year)

    def _written(self, day: dt.date, with_year: bool) -> str:
        if with_year:
            return _whole(_ABBREVIATED.sub("", format_date(day, "long", locale=self.locale)))
        return _whole(format_skeleton("MMMMd", day, locale=self.locale))

    def clock(self, at: dt.time | dt.datetime, *, whole: bool = True) -> str:
        """Return «09:30», “9:30 AM”; not ``whole``: «09», “9 AM”."""
        short = str(self.locale.time_formats["short"].pattern)
        hours = "".join(re.findall("h+|H+|[^hHm]*a", short))
        said = format_time(at, short if whole else hours, locale=self.locale)
        return _whole(" ".join(said.split()))

    def span(self, first: dt.date, last: dt.date) -> str:
        """Return «3–9 ноября», «29 сентября – 5 октября»."""
        end = self.date(last)
        if first.month != last.month:
            return f"{self.date(first)}{NO_BREAK}– {end}"
        return end.replace(str(last.day), f"{first.day}–{last.day}")

    def weekday(self, day: dt.date) -> str:
        """Return the day of the week: «пятница»."""
        return format_date(day, "EEEE", locale=self.locale)

    def either(self, items: Sequence[str]) -> str:
        """Return «a, b или c»."""
        return format_list(items, style="or", locale=self.locale)

    def list(self, items: Sequence[str]) -> str:
        """Return «a, b и c»."""
        return format_list(items, locale=self.locale)
