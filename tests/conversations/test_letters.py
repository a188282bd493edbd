"""Letters: from a verdict or /letter to a clean text, its check, its versions and its way out."""

from __future__ import annotations

import email
import email.policy
import threading
from pathlib import Path

import pytest

from bot.local.chats import Message
from bot.local.person import Origin
from bot.local.state import ScreenEvent
from content.letters.models import BlankKind
from handlers.assessment.buttons import MakePlan, ShowAdvice, ShowVerdict
from handlers.assessment.sheets import LAST_EFFORT
from handlers.engine.screen import units
from handlers.facts.buttons import SetFactClient, SetFactDay
from handlers.letters import values
from handlers.letters.buttons import (
    EditLetter,
    EditPart,
    FinishLetter,
    FixFinding,
    LetterBlank,
    MarkSent,
    Restyle,
    ShowDraft,
    StartLetter,
    UnmarkSent,
    UseVersion,
)
from handlers.letters.screens.drafts import MESSAGE, split
from storage.records import (
    ActionState,
    ClientNumber,
    Fact,
    FactNumber,
    Letter,
    LetterNumber,
    Promise,
)
from tests.conversations.stage import EVENING, Stage, plain, staged
from tests.known import KNOWLEDGE

FACT = "3 ноября добавлены две страницы сверх сметы"
ANSWERS = {
    "В каком состоянии": "главная страница готова, каталог сделан наполовину",
    "Что передаёте": "макеты и доступы архивом",
    "Последний рабочий день": "4 декабря",
    "Что с деньгами": "Последний счёт придёт вместе с актом",
    "посоветовать взамен": "Никого",
    "было хорошего": "смелые идеи в каталоге",
    "поработать снова": "Да, если что-то изменится",
    "подписать": "Игорь",
    "О чём договорились": "пять страниц к 1 ноября, 120 000 ₽",
    "заново": "О добавленной работе",
    "Новая смета": "две страницы — 60 000 ₽, три недели",
    "условия предложите": "изменения — по новой смете\nоплата за три дня после акта",
    "ждать ответа": "28 ноября",
    "сверитесь": "5 декабря",
    "без валюты": "₽",
    "нет согласия": "Закончу работу",
    "Какой счёт": "14 от 1 ноября",
    "На какую сумму": "60 000 ₽",
    "договорились заплатить": "10 ноября",
    "За какую работу": "пять страниц",
    "ждёте деньги": "28 ноября",
    "подтверждения нет": "Закончу работу",
}


async def fill(stage: Stage, **other: str) -> str:
    """Answer every blank up to the draft; ``other`` is keyed by a word of the question."""
    for _ in range(20):
        if "Изменить" in stage.labels:
            return stage.text
        if on := {"Дальше", "Next"} & set(stage.labels):
            await stage.tap(*on)
            continue
        answers = {**ANSWERS, **other}
        found = [words for asked, words in answers.items() if asked in stage.text]
        await stage.say(found[-1] if found else stage.labels[0])
    raise AssertionError(f"no end of blanks: {stage.text}")


async def farewell(stage: Stage, **other: str) -> str:
    """Write a farewell with one fact, up to its draft."""
    await stage.client()
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.say(FACT)
    await stage.tap("Дальше")
    return await fill(stage, **other)


async def letter(stage: Stage, number: int = 1) -> Letter:
    found = await stage.read(lambda owned: owned.letters.get(LetterNumber(number)))
    assert found is not None
    return found


async def versions(stage: Stage, number: int = 1) -> list[str]:
    kept = await stage.read(lambda owned: owned.letters.versions(LetterNumber(number)))
    return [plain(each.words) for each in kept]


async def fact(stage: Stage, words: str, sign: str | None, *, day: int = 3, note: str = "") -> None:
    """Log a fact about the first client."""
    made = Fact(
        number=FactNumber(0),
        client=ClientNumber(1),
        day=EVENING.date().replace(day=day),
        words=words,
        captured_at=EVENING,
        touched_at=EVENING,
        source="typed",
        note=note,
        sign=sign,
    )
    await stage.read(lambda owned: owned.facts.add(made))


def files(stage: Stage) -> list[Message]:
    return [message for message in stage.from_bot if "document" in message.body]


# The way to a draft


async def test_a_verdict_to_part_leads_to_a_farewell_in_four_taps_besides_the_blanks(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.assess(threats="once")
    assert stage.main == "Письмо: прощание"
    taps = len(stage.telegram.taps)
    await stage.tap("Письмо: прощание")
    assert stage.header == "Прощание · прежде чем писать"
    await stage.tap("Дальше")
    assert stage.header == "Прощание · факты для письма"
    await stage.say(FACT)
    await stage.tap("Дальше")
    assert len(stage.telegram.taps) - taps == 3
    await fill(stage)
    assert stage.labels[:2] == ["Проверка: чисто", "Готово"]


async def test_a_debt_is_asked_for_before_the_goodbye_and_the_goodbye_offered_after_it(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.assess(rudeness="often", late_payment="often")
    assert stage.main == "Письмо: требование оплаты"
    assert "Письмо: прощание" in stage.labels
    await stage.tap("Письмо: требование оплаты")
    await fill(stage)
    await stage.press(FinishLetter(letter=1))
    await stage.press(MarkSent(letter=1))
    await stage.press(ShowVerdict(assessment=1))
    assert stage.main == "Письмо: прощание"


async def test_a_last_effort_is_offered_where_the_verdict_says_so(stage: Stage) -> None:
    await stage.client()
    await stage.assess(scope_creep="always", late_payment="always", after_hours="often")
    assert "Последняя попытка" in stage.text
    assert stage.main == "Письмо: последняя попытка"
    await stage.tap("Письмо: последняя попытка")
    assert stage.header.startswith("Последняя попытка · вопрос 1 из ")


async def test_the_message_of_a_draft_holds_the_letter_and_nothing_else(stage: Stage) -> None:
    shown = await farewell(stage)
    assert shown == (await versions(stage))[0]
    assert shown.startswith("Добрый день!\n")
    assert shown.endswith("21 ноября, Игорь")
    assert stage.me.screen.entities == []


async def test_the_letter_command_asks_whom_and_which_kind(stage: Stage) -> None:
    assert "сначала добавьте клиента" in await stage.say("/letter")
    await stage.client("Ольга")
    assert "какое письмо" in await stage.say("/letter")
    await stage.client("Пётр")
    assert (await stage.say("/letter")).startswith("Письмо · кому пишем")
    await stage.tap("Ольга")
    assert stage.labels[0] == "Прощание"
    assert "Напоминание об оплате. Деньги не пришли в срок" in stage.text
    await stage.tap("Ещё ›")
    await stage.tap("‹ К клиенту")
    assert stage.header.startswith("Ольга")


async def test_what_was_seen_to_before_parting_is_kept_with_the_client(stage: Stage) -> None:
    await stage.client()
    await stage.assess(threats="once")
    await stage.tap("Письмо: прощание")
    assert len(stage.labels) <= 7
    assert "Пишу спокойно" not in stage.labels  # nobody is told to calm down after a threat
    await stage.tap("Деньги посчитаны")
    assert "✓ Деньги посчитаны" in stage.labels
    details = await stage.read(lambda owned: owned.details.of_client(ClientNumber(1)))
    assert details == {"check.invoices": "1"}
    await stage.tap("✓ Деньги посчитаны")
    assert "Деньги посчитаны" in stage.labels
    await stage.tap("Остальное — в план")
    assert stage.toast == "Добавлено в план: 3"
    await stage.tap("Остальное — в план")
    assert stage.toast == "В плане нет места или всё уже там"


async def test_facts_without_a_sign_are_told_to_stay_out(stage: Stage) -> None:
    await stage.client()
    await fact(stage, "созвонились, обсудили план", None, day=1)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    assert "признак не выбран, а без него в письмо они не идут" in stage.text
    await stage.tap("Назвать признак факта")
    assert "о каком это признаке" in stage.text
    assert "«созвонились, обсудили план»" in stage.text
    await stage.tap("‹ Назад")
    assert stage.header == "Прощание · факты для письма"


async def test_a_fact_whose_sign_is_named_for_a_letter_is_offered_there(stage: Stage) -> None:
    await stage.client()
    await stage.say("/fact не заплатили за октябрь 45 тыс")
    assert "Похоже на: деньги позже срока" in stage.text
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.tap("Назвать признак факта")
    await stage.tap("деньги позже срока")
    assert stage.toast == "Записал: деньги позже срока"
    assert stage.header == "Прощание · факты для письма"
    assert "— оплата 45 тыс за октябрь не пришла в срок" in stage.text
    await stage.tap("English")
    assert "– the payment of RUB 45,000 for October did not arrive on time" in stage.text


async def test_a_fact_says_its_day_once_and_as_a_date(stage: Stage) -> None:
    await stage.client()
    await fact(stage, "3 ноября оплата за октябрь не пришла", "late_payment")
    await fact(stage, "к 5 ноября список растений так и не прислан", "no_feedback", day=6)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.say("вчера пришла новая версия текста")
    assert "✓ 3 ноября оплата за октябрь не пришла" in stage.text
    assert "✓ к 5 ноября список растений так и не прислан" in stage.text
    assert "✓ 20 ноября пришла новая версия текста" in stage.text


@pytest.mark.parametrize(
    ("words", "sign", "says"),
    [
        ("3 занятия за ноябрь отменили", "no_shows", "в ноябре встреча не состоялась"),
        ("в октябре дважды отменили съёмку", "no_shows", "в октябре встреча не состоялась"),
        ("в декабре просила скидку", "price_pressure", "в декабре 2025 года прозвучала просьба"),
        ("пишет в час ночи и ждёт ответа", "after_hours", "в ноябре рабочий вопрос пришёл"),
        ("написала ночью, ждала ответа", "after_hours", "21 ноября рабочий вопрос пришёл"),
        ("обещали до 5 ноября, не оплатили", "late_payment", "5 ноября оплата не пришла в срок"),
        ("обещала до 12 ноября, не прислала", "no_feedback", "12 ноября ответ по работе"),
        ("в октябре макет поменялся трижды", "indecision", "в октябре макет поменялся трижды"),
    ],
)
async def test_a_jotted_fact_is_of_no_day_that_nobody_has_named(
    stage: Stage, words: str, sign: str, says: str
) -> None:
    await stage.client()
    await fact(stage, words, sign, day=21)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    assert f"✓ {says}" in stage.text


async def test_facts_stand_in_the_order_in_which_they_were(stage: Stage) -> None:
    await stage.client()
    await fact(stage, "14 ноября макет поменялся", "indecision", day=14)
    await fact(stage, "в октябре дважды отменила съёмку", "no_shows", day=21)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.tap("Дальше")
    text = await fill(stage)
    assert "в октябре встреча не состоялась в условленное время; 14 ноября макет" in text


async def test_own_lines_stand_by_their_days_too(stage: Stage) -> None:
    await stage.client()
    await fact(stage, "17 ноября макет поменялся", "indecision", day=17)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.say("вчера добавился баннер\n14 ноября добавилась страница")
    await stage.tap("Дальше")
    text = await fill(stage)
    days = [text.index(day) for day in ("14 ноября", "17 ноября", "20 ноября")]
    assert days == sorted(days)


async def test_what_one_says_of_own_work_is_no_word_to_the_reader(stage: Stage) -> None:
    await farewell(stage, состоянии="прошли дроби, дошли до процентов")
    assert stage.labels[0] == "Проверка: чисто"
    await stage.press(EditPart(letter=1, part="state"))
    await stage.tap("Ответ: состояние работы")
    await stage.say("главная готова, тексты так и не прислали")
    assert stage.labels[0] == "Замечаний: 1"


async def test_a_sum_without_a_currency_is_asked_about_once(stage: Stage) -> None:
    await farewell(stage, деньгами="последний счёт 25 тыс пришлю с актом")
    assert "Последний счёт 25 тыс. ₽ пришлю с актом." in stage.text
    assert stage.labels[0] == "Проверка: чисто"
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await fill(stage, **{"Какой счёт": "45 и 46", "сумму": "60000", "заплатить": "10 ноября"})
    assert "о счетах № 45 и 46 на 60 000 ₽" in stage.text
    await stage.tap("Изменить")
    await stage.tap("Валюта")
    assert "В чём считаете" in stage.text
    await stage.say("в попугаях")
    assert "Выберите один из вариантов" in stage.text
    await stage.say("тенге")
    assert "на 60 000 ₸" in stage.text


@pytest.mark.parametrize(
    ("code", "mark", "typed"),
    [
        (
            "ru",
            "встанет в",
            ("в пт", "в прошлую пт", "отправлю в пятницу", "отправил в пятницу"),
        ),
        (
            "en",
            "answer reads",
            ("friday", "last friday", "send it on friday", "sent it on friday"),
        ),
    ],
)
async def test_every_answer_with_a_day_is_shown_with_its_date(
    stage: Stage, code: str, mark: str, typed: tuple[str, ...]
) -> None:
    ahead, behind, sends, sent = typed
    stage.me.user["language_code"] = code
    await stage.client()
    for number, (kind, letter) in enumerate(KNOWLEDGE.letters.kinds.items(), 1):
        await stage.press(StartLetter(client=1, kind=kind))
        for data in letter.data.blank:
            is_date = data.kind is BlankKind.DATE
            if data.only_if or not (is_date or data.moment):
                continue
            await stage.press(LetterBlank(letter=number, blank=data.id, page=0))
            said = (ahead if data.soon else behind) if is_date else sent if data.past else sends
            shown = await stage.say(said)
            assert mark in shown or data.rows, (kind, data.id, shown)
            assert ("20" if said in (behind, sent) else "27") in shown.split(mark)[-1], shown


async def test_a_day_of_more_than_a_year_ahead_is_asked_about(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="agreement"))
    await stage.press(LetterBlank(letter=1, blank="confirm_by", page=0))
    assert "12 марта 2028" in await stage.say("12.03.2028")
    assert "больше чем через год" in stage.text
    await stage.say("12.03.2027")
    assert "больше чем через год" not in stage.text
    await stage.press(LetterBlank(letter=1, blank="deadline", page=0))
    assert "больше чем через год" in await stage.say("сдам 5 декабря 2028")
    await stage.tap("Оставить как есть")
    assert "больше чем через год" not in stage.text


async def test_how_an_answer_stands_in_the_letter_is_shown_where_it_takes_other_words(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="agreement"))
    await stage.tap("О всей работе")
    text = await stage.say("пять страниц и каталог")
    assert "К какому сроку" in text
    assert "встанет в письмо" not in text, "nothing but a capital and a full stop is added"
    text = await stage.say("к пт, если тексты придут завтра")
    assert "встанет в письмо так: «к 27 ноября, если тексты придут 22 ноября»" in text
    await stage.tap("‹ Назад")
    text = await stage.say("к 12 декабря")
    assert "Сколько стоит" in text
    assert "встанет в письмо" not in text


async def test_a_sum_can_stay_without_a_currency(stage: Stage) -> None:
    await farewell(stage, деньгами="последний счёт 25 тыс пришлю", валюты="Не указывать")
    assert "Последний счёт 25 тыс. пришлю." in stage.text
    assert stage.labels[0] == "Замечаний: 1"


async def test_the_weightiest_facts_are_taken_and_a_note_never_is(stage: Stage) -> None:
    await stage.client()
    note = "достали, ненавижу"
    await fact(stage, "голосовое в два ночи", "after_hours", day=1, note=note)
    await fact(stage, "обещал засудить", "threats", day=2, note=note)
    await fact(stage, "оплата на 18 дней позже", "late_payment", day=3, note=note)
    await fact(stage, "ещё две страницы", "scope_creep", day=4, note=note)
    await fact(stage, "поговорили", None, day=5, note=note)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    ticked = [label for label in stage.labels if label.startswith("✓")]
    assert len(ticked) == 3
    assert "В письмо могут пойти 4 факта" in stage.text, "what has no sign is no breach"
    await fill(stage)
    assert "2 ноября" in stage.text
    for unsaid in (note, "засудить", "голосовое"):
        assert all(unsaid not in each for each in await versions(stage))


async def test_a_week_that_has_begun_is_no_number_of_days(stage: Stage) -> None:
    await stage.client()
    await fact(stage, "не платят вторую неделю, обещают", "late_payment", day=10)
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    assert "10 ноября оплата не пришла в срок" in stage.text


async def test_a_fact_can_be_left_out_and_another_one_written(stage: Stage) -> None:
    await stage.client()
    await fact(stage, "оплата на 18 дней позже", "late_payment")
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.tap("✓ 3 ноября — оплата")
    assert not any(label.startswith("✓") for label in stage.labels)
    await stage.say("4 ноября макет вернулся в третий раз\n5 ноября ответа не было")
    assert "✓ 5 ноября ответа не было" in stage.text
    await stage.tap("✓ 4 ноября")
    await fill(stage)
    assert "5 ноября ответа не было" in stage.text
    assert "4 ноября" not in stage.text
    assert "3 ноября" not in stage.text


async def test_a_last_day_on_a_free_day_moves_to_a_working_one_with_a_tap(stage: Stage) -> None:
    await farewell(stage, **{"Последний рабочий день": "5 декабря"})
    await stage.press(EditLetter(letter=1))
    await stage.press(Restyle(letter=1, tone="warm", length="full", language="ru"))
    await stage.tap("Замечаний: 1")
    assert "Исправить так: «7 декабря»." in stage.text
    await stage.tap("Исправить")
    assert stage.text.count("7 декабря") == 2
    assert "5 декабря" not in stage.text
    assert (await letter(stage)).filled["last_day"] == "2026-12-07"
    await stage.tap("Готово")
    assert "Отправлено клиенту" in stage.labels


async def test_a_day_that_is_over_is_asked_again_with_a_tap(stage: Stage) -> None:
    await farewell(stage, **{"Последний рабочий день": "27 ноября"})
    stage.clock.move(days=9)
    await stage.tap("Готово")
    assert stage.main == "Ответ: последний рабочий день"
    await stage.tap("Ответ: последний рабочий день")
    await stage.say("4 декабря")
    assert "Последний рабочий день — 4 декабря" in stage.text


async def test_a_letter_takes_no_more_facts_than_it_can_carry(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.say("\n".join(f"{day} ноября добавлена страница" for day in range(1, 8)))
    assert "Больше 6 в письмо не беру" in stage.text
    await stage.say("я" * 301)
    assert "301 знаков, а помещается 300" in stage.text


async def test_blanks_can_be_walked_back_put_off_and_left(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    await stage.tap("Позже")
    assert stage.header == "Прощание · вопрос 1 из 10"
    await stage.tap("‹ Назад")
    assert stage.header == "Прощание · факты для письма"
    await stage.tap("‹ Назад")
    assert stage.header == "Прощание · прежде чем писать"
    await stage.tap("Дальше")
    await stage.say("готова главная")
    await stage.tap("‹ Назад")
    assert "Сейчас: готова главная" in stage.text
    await stage.tap("Отмена")
    assert stage.header.startswith("Студия")
    await stage.tap("Письмо")
    await stage.tap("Продолжить: Прощание")
    assert stage.header == "Прощание · вопрос 2 из 10"
    await stage.say("/cancel")
    assert stage.header.startswith("Студия")
    await stage.say("готовы макеты")
    assert stage.header.startswith("Что с этим сделать?"), "the prompt is closed"


async def test_the_last_question_counted_is_the_last_one_asked(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    headers = []
    for answer in (
        "№ 14",
        "60000",
        "3 ноября",
        "десять занятий",
        "30 ноября",
        "Ольга",
        "₽",
        "Игорь",
    ):
        if "Изменить" in stage.labels:
            break
        headers.append(stage.header)
        await stage.say(answer)
    assert [each.rpartition("вопрос ")[2] for each in headers[-3:]] == [
        "6 из 8",
        "7 из 8",
        "8 из 8",
    ]


@pytest.mark.parametrize(
    ("kind", "chosen", "next_asked"),
    [
        ("limits", "О встречах и отменах", "За сколько просите предупреждать?"),
        ("agreement", "О том, что добавилось", "О какой работе речь"),
    ],
)
async def test_what_a_letter_is_about_is_asked_where_no_verdict_tells_it(
    stage: Stage, kind: str, chosen: str, next_asked: str
) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind=kind))
    assert chosen in stage.labels
    await stage.tap(chosen)
    assert next_asked in stage.text


async def test_a_verdict_tells_what_a_letter_is_about(stage: Stage) -> None:
    await stage.client()
    await stage.assess(no_shows="always")
    await stage.press(StartLetter(client=1, kind="limits"))
    assert "За сколько просите предупреждать?" in stage.text
    await fill(stage, **{"С какого дня": "1 декабря"})
    await stage.tap("Изменить")
    assert "О чём письмо" in stage.labels


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("payment_reminder", "60 000 ₽"), ("reply_withheld", "на 2,300 usd")],
)
async def test_a_sum_is_no_number_of_an_invoice(stage: Stage, kind: str, typed: str) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind=kind))
    await stage.say(typed)
    assert "вопрос о номере счёта" in stage.text
    await stage.say("№ 14 на 60 000 ₽")
    assert "вопрос о номере счёта" not in stage.text


@pytest.mark.parametrize(
    ("blank", "typed", "said"),
    [
        ("last_day", "когда-нибудь", "Такого дня не разобрать"),
        ("replacement_kind", "соседа", "Выберите один из вариантов"),
        ("state", "я" * 301, "301 знаков, а помещается 300"),
        ("facts", "12 ноября", "Здесь только день"),
        ("state", "14 тыс", "Это сумма, а вопрос о другом"),
        ("handover", "Марина", "Это имя, а вопрос о другом"),
    ],
)
async def test_what_does_not_fit_a_blank_is_asked_again(
    stage: Stage, blank: str, typed: str, said: str
) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.press(LetterBlank(letter=1, blank=blank, page=0))
    await stage.say(typed)
    assert said in stage.text
    assert blank not in (await letter(stage)).filled


async def test_a_debt_with_what_was_paid_of_it_is_no_one_sum(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await stage.press(LetterBlank(letter=1, blank="sum", page=0))
    assert "одним числом" in await stage.say("90 тыс руб, аванс 30 уже пришёл")
    assert "одним числом" not in await stage.say("60 тыс руб")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("в среду", True),
        ("как договаривались до 5 декабря, но лучше раньше", True),
        ("до 5 декабря", False),
        ("05.12", False),
    ],
)
async def test_the_day_that_was_read_from_other_words_is_told(
    stage: Stage, typed: str, told: bool
) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await stage.press(LetterBlank(letter=1, blank="pay_by", page=0))
    assert ("встанет в письмо так" in await stage.say(typed)) is told


@pytest.mark.parametrize("typed", ["до 10 октября", "10 октября", "не позднее 10.10"])
async def test_a_term_that_has_passed_is_read_as_people_say_it(stage: Stage, typed: str) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await stage.press(LetterBlank(letter=1, blank="due", page=0))
    await stage.say(typed)
    assert (await letter(stage)).filled["due"] == "2026-10-10"


async def test_what_was_said_in_another_letter_is_offered_again(stage: Stage) -> None:
    await farewell(stage)
    await stage.press(StartLetter(client=1, kind="reply_silence"))
    await stage.press(StartLetter(client=1, kind="hand_over"))
    await stage.press(LetterBlank(letter=3, blank="state", page=0))
    state = ANSWERS["В каком состоянии"]
    await stage.tap("Как раньше")
    assert (await letter(stage, 3)).filled["state"] == state


# Invariant I8.
async def test_what_is_put_off_stays_in_sight_and_keeps_the_letter_from_being_ready(
    stage: Stage,
) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.tap("Дальше")
    for _ in range(11):
        if "Позже" in stage.labels:
            await stage.tap("Позже")
    assert "‹состояние работы›" in stage.text
    assert stage.labels[0] == "Пропущено: 9"
    assert "Готово" not in stage.labels
    await stage.press(FinishLetter(letter=1))
    assert (await letter(stage)).done_at is None
    await stage.tap("Пропущено: 9")
    await stage.say(FACT)
    await stage.tap("Дальше")
    assert stage.labels[0] == "Пропущено: 8"
    for left in range(8, 0, -1):
        await stage.tap(f"Пропущено: {left}")
        found = [words for asked, words in ANSWERS.items() if asked in stage.text]
        await stage.say(found[-1])
    assert stage.labels[:2] == ["Проверка: чисто", "Готово"]


@pytest.mark.parametrize(
    "typed", ["{{ 7*7 }}", "{name}", "%(n)s %s", "{% for x in y %}", "<b>жирно</b> *звёзды*"]
)
async def test_hostile_words_stay_as_they_were_typed(stage: Stage, typed: str) -> None:
    shown = await farewell(stage, **{"В каком состоянии": typed, "подписать": typed})
    assert f" {typed}." in shown
    assert shown.endswith(f"21 ноября, {typed}")
    await stage.press(EditPart(letter=1, part="window"))
    await stage.say(f"Дальше — {typed}")
    assert f"Дальше — {typed}" in stage.text
    assert stage.me.screen.entities == []


# The check


async def test_a_finding_says_what_and_why_and_is_mended_with_one_tap(stage: Stage) -> None:
    await farewell(stage, деньгами="вы не оплатили последний счёт")
    await stage.tap("Замечаний: 1")
    assert stage.header == "Проверка · замечание 1 из 1"
    assert "Исправить так: «Последний счёт не оплачен»" in stage.text
    await stage.tap("Исправить")
    assert "Последний счёт не оплачен." in stage.text
    assert stage.labels[0] == "Проверка: чисто"
    assert len(await versions(stage)) == 2
    await stage.tap("Твёрже")
    assert "вы" not in stage.text.lower().split(), "what was mended stays mended in another tone"


async def test_a_second_tap_on_a_fix_changes_nothing(stage: Stage) -> None:
    await farewell(stage, деньгами="вы не оплатили счёт, вы нарушили сроки")
    for _ in range(2):
        await stage.press(FixFinding(letter=1, version=1, index=0))
    assert len(await versions(stage)) == 2


# Invariant I9.
async def test_a_finding_can_stay_and_is_not_spoken_of_again(stage: Stage) -> None:
    await farewell(stage, деньгами="вы не оплатили последний счёт")
    await stage.tap("Замечаний: 1")
    await stage.tap("Оставить как есть")
    assert stage.labels[0] == "Проверка: чисто"
    await stage.tap("Проверка: чисто")
    assert "✓ Без «вы» и «вам» (оставлено как есть)" in stage.text
    assert "✓ Стоит подпись" in stage.text
    await stage.tap("‹ К письму")
    assert "вы не оплатили" in stage.text.lower()


async def test_everything_can_be_mended_at_once(stage: Stage) -> None:
    await farewell(
        stage,
        деньгами="вы не оплатили последний счёт",
        состоянии="главная готова, вы прислали правки в два часа ночи",
    )
    await stage.tap("Замечаний: 2")
    await stage.tap("Исправить все: 2")
    assert stage.toast == "Исправлено: 2"
    assert stage.labels[0] == "Проверка: чисто"


# Changing it


async def test_tone_and_length_change_and_every_change_can_be_undone(stage: Stage) -> None:
    first = await farewell(stage)
    warm = await stage.tap("Теплее")
    full = await stage.tap("Подробнее")
    assert len({first, warm, full}) == 3
    assert "Короче" in stage.labels
    await stage.tap("Версии: 3")
    await stage.tap("Отменить последнюю правку")
    assert stage.text == warm
    assert "Теплее" not in stage.labels, "the warmest tone again"
    await stage.press(UseVersion(letter=1, version=1))
    assert stage.text == first
    await stage.tap("Твёрже")
    assert len(await versions(stage)) == 2, "a new change goes on from the version that is shown"


async def test_one_part_is_put_into_own_words_and_back(stage: Stage) -> None:
    first = await farewell(stage)
    await stage.tap("Изменить")
    await stage.tap("Часть письма")
    await stage.tap("Состояние работы")
    await stage.say("Готовы все макеты.")
    assert "Готовы все макеты." in stage.text
    await stage.press(EditPart(letter=1, part="state"))
    await stage.tap("Вернуть прежние слова")
    assert stage.text == first


async def test_a_list_may_come_in_several_messages(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="hand_over"))
    for line in ("исходники", "опечатка", "папка с фото"):
        await stage.say(line)
    assert "Что передаёте?" in stage.text
    await stage.tap("✓ опечатка")
    await stage.tap("Дальше")
    assert "В каком состоянии работа" in stage.text
    assert (await letter(stage)).filled["items"] == "исходники\nпапка с фото"


async def test_a_list_in_one_message_needs_no_tap_more(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="hand_over"))
    await stage.say("исходники\nпапка с фото")
    assert "В каком состоянии работа" in stage.text


async def test_who_recommended_nobody_can_still_name_somebody(stage: Stage) -> None:
    await farewell(stage)
    await stage.tap("Изменить")
    await stage.tap("Кого посоветовать")
    await stage.tap("Людей или фирмы")
    await stage.say("Анна Белова")
    assert "Вот кто мог бы продолжить работу: Анна Белова." in stage.text


async def test_a_part_asks_its_blank_anew(stage: Stage) -> None:
    await farewell(stage)
    await stage.press(EditPart(letter=1, part="last_day"))
    await stage.tap("Ответ: последний рабочий день")
    assert "Сейчас: 4 декабря" in stage.text
    await stage.say("12.12")
    assert "Последний рабочий день — 12 декабря" in stage.text


async def test_the_window_is_closed_after_threats_and_can_be_opened(stage: Stage) -> None:
    await stage.client()
    await fact(stage, "обещал засудить", "threats")
    await stage.press(StartLetter(client=1, kind="farewell"))
    assert (await letter(stage)).filled["window"] == "closed"
    await stage.tap("Дальше")
    await stage.tap("Дальше")
    closed = await fill(stage)
    await stage.tap("Изменить")
    await stage.tap("Новая работа")
    await stage.tap("Да")
    assert stage.text != closed
    assert "если общение станет спокойным" in stage.text


async def test_own_text_becomes_a_version_and_is_checked(stage: Stage) -> None:
    first = await farewell(stage)
    await stage.tap("Изменить")
    await stage.tap("Свой текст")
    await stage.say("Вы никогда не платите вовремя.")
    assert stage.text == "Вы никогда не платите вовремя."
    assert stage.labels[0].startswith("Замечаний:")
    await stage.tap("Теплее")
    assert stage.toast == "Собрано из ответов, прежний текст в версиях"
    await stage.tap("Версии: 3")
    await stage.tap("1:")
    assert stage.text == first


async def test_the_clients_name_is_corrected_in_two_taps_and_stays_corrected(stage: Stage) -> None:
    await farewell(stage)
    await stage.tap("Подробнее")
    await stage.tap("Изменить")
    await stage.tap("Как назвать")
    await stage.say("для бюро „Вектор и сыновья“")
    assert "для бюро „Вектор и сыновья“" in stage.text
    await stage.tap("Изменить")
    await stage.tap("Обращение")
    await stage.say("Ольга")
    assert stage.text.startswith("Добрый день, Ольга!")
    await stage.press(StartLetter(client=1, kind="last_effort"))
    await stage.tap("Позже")
    await stage.say(FACT)
    await fill(stage)
    assert stage.text.startswith("Добрый день, Ольга!")
    await stage.tap("Изменить")
    await stage.tap("Обращение")
    await stage.tap("Без имени")
    assert stage.text.startswith("Добрый день!")


async def test_english_asks_what_was_typed_again_and_keeps_the_days(stage: Stage) -> None:
    russian = await farewell(stage)
    await stage.tap("English")
    await stage.say("on 3 November two pages were added beyond the estimate")
    await stage.tap("Next")
    assert "Where does the work stand" in stage.text
    await stage.tap("Cancel")
    assert stage.labels[0].startswith("Пропущено:")
    await stage.tap("Пропущено:")
    for words in (
        "the home page is ready",
        "the layouts and logins",
        "The last invoice is settled",
    ):
        await stage.say(words)
    await stage.say("the bold ideas")
    await stage.tap("No name")
    await stage.tap("Leave it unnamed")
    await stage.say("Игорь")
    assert "Latin letters" in stage.text
    await stage.say("Igor")
    assert "4 December" in stage.text  # as the fact was typed
    assert stage.text.splitlines()[-2] == "Igor"
    assert stage.labels[0] == "Проверка: чисто"
    await stage.tap("Русский")
    assert stage.text == russian
    assert stage.labels[0] == "Проверка: чисто"


async def test_everything_can_be_asked_anew(stage: Stage) -> None:
    await farewell(stage)
    await stage.tap("Изменить")
    await stage.tap("Собрать заново")
    assert stage.header == "Прощание · факты для письма"
    await stage.tap("Отмена")
    assert stage.text == (await versions(stage))[0]


# Its way out


async def test_a_ready_letter_is_copied_and_the_hint_comes_once(stage: Stage) -> None:
    text = await farewell(stage)
    await stage.tap("Готово")
    assert stage.text == text
    assert stage.toast == "Скопируйте, не пересылайте: в пересланном видно имя бота"
    assert all("url" not in button for row in stage.me.screen.keyboard for button in row)
    await stage.tap("‹ К черновику")
    toasts = len([each for each in stage.me.toasts if each.text.startswith("Скопируйте")])
    await stage.tap("Готово")
    assert len([each for each in stage.me.toasts if each.text.startswith("Скопируйте")]) == toasts


async def test_files_hold_the_letter_and_say_nothing_of_where_it_was_made(stage: Stage) -> None:
    text = await farewell(stage)
    await stage.tap("Готово")
    made = {}
    for form in ("PDF", ".eml", ".txt"):
        await stage.tap(form)
        assert stage.text == text
        document = files(stage)[-1].body["document"]
        made[form] = stage.telegram.files[document["file_id"]].data
        assert document["file_name"].startswith("Завершение работы")
        assert files(stage)[-1].text == ""
    assert plain(made[".txt"].decode("utf-8-sig")) == text
    assert made["PDF"].startswith(b"%PDF")
    mail = email.message_from_bytes(made[".eml"], policy=email.policy.default)
    body = mail.get_body()
    assert body is not None
    assert plain(body.get_content()).strip().splitlines() == text.splitlines()
    assert mail["Subject"].startswith("Завершение работы")
    assert mail["From"] is None


async def test_a_sent_letter_is_logged_once_and_can_be_taken_back(stage: Stage) -> None:
    await farewell(stage)
    await stage.tap("Готово")
    for _ in range(2):
        await stage.press(MarkSent(letter=1))
    assert stage.header == "Прощание · отправлено"

    async def logged() -> list[str]:
        facts = await stage.read(lambda owned: owned.facts.of_client(ClientNumber(1)))
        return [each.words for each in facts if each.source == "letter"]

    assert await logged() == ["Отправлено письмо: Прощание"]
    assert str((await letter(stage)).sent_on) == "2026-11-21"
    await stage.tap("Показать письмо")
    assert "Изменить" not in stage.labels
    await stage.press(ShowDraft(letter=1, piece=0))
    assert stage.toast == "Это письмо уже отправлено"
    await stage.tap("Ещё не отправлено")
    assert await logged() == []
    assert "Отправлено клиенту" in stage.labels


async def test_what_a_sent_letter_has_logged_goes_with_it_wherever_it_was_moved(
    stage: Stage,
) -> None:
    await farewell(stage)
    await stage.client("Пётр")
    await stage.press(MarkSent(letter=1))
    (logged,) = (
        each
        for each in await stage.read(lambda owned: owned.facts.all())
        if each.source == "letter"
    )
    earlier = EVENING.date().toordinal() - 3
    await stage.press(SetFactDay(fact=logged.number, day=earlier))
    await stage.press(SetFactClient(fact=logged.number, client=2))
    await stage.press(UnmarkSent(letter=1))
    left = [each for each in await stage.read(lambda owned: owned.facts.all()) if each.letter]
    assert [each.deleted_at is not None for each in left] == [True]


async def test_a_sent_letter_is_the_reply_that_was_put_off(stage: Stage) -> None:
    await stage.client()
    stage.me.forward("Опять всё не так", Origin("Ольга", EVENING, user_id=777))
    await stage.settled()
    await stage.tap("Не сегодня")
    await stage.press(StartLetter(client=1, kind="reply_angry"))
    await fill(stage, **{"К какому дню": "5 декабря"})
    await stage.tap("Готово")
    await stage.tap("Отправлено клиенту")
    promises = (await stage.read(lambda owned: owned.export())).promises
    assert [each.state for each in promises if each.kind == "reply"] == [ActionState.DONE]


async def sent_last_effort(stage: Stage) -> Promise:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="last_effort"))
    await stage.say(ANSWERS["О чём договорились"])
    await stage.say(FACT)
    await stage.tap("Дальше")
    await fill(stage)
    await stage.tap("Готово")
    await stage.tap("Отправлено клиенту")
    opened = {each.kind: each for each in await stage.read(lambda owned: owned.promises.open())}
    assert opened.keys() >= {"answer", "probation"}
    assert str(opened["answer"].due) == "2026-11-28"
    return opened["probation"]


async def test_the_card_asks_for_no_letter_that_was_sent(stage: Stage) -> None:
    await stage.client()
    await stage.assess(threats="once")
    await stage.tap("Письмо: прощание")
    await stage.tap("Дальше")
    await stage.say(FACT)
    await stage.tap("Дальше")
    await fill(stage)
    await stage.press(ShowVerdict(assessment=1))
    assert stage.main == "Письмо: прощание"
    await stage.press(ShowDraft(letter=1, piece=0))
    await stage.tap("Готово")
    await stage.tap("Отправлено клиенту")
    await stage.press(ShowVerdict(assessment=1))
    assert "Письмо «Прощание» отправлено 21 ноября." in stage.text
    assert stage.main == "План"


async def test_after_a_last_effort_the_verdict_waits_for_its_answer(stage: Stage) -> None:
    await stage.client()
    await stage.assess(scope_creep="always", late_payment="always", after_hours="often")
    assert "Теперь ответ за клиентом" not in stage.text
    await stage.read(lambda mine: mine.details.set(ClientNumber(1), LAST_EFFORT, "made"))
    await stage.press(ShowVerdict(assessment=1))
    assert "Теперь ответ за клиентом" in stage.text
    assert "Письмо: последняя попытка" not in stage.labels
    await stage.press(ShowAdvice(assessment=1, index=0))
    assert "Пока ждёте ответа:" in stage.text
    await stage.press(MakePlan(assessment=1))
    assert "Проверить ответ в названный день" in stage.text


async def test_a_sent_last_effort_opens_a_probation(stage: Stage) -> None:
    promise = await sent_last_effort(stage)
    assert (promise.kind, str(promise.due)) == ("probation", "2026-12-05")
    assert promise.words == "изменения — по новой смете\nоплата за три дня после акта"
    await stage.tap("‹ К клиенту")
    assert "Условия действуют до 5 декабря" in stage.text
    stage.clock.move(days=8)
    await stage.say("/clients")
    assert stage.main == "Ответ: Студия «Вектор»"
    await stage.tap(stage.main)
    await stage.tap("Ответили")
    stage.clock.move(days=7)
    await stage.say("/clients")
    assert stage.main == "Условия: Студия «Вектор»"
    await stage.tap("Условия: ")
    assert "срок по договорённости" in stage.header.lower()
    await stage.tap("Через неделю")
    assert stage.toast == "Новый срок: 13 декабря"


@pytest.mark.parametrize(
    ("label", "became"), [("Не соблюдаются", "failed"), ("Условия соблюдаются", "made")]
)
async def test_what_became_of_a_probation_is_known_to_the_next_assessment(
    stage: Stage, label: str, became: str
) -> None:
    promise = await sent_last_effort(stage)
    await stage.press(f"yp:{promise.number}")
    await stage.tap(label)
    kept = await stage.read(lambda owned: owned.promises.get(promise.number))
    assert kept is not None
    assert kept.state is (ActionState.DONE if became == "made" else ActionState.FAILED)
    await stage.tap("Новый разбор")
    assert (await stage.assessment()).last_effort == became


async def test_a_last_effort_that_did_not_go_out_has_no_probation(stage: Stage) -> None:
    await sent_last_effort(stage)
    await stage.tap("Ещё не отправлено")
    assert await stage.read(lambda owned: owned.promises.open()) == ()
    kept = await stage.read(lambda owned: owned.details.of_client(ClientNumber(1)))
    assert all(name.startswith("form.") for name in kept), "how the letter names them is no outcome"


async def test_a_payment_reminder_gets_firmer_each_time_it_is_sent(stage: Stage) -> None:
    await stage.client()
    for number, tone in enumerate(("warm", "neutral", "firm"), start=1):
        await stage.press(StartLetter(client=1, kind="payment_reminder"))
        await fill(stage, **{"Какой счёт": "№ 14", "сумму": "60 000 ₽", "дня": "1 ноября"})
        assert (await letter(stage, number)).tone == tone
        await stage.press(MarkSent(letter=number))


async def test_a_letter_too_long_for_one_message_comes_in_pieces(stage: Stage) -> None:
    await farewell(stage)
    paragraphs = [f"{number}. " + "Длинный абзац. " * 100 for number in range(1, 7)]
    text = "\n\n".join(each.strip() for each in paragraphs)
    await stage.read(lambda owned: owned.letters.add_version(LetterNumber(1), text, EVENING))
    pieces = [await stage.press(ShowDraft(letter=1, piece=0))]
    while "Ещё ›" in stage.labels:
        pieces.append(await stage.tap("Ещё ›"))
    assert len(pieces) == 3
    assert "\n\n".join(pieces) == text


def test_a_letter_is_cut_only_where_a_message_cannot_hold_it() -> None:
    assert split("Раз.\n\nДва.") == ["Раз.\n\nДва."]
    assert split("а" * 4096) == ["а" * 4096]
    for text in ("слово " * 2000, "😀" * 5000, "\n".join(["абзац"] * 3000)):
        pieces = split(text)
        assert all(0 < units(piece) <= MESSAGE for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(text.split())


# Nothing lost


async def test_a_draft_outlives_a_restart(tmp_path: Path, database_url: str) -> None:
    async with staged(tmp_path, database=database_url) as first:
        await first.client()
        await first.press(StartLetter(client=1, kind="farewell"))
        await first.tap("Дальше")
        await first.say(FACT)
    async with staged(tmp_path, before=first) as second:
        await second.tap("Дальше")
        text = await fill(second)
        assert FACT in text
    async with staged(tmp_path, before=second) as third:
        await third.tap("Теплее")
        assert len(await versions(third)) == 2
        await third.in_order()


# Invariant I18.
async def test_while_a_letter_is_checked_everybody_else_is_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    other = stage.telegram.person(2)

    def look(_event: ScreenEvent) -> None:
        if any(message.from_bot for message in other.messages):
            answered.set()

    stage.telegram.watch(look)

    def slow(_text: str, **_how: object) -> tuple[()]:
        assert answered.wait(timeout=20), "nobody else was answered meanwhile"
        return ()

    await farewell(stage)
    monkeypatch.setattr(values, "check", slow)
    stage.me.tap("Теплее")
    other.send("/newclient Ольга")
    await stage.settled()
    assert other.screen.text.startswith("Ольга")
    assert stage.labels[0] == "Проверка: чисто"


async def test_beginning_twice_begins_one_letter(stage: Stage) -> None:
    await stage.client()
    for _ in range(3):
        await stage.press(StartLetter(client=1, kind="limits"))
    kept = await stage.read(lambda owned: owned.letters.of_client(ClientNumber(1)))
    assert len(kept) == 1


async def test_a_letter_from_nowhere_is_kept_and_checked(stage: Stage) -> None:
    await stage.say("Здравствуйте! Вы опять не заплатили.")
    await stage.tap("Проверить как письмо")
    assert "Что это за письмо?" in stage.text
    await stage.tap("Прощание")
    assert stage.text == "Здравствуйте! Вы опять не заплатили."
    assert stage.labels[0].startswith("Замечаний:")
    assert "Теплее" not in stage.labels
    await stage.tap("Изменить")
    assert "Часть письма" not in stage.labels


async def test_a_pasted_english_letter_is_read_as_english(stage: Stage) -> None:
    await stage.client()
    await stage.say("Hello! You have never paid in time. 21 November, Igor")
    await stage.tap("Проверить как письмо")
    await stage.tap("Прощание")
    assert (await letter(stage)).language == "en"


async def test_the_signature_is_asked_once_and_stands_in_the_settings(stage: Stage) -> None:
    await farewell(stage)
    await stage.say("/settings")
    await stage.tap("Подпись: Игорь")
    await stage.say("Игорь Смирнов")
    assert "Подпись: Игорь Смирнов" in stage.labels
    await stage.press(StartLetter(client=1, kind="limits"))
    await fill(stage)
    assert stage.text.endswith("Игорь Смирнов")
    await stage.say("/settings")
    await stage.tap("Подпись")
    await stage.say("/cancel")
    assert stage.header.startswith("Настройки")
    await stage.tap("Подпись")
    await stage.tap("Убрать подпись")
    assert "Подпись: пока нет" in stage.labels


# Invariant I13.
async def test_a_letter_of_somebody_else_cannot_be_named(stage: Stage) -> None:
    await farewell(stage)
    other = stage.telegram.person(2)
    other.send("/start")
    await stage.settled()
    other.tap(data="wd:1:0")
    await stage.settled()
    assert "Добрый день" not in other.screen.text
    assert other.toasts[-1].text.startswith("Кнопка из прежней версии")


@pytest.mark.parametrize(
    "data",
    [
        "wn:1:no_such_kind",
        "wo:1:state:999",
        "wo:1:no_blank:1",
        "wp:1:99:1:0",
        "wr:1:loud:short:ru",
        "w8:1:99",
        "w2:1:no_part",
        "wx:1:1:99",
        "wj:1:1:99",
        "wu:1:state:99",
        "yp:99",
    ],
)
async def test_a_forged_button_is_answered_and_changes_nothing(stage: Stage, data: str) -> None:
    await farewell(stage)
    before = await letter(stage)
    await stage.press(data)
    assert stage.toast.startswith("Кнопка из прежней версии")
    assert await letter(stage) == before


@pytest.mark.parametrize(
    "answer",
    ["Нет, без благодарности", "ничего", "Ничего хорошего не было!", "да нечего вспомнить", "нет"],
)
async def test_who_has_nothing_to_thank_for_thanks_for_nothing(stage: Stage, answer: str) -> None:
    shown = await farewell(stage, **{"было хорошего": answer})
    assert "Спасибо" not in shown
    assert "Всего доброго" in shown


async def test_without_thanks_is_a_tap_where_it_is_asked_for_what(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="farewell"))
    await stage.press(LetterBlank(letter=1, blank="good", page=0))
    await stage.tap("Нет, без благодарности")
    assert "было хорошего" not in stage.text


async def test_who_gives_no_name_signs_with_none(stage: Stage) -> None:
    shown = await farewell(stage, подписать="нет")
    assert shown.rstrip().endswith("‹имя›")


async def test_what_has_no_letter_and_no_digit_is_no_answer(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    asked = stage.header
    for nothing in ("???", "…", "👍"):
        await stage.say(nothing)
        assert "ни одной буквы или цифры" in stage.text, nothing
        assert stage.header == asked
    await stage.say("№ 14")
    assert stage.header != asked


async def test_a_day_that_has_been_is_typed_where_none_is_offered(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await stage.say("№ 14")
    await stage.say("60 000 ₽")
    assert "Напишите день: 3 ноября" in stage.text
    await stage.say("3 ноября")
    await stage.say("десять занятий")
    assert "Выберите или напишите день" in stage.text


async def test_no_typed_to_a_choice_is_that_choice_and_no_other(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="reply_angry"))
    await stage.press(LetterBlank(letter=1, blank="manner", page=0))
    await stage.say("нет")
    given = await letter(stage)
    assert (given.filled["manner"], given.filled["about_work"]) == ("none", "yes")


async def test_what_each_costs_is_no_sum_and_a_day_is_no_work(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await stage.press(LetterBlank(letter=1, blank="sum", page=0))
    await stage.say("по 12 тыс каждый")
    assert "одним числом" in stage.text
    for words in ("двадцать семь тысяч", "27 тыс"):
        await stage.press(LetterBlank(letter=1, blank="sum", page=0))
        await stage.say(words)
        assert plain((await letter(stage)).filled["sum"]) in {"27 000", "27 тыс"}
    await stage.press(LetterBlank(letter=1, blank="done", page=0))
    await stage.say("5 ноября")
    assert "Это дата" in stage.text


async def test_a_firm_by_its_name_is_the_client_and_no_project(stage: Stage) -> None:
    text = await farewell(stage, **{"Назвать в письмах": "типография Альфа"})
    assert "для типографии «Альфа»" in text


async def test_a_day_is_no_sum_of_money(stage: Stage) -> None:
    await stage.client()
    await stage.press(StartLetter(client=1, kind="payment_reminder"))
    await stage.press(LetterBlank(letter=1, blank="sum", page=0))
    for day in ("12 октября", "12.10.", "вчера"):
        await stage.say(day)
        assert "Это дата" in stage.text, day
    await stage.say("$12.10")
    assert "Это дата" not in stage.text
