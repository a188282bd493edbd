"""The figures of docs/asking.md: ``python -m tests.content.asking.figures [PEOPLE]``.

Plays made-up people through the questions and writes what came out between the marks of the page.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

from content.asking import standing
from content.knowledge import Catalogue
from content.loading import load
from content.sheet import Sheet
from tests.content.asking.population import POPULATIONS, people, personas
from tests.content.asking.walk import ONE_BY_ONE, Walk, Way, walk

PAGE = Path(__file__).parents[3] / "docs/asking.md"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
PEOPLE = 200
PERSONAS = "personas"
DONT_KNOW = 0.08
SHORTCUTS, TICKED, REST = Way(), Way(ticks=9), Way(rest=3)
FROM_CARD = 2
"""Taps before the first question: «Разбор», and «Сразу к вопросам» or what was told."""


def play(catalogue: Catalogue, sheets: Sequence[Sheet], way: Way) -> list[Walk]:
    """Walk everybody; nothing is remembered from one to the next."""
    walks = []
    for sheet in sheets:
        standing.cache_clear()
        walks.append(walk(catalogue, sheet, way))
    return walks


def spread(values: Sequence[float]) -> str:
    """Return «median (p90)»."""
    ordered = sorted(values)
    return f"{median(ordered):g} ({ordered[len(ordered) * 9 // 10]:g})"


def share(hits: Sequence[bool]) -> str:
    return f"{100 * sum(hits) / len(hits):.0f} %"


def likely(walks: Sequence[Walk], place: int) -> list[int]:
    return [int(each.likely[place]) for each in walks if each.likely]


def settled(walks: Sequence[Walk], place: int) -> list[int]:
    return [int(each.settled[place]) for each in walks if each.settled]


def table(catalogue: Catalogue, count: int) -> str:
    """Return the figures as a table, one column for each population."""
    groups = {name: people(catalogue, name, count) for name in POPULATIONS}
    groups[PERSONAS] = personas(catalogue)
    single = {name: play(catalogue, sheets, ONE_BY_ONE) for name, sheets in groups.items()}
    short = {name: play(catalogue, sheets, SHORTCUTS) for name, sheets in groups.items()}
    ticked = {name: play(catalogue, sheets, TICKED) for name, sheets in groups.items()}
    rest = {name: play(catalogue, sheets, REST) for name, sheets in groups.items()}
    rows: list[tuple[str, dict[str, list[Walk]], Callable[[list[Walk]], str]]] = [
        ("questions until likely", single, lambda w: spread(likely(w, 0))),
        ("the same verdict there as on the full sheet", single, _agreement),
        ("questions until settled", single, lambda w: spread(settled(w, 0))),
        ("the same verdict there", single, lambda w: share([_end(e) is e.full for e in w])),
        ("ends settled with questions left", single, _left_over),
        ("taps until likely, quiet topics closed", short, lambda w: spread(likely(w, 1))),
        ("the same, from the card", short, lambda w: spread([t + FROM_CARD for t in likely(w, 1)])),
        ("the same verdict there as on the full sheet", short, _agreement),
        ("taps until settled", short, lambda w: spread(settled(w, 1))),
        ("taps until likely, topics as screens of ticks", ticked, lambda w: spread(likely(w, 1))),
        ("taps until likely, the rest of a topic as ticks", rest, lambda w: spread(likely(w, 1))),
        ("changes of topic", single, lambda w: spread([_changes(catalogue, e) for e in w])),
        ("CPU of a choice, ms", single, _cpu),
    ]
    head = ["median (p90)", *(f"{name}, {len(sheets)}" for name, sheets in groups.items())]
    lines = [head, ["---"] * len(head)]
    lines += [[what, *(told(walks[name]) for name in groups)] for what, walks, told in rows]
    everybody = [each for walks in single.values() for each in walks]
    return "\n\n".join(
        (
            "\n".join(f"| {' | '.join(line)} |" for line in lines),
            f"Questions until likely by verdict: {_by_verdict(everybody)}.",
            f"Share said against share true: {_calibration(everybody)}.",
            f"With {DONT_KNOW:.0%} «не знаю»: {_with_dont_know(catalogue, groups)}.",
        )
    )


def _agreement(walks: list[Walk]) -> str:
    return share([each.likely is not None and each.likely[2] is each.full for each in walks])


def _end(each: Walk) -> object:
    return each.settled[2] if each.settled else None


def _left_over(walks: list[Walk]) -> str:
    return share([bool(each.left) for each in walks])


def _changes(catalogue: Catalogue, each: Walk) -> int:
    topics = [catalogue.signs[q].topic for q in each.asked if q in catalogue.signs]
    return sum(one is not other for one, other in pairwise(topics))


def _cpu(walks: list[Walk]) -> str:
    return spread([round(1000 * each, 2) for walk in walks for each in walk.seconds])


def _by_verdict(walks: Sequence[Walk]) -> str:
    found: dict[str, list[int]] = {}
    for each in walks:
        if each.likely:
            found.setdefault(str(each.full), []).append(each.likely[0])
    told = sorted(found.items(), key=lambda entry: median(entry[1]))
    return ", ".join(f"{verdict} {median(asked):g}" for verdict, asked in told)


def _calibration(walks: Sequence[Walk]) -> str:
    said, true = Counter[int](), Counter[int]()
    for each in walks:
        for thought, right in each.shares:
            said[min(9, int(thought * 10))] += 1
            true[min(9, int(thought * 10))] += right
    return ", ".join(
        f"{tenth / 10:.1f}–{(tenth + 1) / 10:.1f} → {100 * true[tenth] / said[tenth]:.0f} %"
        for tenth in sorted(said, reverse=True)
        if tenth >= 5
    )


def _with_dont_know(catalogue: Catalogue, groups: dict[str, list[Sheet]]) -> str:
    told = []
    for name in POPULATIONS:
        chance = Random(name)  # noqa: S311  a repeatable sample
        walks = [walk(catalogue, sheet, ONE_BY_ONE, (chance, DONT_KNOW)) for sheet in groups[name]]
        told.append(f"{name} {spread(likely(walks, 0))} questions, {_agreement(walks)}")
    return "; ".join(told)


def main() -> None:
    """Write the figures into the page."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    page = PAGE.read_text("utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    found = table(load().catalogue, count)
    PAGE.write_text(f"{before}{BEGIN}\n{found}\n{END}{after}", "utf-8")
    sys.stdout.write(f"{found}\n")


if __name__ == "__main__":
    main()
