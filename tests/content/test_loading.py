"""Loading: nothing is listed anywhere, and every fault is told at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content.faults import Fault, Faults
from content.knowledge import Knowledge
from content.loading import check, load
from content.models import QuestionId, VerdictId
from content.questionnaire import asked


@pytest.fixture
def root(root: Path) -> Path:
    """Return a copy of the content, with one interface text of our own."""
    return with_sample(root)


def with_sample(root: Path) -> Path:
    (root / "words/ru/ui/sample.toml").write_text(
        'hello = "Добрый день, {name}"\n'
        '[days]\none = "{n} день"\nfew = "{n} дня"\nmany = "{n} дней"\n',
        "utf-8",
    )
    return root


def swap(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text, f"{file} no longer says {old!r}"
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def first_line(file: str, start: str, new: str) -> Callable[[Path], None]:
    """Replace the first line that starts so."""

    def change(root: Path) -> None:
        lines = (root / file).read_text("utf-8").splitlines()
        place = next(n for n, line in enumerate(lines) if line.startswith(start))
        lines[place] = new
        (root / file).write_text("\n".join(lines), "utf-8")

    return change


def both(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        for each in changes:
            each(root)

    return change


def write(file: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8")

    return change


def append(file: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / file).open("a", encoding="utf-8") as opened:
            opened.write(text)

    return change


def remove(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def brought_by(change: Callable[[Path], None], root: Path) -> set[Fault]:
    """Return the faults of a second language that it did not have before."""
    with_sample(root)
    shutil.copytree(root / "words/ru", root / "words/uk")
    before = {*check(root)}
    change(root)
    return {*check(root)} - before


def test_the_projects_own_content_has_no_fault(root: Path) -> None:
    assert check() == ()
    assert check(root) == ()


def test_the_content_is_complete(knowledge: Knowledge) -> None:
    catalogue, words = knowledge.catalogue, knowledge.words("ru")

    assert set(catalogue.verdicts) == set(VerdictId)
    assert catalogue.types
    assert list(words.signs) == list(catalogue.signs)
    assert list(words.questions) == list(catalogue.questions)
    assert len(words.encouragement) >= 5


LATE = "signs/late_payment.toml"
FOG = "types/fog.toml"
LATE_RU = "words/ru/signs/late_payment.toml"
PART_RU = "words/ru/verdicts/part.toml"
REPORTING_RU = "words/ru/questions/reporting.toml"
SAMPLE = "words/ru/ui/sample.toml"

FAULTS = [
    # one file
    (write(LATE, "weight = "), LATE, "", "not TOML"),
    (write(LATE, 'topic = "money"\ntopic = "time"\n'), LATE, "", "line 2"),
    (lambda root: (root / LATE).write_bytes(b"\xff"), LATE, "", "not UTF-8 at byte 0"),
    (append(LATE, "\nurgent = true\n"), LATE, "urgent", "Extra inputs"),
    (append(LATE, '\nid = "late"\n'), LATE, "id", "file's name"),
    (first_line(LATE, "order", "order = 0"), LATE, "order", "greater than"),
    (first_line(LATE, "topic", 'topic = "weather"'), LATE, "topic", "money"),
    (first_line(LATE, "topic", ""), LATE, "topic", "required"),
    (first_line(LATE, "sources", 'sources = ["A9.1"]'), LATE, "sources.0", "pattern"),
    (first_line(LATE_RU, "question", f'question = "{"д" * 161}"'), LATE_RU, "question", "160"),
    (first_line(LATE_RU, "short", f'short = "{"д" * 31}"'), LATE_RU, "short", "30"),
    (
        first_line(LATE_RU, "phrase", f'phrase = "{"🙂" * 129}"'),
        LATE_RU,
        "mend.phrase",
        "258 UTF-16",
    ),
    (
        first_line(LATE_RU, "never", 'never = "До трёх дней всего"'),
        LATE_RU,
        "labels.never",
        "14",
    ),
    (
        first_line(LATE_RU, "counts", f'counts = "{"д" * 500}"'),
        LATE_RU,
        "question, counts, examples, innocent",
        "at most 520",
    ),
    (
        both(
            first_line(LATE_RU, "text", f'text = "{"д" * 419}"'),
            first_line(LATE_RU, "phrase", f'phrase = "{"д" * 250}"'),
        ),
        LATE_RU,
        "mend: text, on, phrase",
        "at most 620",
    ),
    (
        first_line(LATE_RU, "step", 'step = "Напомнить о счёте."'),
        LATE_RU,
        "mend.step",
        "pattern",
    ),
    (
        first_line(LATE_RU, "step", 'step = "Сказать, что так нельзя"'),
        "words/ru/signs/rudeness.toml",
        "mend.step",
        "'late_payment' has the same step",
    ),
    (
        first_line(LATE_RU, "phrase", "phrase = \"{{ say('пишу') }\""),
        LATE_RU,
        "",
        "cannot be said by plain",
    ),
    (first_line(LATE_RU, "[leave]", "[parting]"), LATE_RU, "leave", "required"),
    (
        append(PART_RU, '\n[weighed.weather]\nmeaning = "Дождь"\n'),
        PART_RU,
        "weighed.weather",
        "neither a ground",
    ),
    (
        append(LATE_RU, '\n[mend.on.weather]\nbad = "Дождь"\n'),
        LATE_RU,
        "mend.on.weather",
        "there is no such question",
    ),
    (
        append(LATE_RU, '\n[mend.on.reporting]\nrain = "Дождь"\n'),
        LATE_RU,
        "mend.on.reporting.rain",
        "no answer to that question",
    ),
    (
        first_line(PART_RU, "steps", 'steps = [{ sign = "weather", stage = "leave" }]'),
        PART_RU,
        "steps",
        "there is no sign 'weather'",
    ),
    (
        first_line("types/fog.toml", "lead", 'lead = "rudeness"'),
        "types/fog.toml",
        "lead",
        "no sign",
    ),
    (first_line(LATE, "common", "common = 1.5"), LATE, "common", "less than"),
    (first_line(REPORTING_RU, "text", 'text = " "'), REPORTING_RU, "mend.text", "at least 1"),
    # typography
    (first_line(LATE_RU, "why", 'why = "Долг - это долг"'), LATE_RU, "why", "hyphen"),
    (first_line(LATE_RU, "why", "why = 'Так \"тоже\" нельзя'"), LATE_RU, "why", "quotation"),
    (first_line(LATE_RU, "why", 'why = "Два  пробела"'), LATE_RU, "why", "two spaces"),
    (first_line(LATE_RU, "why", 'why = "И вот..."'), LATE_RU, "why", "…"),
    (first_line(LATE_RU, "why", 'why = "Долг , и всё"'), LATE_RU, "why", "punctuation"),
    (append(LATE_RU, '\n[extra]\na = "б"\n'), LATE_RU, "extra", "Extra inputs"),
    # between files
    (remove(LATE_RU), LATE_RU, "", "missing"),
    (remove(LATE), LATE_RU, "", "there is no signs/late_payment.toml"),
    (remove("signs/threats.toml"), "signs/threats.toml", "", "the rule names this sign"),
    (append(LATE, '\nexcused_by = ["weather"]\n'), LATE, "excused_by", "no question 'weather'"),
    (append(LATE, '\nexcused_by = ["second_opinion"]\n'), LATE, "excused_by", "no weight"),
    (first_line(LATE, "types", 'types = ["weather"]'), LATE, "types", "no client type"),
    (first_line(LATE, "sources", 'sources = ["A0.99"]'), LATE, "sources", "no section 'A0.99'"),
    (first_line(LATE, "weight", "weight = 0"), LATE, "weight", "toxic"),
    (append("signs/rudeness.toml", "\nweight = 2\n"), "signs/rudeness.toml", "weight", "toxic"),
    (first_line(LATE, "order", "order = 1"), "signs/no_contract.toml", "order", "is taken by"),
    (write("signs/reporting.toml", ""), "signs/reporting.toml", "", "same id"),
    (write("signs/Bad-Id.toml", ""), "signs/Bad-Id.toml", "id", "pattern"),
    (remove("verdicts/part.toml"), "verdicts/part.toml", "", "missing"),
    (
        first_line("verdicts/part.toml", "severity", "severity = 1"),
        "verdicts/part.toml",
        "severity",
        "the rule says 5",
    ),
    (
        write("verdicts/unsure.toml", 'sources = ["ours"]'),
        "verdicts/unsure.toml",
        "id",
        "cannot_tell",
    ),
    (remove("articles.toml"), "articles.toml", "", "missing"),
    (
        append("articles.toml", '\n[A5]\nsections = ["1"]\n'),
        "words/ru/articles.toml",
        "A5",
        "only one of the two",
    ),
    (
        append("words/ru/articles.toml", "\n[A4.sections.more]\n"),
        "words/ru/articles.toml",
        "A4.sections.more",
        "string",
    ),
    (
        lambda root: swap(
            root, "words/ru/articles.toml", "[A4.sections]", '[A4.sections]\nmore = "Ещё"'
        ),
        "words/ru/articles.toml",
        "A4.sections.more",
        "only one of the two",
    ),
    (
        append("words/ru/encouragement.toml", '\n[[entry]]\ntext = "Да"\nsources = ["A1.x"]\n'),
        "words/ru/encouragement.toml",
        "",
        "no section 'A1.x'",
    ),
    # the made-up client
    (remove("demo.toml"), "demo.toml", "", "missing"),
    (
        lambda root: swap(root, "demo.toml", '"set_limits"', '"weather"'),
        "demo.toml",
        "scene.0.question",
        "no question 'weather'",
    ),
    (
        lambda root: swap(root, "demo.toml", '"scope_creep"', '"set_limits"'),
        "demo.toml",
        "scene.2.question",
        "comes twice",
    ),
    (first_line("demo.toml", "rude", 'rude = "late_payment"'), "demo.toml", "rude", "critical"),
    (first_line("demo.toml", "rude", 'rude = "weather"'), "demo.toml", "rude", "critical"),
    (
        append("words/ru/demo.toml", '\n[[scene]]\nquote = "Да"\nask = "Часто?"\n'),
        "words/ru/demo.toml",
        "scene",
        "6 scenes, demo.toml has 5",
    ),
    (
        first_line("words/ru/demo.toml", "quote", f'quote = "{"д" * 160}"'),
        "words/ru/demo.toml",
        "scene.0",
        "at most 160",
    ),
    (
        lambda root: swap(root, "words/ru/demo.toml", "bad = ", "worst = "),
        "words/ru/demo.toml",
        "scene.0.labels",
        "good, partly, bad",
    ),
    (
        lambda root: swap(root, "words/ru/demo.toml", "Больше ни разу", "д" * 15),
        "words/ru/demo.toml",
        "scene.1.labels.never",
        "at most 14",
    ),
    # cities
    (
        write("cities.toml", 'before = []\ncity = [{ name = "Нигде", zone = "A/B" }]'),
        "cities.toml",
        "city.0.zone",
        "'A/B'",
    ),
    (
        write(
            "cities.toml",
            "before = []\n"
            'city = [{ name = "А", zone = "UTC" }, { name = "Б", zone = "UTC", aliases = ["а"] }]',
        ),
        "cities.toml",
        "city.1",
        "also names 'А'",
    ),
    # the interface
    (first_line(SAMPLE, "hello", "hello = 3"), SAMPLE, "hello", "not a text"),
    (first_line(SAMPLE, "hello", 'hello = "{Имя}"'), SAMPLE, "hello", "brace"),
    (first_line(SAMPLE, "few", ""), SAMPLE, "days", "needs few"),
    (append(SAMPLE, 'two = "{n} дня"\n'), SAMPLE, "days", "never says two"),
    (first_line(SAMPLE, "few", 'few = "{n} - дня"'), SAMPLE, "days", "hyphen"),
    # what nobody reads
    (write("sign/late.toml", ""), "sign/late.toml", "", "no such kind of file"),
    (write("words/xx/ui/a.toml", ""), "words/xx", "", "no language 'xx'"),
    (lambda root: shutil.rmtree(root / "words/ru"), "words/ru", "", "missing"),
]


@pytest.mark.parametrize(
    ("change", "file", "key", "message"), FAULTS, ids=[f"{f}: {k}: {m}" for _, f, k, m in FAULTS]
)
def test_a_fault_is_told_with_its_file_and_key(
    small_root: Path, change: Callable[[Path], None], file: str, key: str, message: str
) -> None:
    with_sample(small_root)
    change(small_root)

    assert [
        fault
        for fault in check(small_root)
        if fault.file == file and fault.key.startswith(key) and message in fault.message
    ]


def test_all_faults_of_all_files_come_at_once_and_the_check_tells_slips_of_type_too(
    root: Path,
) -> None:
    first_line(LATE_RU, "why", 'why = "Два  пробела - и дефис"')(root)
    first_line(LATE, "weight", "weight = 0")(root)
    remove(REPORTING_RU)(root)

    with pytest.raises(Faults) as caught:
        load(root)

    assert [(fault.file, fault.key) for fault in caught.value.faults] == [
        (LATE, "weight"),
        (REPORTING_RU, ""),
    ]
    assert str(caught.value).count("\n") == 1
    assert [(fault.file, fault.key) for fault in check(root)] == [
        (LATE, "weight"),
        (REPORTING_RU, ""),
        (LATE_RU, "why"),
        (LATE_RU, "why"),
    ]


def test_a_fault_reads_as_one_line() -> None:
    assert str(Fault("a.toml", "key", "is wrong")) == "a.toml: key: is wrong"
    assert str(Fault("a.toml", "", "is missing")) == "a.toml: is missing"


def test_an_unreadable_file_draws_no_faults_about_its_absence(root: Path) -> None:
    write(LATE, "weight = ")(root)

    assert [fault.file for fault in check(root)] == [LATE]


def test_a_new_sign_is_two_new_files_and_no_edit(root: Path) -> None:
    before = load(root).catalogue
    shutil.copy(root / LATE, root / "signs/late_papers.toml")
    first_line("signs/late_papers.toml", "order", "order = 99")(root)
    words = (root / LATE_RU).read_text("utf-8")
    steps_of_its_own = re.sub(r'(?m)^step = ".*"$', 'step = "Прислать бумаги"', words)
    (root / "words/ru/signs/late_papers.toml").write_text(steps_of_its_own, "utf-8")

    catalogue = load(root).catalogue

    assert QuestionId("late_papers") in asked(catalogue, team=False)
    assert check(root) == ()
    assert len(asked(catalogue, team=False)) == len(asked(before, team=False)) + 1


def test_a_new_language_is_one_new_folder_and_no_edit(root: Path) -> None:
    # Ukrainian has the plural categories of Russian, so a copy will do.
    shutil.copytree(root / "words/ru", root / "words/uk")

    knowledge = load(root)

    assert check(root) == ()
    assert set(knowledge.languages) == {"ru", "uk"}
    assert knowledge.words("uk-UA").language == "uk"
    assert knowledge.words("uk").texts("sample.days", n=3) == "3\N{NO-BREAK SPACE}дня"


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        (first_line("words/uk/ui/sample.toml", "hello", ""), "hello", "missing"),
        (append("words/uk/ui/sample.toml", '[more]\na = "Ні"\n'), "more.a", "ru lacks it"),
        (first_line("words/uk/ui/sample.toml", "hello", 'hello = "{who}"'), "hello", "['who']"),
    ],
)
def test_every_language_has_the_texts_and_placeholders_of_the_default(
    small_root: Path, change: Callable[[Path], None], key: str, message: str
) -> None:
    (fault,) = brought_by(change, small_root)

    assert (fault.file, fault.key) == ("words/uk/ui/sample.toml", key)
    assert message in fault.message


@pytest.mark.parametrize("code", ["ru", "RU", "ru-RU", "ru_KZ", "be", "kk-KZ", "uz"])
def test_who_mostly_reads_russian_gets_it(knowledge: Knowledge, code: str) -> None:
    assert knowledge.words(code).language == "ru"


@pytest.mark.parametrize("code", ["en", "en-GB", None, "", "de", "uk", "zh-hans", "pt_BR"])
def test_every_other_phone_gets_english(knowledge: Knowledge, code: str | None) -> None:
    assert knowledge.words(code).language == "en"


@pytest.mark.parametrize(
    ("change", "file", "key", "what_to_do"),
    [
        (remove("words/uk/demo.toml"), "demo.toml", "", "translate a copy of words/ru/demo.toml"),
        (
            remove("words/uk/types/fog.toml"),
            "types/fog.toml",
            "",
            "translate a copy of words/ru/types/fog.toml",
        ),
        (
            first_line("words/uk/ui/sample.toml", "hello", ""),
            "ui/sample.toml",
            "hello",
            "translate 'hello' of words/ru/ui/sample.toml",
        ),
        (
            first_line("words/uk/signs/scope_creep.toml", "hold", ""),
            "signs/scope_creep.toml",
            "hold",
            "translate 'hold' of words/ru/signs/scope_creep.toml",
        ),
    ],
)
def test_what_a_language_lacks_is_told_with_what_to_do(
    small_root: Path, change: Callable[[Path], None], file: str, key: str, what_to_do: str
) -> None:
    (fault,) = brought_by(change, small_root)

    assert (fault.file, fault.key) == (f"words/uk/{file}", key)
    assert what_to_do in fault.message


def test_a_regional_folder_wins_over_its_base(root: Path) -> None:
    shutil.copytree(root / "words/ru", root / "words/uk")
    shutil.copytree(root / "words/ru", root / "words/uk_UA")

    assert load(root).words("uk-ua").language == "uk_UA"
