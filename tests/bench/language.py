"""How well and how fast the coach reads Russian, and what a verdict costs.

    python -m tests.bench.language

Shares are counted on the test sets of ``tests/cases``; times are a median and a range by the wall
over ten rounds, after a first call that loads the dictionary and is told apart.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from content.checking import check
from content.loading import load
from content.models import REFLECTION_OPTIONS, SIGN_OPTIONS
from content.reading.signs import classify
from content.russian.names import Case, decline
from content.sheet import Sheet
from content.verdict import judge
from tests.content.checking.scores import read_sentences, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from content.knowledge import Catalogue, Words

CASES = Path(__file__).parents[1] / "cases"
ROUNDS = 10
LONGEST = 4096
"""Characters of one message in Telegram."""
SHORT = (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL)
"""The cases of a name that is listed with three forms only."""


def timed(what: str, act: Callable[[], object]) -> str:
    """Return a line with the median and the range of ten rounds."""
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        act()
        times.append((perf_counter() - started) * 1000)
    return f"{what}: {median(times):.2f} ms ({min(times):.2f} to {max(times):.2f})"


def of_the_checker() -> Iterator[str]:
    """Tell recall, precision and speed of the letter checker."""
    addressing = read_sentences((CASES / "checking/second_person.txt").read_text("utf-8"))
    clean = read_sentences((CASES / "checking/clean.txt").read_text("utf-8"))
    started = perf_counter()
    check(addressing[0])
    yield f"first check, with the dictionary: {(perf_counter() - started) * 1000:.0f} ms"
    found = score(addressing, clean)
    yield (
        f"second person, {len(addressing)} addressing and {len(clean)} clean sentences: "
        f"recall {found.recall:.1%}, precision {found.precision:.1%}"
    )
    many = " ".join(addressing[:200])
    yield timed(f"check of {LONGEST} characters", lambda: check(many[:LONGEST]))
    yield timed(f"check of 200 sentences, {len(many)} characters", lambda: check(many))


def of_the_classifier(words: Words) -> Iterator[str]:
    """Tell how often signs are found, proposed rightly, and proposed where there is none."""
    for name in ("signs", "signs_fourth", "signs_fifth", "signs_sixth", "signs_seventh"):
        lines = (CASES / f"reading/{name}.tsv").read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        read = [(set(filter(None, row[0].split("|"))), classify(words, row[1])) for row in rows]
        said = [(signs, spoken) for signs, spoken in read if signs]
        hits = sum(bool(signs & {each.sign for each in spoken}) for signs, spoken in said)
        made = [signs for signs, spoken in said if spoken[0].proposed]
        right = sum(spoken[0].sign in signs for signs, spoken in said if spoken[0].proposed)
        silent = [spoken for signs, spoken in read if not signs]
        accused = sum(bool(spoken) and spoken[0].proposed for spoken in silent)
        yield (
            f"{name}: {hits / len(said):.1%} of {len(said)} among the first three, "
            f"{right} of {len(made)} proposals right, "
            f"{accused} of {len(silent)} ordinary messages with a proposal"
        )


def of_the_names() -> Iterator[str]:
    """Tell how many forms of names are right."""
    names = tomllib.loads((CASES / "facts/names.toml").read_text("utf-8"))
    right = [
        decline(row[0], case) == form
        for kind in ("people", "firms")
        for row in names[kind]
        for case, form in zip(Case if len(row) == len(Case) + 1 else SHORT, row[1:], strict=True)
    ]
    yield f"forms of names: {sum(right) / len(right):.1%} of {len(right)} right"


def of_the_verdict(catalogue: Catalogue) -> Iterator[str]:
    """Tell what a verdict on a full sheet costs."""
    sheet = Sheet(
        dict.fromkeys(catalogue.questions, REFLECTION_OPTIONS[1])
        | dict.fromkeys(catalogue.signs, SIGN_OPTIONS[2]),
        team=True,
    )
    yield timed("a hundred verdicts", lambda: [judge(catalogue, sheet) for _ in range(100)])


def main() -> None:
    """Measure and print."""
    knowledge = load()
    for line in (
        *of_the_checker(),
        *of_the_classifier(knowledge.words("ru")),
        *of_the_names(),
        *of_the_verdict(knowledge.catalogue),
    ):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
