"""Buttons stay clickable for weeks: every old one explains itself and opens the present screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.local.refusals import Mishap, bad_request
from handlers.assessment.buttons import Ask, GiveAnswer, ShowAction, ShowVerdict
from handlers.clients.buttons import ClientCard, DeleteClientNow
from tests.conversations.stage import Stage

OLD = "Кнопка из прежней версии. Вот как сейчас"


async def test_a_question_of_an_open_assessment_counts_after_two_weeks(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    old = stage.offered(GiveAnswer)[0]
    await stage.answer("good")
    await stage.answer("good")
    stage.clock.move(days=14)
    await stage.press(old.model_copy(update={"option": "bad"}))
    assert stage.toast == "Исправлено"
    assert stage.header.endswith("вопрос 3")
    assert (await stage.given())[old.question] == "bad"


async def test_an_old_message_shows_the_present_before_the_newer_one_goes(stage: Stage) -> None:
    """Also where more waits behind the tap: what was left would be a screen of long ago."""
    await stage.client("Ольга")
    old = stage.me.screen
    stage.clock.move(days=3)  # too old to be deleted: it stays, as one line
    await stage.say("/settings")
    newer = stage.me.screen
    stage.telegram.journal.clear()
    stage.me.tap(on=old, data=ClientCard(client=1).pack())
    stage.me.send("/help")
    await stage.settled()
    calls = [
        (call.method.lower(), call.params.get("message_id")) for call in stage.telegram.journal
    ]
    shown, gone = ("editmessagetext", old.id), ("deletemessage", newer.id)
    assert calls.index(shown) < calls.index(gone)


async def test_an_older_verdict_opens_with_its_date_and_names_the_newer(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="always")
    stage.clock.move(days=12)
    await stage.press("as:1:full")
    await stage.press(GiveAnswer(assessment=2, question="late_payment", option="once"))
    await stage.tap("Остальное как было")
    stage.clock.move(days=2)
    for data in ("v:1", "va:1:0"):
        await stage.press(data)
        assert "Кнопка" not in stage.text
    await stage.press(ShowVerdict(assessment=1))
    assert "вывод 21 ноября" in stage.header
    assert "Есть более новый: 3 декабря." in stage.text


async def test_the_card_of_an_archived_client_offers_to_bring_them_back(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("ca:1:1")
    stage.clock.move(days=14)
    await stage.press(ClientCard(client=1))
    assert "в архиве" in stage.header
    assert stage.main == "Вернуть из архива"


async def test_every_button_of_a_deleted_client_says_so(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.tap("План")
    await stage.tap("Взять в план")
    await stage.press(DeleteClientNow(client=1))
    for data in (
        "c:1",
        "ce:1",
        "cr:1",
        "cn:1",
        "ca:1:1",
        "as:1:full",
        "v:1",
        "p:1",
        "ps:1",
        "po:1",
    ):
        await stage.press(data)
        assert "Клиент удалён" in stage.header, data
        assert "К клиентам" in stage.labels


async def test_what_no_release_has_sent_says_so_and_shows_the_present_screen(stage: Stage) -> None:
    await stage.client("Ольга")
    for forged in (
        "zz:1",
        "c",
        "c:",
        "c:x",
        "c:0",
        "c:-1",
        "c:1:2",
        "c:99999999",
        "a:1:late_payment",
        "a:1:LATE:never",
        "t:1:-1",
        "sz:Nowhere/Land",
        "sg:other",
        "lt:nonsense",
        "le1:sign:nonsense",
        "le1:person:late_payment",
        "la:reporting",
        "sl:xx",
        "юникод",
        "{name}",
        "::::",
        " ",
    ):
        await stage.press(forged)
        assert stage.toast == OLD, forged
        assert stage.header == "Ольга · с 21 ноября", forged


async def test_a_number_that_does_not_exist_is_treated_like_an_old_button(stage: Stage) -> None:
    await stage.client("Ольга")
    before = stage.rows()
    for data in (
        "c:7",
        "v:7",
        "a:7:late_payment:never",
        "ps:7",
        "pe:7:done",
        "pd:7:3",
        "cz:7",
        "r:7",
    ):
        await stage.press(data)
        assert stage.toast == OLD, data
        assert stage.header == "Ольга · с 21 ноября", data
    assert stage.rows() == before


async def test_a_button_of_somebody_who_has_never_written_leads_home(stage: Stage) -> None:
    await stage.say("/start")
    await stage.press("c:1")
    assert stage.toast == OLD
    assert stage.header == "Разберёмся с трудным клиентом"


async def test_a_message_that_cannot_be_loaded_gets_a_new_one_below(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    old, data = stage.me.screen, stage.offered(GiveAnswer)[0]
    stage.clock.move(days=60)
    old.forgotten = True
    await stage.press(data, on=old)
    assert stage.me.screen.id != old.id
    assert stage.header.endswith("вопрос 2")
    stage.me.chat.messages.pop(old.id)
    stage.telegram.journal.clear()


async def test_a_tap_below_a_message_that_cannot_be_loaded_says_where_it_goes_on(
    stage: Stage,
) -> None:
    await stage.client()
    old = stage.me.screen
    old.forgotten = True
    await stage.press(ClientCard(client=1), on=old)
    assert stage.toast == "Продолжено ниже"
    stage.telegram.journal.clear()


async def test_a_message_deleted_by_the_person_is_sent_anew(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    old, data = stage.me.screen, stage.offered(GiveAnswer)[0]
    stage.me.delete(old)
    await stage.press(data, on=old)
    assert stage.header.endswith("вопрос 2")
    assert stage.me.screen.id != old.id
    stage.telegram.journal.clear()


async def test_an_answer_that_comes_too_late_for_its_spinner_still_counts(stage: Stage) -> None:
    await stage.client()
    await stage.begin()

    def too_late(method: str, _params: Mapping[str, Any]) -> Mishap | None:
        why = "query is too old and response timeout expired or query ID is invalid"
        late = method.lower() == "answercallbackquery"
        return Mishap(refusal=bad_request(why)) if late else None

    stage.telegram.faults = too_late
    await stage.answer("good")
    assert stage.header.endswith("вопрос 2")
    assert len(await stage.given()) == 1
    stage.telegram.journal.clear()
    stage.telegram.taps.clear()


async def test_the_screen_goes_on_where_the_tap_was_and_the_former_one_goes(stage: Stage) -> None:
    await stage.client("Ольга")
    old = stage.me.screen
    stage.clock.move(days=3)
    await stage.say("/library")
    assert old.text == "Продолжено ниже"
    assert old.keyboard == []
    library = stage.me.screen
    await stage.press(ClientCard(client=1), on=old)
    assert old.text.startswith("Ольга")
    assert library.deleted


async def test_an_old_action_of_a_plan_opens_as_it_is(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always")
    await stage.tap("План")
    await stage.tap("Взять в план")
    stage.clock.move(days=14)
    await stage.press(ShowAction(action=1))
    assert "Срок был 23 ноября. Что вышло?" in stage.text


async def test_a_question_that_is_asked_no_more_shows_the_present_screen(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.begin()
    await stage.press(Ask(assessment=1, question="change_manager"))
    assert stage.toast == OLD
    assert stage.header.endswith("вопрос 1")
