from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.errors import Frozen, NotFound
from storage.protocols import Storage
from storage.records import Answer, Assessment, AssessmentNumber, ClientNumber, Depth, Owner
from storage.rows.assessments import AssessmentRows
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS

ONE = AssessmentNumber(1)


@pytest.fixture
async def started(storage: Storage, now: datetime) -> Assessment:
    """The one assessment of Anna's one client, without answers."""

    def step(memory: Memory) -> Assessment:
        client = memory.of(ANNA).clients.add("Вектор", now)
        return memory.of(ANNA).assessments.start(client.number, Depth.FULL, team=True, now=now)

    return await storage.write(step)


async def stored(storage: Storage) -> Assessment:
    assessment = await storage.write(lambda memory: memory.of(ANNA).assessments.get(ONE))
    assert assessment is not None
    return assessment


async def answers(storage: Storage) -> tuple[Answer, ...]:
    return (await stored(storage)).answers


async def test_one_that_was_asked_for_ahead_is_as_it_is_when_it_is_read(
    storage: Storage, started: Assessment
) -> None:
    given = Answer("late_payment", "often")

    def step(memory: Memory) -> tuple[Assessment | None, Assessment | None, Assessment | None]:
        mine = memory.of(ANNA).assessments
        mine.expect(ONE)
        first = mine.get(ONE)
        mine.expect(ONE)
        mine.answer(ONE, (given,))
        mine.expect(AssessmentNumber(7))
        return first, mine.get(ONE), mine.get(AssessmentNumber(7))

    assert await storage.write(step) == (started, replace(started, answers=(given,)), None)


async def test_an_assessment_is_started(
    storage: Storage, started: Assessment, now: datetime
) -> None:
    assert started == Assessment(ONE, ClientNumber(1), Depth.FULL, team=True, started_at=now)
    assert await storage.write(lambda memory: memory.of(ANNA).assessments.get(ONE)) == started


async def test_there_is_no_assessment_of_an_unknown_client(storage: Storage, now: datetime) -> None:
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(ANNA).assessments.start(
                ClientNumber(1), Depth.FULL, team=False, now=now
            )
        )


@pytest.mark.usefixtures("started")
async def test_answers_stay_in_the_order_they_were_first_given(storage: Storage) -> None:
    first = [Answer("reporting", "bad"), Answer("late_payment", "never", quiet=True)]
    await storage.write(lambda memory: memory.of(ANNA).assessments.answer(ONE, first))
    await storage.write(
        lambda memory: memory.of(ANNA).assessments.answer(
            ONE, [Answer("rudeness", "once"), Answer("reporting", "good")]
        )
    )
    assert await answers(storage) == (
        Answer("reporting", "good"),
        Answer("late_payment", "never", quiet=True),
        Answer("rudeness", "once"),
    )


@pytest.mark.usefixtures("started")
async def test_the_same_answer_twice_is_one_answer(storage: Storage) -> None:
    for _ in range(2):
        await storage.write(
            lambda memory: memory.of(ANNA).assessments.answer(ONE, [Answer("reporting", "bad")])
        )
    assert await answers(storage) == (Answer("reporting", "bad"),)


@pytest.mark.usefixtures("started")
async def test_a_note_needs_no_answer_and_stays_when_one_comes_changes_and_goes(
    storage: Storage,
) -> None:
    def step(memory: Memory) -> list[Assessment | None]:
        assessments = memory.of(ANNA).assessments
        seen = []
        assessments.note(ONE, "reporting", "редко")
        seen.append(assessments.get(ONE))
        for option in ("bad", "good"):
            assessments.answer(ONE, [Answer("reporting", option)])
            seen.append(assessments.get(ONE))
        assessments.retract(ONE, ["reporting"])
        seen.append(assessments.get(ONE))
        return seen

    seen = [each for each in await storage.write(step) if each is not None]
    assert [each.option("reporting") for each in seen] == [None, "bad", "good", None]
    assert [each.notes for each in seen] == [{"reporting": "редко"}] * 4


@pytest.mark.usefixtures("started")
async def test_a_note_is_replaced_and_deleted_and_the_others_stay(storage: Storage) -> None:
    def step(memory: Memory) -> None:
        assessments = memory.of(ANNA).assessments
        assessments.note(ONE, "rudeness", "однажды")
        assessments.note(ONE, "reporting", "редко")
        assessments.note(ONE, "reporting", "уже часто")

    await storage.write(step)
    assert (await stored(storage)).notes == {"reporting": "уже часто", "rudeness": "однажды"}

    def delete(memory: Memory) -> None:
        memory.of(ANNA).assessments.note(ONE, "reporting", "")
        memory.of(ANNA).assessments.note(ONE, "never_noted", "")

    await storage.write(delete)
    assert (await stored(storage)).notes == {"rudeness": "однажды"}


@pytest.mark.usefixtures("started")
async def test_a_note_is_set_and_deleted_also_after_the_verdict(
    storage: Storage, now: datetime
) -> None:
    def step(memory: Memory) -> None:
        memory.of(ANNA).assessments.freeze(ONE, "mendable", 2, now)
        memory.of(ANNA).assessments.note(ONE, "reporting", "стыдно")

    await storage.write(step)
    assert (await stored(storage)).notes == {"reporting": "стыдно"}
    await storage.write(lambda memory: memory.of(ANNA).assessments.note(ONE, "reporting", ""))
    assert (await stored(storage)).notes == {}


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("words", ["а", ""], ids=["set", "deleted"])
async def test_there_is_no_note_of_an_unknown_assessment(storage: Storage, words: str) -> None:
    def note(owner: Owner, number: AssessmentNumber) -> Callable[[Memory], None]:
        return lambda memory: memory.of(owner).assessments.note(number, "reporting", words)

    for owner, number in ((ANNA, AssessmentNumber(2)), (BORIS, ONE)):
        with pytest.raises(NotFound):
            await storage.write(note(owner, number))
    assert (await stored(storage)).notes == {}


@pytest.mark.usefixtures("started")
async def test_answers_are_taken_back(storage: Storage) -> None:
    def step(memory: Memory) -> None:
        assessments = memory.of(ANNA).assessments
        assessments.answer(ONE, [Answer("reporting", "bad"), Answer("rudeness", "once")])
        assessments.retract(ONE, ["reporting", "never_asked"])

    await storage.write(step)
    assert await answers(storage) == (Answer("rudeness", "once"),)


@pytest.mark.parametrize(
    "tried", [{"late_payment", "rudeness"}, {"price_pressure"}, set()], ids=len
)
async def test_depth_and_what_was_tried_are_saved(
    storage: Storage, started: Assessment, tried: set[str]
) -> None:
    changed = replace(
        started, depth=Depth.EXPRESS, tried=frozenset(tried), last_effort="failed", exhausted=True
    )

    def step(memory: Memory) -> None:
        before = replace(started, tried=frozenset({"rudeness", "threats"}))
        memory.of(ANNA).assessments.save(before)
        memory.of(ANNA).assessments.save(changed)

    await storage.write(step)
    assert await storage.write(lambda memory: memory.of(ANNA).assessments.get(ONE)) == changed


CHANGES: dict[str, Callable[[AssessmentRows, Assessment, datetime], object]] = {
    "answer": lambda them, it, _: them.answer(it.number, [Answer("reporting", "good")]),
    "retract": lambda them, it, _: them.retract(it.number, ["reporting"]),
    "save": lambda them, it, _: them.save(replace(it, exhausted=True)),
    "freeze": lambda them, it, now: them.freeze(it.number, "part", 2, now),
}


# Invariant I7.
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_judged_assessment_does_not_change(
    storage: Storage,
    started: Assessment,
    now: datetime,
    change: Callable[[AssessmentRows, Assessment, datetime], object],
) -> None:
    def judge(memory: Memory) -> Assessment | None:
        memory.of(ANNA).assessments.answer(ONE, [Answer("reporting", "bad")])
        memory.of(ANNA).assessments.freeze(ONE, "mendable", 2, now)
        return memory.of(ANNA).assessments.get(ONE)

    judged = await storage.write(judge)
    assert judged is not None
    assert (judged.verdict, judged.judged_at) == ("mendable", now)

    with pytest.raises(Frozen):
        await storage.write(lambda memory: change(memory.of(ANNA).assessments, started, now))
    assert await storage.write(lambda memory: memory.of(ANNA).assessments.get(ONE)) == judged


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_another_owners_assessment_is_not_found(
    storage: Storage,
    started: Assessment,
    now: datetime,
    change: Callable[[AssessmentRows, Assessment, datetime], object],
) -> None:
    with pytest.raises(NotFound):
        await storage.write(lambda memory: change(memory.of(BORIS).assessments, started, now))
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(BORIS).assessments.copy(ONE, now))
    assert await storage.write(lambda memory: memory.of(BORIS).assessments.get(ONE)) is None
    assert await storage.write(lambda memory: memory.of(ANNA).assessments.get(ONE)) == started


async def test_a_copy_has_everything_but_the_verdict(
    storage: Storage, started: Assessment, now: datetime
) -> None:
    given = (Answer("reporting", "bad"), Answer("rudeness", "once", quiet=True))
    notes = {"reporting": "редко", "threats": "ещё без ответа"}
    later = now + timedelta(days=14)

    def step(memory: Memory) -> Assessment:
        assessments = memory.of(ANNA).assessments
        assessments.answer(ONE, given)
        for question, words in notes.items():
            assessments.note(ONE, question, words)
        assessments.save(
            replace(started, tried=frozenset({"rudeness"}), last_effort="made", exhausted=True)
        )
        assessments.freeze(ONE, "last_effort", 2, now)
        return assessments.copy(ONE, later)

    copied = await storage.write(step)
    assert copied == replace(
        started,
        number=AssessmentNumber(2),
        started_at=later,
        tried=frozenset({"rudeness"}),
        last_effort="made",
        exhausted=True,
        source=ONE,
        answers=tuple(replace(each, quiet=False) for each in given),
        notes=notes,
    )
    again = await storage.write(lambda memory: memory.of(ANNA).assessments.get(copied.number))
    assert again == copied


async def test_assessments_of_a_client_come_oldest_first(
    storage: Storage, started: Assessment, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[Assessment, ...]:
        mine = memory.of(ANNA)
        other = mine.clients.add("другой", now)
        mine.assessments.start(other.number, Depth.FULL, team=False, now=now)
        mine.assessments.start(started.client, Depth.EXPRESS, team=False, now=now)
        return mine.assessments.of_client(started.client)

    assert [each.number for each in await storage.write(step)] == [1, 3]


async def test_open_are_those_without_verdict_of_clients_not_deleted_newest_first(
    storage: Storage, started: Assessment, now: datetime
) -> None:
    def step(memory: Memory) -> tuple[Assessment, ...]:
        mine = memory.of(ANNA)
        gone = mine.clients.add("удалён", now)
        mine.assessments.start(gone.number, Depth.FULL, team=False, now=now)
        mine.clients.save(replace(gone, deleted_at=now))
        judged = mine.assessments.start(started.client, Depth.FULL, team=False, now=now)
        mine.assessments.freeze(judged.number, "part", 2, now)
        archived = mine.clients.add("в архиве", now)
        mine.clients.save(replace(archived, archived_at=now))
        mine.assessments.start(archived.number, Depth.FULL, team=False, now=now)
        return mine.assessments.open()

    assert [each.number for each in await storage.write(step)] == [4, 1]


async def test_an_answer_is_found_by_its_question(started: Assessment) -> None:
    answered = replace(started, answers=(Answer("reporting", "bad"),))
    assert answered.option("reporting") == "bad"
    assert answered.option("rudeness") is None
