from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from storage.errors import NotFound
from storage.protocols import Storage
from storage.records import (
    Action,
    ActionNumber,
    ActionState,
    Assessment,
    AssessmentNumber,
    ClientNumber,
    Depth,
)
from storage.rows.memory import Memory
from tests.storage.example import ANNA, BORIS

FRIDAY = date(2026, 11, 27)


@pytest.fixture
async def assessment(storage: Storage, now: datetime) -> Assessment:
    def step(memory: Memory) -> Assessment:
        client = memory.of(ANNA).clients.add("Вектор", now)
        return memory.of(ANNA).assessments.start(client.number, Depth.FULL, team=True, now=now)

    return await storage.write(step)


async def test_an_action_with_own_words_is_planned(
    storage: Storage, assessment: Assessment
) -> None:
    action = await storage.write(
        lambda memory: memory.of(ANNA).plans.add(
            assessment.client, assessment.number, "own", FRIDAY, "позвонить"
        )
    )
    assert action == Action(
        ActionNumber(1), ClientNumber(1), AssessmentNumber(1), "own", FRIDAY, words="позвонить"
    )
    assert await storage.write(lambda memory: memory.of(ANNA).plans.get(action.number)) == action
    assert await storage.write(lambda memory: memory.of(BORIS).plans.get(action.number)) is None


async def test_an_action_belongs_to_an_assessment_of_its_client(
    storage: Storage, assessment: Assessment, now: datetime
) -> None:
    other = await storage.write(lambda memory: memory.of(ANNA).clients.add("другой", now))
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(ANNA).plans.add(
                other.number, assessment.number, "reassess", FRIDAY
            )
        )
    with pytest.raises(NotFound):
        await storage.write(
            lambda memory: memory.of(ANNA).plans.add(
                assessment.client, AssessmentNumber(9), "reassess", FRIDAY
            )
        )


async def test_actions_come_by_date(storage: Storage, assessment: Assessment) -> None:
    def step(memory: Memory) -> tuple[Action, ...]:
        plans = memory.of(ANNA).plans
        for day in (30, 27, 30, 1):
            due = date(2026, 11, day)
            plans.add(assessment.client, assessment.number, "reassess", due)
        return plans.of_client(assessment.client)

    assert [action.number for action in await storage.write(step)] == [4, 2, 1, 3]


async def test_open_actions_come_by_date_and_none_of_deleted_clients(
    storage: Storage, assessment: Assessment, now: datetime
) -> None:
    def step(memory: Memory) -> list[int]:
        mine = memory.of(ANNA)
        for day in (30, 27, 30, 1):
            due = date(2026, 11, day)
            mine.plans.add(assessment.client, assessment.number, "reassess", due)
        mine.plans.set_state([ActionNumber(2)], ActionState.DONE)
        gone = mine.clients.add("удалён", now)
        other = mine.assessments.start(gone.number, Depth.FULL, team=False, now=now)
        mine.plans.add(gone.number, other.number, "reassess", FRIDAY)
        mine.clients.save(replace(gone, deleted_at=now))
        assert memory.of(BORIS).plans.open() == ()
        return [action.number for action in mine.plans.open()]

    assert await storage.write(step) == [4, 1, 3]


async def test_an_action_is_moved_and_reworded(storage: Storage, assessment: Assessment) -> None:
    def step(memory: Memory) -> tuple[Action | None, Action]:
        plans = memory.of(ANNA).plans
        action = plans.add(assessment.client, assessment.number, "own", FRIDAY, "позвонить")
        changed = replace(
            action, due=date(2026, 12, 4), state=ActionState.DONE, words="позвонил", listed=2
        )
        plans.save(changed)
        return plans.get(action.number), changed

    stored, changed = await storage.write(step)
    assert stored == changed


async def test_several_actions_get_one_state_and_unknown_ones_are_passed_over(
    storage: Storage, assessment: Assessment
) -> None:
    def step(memory: Memory) -> tuple[Action, ...]:
        plans = memory.of(ANNA).plans
        for _ in range(3):
            plans.add(assessment.client, assessment.number, "reassess", FRIDAY)
        plans.set_state([ActionNumber(1), ActionNumber(3), ActionNumber(9)], ActionState.DROPPED)
        return plans.of_client(assessment.client)

    assert [action.state for action in await storage.write(step)] == [
        ActionState.DROPPED,
        ActionState.OPEN,
        ActionState.DROPPED,
    ]


async def test_an_unknown_action_is_not_saved(storage: Storage) -> None:
    ghost = Action(ActionNumber(1), ClientNumber(1), AssessmentNumber(1), "own", FRIDAY)
    with pytest.raises(NotFound):
        await storage.write(lambda memory: memory.of(ANNA).plans.save(ghost))
