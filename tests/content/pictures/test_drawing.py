"""What all pictures have in common: their size, their type, and what drawing them costs."""

from __future__ import annotations

import re
import struct
import sys
import threading
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from content.casefile import CaseFile, CaseItem, Section, printed
from content.knowledge import Words
from content.models import VerdictId
from content.pictures.drawing import TEMPLATES, Drawing, Theme, drawing
from content.pictures.legible import SOFT_HYPHEN, legible
from content.pictures.scale import scale

HOSTILE = (
    "#show: panic() $x$ *жир* _к_ <b> {name} \\u{41} @ссылка",
    "А" * 60,
    "\N{FIRE}\N{RIGHT-TO-LEFT OVERRIDE}株式会社",
    "é\u0301" * 30,
)


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def drawn(words: Words, name: str, theme: Theme = Theme.LIGHT) -> Drawing:
    shown = scale(words, VerdictId.LAST_EFFORT, (), name, "21 ноября")
    return drawing(shown, "ru", theme)


@pytest.mark.parametrize(("name", "theme"), list(product(HOSTILE, Theme)))
def test_a_picture_is_780_pixels_wide_whatever_is_typed(
    words: Words, name: str, theme: Theme
) -> None:
    width, height = size(drawn(words, name, theme).png())
    assert width == 780
    assert 300 < height < 3000


def test_light_and_dark_are_two_pictures(words: Words) -> None:
    light, dark = (drawn(words, "Ольга", theme) for theme in Theme)
    assert light.look != dark.look
    assert light.png() != dark.png()


def test_the_same_facts_give_the_same_picture(words: Words) -> None:
    assert drawn(words, "Ольга").look == drawn(words, "Ольга").look
    assert drawn(words, "Ольга").look != drawn(words, "Олег").look
    assert drawn(words, "Ольга").png() == drawn(words, "Ольга").png()


def _chosen(template: str) -> str:
    """Write a size that is chosen between two as two sizes."""
    return re.sub(
        r"size: if [^{]+\{ *(\w+) *\} else \{ *(\w+) *\}", r"size: \1, size: \2", template
    )


def test_no_type_is_smaller_than_14_points() -> None:
    look = (TEMPLATES / "look.typ").read_text("utf-8")
    named = {name: float(points) for name, points in re.findall(r"#let (\w+) = ([\d.]+)pt", look)}
    for path in set(TEMPLATES.glob("*.typ")) - {TEMPLATES / "casefile.typ"}:  # that is A4
        for value in re.findall(r"\bsize: *([\w.]+)", _chosen(path.read_text("utf-8"))):
            points = named[value] if value in named else float(value.removesuffix("pt"))
            assert points >= 14, (path.name, value)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["ink", "soft", "accent"])
def test_words_stand_out_from_the_ground_in_both_themes(name: str) -> None:
    look = (TEMPLATES / "look.typ").read_text("utf-8")
    colours = {
        called: (dark, light)
        for called, dark, light in re.findall(
            r'#let (\w+) = if dark \{ rgb\("#(\w+)"\) \} else \{ rgb\("#(\w+)"\)', look
        )
    }
    for ground, over in zip(colours["paper"], colours[name], strict=True):
        low, high = sorted((luminance(ground), luminance(over)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ground, over)


def test_the_face_is_shipped_with_its_licence_and_none_of_the_machine_is_used() -> None:
    from content.pictures.drawing import fonts  # noqa: PLC0415  loads the compiler

    assert fonts().families() == ["Onest"]
    assert "SIL OPEN FONT LICENSE" in (TEMPLATES / "OFL.txt").read_text("utf-8").upper()


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Студия «Вектор» № 5", "Студия «Вектор» № 5"),
        ("\N{FIRE} Огонь\N{ZERO WIDTH SPACE}\n\nАнна", "Огонь Анна"),
        ("株式会社", "Клиент"),
        ("й", "й"),
        ("Ґалаґан, Ўткір, Әлия", "Ґалаґан, Ўткір, Әлия"),
    ],
)
def test_what_the_face_cannot_draw_is_left_out(text: str, drawn: str) -> None:
    assert legible(text, "Клиент") == drawn


def rounds_beside(work: Callable[[], object]) -> int:
    """Return how often the interpreter came round here while a thread worked.

    Nobody is made to let go of it: only what releases it of its own accord lets anything through.
    """
    rounds, seen = [0], [0, 0]

    def run() -> None:
        seen[0] = rounds[0]
        work()
        seen[1] = rounds[0]

    thread = threading.Thread(target=run)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(5)
    try:
        thread.start()
        while thread.is_alive():
            rounds[0] += 1
            time.sleep(0)
    finally:
        sys.setswitchinterval(interval)
        thread.join()
    return seen[1] - seen[0]


def test_nobody_waits_while_a_picture_is_drawn(words: Words) -> None:
    pictures = [drawn(words, f"Клиент {number}") for number in range(5)]

    def holding() -> int:
        return sum(number * number for number in range(100_000))

    assert all(rounds_beside(picture.png) for picture in pictures)
    assert rounds_beside(holding) == 0, "a control: this one lets nobody through"


def resident() -> float:
    """Return the megabytes that the process takes."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux to look")
@pytest.mark.parametrize("many", [40, pytest.param(600, marks=pytest.mark.campaign)])
def test_memory_stays_flat_over_many_pictures(words: Words, many: int) -> None:
    def draw(number: int) -> bytes:
        return drawn(words, f"Клиент {number}", list(Theme)[number % 2]).png()

    for number in range(20):
        draw(number)
    before = resident()
    for number in range(20, 20 + many):
        draw(number)
    # What one of them takes unpacked is 2 MB; measured, 600 take none at all.
    assert resident() - before < 12


def test_of_a_word_without_end_no_line_is_wider_than_the_picture() -> None:
    pieces = legible("Ш" * 60).split(SOFT_HYPHEN)
    assert max(map(len, pieces)) * 20 < 342 / 2, "even the widest letter is no wider than 20 points"
    assert legible("бухгалтерское обслуживание") == "бухгалтерское обслуживание"


def test_on_paper_no_line_ends_within_a_sum() -> None:
    item = CaseItem("не заплатила 60 000 ₽ до 3 ноября", typed=True)
    file = CaseFile("Записи", "", (Section("Факты", (item,)),))
    assert "60\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽" in printed(file, "ru").facts
