"""Letters: what they ask, what they say, and what nobody can make them say."""

from __future__ import annotations

import datetime as dt
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.checking import FAREWELL, Rule, check
from content.knowledge import Knowledge
from content.letters.drafting import (
    CitedFact,
    FilledBlanks,
    People,
    Probation,
    StyleStep,
    Value,
    Variant,
    blank,
    coming,
    defaults,
    draft,
    is_signed,
    missing,
    neighbour,
    probation,
    quote,
)
from content.letters.files import LONGEST
from content.letters.letters import LetterKind, Letters
from content.letters.models import BlankKind, Length, LetterId, Soon, Tone
from content.letters.review import Sending, review
from content.letters.templates import TemplateError, needs, render
from content.models import FIRST_LANGUAGE, Language, VerdictId
from content.voices import Voice, choice
from tests.content.letters.samples import (
    NBSP,
    TODAY,
    Sample,
    of_every_option,
    sample,
    samples,
    styles,
)
from tests.content.sheets import CORE_SIGNS

ENGLISH = Language("en")
THREE_TONES = {"farewell", "last_effort", "payment_reminder"}
KINDS = [
    *("farewell", "last_effort", "payment_reminder", "stage_plan", "limits", "agreement", "brief"),
    *("refusal", "hand_over", "reply_angry", "reply_begging", "reply_discount", "reply_silence"),
    *("reply_withheld", "decline", "leaving", "closing"),
]
"""The first, in their order; new ones come after them."""

IGOR = People("Игорь", contact="Ольга", client="студии «Вектор»")
CLEAN: dict[str, Value] = {
    "facts": ("3 ноября добавлена задача сверх сметы", "10 ноября оплата не поступила в срок"),
    "state": "главная готова",
    "handover": "макеты и доступы архивом",
    "last_day": dt.date(2026, 12, 5),
    "invoice": "Все счета закрыты",
    "replacement_kind": "names",
    "replacement": "Анна Белова",
    "good": "смелые идеи",
    "window": "open",
}


@pytest.fixture(scope="session")
def letters(knowledge: Knowledge) -> Letters:
    return knowledge.letters


@pytest.fixture(scope="session")
def farewell(letters: Letters) -> LetterKind:
    return letters.kinds[LetterId("farewell")]


def write(
    kind: LetterKind,
    values: dict[str, Value],
    style: Variant | None = None,
    people: People = IGOR,
) -> str:
    """Return the letter as it is read; where a line may not end is seen below."""
    return plain(draft(kind, style or Variant(), FilledBlanks(values), people, TODAY).text)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_there_is_every_kind_of_letter_in_its_tones_lengths_and_languages(letters: Letters) -> None:
    assert list(letters.kinds)[: len(KINDS)] == KINDS
    for kind in letters.kinds.values():
        versions = {(style.tone, style.length, style.language) for style in styles(kind)}
        if kind.id in THREE_TONES:
            assert len(versions) == len(Tone) * len(Length) * 2
        elif kind.id == "leaving":
            assert len(versions) == 4 * 2
        else:
            firmer = kind.id in {"limits", "stage_plan"}
            tones = (Tone.NEUTRAL, Tone.FIRM) if firmer else (Tone.NEUTRAL,)
            assert versions == {(t, Length.SHORT, e) for t in tones for e in letters.talk}


def test_every_verdict_that_ends_or_warns_has_its_letter(letters: Letters) -> None:
    led = {verdict for kind in letters.kinds.values() for verdict in kind.data.verdicts}

    assert led == {VerdictId.LAST_EFFORT, VerdictId.PART, VerdictId.LEAVE_NOW}


def assert_clean(each: Sample) -> None:
    text = each.draft.text
    rules, language = each.kind.data.held_to(each.style.tone), each.style.language
    if each.filled.values.get("replacement_kind") == "none":
        rules -= {Rule.MISSING_REPLACEMENT}
    assert check(text, language=language, rules=rules) == (), f"{each}\n{text}"
    sending = Sending(TODAY, lambda _: False, people=each.people)
    found = review(each.kind, each.style, each.filled, text, sending)
    told = [one for one in found if one.rule is not Rule.OPEN_BILL]  # of facts that are drawn
    assert told == [], f"{each}\n{text}"
    assert each.draft.open == (), str(each)
    assert len(text) <= LONGEST[each.style.length] + _of_more_facts(each), str(each)
    assert not re.search(r"[{}‹›]|%\}|\.\.|\bNone\b|  ", text), f"{each}\n{text}"
    assert each.draft.subject
    assert "\n" not in each.draft.subject


def _of_more_facts(each: Sample) -> int:
    """Return the characters of the facts behind the first: a letter is measured with one."""
    told = each.filled.values.get("facts")
    return sum(map(len, told[1:])) if isinstance(told, tuple) else 0


@pytest.mark.parametrize("seeds", [2, pytest.param(40, marks=pytest.mark.campaign)])
def test_every_letter_with_clean_facts_is_whole_and_passes_its_own_rules(
    letters: Letters, seeds: int
) -> None:
    @given(st.integers(min_value=0, max_value=10**9))
    @settings(max_examples=seeds)
    def of_any_seed(seed: int) -> None:
        for each in samples(letters, seed):
            assert_clean(each)

    # Hypothesis shows all arguments of what it calls, and all letters are long.
    of_any_seed()


def test_every_option_in_every_voice_makes_a_letter_that_passes_its_own_check(
    letters: Letters,
) -> None:
    for each in of_every_option(letters, seed=1):
        assert_clean(each)


def test_letters_of_parting_do_not_speak_to_their_reader_and_the_others_do_not_blame(
    letters: Letters, farewell: LetterKind
) -> None:
    strict = {
        (kind.id, tone)
        for kind in letters.kinds.values()
        for tone in kind.data.tones
        if Rule.SECOND_PERSON in kind.data.held_to(tone)
    }

    assert all(farewell.data.held_to(tone) == FAREWELL for tone in Tone)
    assert {kind for kind, _ in strict} == {
        *("farewell", "last_effort", "leaving", "payment_reminder"),
        *("reply_angry", "reply_begging", "reply_discount", "reply_silence", "reply_withheld"),
    }
    assert ("payment_reminder", Tone.FIRM) in strict
    assert ("payment_reminder", Tone.WARM) not in strict
    for kind in letters.kinds.values():
        for tone in kind.data.tones:
            assert (Rule.BLAME in kind.data.held_to(tone)) != ((kind.id, tone) in strict)


def test_a_farewell_holds_every_rule_of_the_article(farewell: LetterKind) -> None:
    for style in styles(farewell):
        parts = [
            part.id
            for paragraph in draft(farewell, style, FilledBlanks(CLEAN), IGOR, TODAY).paragraphs
            for part in paragraph
        ]
        needed = "reason state handover invoice last_day replacement window ending signature"
        assert set(needed.split()) <= set(parts)
        assert parts.index("ending") == len(parts) - 2


def test_a_farewell_reads_as_a_person_would_write_it(farewell: LetterKind) -> None:
    assert write(farewell, CLEAN) == (
        "Добрый день, Ольга!\n"
        "Завершаю работу для студии «Вектор»: продолжать её в таком виде не получается. "
        "Что произошло: 3 ноября добавлена задача сверх сметы; 10 ноября оплата не поступила "
        "в срок.\n"
        "Последний рабочий день — 5 декабря. На сегодня главная готова.\n"
        "Передаю макеты и доступы архивом. Все счета закрыты.\n"
        "Вот кто мог бы продолжить работу: Анна Белова.\n"
        "О новой работе можно будет говорить после полного расчёта. "
        "Спасибо за смелые идеи.\n"
        "21 ноября, Игорь"
    )


def test_the_check_reads_a_date_that_no_line_breaks_like_any_other(letters: Letters) -> None:
    for each in samples(letters, 1):
        rules = frozenset(Rule)
        tied, loose = (
            check(text, language=each.style.language, rules=rules)
            for text in (each.draft.text, plain(each.draft.text))
        )
        assert [(one.rule, one.start, one.end) for one in tied] == [
            (one.rule, one.start, one.end) for one in loose
        ], each.draft.text


def test_tones_and_lengths_differ(letters: Letters) -> None:
    for kind in letters.kinds.values():
        one = sample(letters, kind, Variant(language=FIRST_LANGUAGE), Random(1)).filled  # noqa: S311  chance, not a secret
        texts = [draft(kind, style, one, IGOR, TODAY).text for style in styles(kind)]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("voice", "says"),
    [(Voice.PLAIN, "Завершаю"), (Voice.FEMALE, "Завершаю"), (Voice.TEAM, "Завершаем")],
)
def test_a_team_says_we(farewell: LetterKind, voice: Voice, says: str) -> None:
    assert says in write(farewell, CLEAN, people=People("Игорь", voice))


def test_a_voice_without_words_of_its_own_says_what_allchoice() -> None:
    said = {voice: choice(voice)("буду на связи", "будем", "рад", "рада") for voice in Voice}

    assert said == {
        Voice.PLAIN: "буду на связи",
        Voice.MALE: "рад",
        Voice.FEMALE: "рада",
        Voice.TEAM: "будем",
    }
    assert choice(Voice.MALE)("передаю", "передаём") == "передаю"


HOSTILE = [
    "{{ 7*7 }}",
    "{name}",
    "{% if 1 %}",
    "{{ ''.__class__.__mro__ }}",
    "%s %(x)s",
    "<b>",
    "$x",
]


# Invariant I10.
@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_person_types_appears_literally(letters: Letters, hostile: str) -> None:
    people = People(hostile, contact=hostile, client=hostile)
    for kind in letters.kinds.values():
        values = {
            each.id: (hostile,) if each.kind is BlankKind.FACTS else hostile
            for each in kind.data.blank
            if each.kind in {BlankKind.TEXT, BlankKind.FACTS}
        }
        for style in styles(kind):
            letter = draft(kind, style, FilledBlanks(values), people, TODAY)
            assert hostile in letter.text
            assert "49" not in letter.text


def test_any_typed_text_makes_a_letter(farewell: LetterKind) -> None:
    @given(st.text(min_size=1, max_size=80))
    def typed_anything(typed: str) -> None:
        values = CLEAN | {"state": typed, "good": typed, "facts": (typed,), "replacement": typed}
        letter = draft(farewell, Variant(), FilledBlanks(values), People(typed), TODAY)
        assert "Передаю макеты" in letter.text

    typed_anything()


# Invariant I10.
def test_templates_cannot_reach_out_or_change_a_thing() -> None:
    values: dict[str, object] = {"facts": ["one"], "name": "x"}

    with pytest.raises(TemplateError):
        render("{{ facts.append('two') }}", values)
    with pytest.raises(TemplateError):
        render("{{ name.__class__.__mro__ }}", values)
    with pytest.raises(TemplateError):
        render("{{ nobody }}", values)
    assert needs("{{ a }}{% if b %}{{ c }}{% endif %}") == {"a", "b", "c"}


# Invariant I8.
def test_what_is_open_is_seen_in_the_draft(farewell: LetterKind) -> None:
    letter = draft(farewell, Variant(), FilledBlanks(), People(), TODAY)

    assert "Последний рабочий день — ‹последний рабочий день›." in plain(letter.text)
    assert "Передаю ‹что и как передаётся›." in letter.text
    assert "не получается. Что произошло: ‹факты с датами›." in letter.text
    assert "\n‹замена›\n" in letter.text
    assert plain(letter.text).endswith("21 ноября, ‹имя›")
    assert letter.open == (
        "facts",
        "state",
        "handover",
        "last_day",
        "invoice",
        "replacement_kind",
        "good",
        "window",
        "signature",
    )


def test_an_empty_answer_is_an_open_one(farewell: LetterKind) -> None:
    values = CLEAN | {"state": "  . ", "facts": ()}

    assert draft(farewell, Variant(), FilledBlanks(values), IGOR, TODAY).open == ("facts", "state")
    asked = missing(farewell, FilledBlanks(values), TODAY)
    assert [each.id for each in asked] == ["facts", "state"]


def test_only_what_is_missing_is_asked_and_in_order(farewell: LetterKind) -> None:
    def ids(filled: FilledBlanks) -> list[str]:
        return [each.id for each in missing(farewell, filled, TODAY)]

    everything = ["facts", "state", "handover", "last_day", "invoice", "replacement_kind"]
    everything += ["good", "window"]
    assert ids(FilledBlanks()) == everything
    assert ids(FilledBlanks({"state": "готово", "replacement_kind": "none"})) == [
        *("facts", "handover", "last_day", "invoice", "good", "window")
    ]
    assert ids(FilledBlanks({"replacement_kind": "names"}))[-3:] == [
        "replacement",
        "good",
        "window",
    ]
    assert ids(FilledBlanks(CLEAN)) == []


def test_later_is_not_asked_again_and_stays_open(farewell: LetterKind) -> None:
    values = {name: value for name, value in CLEAN.items() if name != "last_day"}
    filled = FilledBlanks(values, later=frozenset({"last_day"}))

    assert missing(farewell, filled, TODAY) == ()
    assert draft(farewell, Variant(), filled, IGOR, TODAY).open == ("last_day",)


def test_a_question_comes_with_answers_to_tap(farewell: LetterKind) -> None:
    last_day = blank(farewell, "last_day", TODAY)
    good = blank(farewell, "good", TODAY)
    window = blank(farewell, "window", TODAY)

    assert last_day.dates == {
        Soon.WEEK: dt.date(2026, 11, 28),
        Soon.FORTNIGHT: dt.date(2026, 12, 5),
        Soon.MONTH_END: dt.date(2026, 11, 30),
    }
    assert "смелые идеи" in good.proposals
    assert good.example
    assert set(window.options) == {"open", "closed"}
    assert blank(farewell, "state", TODAY, ENGLISH).question.startswith("Where does the work stand")


def test_a_date_is_proposed_once_and_never_today(farewell: LetterKind) -> None:
    on_the_last = blank(farewell, "last_day", dt.date(2026, 11, 30)).dates
    a_week_before = blank(farewell, "last_day", dt.date(2026, 11, 23)).dates

    assert on_the_last[Soon.MONTH_END] == dt.date(2026, 12, 31)
    assert set(a_week_before) == {Soon.WEEK, Soon.FORTNIGHT}
    assert coming(Soon.THREE_DAYS, TODAY) == dt.date(2026, 11, 24)


def test_a_day_that_is_proposed_is_a_working_day(farewell: LetterKind) -> None:
    def weekend(day: dt.date) -> bool:
        return day.isoweekday() > 5

    saturday = dt.date(2026, 11, 21)
    dates = blank(farewell, "last_day", saturday, is_off=weekend).dates

    assert dates[Soon.WEEK] == dt.date(2026, 11, 30)
    assert dates[Soon.FORTNIGHT] == dt.date(2026, 12, 7)
    assert coming(Soon.MONTH_END, dt.date(2027, 1, 10), weekend) == dt.date(2027, 1, 29)


@pytest.mark.parametrize(
    ("language", "fact", "door"),
    [
        ("ru", "3 ноября счёт на 20 000 ₽ так и не оплачен", "после полного расчёта"),
        ("ru", "3 ноября накричал на созвоне", "если общение станет спокойным"),
        ("ru", "3 ноября добавились две задачи", "если условия изменятся"),
        ("en", "on November 3, invoice 14 was not paid", "Once everything is paid"),
        ("en", "on November 3, there was shouting on the call", "planned for now"),
        ("en", "on November 3, two tasks were added", "If things change"),
    ],
)
def test_the_way_back_fits_what_the_facts_tell(
    letters: Letters, language: Language, fact: str, door: str
) -> None:
    said = draft(
        letters.kinds[LetterId("farewell")],
        Variant(language=language),
        FilledBlanks({"facts": (fact,), "window": "open"}),
        People("Игорь"),
        TODAY,
    ).text

    assert door in plain(said)


def test_the_door_is_closed_to_those_who_threaten_or_insult(farewell: LetterKind) -> None:
    assert "window" not in defaults(farewell, ["late_payment"])  # it is asked
    assert defaults(farewell, ["threats"])["window"] == "closed"
    assert defaults(farewell, ["failed"])["window"] == "closed"  # a last effort was in vain
    assert defaults(farewell, ["late_payment", "drained"])["window"] == "closed"
    assert defaults(farewell, ["late_payment", "rudeness"])["window"] == "closed"
    assert "Новой совместной работы не планирую." in write(farewell, CLEAN | {"window": "closed"})


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("names", "Вот кто мог бы продолжить работу: Анна Белова."),
        ("resources", "Чтобы продолжить своими силами, советую вот что: Анна Белова."),
    ],
)
def test_a_replacement_is_named_or_left_out_on_purpose(
    farewell: LetterKind, option: str, says: str
) -> None:
    assert says in write(farewell, CLEAN | {"replacement_kind": option})


@pytest.mark.parametrize("kind", ["farewell", "leaving", "decline"])
def test_who_recommends_nobody_says_nothing_of_it(letters: Letters, kind: str) -> None:
    filled = FilledBlanks(CLEAN | {"replacement_kind": "none"})

    for style in styles(letters.kinds[LetterId(kind)]):
        text = draft(letters.kinds[LetterId(kind)], style, filled, IGOR, TODAY).text
        assert not re.search("[Пп]осовет|recommend", text)


@pytest.mark.parametrize(
    ("since", "by"), [("2026-11-22", False), ("2026-11-23", False), ("2026-11-24", True)]
)
def test_nobody_has_less_than_two_working_days_to_confirm(
    letters: Letters, since: str, *, by: bool
) -> None:
    kind, day = letters.kinds[LetterId("limits")], dt.date.fromisoformat(since)
    for language, said in (("ru", "подтвердить это до"), ("en", "confirm this by")):
        filled = FilledBlanks({"times": "writing", "answer_time": "утром", "since": day})
        style = Variant(Tone.FIRM, language=Language(language))
        assert (said in plain(draft(kind, style, filled, IGOR, TODAY).text)) is by


def test_papers_are_asked_for_where_the_payment_needs_them(letters: Letters) -> None:
    kind = letters.kinds[LetterId("limits")]
    needs = dict(defaults(kind, {"payment_maze"}))
    assert needs["papers"] == "yes"
    for papers in ("yes", "no"):
        values = {"times": "payment", "pay_term": "в день занятия", "papers": papers}
        for style in styles(kind):
            text = draft(kind, style, FilledBlanks(values), IGOR, TODAY).text
            assert bool(re.search("документов|documents", text)) is (papers == "yes")
            assert not re.search("этап|stage", text)


def test_one_part_can_be_said_in_own_words(farewell: LetterKind) -> None:
    filled = FilledBlanks(CLEAN, parts={"reason": "  Причина: {{ name }}. ", "state": " "})

    letter = draft(farewell, Variant(), filled, IGOR, TODAY)

    assert "\nПричина: {{ name }}.\nПоследний рабочий день — 5 декабря.\n" in plain(letter.text)


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("Спасибо за доверие", "Спасибо за доверие."),
        ("большое спасибо за доверие.", "Спасибо за доверие."),
        ("Доверие и идеи!", "Спасибо за доверие и идеи!"),
        ("Ольгу как менеджера", "Спасибо за Ольгу как менеджера."),
        ("SEO-разбор", "Спасибо за SEO-разбор."),
        ("Qwertyшку", "Спасибо за Qwertyшку."),
        ("идеи\nи\u2028терпение\r\n", "Спасибо за идеи и терпение."),
    ],
)
def test_an_answer_goes_on_from_the_words_before_it(
    farewell: LetterKind, typed: str, reads: str
) -> None:
    assert f" {reads}\n" in write(farewell, CLEAN | {"good": typed})


def test_an_english_answer_goes_on_too(farewell: LetterKind) -> None:
    english = Variant(language=ENGLISH)

    assert "over the layouts. " in write(farewell, CLEAN | {"handover": "The layouts"}, english)
    assert "for Anna. " not in write(farewell, CLEAN | {"good": "anna"}, english)
    assert "for Anna" in write(farewell, CLEAN | {"good": "Anna"}, english)


def test_a_space_that_does_not_break_is_kept(farewell: LetterKind) -> None:
    typed = "Счёт на 60\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽ оплачен"

    assert (
        typed
        in draft(farewell, Variant(), FilledBlanks(CLEAN | {"invoice": typed}), IGOR, TODAY).text
    )


def test_a_full_letter_has_paragraphs_and_a_list(farewell: LetterKind) -> None:
    text = write(farewell, CLEAN, Variant(length=Length.FULL))

    assert "\n— 3 ноября добавлена задача сверх сметы;\n— 10 ноября оплата" in text
    assert text.endswith("\n\n21 ноября 2026 года\nИгорь")
    assert text.count("\n\n") >= 7


def test_conditions_lose_the_marks_before_them(letters: Letters) -> None:
    kind = letters.kinds[LetterId("last_effort")]
    typed = "- Оплата за три дня\n\n• два круга правок.\n— связь с 10 до 19"
    until = dt.date(2026, 12, 20)

    agreed = probation(kind, FilledBlanks({"conditions": typed, "until": until}))

    assert agreed == Probation(("Оплата за три дня", "два круга правок", "связь с 10 до 19"), until)
    assert "оплата за три дня; два круга правок; связь с 10 до 19." in write(
        kind, {"conditions": typed}
    )


def test_only_a_last_effort_with_its_date_opens_a_probation(
    letters: Letters, farewell: LetterKind
) -> None:
    kind = letters.kinds[LetterId("last_effort")]

    assert probation(farewell, FilledBlanks(CLEAN)) is None
    assert probation(kind, FilledBlanks({"conditions": "оплата в срок"})) is None
    assert probation(kind, FilledBlanks({"until": TODAY})) is None


def test_a_last_effort_without_new_work_has_no_estimate(letters: Letters) -> None:
    kind = letters.kinds[LetterId("last_effort")]

    assert "новые задачи" not in write(kind, {"about": "terms"}).lower()
    assert "Условия на новые задачи: две недели" in write(
        kind, {"about": "work", "offer": "две недели"}
    )


def test_a_draft_has_warmer_firmer_shorter_and_longer_neighbours(
    letters: Letters, farewell: LetterKind
) -> None:
    style = Variant()

    assert neighbour(farewell, style, StyleStep.WARMER) == Variant(Tone.WARM)
    assert neighbour(farewell, style, StyleStep.FIRMER) == Variant(Tone.FIRM)
    assert neighbour(farewell, style, StyleStep.LONGER) == Variant(length=Length.FULL)
    assert neighbour(farewell, style, StyleStep.SHORTER) is None
    assert neighbour(farewell, Variant(length=Length.FULL), StyleStep.SHORTER) == style
    assert neighbour(farewell, Variant(Tone.FIRM), StyleStep.FIRMER) is None
    assert neighbour(farewell, Variant(Tone.WARM), StyleStep.WARMER) is None
    brief = letters.kinds[LetterId("brief")]
    assert [neighbour(brief, style, move) for move in StyleStep] == [None] * 4


def test_who_is_leaving_promises_nothing_for_the_next_time(letters: Letters) -> None:
    kind = letters.kinds[LetterId("reply_angry")]
    assert defaults(kind, ("episode", "rudeness"))["about_work"] == "no"
    assert defaults(kind, ("repeated", "rudeness"))["about_work"] == "yes"
    assert defaults(kind, ())["about_work"] == "yes"


def test_a_tone_that_a_letter_does_not_have_is_refused(letters: Letters) -> None:
    with pytest.raises(KeyError):
        draft(letters.kinds[LetterId("brief")], Variant(Tone.FIRM), FilledBlanks(), IGOR, TODAY)


@pytest.mark.parametrize(
    ("fact", "russian", "english"),
    [
        (
            CitedFact(dt.date(2026, 11, 3), "scope_creep"),
            "3 ноября добавилась задача сверх сметы",
            "on November 3, a task beyond the estimate was added",
        ),
        (
            CitedFact(dt.date(2025, 11, 3), "late_payment", "60 000 ₽", 21),
            "к 3 ноября 2025 года оплата 60 000 ₽ задержалась на 21 день",
            "as of November 3, 2025, the payment of 60 000 ₽ was 21 days late",
        ),
        (
            CitedFact(dt.date(2026, 11, 3), "late_payment", delay=2),
            "к 3 ноября оплата задержалась на 2 дня",
            "as of November 3, the payment was 2 days late",
        ),
        (
            CitedFact(dt.date(2026, 11, 3), "late_payment", "$600", term=dt.date(2026, 10, 1)),
            "оплата $600 за октябрь не пришла в срок",
            "the payment of $600 for October did not arrive on time",
        ),
        (
            CitedFact(dt.date(2026, 11, 3), "late_payment", delay=5, term=dt.date(2025, 12, 1)),
            "к 3 ноября оплата за декабрь 2025 года задержалась на 5 дней",
            "as of November 3, the payment for December 2025 was 5 days late",
        ),
        (
            CitedFact(dt.date(2026, 11, 3), "some_new_sign"),
            "3 ноября порядок работы отличался от согласованного",
            "on November 3, the working arrangements differed from what was agreed",
        ),
        (CitedFact(dt.date(2026, 11, 3), "emotional_toll"), None, None),
    ],
)
def test_a_fact_is_put_neutrally(
    letters: Letters, fact: CitedFact, russian: str | None, english: str | None
) -> None:
    for language, line in ((FIRST_LANGUAGE, russian), (ENGLISH, english)):
        said = quote(letters, fact, language, TODAY)
        assert (said and plain(said)) == line
        assert not re.search(r"3 ноября|November 3|\d (дн|days)", said or ""), (
            "a line may end there"
        )


def test_every_agreed_sign_has_a_line_for_its_facts_in_every_language(knowledge: Knowledge) -> None:
    # A new sign may come without: its facts are then put in the words that do for any.
    for lines in knowledge.letters.fact_lines.values():
        assert CORE_SIGNS <= set(lines) <= set(knowledge.catalogue.signs)


def test_there_is_something_to_say_tonight_and_to_see_to_before_parting(letters: Letters) -> None:
    talk = letters.talk[FIRST_LANGUAGE]

    assert len(talk.common.holding) >= 3
    assert len(letters.checklist.item) <= 4, "more is a wall of buttons"
    assert set(talk.checklist.item) == {item.id for item in letters.checklist.item}
    assert talk.letters.keys() == letters.kinds.keys()


@pytest.mark.parametrize("sign", ["rudeness", "harassment", "threats", "unethical_request"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_nobody_has_to_thank_who_crossed_a_line(
    letters: Letters, sign: str, language: Language
) -> None:
    thanks = re.compile(r"спасибо|с радостью|хорошего|thank|glad|was good", re.IGNORECASE)
    parting = [k for k in letters.kinds.values() if any(b.id == "good" for b in k.data.blank)]
    assert {each.id for each in parting} >= {"farewell", "leaving", "closing"}
    for kind in parting:
        values = dict(defaults(kind, {sign}))
        assert "good" not in {each.id for each in missing(kind, FilledBlanks(values), TODAY)}
        kept = FilledBlanks(defaults(kind, ()))
        assert "good" in {each.id for each in missing(kind, kept, TODAY)}
        for style in styles(kind):
            if style.language == language:
                filled = FilledBlanks(values | {"review": "none", "replacement_kind": "none"})
                text = draft(kind, style, filled, IGOR, TODAY).text
                assert not thanks.search(text), (kind.id, style, text)


@pytest.mark.parametrize("sign", ["rudeness", "harassment", "threats"])
def test_nobody_has_to_wish_well_who_crossed_a_line(letters: Letters, sign: str) -> None:
    wishes = re.compile("wish|all the best", re.IGNORECASE)
    for id_ in ("farewell", "leaving"):
        kind = letters.kinds[LetterId(id_)]
        values = dict(defaults(kind, {sign})) | {"replacement_kind": "none"}
        for style in styles(kind):
            if style.language == ENGLISH:
                filled = FilledBlanks(values, signs=frozenset({sign}))
                text = draft(kind, style, filled, IGOR, TODAY).text
                assert "Questions about the handoff can come by email." in text
                assert not wishes.search(text), (id_, style, text)


def test_nobody_promises_a_return_or_help_that_was_not_asked_for(letters: Letters) -> None:
    leaving = letters.kinds[LetterId("leaving")]
    assert defaults(leaving, {"exhausted"})["window"] == "closed"
    assert "window" not in defaults(leaving, {"wants_out"})
    promised = re.compile("в курс дела|get started", re.IGNORECASE)
    for style in styles(leaving):
        for kind in ("none", "names"):
            for why in ("exhausted", "wants_out"):
                values = {**CLEAN, **defaults(leaving, {why}), "replacement_kind": kind}
                text = draft(leaving, style, FilledBlanks(values), IGOR, TODAY).text
                assert not promised.search(text), (style, text)


def test_an_english_letter_says_nothing_that_nobody_typed(letters: Letters) -> None:
    of_nobody = re.compile(
        "not an easy decision|good order|as usual|same day|with care|mean a lot|full attention"
        "|in advance\\.|fully booked|enough for anyone|much of it was good|I am available",
        re.IGNORECASE,
    )
    for kind in letters.kinds.values():
        options = {each.id: each.options for each in kind.data.blank if each.options}
        for style in styles(kind):
            for place in range(max(map(len, options.values()), default=1)):
                chosen = {id_: ways[place % len(ways)] for id_, ways in options.items()}
                if style.language == ENGLISH:
                    text = draft(kind, style, FilledBlanks(chosen), IGOR, TODAY).text
                    said = of_nobody.search(plain(text).replace("by the same day", ""))
                    assert not said, (kind.id, style, text)


def test_a_reply_in_a_chat_has_no_place_for_a_signature(letters: Letters) -> None:
    for kind in letters.kinds.values():
        for length in kind.data.layout:
            style = Variant(kind.data.tones[0], length)
            written = draft(kind, style, FilledBlanks(), IGOR, TODAY).text
            assert is_signed(kind, style) == ("Игорь" in written), kind.id
    assert not is_signed(letters.kinds[LetterId("reply_silence")], Variant())


@pytest.mark.parametrize(
    ("fact", "hurt"),
    [
        ("материалы опаздывали 5 раз", False),
        ("грубая отделка переделана дважды", False),
        ("в макете кричащие цвета", False),
        ("17 ноября на объекте матерились при заказчиках", True),
        ("9 ноября на нас накричали", True),
    ],
)
def test_only_what_was_rude_asks_for_calm(farewell: LetterKind, fact: str, hurt: bool) -> None:
    filled = FilledBlanks(CLEAN | {"facts": (fact,), "window": "open"})
    text = draft(farewell, Variant(), filled, IGOR, TODAY).text
    assert ("общение станет спокойным" in text) == hurt
