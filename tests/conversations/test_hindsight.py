"""How it went: asked a month and three months on, in three taps at most."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from handlers.assessment.buttons import History
from handlers.clients.buttons import ArchiveClient, ClientCard
from handlers.hindsight.buttons import AskHowItWent
from handlers.letters.buttons import FinishLetter, MarkSent, StartLetter, UnmarkSent
from storage.records import Afterword
from storage.rows.memory import Owned
from tests.conversations.stage import Stage
from tests.conversations.test_letters import FACT, fill
from tests.storage.example import an_afterword

HOW = "Как вышло?"


async def last_effort(stage: Stage, letter: int = 1, client: int = 1) -> None:
    await stage.press(StartLetter(client=client, kind="last_effort"))
    if "Позже" in stage.labels:
        await stage.tap("Позже")
    await stage.say(FACT)
    await fill(stage)
    await stage.press(FinishLetter(letter=letter))
    await stage.press(MarkSent(letter=letter))


async def asked(stage: Stage, client: str = "Студия «Вектор»") -> bool:
    """Tell whether a list has come by itself that asks how it went."""
    before = stage.from_bot[-1].id
    said = await stage.reminded()
    return stage.from_bot[-1].id > before and f"{client} — прошло время. {HOW}" in said


async def ask(stage: Stage, kind: str) -> None:
    """Open a question that waits."""
    waiting = await stage.read(lambda owned: owned.promises.open())
    promise = next(each for each in waiting if each.kind == kind)
    await stage.press(AskHowItWent(promise=promise.number))


def tomorrow_at_nine(stage: Stage, days: int) -> None:
    """Let days pass, up to a quarter past nine in Moscow."""
    stage.clock.moment = stage.clock.moment.replace(hour=6, minute=15)
    stage.clock.move(days=days)


async def test_a_verdict_is_asked_about_after_30_and_after_90_days(stage: Stage) -> None:
    await stage.client()
    await stage.assess(scope_creep="always", last_minute="often")
    tomorrow_at_nine(stage, 29)
    assert not await asked(stage)
    stage.clock.move(days=1)
    assert await asked(stage)
    await stage.tap("Студия «Вектор»: как вышло?")
    assert "21 ноября вывод был «Можно наладить»." in stage.text
    await stage.tap("Стало легче")
    assert "Записал: стало легче." in stage.text
    assert "Спрошу ещё раз 19 февраля" in stage.text
    stage.clock.move(days=60)
    assert await asked(stage)
    await stage.tap("Студия «Вектор»: как вышло?")
    await stage.tap("Расстались")
    assert "без этого клиента" in stage.text
    await stage.tap("Стало легче")
    assert "Записал: расстались, стало легче." in stage.text
    assert "В архив" in stage.labels
    kept = await stage.read(lambda owned: owned.hindsight.all())
    assert [(each.kind, each.later, each.ended, each.ease) for each in kept] == [
        ("mendable", 30, False, "better"),
        ("mendable", 90, True, "better"),
    ]
    await stage.press(History(client=1))
    assert "расстались, стало легче" in stage.text


async def test_it_is_never_asked_in_quiet_hours_and_three_days_at_most(stage: Stage) -> None:
    await stage.client()
    await stage.assess(scope_creep="always", last_minute="often")
    stage.clock.move(days=30)  # 23:40 in Moscow
    assert not await asked(stage)
    tomorrow_at_nine(stage, 1)
    lists = []
    for _ in range(5):
        lists.append(await asked(stage))
        stage.clock.move(days=1)
    assert lists == [True, True, True, False, False]


async def test_one_answer_is_for_the_verdict_and_for_the_letter_after_it(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="always")
    stage.clock.move(days=3)
    await last_effort(stage)
    stage.clock.move(days=30)
    assert HOW in await stage.press(ClientCard(client=1))
    await ask(stage, "letter_30")
    assert "24 ноября вы отправили письмо «Последняя попытка»." in stage.text
    await stage.tap("Стало легче")
    kept = await stage.read(lambda owned: owned.hindsight.all())
    assert {(each.occasion, each.kind, each.later) for each in kept} == {
        ("verdict", "last_effort", 30),
        ("letter", "last_effort", 30),
    }
    await stage.tap("Изменить")
    assert "Сейчас записано: стало легче." in stage.text
    await stage.tap("Стало труднее")
    assert "Новый разбор" in stage.labels
    kept = await stage.read(lambda owned: owned.hindsight.all())
    assert {each.ease for each in kept} == {"worse"}


async def test_a_letter_that_did_not_go_out_is_not_asked_about(stage: Stage) -> None:
    await stage.client()
    await last_effort(stage)
    await stage.press(UnmarkSent(letter=1))
    tomorrow_at_nine(stage, 30)
    assert not await asked(stage)


async def test_an_end_is_asked_about_unless_that_is_not_wished(stage: Stage) -> None:
    await stage.client()
    await stage.assess(threats="once")
    await stage.press(ArchiveClient(client=1, archived=1))
    assert "спрошу, как вышло" in stage.text
    tomorrow_at_nine(stage, 31)
    assert await asked(stage)
    await stage.tap("Студия «Вектор»: как вышло?")
    assert "работа закончилась" in stage.text
    assert "Расстались" not in stage.labels
    await stage.tap("Больше не спрашивать")
    assert "больше не спрошу" in stage.text
    stage.clock.move(days=1)
    assert not await asked(stage)
    stage.clock.move(days=60)
    assert not await asked(stage)
    await stage.press(ClientCard(client=1))
    await stage.tap("Спрашивать, как вышло")
    stage.clock.move(days=1)
    assert await asked(stage)


async def test_who_comes_back_from_the_archive_has_not_ended(stage: Stage) -> None:
    await stage.client()
    await stage.assess(scope_creep="always")
    await stage.press(ArchiveClient(client=1, archived=1))
    await stage.press(ArchiveClient(client=1, archived=0))
    waiting = await stage.read(lambda owned: owned.promises.open())
    assert [each.kind for each in waiting] == ["verdict_30", "verdict_90"]


async def tried(stage: Stage, number: int, answer: str) -> None:
    """Make a last effort with another client, and say a month later how it went."""
    await stage.client(f"Клиент {number}")
    await last_effort(stage, number, number)
    stage.clock.move(days=31)
    await ask(stage, "letter_30")
    await stage.tap(answer)


async def test_how_an_earlier_last_effort_went_stands_on_the_verdict(stage: Stage) -> None:
    await tried(stage, 1, "Всё так же")
    await stage.client("Новый")
    await stage.assess(late_payment="always")
    assert "В прошлый раз последняя попытка не помогла. По одному разу не судят." in stage.text


def _keep(answer: Afterword, owned: Owned) -> None:
    owned.hindsight.keep(answer)


async def test_of_several_it_says_how_many_have_helped(stage: Stage) -> None:
    for number, ease in enumerate(("better", "worse", "better"), 1):
        await stage.client(f"Клиент {number}")
        answer = replace(an_afterword(number, number), subject=number, ease=ease)
        await stage.read(partial(_keep, answer))
    await stage.client("Новый")
    await stage.assess(late_payment="always")
    assert "Ваш опыт последних попыток: помогли 2 из 3." in stage.text


async def test_one_s_own_experience_stands_even_on_a_full_verdict(stage: Stage) -> None:
    for number, ease in enumerate(("better", "worse"), 1):
        await stage.client(f"Клиент {number}")
        answer = replace(an_afterword(number, number), subject=number, ease=ease)
        await stage.read(partial(_keep, answer))
    await stage.client("Новый")
    often = dict.fromkeys(("late_payment", "payment_maze", "no_shows"), "often")
    await stage.assess(**often, set_limits="partly")
    assert "Ваш опыт последних попыток: помогла 1 из 2." in stage.text


async def test_the_last_answer_about_a_short_name_ends_the_asking(stage: Stage) -> None:
    await stage.client("Ё")
    await stage.assess(scope_creep="always", last_minute="often")
    tomorrow_at_nine(stage, 31)
    assert await asked(stage, "Ё")
    tomorrow_at_nine(stage, 60)
    assert await asked(stage, "Ё")
    await stage.tap("Ё: как вышло?")
    await stage.tap("Стало легче")
    assert stage.text.endswith("Больше об этом спрашивать не буду.")
