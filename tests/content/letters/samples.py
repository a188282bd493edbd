"""Letters with random clean facts, as a calm freelancer would fill them in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from content.letters.drafting import Draft, Fact, Filled, People, Style, Voice, draft, quote
from content.letters.models import BlankKind, Length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content.letters.drafting import Value
    from content.letters.letters import LetterKind, Letters
    from content.letters.models import BlankData

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
        "terms": ("five pages by 1 November, $1,200", "Three articles a month."),
        "offer": ("two pages and the cart, $600, three weeks",),
        "conditions": ("changes with a new estimate\n- payment within three days", "two rounds"),
    },
}
"""Language → blank → answers; of other blanks the letter's own example and proposals are taken."""


@dataclass(frozen=True)
class Sample:
    """A letter and all that it was written from."""

    kind: LetterKind
    style: Style
    filled: Filled
    people: People
    draft: Draft

    def __str__(self) -> str:
        s = self.style
        return f"{self.kind.id} {s.tone} {s.length} {s.language}: {self.draft.subject}"


def styles(kind: LetterKind) -> Iterator[Style]:
    """Yield every version of a letter."""
    for language in kind.texts:
        for tone in kind.data.tones:
            for length in kind.data.layout:
                yield Style(tone, length, language)


def samples(letters: Letters, seed: int) -> Iterator[Sample]:
    """Yield every kind, tone, length and language once, with facts of this seed."""
    random = Random(seed)  # noqa: S311  nothing secret about it
    for kind in letters.kinds.values():
        for style in styles(kind):
            yield sample(letters, kind, style, random)


def sample(letters: Letters, kind: LetterKind, style: Style, random: Random) -> Sample:
    """Return one letter with random clean facts."""
    answers = {each.id: _answer(letters, kind, style, each, random) for each in kind.data.blank}
    coming = sorted(day for day in answers.values() if isinstance(day, dt.date))
    answers |= zip(
        (id_ for id_, day in answers.items() if isinstance(day, dt.date)), coming, strict=True
    )
    filled = Filled(answers)
    russian = style.language == "ru"
    people = People(
        signature=random.choice(["Игорь", "Марина К."] if russian else ["Igor", "Marina K."]),
        voice=random.choice(list(Voice)),
        contact=random.choice(["", "Ольга"] if russian else ["", "Olga"]),
        client=random.choice(["", "студии «Вектор»"] if russian else ["", "Vector Studio"]),
    )
    return Sample(kind, style, filled, people, draft(kind, style, filled, people, TODAY))


def _answer(
    letters: Letters, kind: LetterKind, style: Style, blank: BlankData, random: Random
) -> Value:
    if blank.kind is BlankKind.CHOICE:
        return random.choice(blank.options)
    if blank.kind is BlankKind.DATE:
        if not blank.soon:
            return TODAY - dt.timedelta(days=random.randint(5, 60))
        return TODAY + dt.timedelta(days=random.randint(3, 50))
    if blank.kind is BlankKind.FACTS:
        most = 2 if style.length is Length.SHORT else 5
        ago = random.sample(range(400), random.randint(1, most))
        days = sorted(TODAY - dt.timedelta(days=each) for each in ago)
        return tuple(_fact(letters, style, day, random) for day in days)
    asked = kind.texts[style.language].blanks[blank.id]
    typed = (
        TYPED[style.language].get(blank.id, ()) if kind.id in {"farewell", "last_effort"} else ()
    )
    return random.choice([*typed, asked.example or "", *asked.proposals])


def _fact(letters: Letters, style: Style, day: dt.date, random: Random) -> str:
    quotable = [sign for sign, line in letters.fact_lines[style.language].items() if line.line]
    fact = Fact(
        day=day,
        sign=random.choice(quotable),
        sum=random.choice(["", f"60{NBSP}000{NBSP}₽" if style.language == "ru" else "$600"]),
        delay=random.choice([None, 1, 18, 22]),
    )
    line = quote(letters, fact, style.language, TODAY)
    assert line is not None
    return line
