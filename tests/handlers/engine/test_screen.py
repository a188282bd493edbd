"""Screens are values: five parts in order, labels that fit, texts cut at a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.knowledge import Knowledge
from content.questionnaire import options_of
from handlers.engine.screen import (
    HEADER_LIMIT,
    LABEL_LIMITS,
    SLACK,
    Button,
    Json,
    Screen,
    Strong,
    Style,
    bar,
    button,
    cut,
    header,
    in_pairs,
    keyboard,
    primary,
    width,
)
from handlers.engine.wording import reason_in
from tests.handlers.shown import shown

names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).filter(
    lambda name: bool(name.strip())
)


@given(names, st.integers(-8, 60))
def test_a_cut_text_fits_and_begins_as_before(text: str, limit: int) -> None:
    """Also where what stands beside it leaves no room at all."""
    short = cut(text, limit)
    assert len(short) <= max(limit, 1)
    if len(text) <= limit and (limit > LABEL_LIMITS[1] or width(text) <= limit * SLACK):
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_was_asked_and_answered_fits_a_button(knowledge: Knowledge, language: str) -> None:
    words, catalogue = knowledge.words(language), knowledge.catalogue
    too_wide = [
        label
        for question in (*catalogue.questions, *catalogue.signs)
        for option in options_of(catalogue, question)
        if len(label := reason_in(words, question, option, LABEL_LIMITS[1])) > LABEL_LIMITS[1]
    ]
    assert too_wide == []


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("Общество с ограниченной ответственностью", 30) == "Общество с ограниченной…"
    assert cut("Сверхдлинноесловобезпробелов", 10) == "Сверхдлин…"
    assert cut("Фирма «Вектор», филиал", 16) == "Фирма «Вектор»…"


@given(names, names)
def test_a_header_always_fits_and_keeps_its_end(who: str, what: str) -> None:
    what = what[:20]
    line = header(who, what)
    assert len(line) <= HEADER_LIMIT
    assert line.endswith(f" · {what}")


def test_a_header_leaves_out_what_is_empty() -> None:
    assert header("Ольга", "", "14 из 36") == "Ольга · 14 из 36"


@given(st.lists(st.text("абв ", min_size=1, max_size=30), max_size=12))
def test_pairs_keep_every_button_in_its_order_and_fit(labels: list[str]) -> None:
    rows = in_pairs(Button(label, data="h") for label in labels)
    assert [each.label for row in rows for each in row] == labels
    assert all(len(each.label) <= LABEL_LIMITS[len(row)] for row in rows for each in row)


@given(st.integers(1, 60), st.integers(1, 60))
def test_the_bar_has_eight_cells_and_never_runs_back(number: int, total: int) -> None:
    number = min(number, total)
    assert len(bar(number, total)) == 8
    assert bar(number, total).count("▰") >= bar(max(0, number - 1), total).count("▰")
    assert bar(total, total) == "▰" * 8


def test_the_five_parts_stand_in_their_order() -> None:
    screen = Screen(
        "Ольга · Деньги · 11 из 36",
        body=(Strong("Вопрос?"), "Ещё в теме: торг."),
        progress=(11, 36),
        folded=("Что считать: …",),
        state="Сейчас: часто.",
        rows=((button("Ни разу", "h"),),),
    )
    message = shown(screen)
    assert message.text.replace("\N{NO-BREAK SPACE}", " ") == (
        "Ольга · Деньги · 11 из 36\n▰▰▱▱▱▱▱▱\n\nВопрос?\nЕщё в теме: торг.\n\n"
        "Что считать: …\n\nСейчас: часто."
    )
    kinds = [entity["type"] for entity in message.entities]
    assert kinds == ["bold", "bold", "expandable_blockquote"]


@given(names, names, names)
def test_what_a_person_types_never_becomes_markup(who: str, said: str, note: str) -> None:
    screen = Screen(who, body=(Strong(said),), folded=(note,), rows=((button("x", "h"),),))
    text, entities = screen.formatted()
    assert text == f"{who}\n\n{said}\n\n{note}"
    assert [entity["type"] for entity in entities] == ["bold", "bold", "expandable_blockquote"]
    assert [_covered(text, entity) for entity in entities] == [who, said, note]


def _covered(text: str, entity: Json) -> str:
    start, length = entity["offset"] * 2, entity["length"] * 2
    return text.encode("utf-16-le")[start : start + length].decode("utf-16-le")


def test_buttons_keep_their_colour_and_what_they_copy() -> None:
    rows = (
        (primary("Дальше", "h"),),
        (Button("Копировать", copy="Добрый день"), button("Ещё", "l", Style.DANGER)),
    )
    markup = keyboard(rows)
    assert markup is not None
    (first,), (second, third) = markup["inline_keyboard"]
    assert first == {"text": "Дальше", "callback_data": "h", "style": "primary"}
    assert second == {"text": "Копировать", "copy_text": {"text": "Добрый день"}}
    assert third["style"] == "danger"


@pytest.mark.parametrize(
    "name",
    [
        "Щ" * 60,
        "W" * 40,
        "👩🏽‍💻" * 9,
        "А" + "👨‍👩‍👧‍👦" * 5,
        "МЕЖДУНАРОДНОЕ ЖЮРИ ФИЛЬМОВ",
        "漢字" * 20,
    ],
)
@pytest.mark.parametrize("limit", LABEL_LIMITS.values())
def test_of_wide_letters_fewer_fit_a_button(name: str, limit: int) -> None:
    label = cut(name, limit)
    assert label
    assert width(label) <= limit * SLACK


def test_two_long_names_that_end_differently_have_two_headers() -> None:
    tail = ("Деньги", "14 из 36")
    one, other = (header(f"Агентство интернет-маркетинга {end}", *tail) for end in ("Юг", "Север"))
    assert one == "Агентство… Юг · Деньги · 14 из 36"
    assert other == "Агентство… Север · Деньги · 14 из 36"


def test_no_line_of_a_header_begins_with_its_dot() -> None:
    text, _ = Screen(header("Ольга", "Деньги"), rows=((button("x", "h"),),)).formatted()
    assert text == "Ольга\N{NO-BREAK SPACE}· Деньги"


def test_a_screen_without_rows_has_no_keyboard() -> None:
    assert Screen("Продолжено ниже").keyboard() is None


def test_another_state_line_leaves_the_rest() -> None:
    screen = Screen("Ольга", body=("Разборов нет.",), place="c:1")
    assert screen.saying("Записано") == Screen(
        "Ольга", body=("Разборов нет.",), place="c:1", state="Записано"
    )


@pytest.mark.parametrize("name", ["", "late_payment"])
def test_a_button_takes_an_address_as_it_is(name: str) -> None:
    assert button("Открыть", name).data == name
