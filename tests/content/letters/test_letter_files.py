"""The letters' files: a new letter is new files, and every fault is told with its file and key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content.letters.letters import LetterKind
from content.letters.models import LetterId
from content.loading import check, load


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert old in text, f"{file} no longer says {old!r}"
        (root / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


def append(file: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / file).open("a", encoding="utf-8") as opened:
            opened.write(text)

    return change


def remove(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def copy(file: str, to: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        shutil.copy(root / file, root / to)

    return change


DATA_FILE = "letters/farewell.toml"
EFFORT = "letters/last_effort.toml"
RU = "words/ru/letters/farewell.toml"
COMMON_RU = "words/ru/letters.toml"
CHECKLIST = "checklist.toml"
CHECKLIST_RU = "words/ru/checklist.toml"
LIMITS = "letters/limits.toml"
LIMITS_RU = "words/ru/letters/limits.toml"
LATE_RU = "words/ru/fact_lines/late_payment.toml"

FAULTS = [
    # one file
    (swap(DATA_FILE, '"missing_fact"', '"kindness"'), DATA_FILE, "rules", "missing_fact"),
    (swap(DATA_FILE, 'options = ["open", "closed"]', ""), DATA_FILE, "blank", "a choice has"),
    (swap(DATA_FILE, 'default = "yes"', 'default = "maybe"'), DATA_FILE, "blank", "among"),
    (swap(DATA_FILE, "limit = 6", 'soon = ["week"]'), DATA_FILE, "blank", "only a date"),
    (swap(RU, 'open = "замена"', f'open = "{"з" * 31}"'), RU, "blanks", "at most 30"),
    # the letter's facts
    (
        swap(
            DATA_FILE, '["threats", "rudeness", "harassment", "unethical_request"]', '["sulking"]'
        ),
        DATA_FILE,
        "signs",
        "'sulking'",
    ),
    (swap(LIMITS, '"after_hours"', '"snoring"'), LIMITS, "signs", "'snoring'"),
    (swap(DATA_FILE, 'id = "state"', 'id = "facts"'), DATA_FILE, "blank", "the same id"),
    (swap(DATA_FILE, 'id = "state"', 'id = "today"'), DATA_FILE, "blank.today", "of this name"),
    (
        swap(
            DATA_FILE, 'only_if = { replacement_kind = ["names",', 'only_if = { window = ["ajar",'
        ),
        DATA_FILE,
        "blank.replacement.only_if",
        "'window' has no such option",
    ),
    (swap(EFFORT, 'until = "until"', 'until = "terms"'), EFFORT, "probation", "'terms'"),
    (swap(EFFORT, 'conditions = "cond', 'conditions = "cand'), EFFORT, "probation", "'canditions'"),
    (swap(EFFORT, '["answer_by", "until"]', '["terms", "until"]'), EFFORT, "in_order", "'terms'"),
    (swap(EFFORT, "order = 2", "order = 1"), EFFORT, "order", "taken by 'farewell'"),
    (swap(DATA_FILE, '"A1.window"', '"A1.door"'), DATA_FILE, "sources", "'A1.door'"),
    # the letter's words
    (remove(RU), RU, "", "missing"),
    (remove(LIMITS), LIMITS_RU, "", "there is no letters/limits.toml"),
    (remove(DATA_FILE), RU, "", "there is no letters/farewell.toml"),
    (swap(RU, "[blanks.good]", "[blanks.best]"), RU, "blanks.good", "only one"),
    (swap(RU, 'open = "Да, если что-то изменится"', 'ajar = "Да"'), RU, "blanks.window", "open"),
    (swap(RU, 'example = "смелые идеи', '# "'), RU, "blanks.good.example", "a text and facts"),
    (
        swap(RU, 'open = "последний рабочий день"', 'open = "д"\nexample = "х"'),
        RU,
        "blanks",
        "have",
    ),
    (swap(RU, "{{ state|", "{{ mood|"), RU, "parts.state", "nothing is called 'mood'"),
    (swap(RU, "{{ state|", "{{ state|loud|"), RU, "parts.state", "not a template"),
    (swap(RU, "{{ on_what }}", "{{ on_what }"), RU, "subject", "not a template"),
    (swap(RU, "[parts.ending.firm]\nshort", "[parts.ending.firm]\ntiny"), RU, "parts", "'tiny'"),
    (swap(RU, "[parts.window.warm]", "[parts.winding.warm]"), RU, "parts.winding", "no such part"),
    (swap(DATA_FILE, '["ending"]', '["amen"]'), RU, "parts.amen", "missing"),
    (swap(RU, 'invoice = "{{ inv', f'invoice = "{"д " * 1300}{{{{ inv'), RU, "parts", "2500"),
    (
        swap(LIMITS_RU, "{{ late|on|to_pay|inner|stop }}", ""),
        LIMITS_RU,
        "blanks.late",
        "never said",
    ),
    (swap(RU, "Это письмо о", "Это письмо  о"), RU, "parts.opening.neutral", "two spaces"),
    # what all letters share
    (remove(COMMON_RU), COMMON_RU, "", "missing"),
    (swap(COMMON_RU, "{{ contact }}", "{{ state }}"), COMMON_RU, "parts.greeting", "'state'"),
    (swap(COMMON_RU, "{{ day }} порядок", "{{ year }} порядок"), COMMON_RU, "fact", "'year'"),
    (swap(COMMON_RU, 'window = "', 'winding = "'), COMMON_RU, "names.winding", "a part of no"),
    # lines of facts
    (swap(LATE_RU, "{{ delay }}", "{{ hours }}"), LATE_RU, "line", "'hours'"),
    (
        copy(LATE_RU, "words/ru/fact_lines/snoring.toml"),
        "words/ru/fact_lines/snoring.toml",
        "",
        "there is no signs/snoring.toml",
    ),
    # before parting
    (remove(CHECKLIST), CHECKLIST, "", "missing"),
    (remove(CHECKLIST_RU), CHECKLIST_RU, "", "missing"),
    (swap(CHECKLIST, '"calm"', '"tears"'), CHECKLIST_RU, "item.tears", "only one"),
    (swap(CHECKLIST, 'blank = "last_day"', 'blank = "mood"'), CHECKLIST, "item.notice", "'mood'"),
    (swap(CHECKLIST_RU, "Сгоряча", 'Сгоряча "так"'), CHECKLIST_RU, "", ""),
]


@pytest.mark.parametrize(
    ("change", "file", "key", "message"), FAULTS, ids=[f"{f}: {k}: {m}" for _, f, k, m in FAULTS]
)
def test_a_fault_of_a_letter_is_told_with_its_file_and_key(
    root_with_letters: Path, change: Callable[[Path], None], file: str, key: str, message: str
) -> None:
    change(root_with_letters)

    found = check(root_with_letters)

    assert [
        fault
        for fault in found
        if fault.file == file and fault.key.startswith(key) and message in fault.message
    ], found


def test_a_new_letter_is_new_files_and_no_edit(root: Path) -> None:
    copy(LIMITS, "letters/summer_hours.toml")(root)
    copy(LIMITS_RU, "words/ru/letters/summer_hours.toml")(root)
    swap("letters/summer_hours.toml", "order = 5", "order = 99")(root)

    kinds = load(root).letters.kinds

    assert list(kinds)[-1] == "summer_hours"
    assert isinstance(kinds[LetterId("summer_hours")], LetterKind)
