"""Before signing: seven taps, what they come to, and what stays of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.local.person import Origin
from handlers.assessment.buttons import Tick
from handlers.facts.buttons import DueReply
from handlers.letters.buttons import StartLetter
from handlers.prospects.buttons import AnswerBefore, ShowProspect, SignClient
from storage.records import Client, ClientNumber
from tests.conversations.stage import EVENING, Stage, plain

CALM, WORRYING = "no", "yes"
OLEG = Origin("Олег", EVENING - timedelta(minutes=2), user_id=777)


async def ask(stage: Stage, name: str = "Олег", otherwise: str = CALM, **given: str) -> str:
    """Answer all questions about somebody new: those named as told."""
    await stage.say(f"/prospect {name}")
    await stage.tap("К вопросам")
    while offered := stage.offered(AnswerBefore):
        option = given.get(offered[0].question, otherwise)
        await stage.press(next(each for each in offered if each.option == option))
    return stage.text


async def remembered(stage: Stage, number: int = 1) -> Client:
    found = await stage.read(lambda owned: owned.clients.get(ClientNumber(number)))
    assert found is not None
    return found


async def test_somebody_new_is_asked_about_by_name_and_stands_in_no_list_of_clients(
    stage: Stage,
) -> None:
    await stage.say("/prospect")
    await stage.say("Студия «Вектор»")
    assert stage.header == "Студия «Вектор» · до договора"
    assert stage.main == "К вопросам"
    assert "Вектор" not in await stage.say("/clients")
    assert "Студия «Вектор»" not in stage.labels
    await stage.tap("До договора")
    assert "Студия «Вектор»" in stage.labels


async def test_seven_taps_come_to_conditions_and_name_the_answers(stage: Stage) -> None:
    text = await ask(stage, haggles="yes", fog="partly")
    assert "Подписывать на условиях" in text
    assert "• давят на цену\n• задание понятно только местами" in text
    assert stage.main == "Условия: 2"


async def test_each_condition_is_a_deed_with_words_to_say_and_a_letter(stage: Stage) -> None:
    await ask(stage, haggles="yes", fog="partly")
    text = await stage.tap("Условия: 2")
    assert "Менять объём, а не цену" in text
    assert "Ваш ответ: «Давит, хочет всё дешевле»." in text
    await stage.tap("Ещё ›")
    assert "Записать, по чему примут работу" in stage.text
    await stage.tap("Подготовить письмо")
    assert "Задание" in stage.header


async def test_many_alarms_lead_to_a_letter_that_declines(stage: Stage) -> None:
    text = await ask(stage, otherwise=WORRYING)
    assert "Лучше отказаться" in text
    assert "• и ещё 3" in text
    assert stage.main == "Письмо: отказ"
    await stage.tap("Письмо: отказ")
    assert "Чем объяснить отказ?" in stage.text


async def test_before_signing_an_agreement_is_about_all_of_the_work(stage: Stage) -> None:
    await ask(stage)
    await stage.press(StartLetter(client=1, kind="agreement"))
    assert "О какой работе речь" in stage.text


async def test_before_signing_no_letter_ends_or_mends_what_has_not_begun(stage: Stage) -> None:
    await ask(stage, otherwise=WORRYING)
    await stage.tap("Письмо: отказ")
    await stage.tap("‹ Назад")
    kinds = {"План по этапам", "Порядок работы", "Договорённости письменно", "Задание с критериями"}
    assert kinds <= set(stage.labels)
    assert "Прощание" not in stage.labels
    assert "Напоминание об оплате" not in stage.labels
    assert "Ещё ›" not in stage.labels


async def test_nothing_found_says_that_it_can_be_signed(stage: Stage) -> None:
    assert "Можно подписывать" in await ask(stage)
    assert stage.main == "Подписали"
    assert "Условия: 0" not in stage.labels


async def test_what_is_not_known_is_named_and_counts_for_nothing(stage: Stage) -> None:
    text = await ask(stage, otherwise="skip")
    assert "Пока не ясно" in text
    assert "До подписи стоит выяснить: туман в задании, без договора, торг." in text
    assert "• без договора: не знаю" in await stage.tap("Ответы")
    await stage.tap("Без договора")
    await stage.tap("Отказывается")
    assert "Подписывать на условиях" in stage.text


async def test_what_counts_and_what_is_innocent_is_a_tap_away(stage: Stage) -> None:
    await stage.say("/prospect Олег")
    await stage.tap("К вопросам")
    assert "Бывает и безобидно" not in stage.text
    assert "Бывает и безобидно: такое заказывают впервые" in await stage.tap("Что считать")


async def test_a_pause_keeps_the_answers(stage: Stage) -> None:
    await stage.say("/prospect Олег")
    await stage.tap("К вопросам")
    await stage.tap("Понятно")
    await stage.tap("Пауза")
    assert "Ответы записаны, осталось 6 вопросов." in stage.text
    await stage.tap("Продолжить")
    assert stage.header == "Олег · до договора, 2 из 7"
    await stage.tap("‹ Назад")
    assert "• Понятно" in stage.labels


async def test_who_signs_is_a_client_and_keeps_the_answers(stage: Stage) -> None:
    await ask(stage, fog="yes", haggles="yes")
    await stage.tap("Подписали")
    assert stage.header.startswith("Олег · с ")
    assert stage.toast == "Теперь это клиент, ответы сохранены"
    client = await remembered(stage)
    assert not client.prospect
    assert client.beforehand["fog"] == "yes"
    await stage.tap("Изменить")
    await stage.tap("До договора")
    assert "вместо задания одно настроение" in stage.text
    assert "Подписали" not in stage.labels


async def test_what_was_there_before_signing_is_offered_and_is_no_answer(stage: Stage) -> None:
    await ask(stage, fog="yes", haggles="yes")
    await stage.tap("Подписали")
    await stage.tap("Разбор")
    assert "Так было до договора. Отметьте, что есть и сейчас" in stage.text
    assert {each.question for each in stage.offered(Tick)} == {"vague_brief", "price_pressure"}
    assessment = await stage.assessment()
    assert assessment.answers == ()
    assert assessment.ticked == frozenset()


async def test_the_answers_of_that_time_do_not_change_any_more(stage: Stage) -> None:
    await ask(stage, fog="yes", haggles="yes")
    await stage.tap("Подписали")
    await stage.press(AnswerBefore(client=1, question="fog", option="no"))
    assert stage.toast == "Кнопка из прежней версии. Вот как сейчас"
    assert (await remembered(stage)).beforehand["fog"] == "yes"


async def test_a_second_tap_on_an_old_button_brings_nobody_back_from_the_archive(
    stage: Stage,
) -> None:
    await ask(stage)
    await stage.tap("Подписали")
    await stage.press("ca:1:1")
    await stage.press(SignClient(client=1))
    assert (await remembered(stage)).archived_at is not None


async def test_who_was_turned_down_waits_in_the_archive(stage: Stage) -> None:
    await ask(stage, fog="yes")
    await stage.tap("Не берусь")
    assert stage.toast == "Убрал в архив, ответы сохранены"
    await stage.say("/clients")
    assert "Олег" not in stage.labels
    await stage.tap("Архив")
    await stage.tap("Олег")
    assert "вместо задания одно настроение" in stage.text
    await stage.tap("Вернуть из архива")
    assert (await remembered(stage)).prospect


async def test_who_was_turned_down_unasked_is_not_asked_about(stage: Stage) -> None:
    await stage.say("/prospect Олег")
    await stage.tap("Не берусь")
    assert "Вы не взялись." in stage.text
    assert stage.main == ""
    assert stage.labels[0] == "Письмо: отказ"
    assert "К вопросам" not in stage.labels
    await stage.tap("Вернуть из архива")
    assert stage.main == "К вопросам"


async def test_every_answer_is_acknowledged_by_what_its_button_says(stage: Stage) -> None:
    await stage.say("/prospect Олег")
    await stage.tap("К вопросам")
    await stage.tap("Одно настроение")
    assert stage.toast == "Записал: «Одно настроение»"
    await stage.tap("Не знаю")
    assert stage.toast == "Записал: «Не знаю»"


async def test_a_second_tap_on_signed_is_no_button_of_an_earlier_version(stage: Stage) -> None:
    await ask(stage)
    result = stage.me.screen
    stage.me.tap("Подписали", on=result)
    stage.me.tap("Подписали", on=result)
    await stage.settled()
    assert [each.text for each in stage.me.toasts[-2:]] == [
        "Теперь это клиент, ответы сохранены"
    ] * 2


async def test_nobody_signs_with_whom_they_have_turned_down(stage: Stage) -> None:
    await ask(stage)
    await stage.tap("Не берусь")
    assert "Вы не взялись." in stage.text
    assert "Подписали" not in stage.labels


async def test_a_past_client_who_was_alike_is_named_with_what_was_the_same(stage: Stage) -> None:
    await stage.client("Вектор")
    await stage.assess(late_payment="always", vague_brief="often", price_pressure="once")
    text = await ask(stage, fog="yes", haggles="yes")
    assert (
        "У клиента «Вектор» было то же: туман в задании. Вывод о нём — «Последняя попытка»." in text
    )


async def test_who_was_parted_with_is_told_as_such(stage: Stage) -> None:
    await stage.client("Вектор")
    await stage.assess(late_payment="always", vague_brief="often")
    await stage.press("ca:1:1")
    text = await ask(stage, fog="yes")
    assert "У клиента «Вектор», с которым вы закончили, было то же: туман в задании." in text


async def test_what_was_answered_before_signing_is_compared_too(stage: Stage) -> None:
    await ask(stage, "Вектор", ill_word="yes")
    await stage.tap("Подписали")
    await stage.assess(late_payment="always")
    text = await ask(stage, "Олег", ill_word="partly")
    assert "У клиента «Вектор» было то же: дурное слово о прежних." in text


@pytest.mark.parametrize("calm", ["late_payment", "vague_brief"])
async def test_who_was_no_trouble_is_not_compared(stage: Stage, calm: str) -> None:
    await stage.client("Вектор")
    await stage.assess(**{calm: "once"})
    assert "Вектор" not in await ask(stage, fog="yes")


async def test_a_name_that_is_there_already_opens_its_card(stage: Stage) -> None:
    await stage.client("Вектор")
    await stage.say("/prospect вектор")
    assert stage.header.startswith("Вектор · с ")
    await ask(stage, "Олег")
    await stage.say("/newclient олег")
    assert stage.header == "Олег · до договора"


async def test_nobody_reaches_the_prospect_of_somebody_else(stage: Stage) -> None:
    await ask(stage)
    other = stage.telegram.person(2)
    stranger = replace(stage, me=other)
    await stranger.say("/start")
    await stranger.press(ShowProspect(client=1))
    await stranger.press(SignClient(client=1))
    assert "Олег" not in stranger.text
    assert (await remembered(stage)).prospect


async def test_all_of_it_is_handed_out_and_goes_with_the_person(stage: Stage) -> None:
    await ask(stage, fog="yes", first_time="skip")
    await stage.say("/export")
    await stage.tap("Прислать файлы")
    sent = [each.body["document"] for each in stage.from_bot if "document" in each.body]
    by_name = {each["file_name"]: stage.telegram.files[each["file_id"]].data for each in sent}
    told = plain(by_name["moi-dannye.txt"].decode())
    assert "До договора: туман в задании — Одно настроение" in told
    assert "До договора: впервые с исполнителем — Не знаю" in told
    machine = json.loads(by_name["moi-dannye.json"])
    assert machine["clients"][0]["beforehand"]["fog"] == "yes"
    await stage.say("/delete")
    await stage.tap("Удалить навсегда")
    assert stage.rows() == {}


async def test_what_comes_from_somebody_new_is_kept_with_them_and_goes_along(
    stage: Stage,
) -> None:
    await stage.client("Студия «Вектор»")
    await stage.say("/prospect Олег")
    # On their screen a forward is theirs, and the next one of the same author's anywhere.
    stage.me.forward("Сделай макет бесплатно, заплачу потом", OLEG)
    assert "О ком: Олег, договора ещё нет." in await stage.settled()
    await stage.say("/clients")
    stage.clock.moment += timedelta(hours=1)
    stage.me.forward("Ну что, договорились?", OLEG)
    assert "О ком: Олег, договора ещё нет." in await stage.settled()
    # From nowhere they are among those offered, and found by name.
    await stage.say("/settings")
    assert "Олег" in await stage.say("/fact Олег звонил в полночь")
    await stage.say("/prospect")
    await stage.tap("Олег")
    assert "Факты: 3" in stage.labels

    await stage.press(SignClient(client=(await prospect(stage)).number))
    assert "Факты: 3" in stage.labels
    await stage.tap("Факты: 3")
    assert stage.header.startswith("Олег")


async def test_of_a_reply_put_off_to_somebody_new_the_question_is_whether_to_take_them(
    stage: Stage,
) -> None:
    await stage.say("/prospect Олег")
    stage.me.forward("Убью, если не сделаешь", OLEG)
    await stage.settled()
    await stage.tap("Не сегодня")
    (fact,) = await stage.read(lambda owned: owned.facts.of_client(ClientNumber(1)))
    await stage.press(DueReply(fact=fact.number))
    assert "Разбор заново" not in stage.labels
    await stage.tap("Браться ли?")
    assert stage.header == "Олег · до договора"


async def prospect(stage: Stage) -> Client:
    (found,) = await stage.read(lambda owned: owned.clients.prospects())
    return found


async def test_of_a_name_of_one_letter_every_question_is_wide_enough(stage: Stage) -> None:
    await ask(stage, "Ё", otherwise="skip")
    assert "Пока не ясно" in stage.text
