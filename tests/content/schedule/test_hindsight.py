"""When it is asked how it went, and which questions one answer settles."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from content.schedule.agenda import Entry, is_silent
from content.schedule.follow_ups import FollowUp, FollowUpKind
from content.schedule.hindsight import (
    AFTER,
    TAKEN_ALONG,
    Ease,
    Hindsight,
    Occasion,
    has_helped,
    questions,
    settled,
)

DAY = date(2026, 11, 21)
happenings = st.lists(
    st.tuples(st.sampled_from(Occasion), st.integers(0, 200), st.integers(1, 4)), max_size=6
)


def asked(found: list[tuple[Occasion, int, int]]) -> list[Hindsight]:
    return [
        each
        for occasion, days, subject in found
        for each in questions(occasion, DAY + timedelta(days=days), subject)
    ]


def test_it_makes_no_sound() -> None:
    asking = Entry(FollowUp(FollowUpKind.HINDSIGHT, DAY, client=1), client=1)
    acting = Entry(FollowUp(FollowUpKind.ACTION, DAY, client=1), client=1)
    assert is_silent((asking,), DAY)
    assert not is_silent((asking, acting), DAY), "a control: another thing may ring"


def test_it_is_asked_30_and_90_days_later() -> None:
    first, second = questions(Occasion.LETTER, DAY, 3)
    assert (first.due, second.due) == (date(2026, 12, 21), date(2027, 2, 19))
    assert (first.day, second.day) == (DAY, DAY)


def test_one_answer_is_for_a_verdict_and_for_the_letter_that_followed_it() -> None:
    verdict, _ = questions(Occasion.VERDICT, DAY, 1)
    letter, later = questions(Occasion.LETTER, DAY + timedelta(days=10), 1)
    assert settled([verdict, letter, later], verdict, verdict.due) == ((verdict, letter), ())


def test_an_answer_that_came_late_is_not_for_the_first_month() -> None:
    first, second = questions(Occasion.END, DAY)
    assert settled([first, second], first, second.due) == ((second,), (first,))


@given(happenings, st.integers(0, 400), st.integers(0, 20))
def test_whatever_was_asked_by_then_is_settled_once(
    found: list[tuple[Occasion, int, int]], days: int, which: int
) -> None:
    waiting = list(dict.fromkeys(asked([*found, (Occasion.VERDICT, 0, 9)])))
    chosen, today = waiting[which % len(waiting)], DAY + timedelta(days=days)
    answers, over = settled(waiting, chosen, today)
    assert not set(answers) & set(over)
    assert chosen in (*answers, *over)
    assert {each.about for each in over} <= {each.about for each in answers}
    assert len({each.about for each in answers}) == len(answers)
    left = set(waiting) - {*answers, *over}
    assert all(each.due > today + TAKEN_ALONG for each in left)


def test_a_last_effort_has_helped_where_it_is_easier_and_the_work_goes_on() -> None:
    helped = {
        (ease, ended) for ease in Ease for ended in (False, True) if has_helped(ease, ended=ended)
    }
    assert helped == {(Ease.BETTER, False)}
    assert len(AFTER) == 2
