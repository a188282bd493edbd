"""Letters with random clean facts, as a calm freelancer would fill them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from content.letters.drafting import (
    CitedFact,
    Draft,
    FilledBlanks,
    People,
    Value,
    Variant,
    draft,
    quote,
)
from content.letters.letters import LetterKind, Letters
from content.letters.models import BlankData, BlankKind, Length, Tone
from content.voices import Voice

TODAY = dt.date(2026, 11, 21)
NBSP = "\N{NO-BREAK SPACE}"

TYPED = {
    "ru": {
        "state": (
            "главная и форма готовы, каталог сделан наполовину",
            "Все макеты сданы.",
            "Готовы две статьи из четырёх, третья в черновике",
        ),
        "handover": (
            "макеты и доступы архивом до 3 декабря",
            "Передаю исходные файлы и инструкцию.",
            "доступы и материалы по списку",
        ),
        "invoice": (
            "Все счета закрыты",
            "последний счёт придёт вместе с актом",
            f"Последний счёт на 40{NBSP}000{NBSP}₽ ждёт оплаты.",
        ),
        "replacement": ("Анна Белова, студия «Север»", "Игорь Петров", "курс «Сайт за неделю»"),
        "good": ("смелые идеи в каталоге", "Спасибо за доверие на старте!", "интересную задачу"),
        "terms": (f"пять страниц к 1{NBSP}ноября, 120{NBSP}000{NBSP}₽", "Три статьи в месяц."),
        "offer": (
            f"каталог и корзина — 60{NBSP}000{NBSP}₽, три недели",
            "две недели, 300 долларов",
        ),
        "conditions": (
            "изменения — по новой смете\n- оплата за три дня после акта",
            "два круга правок на этап",
        ),
    },
    "en": {
        "state": ("the home page is ready, the catalogue half done", "All layouts are delivered."),
        "handover": ("the layouts and logins as one archive", "I am handing over the files."),
        "invoice": ("All invoices are settled", "the last invoice for $600 will follow"),
        "replacement": ("Anna White, North Studio", "Peter Brown"),
        "good": ("the bold ideas", "Thanks for the trust at the start!"),
        "terms": ("five pages by November 1, $1,200", "Three articles a month."),
        "offer": ("two pages and the cart, $600, three weeks",),
        "conditions": ("changes with a new estimate\n- payment within three days", "two rounds"),
    },
}
"""Language → blank → answers; of other blanks the letter's own example and proposals are taken."""
BILLS = {"ru": ("45 и 46",), "en": ("2026-114 and 2026-121",)}
OF_THESE = {"farewell", "last_effort"}
"""Letters whose blanks these are; others may ask another thing under the same name."""


@dataclass(frozen=True)
class Sample:
    """A letter and all that it was written from."""

    kind: LetterKind
    style: Variant
    filled: FilledBlanks
    people: People
    draft: Draft

    def __str__(self) -> str:
        s = self.style
        return f"{self.kind.id} {s.tone} {s.length} {s.language}: {self.draft.subject}"


def styles(kind: LetterKind) -> Iterator[Variant]:
    """Yield every version of a letter, in the languages whose answers stand above."""
    for language in (each for each in kind.texts if each in TYPED):
        for tone in kind.data.tones:
            for length in kind.data.layout:
                yield Variant(tone, length, language)


def samples(letters: Letters, seed: int) -> Iterator[Sample]:
    """Yield every kind, tone, length and language once, with facts of this seed."""
    random = Random(seed)  # noqa: S311  nothing secret about it
    for kind in letters.kinds.values():
        for style in styles(kind):
            yield sample(letters, kind, style, random)


def of_every_option(letters: Letters, seed: int) -> Iterator[Sample]:
    """Yield letters of every kind, style and language that together have each option and voice."""
    random = Random(seed)  # noqa: S311  nothing secret about it
    for kind in letters.kinds.values():
        ways = [*styles(kind)]
        most = max([len(each.options) for each in kind.data.blank] + [len(Voice)])
        for style in ways:
            for nth in range(most if style.tone is Tone.NEUTRAL else len(Voice)):
                voice = list(Voice)[nth % len(Voice)]
                yield sample(letters, kind, style, random, voice, nth=nth)


def sample(  # noqa: PLR0913  a letter is all of these
    letters: Letters,
    kind: LetterKind,
    style: Variant,
    random: Random,
    voice: Voice | None = None,
    *,
    nth: int | None = None,
) -> Sample:
    """Return one letter with random clean facts, in a random voice where none is given.

    ``nth``: which of its options every choice has, so that a row of letters has them all.
    """
    russian = style.language == "ru"
    people = People(
        signature=random.choice(["Игорь", "Марина К."] if russian else ["Igor", "Marina K."]),
        voice=voice or random.choice(list(Voice)),
        contact=random.choice(["", "Ольга"] if russian else ["", "Olga"]),
        client=random.choice(["", "студии «Вектор»"] if russian else ["", "Vector Studio"]),
    )
    if not people.client:
        named = ("", "Каталог осени") if russian else ("", "Autumn range descriptions", "catalog")
        people = replace(people, project=random.choice(named))
    person = _Person(letters, kind, style, people.voice, random, nth)
    answers = {each.id: person.answer(each) for each in kind.data.blank}
    days = {id_: day for id_, day in answers.items() if isinstance(day, dt.date)}
    later = (day + dt.timedelta(days=more) for more, day in enumerate(sorted(days.values())))
    filled = FilledBlanks(answers | dict(zip(days, later, strict=True)))
    return Sample(kind, style, filled, people, draft(kind, style, filled, people, TODAY))


@dataclass(frozen=True)
class _Person:
    """Somebody who answers what a letter asks."""

    letters: Letters
    kind: LetterKind
    style: Variant
    voice: Voice
    random: Random
    nth: int | None

    def answer(self, blank: BlankData) -> Value:
        if blank.kind is BlankKind.CHOICE:
            nth = self.random.randrange(len(blank.options)) if self.nth is None else self.nth
            return tuple(blank.options)[nth % len(blank.options)]
        if blank.kind is BlankKind.DATE:
            days = self.random.randint(3, 50)
            return TODAY + dt.timedelta(days=days if blank.soon else -days)
        if blank.kind is BlankKind.FACTS:
            most = 2 if self.style.length is Length.SHORT else 5
            ago = self.random.sample(range(400), self.random.randint(1, most))
            return tuple(self.fact(day) for day in sorted(ago, reverse=True))
        asked = self.kind.texts[self.style.language].blanks[blank.id]
        typed = TYPED[self.style.language].get(blank.id, ()) if self.kind.id in OF_THESE else ()
        bills: tuple[str, ...] = BILLS[self.style.language] if blank.bill else ()
        return self.random.choice([*typed, *bills, asked.example or "", *asked.proposals])

    def fact(self, days_ago: int) -> str:
        language = self.style.language
        lines = self.letters.fact_lines[language]
        fact = CitedFact(
            day=TODAY - dt.timedelta(days=days_ago),
            sign=self.random.choice([sign for sign, line in lines.items() if line.line]),
            sum=self.random.choice(["", "$600" if language == "en" else f"60{NBSP}000{NBSP}₽"]),
            delay=self.random.choice([None, 1, 18, 22]),
        )
        line = quote(self.letters, fact, language, TODAY, self.voice)
        assert line is not None
        return line
