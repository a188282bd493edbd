"""Several people, groups, and updates that come twice or out of breath."""

from __future__ import annotations

import asyncio

import pytest

from bot.local.person import LocalPerson, Origin
from handlers.account.buttons import EraseNow
from handlers.assessment.buttons import GiveAnswer
from tests.conversations.stage import EVENING, Stage, plain

OLD = "Кнопка из прежней версии. Вот как сейчас"


def beside(stage: Stage, other: LocalPerson) -> Stage:
    """Return the same coach, seen by another person."""
    return Stage(stage.telegram, stage.storage, stage.clock, other, stage.folder, stage.database)


async def filled(stage: Stage) -> None:
    await stage.client("Секретная Студия")
    await stage.assess(late_payment="always")
    await stage.press("pk:1:001020")


async def test_two_people_see_only_their_own(stage: Stage) -> None:
    await filled(stage)
    other = beside(stage, stage.telegram.person(2, "Анна"))
    await other.say("/start")
    assert other.header == "Разберёмся с трудным клиентом"
    await other.client("Чужой")
    await other.say("/clients")
    assert other.labels[0] == "Чужой"
    await stage.say("/clients")
    assert stage.labels[0] == "Секретная Студия"


# Invariant I13.
async def test_a_forged_button_of_another_person_opens_nothing_of_theirs(stage: Stage) -> None:
    await filled(stage)
    before = await stage.read(lambda owned: owned.export())
    other = beside(stage, stage.telegram.person(2, "Анна"))
    await other.say("/start")
    for data in (
        "c:1", "ce:1", "cr:1", "cn:1", "cx:1", "ca:1:1", "cd:1", "cz:1", "cu:1", "ch:1",
        "as:1:full", "q:1:late_payment", "a:1:late_payment:never", "aq:1:money", "r:1", "j:1",
        "v:1", "va:1:0", "vm:1", "vc:1", "vx:1", "vo:1", "vt:1", "pm:1", "p:1", "ps:1",
        "pd:1:3", "pe:1:done", "po:1", "no:1", "na:1:late_payment",
    ):  # fmt: skip
        await other.press(data)
        assert "Секретная" not in "".join(message.text for message in other.me.messages), data
        assert other.labels, data
    assert await stage.read(lambda owned: owned.export()) == before


async def test_the_same_number_means_each_one_s_own_client(stage: Stage) -> None:
    await filled(stage)
    other = beside(stage, stage.telegram.person(2, "Анна"))
    await other.client("Чужой")
    await other.press("c:1")
    assert other.header.startswith("Чужой")
    await other.press("cz:1")
    assert len(await stage.read(lambda owned: owned.clients.list())) == 1


async def test_erasing_one_person_leaves_the_other_whole(stage: Stage) -> None:
    await filled(stage)
    before = await stage.read(lambda owned: owned.export())
    other = beside(stage, stage.telegram.person(2, "Анна"))
    await filled(other)
    await other.press(EraseNow())
    assert await stage.read(lambda owned: owned.export()) == before
    await stage.press("v:1")
    assert "Секретная" in stage.header


async def test_in_a_group_the_coach_says_where_it_works_and_leaves(stage: Stage) -> None:
    group = stage.telegram.group(-100)
    group.add_bot(by=stage.me)
    await stage.telegram.settled()
    said = [message.text for message in group.chat.visible]
    assert len(said) == 1
    assert "только в личной переписке" in said[0]
    assert "leavechat" in {call.method.lower() for call in stage.telegram.journal}
    assert stage.rows() == {}


async def test_a_message_in_a_group_is_not_read(stage: Stage) -> None:
    group = stage.telegram.group(-100)
    stage.me.send("/newclient Секрет", to=group)
    await stage.telegram.settled()
    assert all("Секрет" not in message.text for message in group.chat.visible if message.from_bot)
    assert stage.rows() == {}


async def test_a_channel_is_left_too(stage: Stage) -> None:
    channel = stage.telegram.channel(-200)
    channel.add_bot(by=stage.me)
    channel.post("новость")
    await stage.telegram.settled()
    assert "leavechat" in {call.method.lower() for call in stage.telegram.journal}
    assert stage.rows() == {}


async def test_who_blocks_and_comes_back_goes_on(stage: Stage) -> None:
    await stage.client("Ольга")
    stage.me.block()
    await stage.telegram.settled()
    stage.me.unblock()
    await stage.say("Ольга")
    assert stage.header.startswith("Ольга")


async def test_an_update_that_comes_again_changes_nothing_twice(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.begin()
    sent = _updates(stage)
    await stage.answer("good")
    await stage.say("Заметка на память")
    await stage.tap("Заметка о клиенте")
    await stage.press("cz:1")
    await stage.press("cu:1")
    await stage.say("/newclient Пётр")
    before = await stage.read(lambda owned: owned.export())
    for update in list(sent):
        stage.me.raw(update)
        await stage.settled()
        assert stage.labels
    after = await stage.read(lambda owned: owned.export())
    assert (after.clients, after.assessments) == (before.clients, before.assessments)
    assert stage.header.startswith("Пётр")
    stage.telegram.journal.clear()  # the taps name messages that are gone by now


async def test_a_text_that_comes_again_still_waits_on_the_screen(stage: Stage) -> None:
    await stage.client("Ольга")
    sent = _updates(stage)
    await stage.say("Звонил в два ночи")
    stage.me.raw(sent[-1])
    await stage.settled()
    assert stage.header == "Что с этим сделать? · не записано"
    await stage.tap("Заметка о клиенте")
    assert "Звонил в два ночи" in stage.text


def _updates(stage: Stage) -> list[dict[str, object]]:
    """Return a list that every update from now on is added to."""
    sent: list[dict[str, object]] = []
    add_raw = stage.telegram.updates.add_raw

    def keep(update: dict[str, object]) -> int:
        number = add_raw(update)
        sent.append({"update_id": number} | update)
        return number

    stage.telegram.updates.add_raw = keep  # type: ignore[method-assign]  # listens in
    return sent


DOUBLE = (
    ("nl", "cl:0:0", "c:1", "ce:1", "cr:1", "cn:1", "cx:1"),
    ("ca:1:1", "ca:1:0", "cd:1"),
    ("as:1:express", "a:1:agreed_in_writing:good", "ab:1:set_limits", "ap:1", "ar:1"),
    ("s", "st:1", "sg:male", "sz:Asia/Tbilisi", "sc", "sk:180", "sq:180", "m", "xa", "ea"),
    ("l", "lt:money", "le1:sign:threats", "la:threats", "ly:0", "lq:0", "lf"),
    ("h", "hp", "d1:", "d1:0", "d1:00000", "d2:rude:00000", "d2:rule:00000", "pr"),
    ("cz:1", "cu:1"),
)


@pytest.mark.parametrize("buttons", DOUBLE, ids=lambda buttons: buttons[0].split(":")[0])
async def test_a_double_tap_is_one_tap(stage: Stage, buttons: tuple[str, ...]) -> None:
    await stage.client("Ольга")
    for data in buttons:
        await stage.press(data)
        once, text, labels = stage.rows(), stage.text, stage.labels
        if data == "nl":
            continue
        await stage.press(data)
        assert stage.rows() == once, data
        assert (stage.text, stage.labels) == (text, labels), data


async def test_a_double_tap_without_a_pause_between_is_one_tap_too(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always", set_limits="bad")
    for data in ("pk:1:001020", "vc:1", "vd:1", "vz:1:exhausted"):
        screen = stage.me.screen
        stage.me.tap(on=screen, data=data)
        stage.me.tap(on=screen, data=data)
        await stage.settled()
    export = await stage.read(lambda owned: owned.export())
    assert [each.about for each in export.actions] == [*["last_effort"] * 3, "reassess"]
    assert len(export.assessments) == 3, "the copy to change, and the one without strength"


async def test_taps_faster_than_the_answers_all_count(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.begin()
    screen = stage.me.screen
    questions = list(stage.frame.knowledge.catalogue.questions)
    for question in questions:
        data = GiveAnswer(assessment=1, question=question, option="partly").pack()
        stage.me.tap(on=screen, data=data)
    await stage.settled()
    assert len(await stage.given()) == 10
    assert stage.header.endswith("Границы · вопрос 11")
    edits = [call for call in stage.telegram.journal if call.method.lower() == "editmessagetext"]
    assert len(edits) < len(questions), "a screen that is overtaken is not shown"


async def test_messages_faster_than_the_answers_share_a_screen(stage: Stage) -> None:
    await stage.client("Ольга")
    before = len(stage.telegram.journal)
    for number in range(20):
        stage.me.forward(f"Снова не то, {number}", Origin("Ольга", EVENING, user_id=7))
    await stage.settled()
    (fact,) = await stage.read(lambda owned: owned.facts.all())
    assert fact.pieces == 20
    assert "20 сообщений, одна запись" in plain(stage.text)
    calls = [each.method.lower() for each in list(stage.telegram.journal)[before:]]
    assert 1 <= calls.count("sendmessage") + calls.count("editmessagetext") <= 3, calls


async def test_twenty_people_at_once_get_their_own_answers(stage: Stage) -> None:
    people = [beside(stage, stage.telegram.person(number)) for number in range(2, 22)]
    for one in people:
        one.me.send(f"/newclient Клиент {one.me.id}")
    await asyncio.gather(*(one.settled() for one in people))
    for one in people:
        assert one.header.startswith(f"Клиент {one.me.id} ·")
