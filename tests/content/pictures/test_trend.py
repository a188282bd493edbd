"""One verdict after the other."""

from __future__ import annotations

from datetime import date, timedelta

from content.knowledge import Words
from content.pictures.trend import MARKS, MOVES, ROOM, VERDICTS, TrendEvent, TrendKind, trend

BEGIN = date(2026, 9, 1)


def event(kind: TrendKind, days: int, said: str) -> TrendEvent:
    return TrendEvent(kind, BEGIN + timedelta(days=days), f"день {days}", said)


def test_letters_and_steps_stand_between_the_verdicts_they_came_between(words: Words) -> None:
    shown = trend(
        words,
        "Ольга",
        (
            event(TrendKind.VERDICT, 0, "mendable"),
            event(TrendKind.VERDICT, 30, "last_effort"),
            event(TrendKind.LETTER, 30, "Последняя попытка"),
            event(TrendKind.STEP, 10, "Назвать часы связи — сделано"),
        ),
        (),
    )
    assert [each.kind for each in shown.lines] == ["verdict", "step", "verdict", "letter"]
    assert [each.level for each in shown.lines] == [2, -1, 3, -1]


def test_only_the_newest_are_drawn_and_nothing_from_before(words: Words) -> None:
    verdicts = [event(TrendKind.VERDICT, 10 * number, "mendable") for number in range(VERDICTS + 3)]
    letters = [event(TrendKind.LETTER, number, "Письмо") for number in range(100)]
    shown = trend(words, "Ольга", (*verdicts, *letters), [f"↑ {n}" for n in range(MOVES + 4)])
    kinds = [each.kind for each in shown.lines]
    assert kinds.count(TrendKind.VERDICT) == VERDICTS
    assert kinds.count(TrendKind.LETTER) == MARKS
    assert shown.lines[0].date == "день 30"
    assert shown.moves[-1].replace("\N{NO-BREAK SPACE}", " ") == "и ещё 4"


def test_what_is_cut_short_beside_the_track_is_told_whole_below(words: Words) -> None:
    long = "Назвать часы связи и предупредить, что ночью ответа не будет — сделано"
    events = (event(TrendKind.VERDICT, 0, "cannot_tell"), event(TrendKind.STEP, 1, long))
    shown = trend(words, "Ольга", events, ["↑ легче: платит поздно"])
    assert shown.lines[1].name.endswith("…")
    assert long in shown.caption
    assert shown.moves_header in shown.caption
    assert "платит поздно" in shown.caption


def test_what_came_of_a_step_is_drawn_however_long_its_words_are(words: Words) -> None:
    step = "Предупредить, что ночью, в выходные и в праздники ответа не будет"
    for key, came in (("helped", "сделано"), ("in_vain", "не помогло")):
        said = words.texts(f"pictures.trend.{key}", words=step)
        events = (event(TrendKind.VERDICT, 0, "mendable"), event(TrendKind.STEP, 1, said))
        name = trend(words, "Ольга", events, ()).lines[1].name
        assert name.endswith(came)
        assert "…»" in name
        assert ",…" not in name
        assert len(name) <= ROOM


def test_a_word_without_end_is_cut_within_its_quotes(words: Words) -> None:
    events = (event(TrendKind.VERDICT, 0, "mendable"), event(TrendKind.LETTER, 1, "щ" * 60))
    name = trend(words, "Ольга", events, ()).lines[1].name.replace("\N{SOFT HYPHEN}", "")
    assert name.startswith("письмо «щщ")
    assert name.endswith("щ…»")
