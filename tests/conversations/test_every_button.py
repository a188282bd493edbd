"""Every button of every screen that can be reached, and what holds for each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.local.chats import Message
from bot.local.person import Origin
from handlers.account.buttons import SetLanguage
from handlers.letters.buttons import OfLetter, Restyle, StartLetter
from handlers.prospects.buttons import AnswerBefore
from handlers.reports.buttons import OfLine, OfReport, OpenReport
from tests.conversations import grammar
from tests.conversations.stage import Stage
from tests.known import KNOWLEDGE

LEAST, MOST = 30, 1000
"""Taps of one crawl; every crawl here ends by itself between the two."""
NO_WAY_BACK = ("zs", "ar", "vz", "ls", "af", "j", "ay", "cz", "ez")
"""What cannot be taken back: tapped last, in this order, so that it does not shorten the crawl.

Each verdict, and each assessment that is dropped, makes room for a new one with a new number."""
LETTERS: list[type[CallbackData]] = [*OfLetter.__subclasses__(), StartLetter]
REPORTS: list[type[CallbackData]] = [
    *OfReport.__subclasses__(),
    *OfLine.__subclasses__(),
]
SAME_SHAPE = {
    "a",
    "aa",
    "q",
    "ab",
    "ae",
    "ak",
    "aq",
    "le1",
    "la",
    "tt",
    "va",
    "ve",
    "rt",
    "lt",
    "sk",
    "sz",
    "d1",
    "d2",
    "fs",
    "fa",
    "fi",
    "fj",
    "fo",
    "fw",
    "gd",
    "ka",
    "kx",
    "gw",
    "mj",
    "mk",
    "ms",
    "za",
    "zq",
    "zw",
    "ij",
    "ik1",
    "im",
    "io",
    "iq",
    "iw",
    "iy",
    "iz",
    *(form.__prefix__ for form in LETTERS + REPORTS if form.__prefix__ not in NO_WAY_BACK),
}
"""Forms whose screens differ in their words alone; a few of each are looked at."""
OF_A_SHAPE = 6


async def newcomer(stage: Stage) -> None:
    await stage.say("/start")


async def with_clients(stage: Stage) -> None:
    for number in range(1, 11):
        await stage.client(f"Клиент с довольно длинным именем {number}")
    await stage.press("ca:1:1")
    await stage.say("/clients")


async def in_assessment(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.begin()
    for _ in range(4):
        await stage.answer("partly")
    await stage.tap("Ничего из этого")


async def in_review(stage: Stage) -> None:
    await stage.client("Издательство учебной литературы «Просвет»")
    await stage.begin()
    await stage.answer_all(late_payment="always", scope_creep="often", set_limits="bad")


async def after_two_verdicts(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always", scope_creep="often", reporting="bad")
    await stage.press("pk:1:001020")
    await stage.tap("‹ К клиенту")
    await stage.assess("Новый разбор", late_payment="often", after_hours="always")
    await stage.press("pk:2:001020")
    await stage.press("v:2")


async def with_a_held_text(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.client("Пётр")
    await stage.say("Опять звонил в два ночи")


async def with_prospects(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="always", vague_brief="often")
    for name, option in (("Издательство учебной литературы «Просвет»", "yes"), ("Пётр", "skip")):
        await stage.say(f"/prospect {name}")
        await stage.tap("К вопросам")
        while offered := stage.offered(AnswerBefore):
            await stage.press(next(each for each in offered if each.option == option))
    await stage.say("/prospect")


async def with_a_team(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.press("st:1")
    await stage.client("Издательство учебной литературы «Просвет»")
    await stage.assess(change_manager="often", late_payment="always")
    await stage.press("mv:1")
    start = next(each.text for each in reversed(stage.from_bot) if "/start team-" in each.text)
    other = replace(stage, me=stage.telegram.person(2))
    await other.say(start.splitlines()[-1])
    await other.tap("Новый клиент")
    await other.say("Пётр")
    await other.assess(late_payment="once", vague_brief="often", after_hours="always")
    await other.press("my:1")
    await stage.press("mt:1")


async def judging_for_another(stage: Stage) -> None:
    await with_a_team(replace(stage, me=stage.telegram.person(3)))
    asks = replace(stage, me=stage.telegram.person(3))
    await asks.press("mv:1")
    start = next(each.text for each in reversed(asks.from_bot) if "/start team-" in each.text)
    await stage.client("Ольга")
    await stage.say(start.splitlines()[-1])


async def in_settings(stage: Stage) -> None:
    await stage.say("/settings")
    await stage.tap("Выбрать город")
    await stage.say("Екатеринбург")


async def in_a_letter(stage: Stage) -> None:
    await stage.client("Издательство учебной литературы «Просвет»")
    await stage.press("wn:1:farewell")
    await stage.tap("Дальше")
    await stage.say("3 ноября добавлены две страницы сверх сметы")


async def in_a_draft(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("wn:1:limits")
    await stage.say("письма — по будням, в том числе вы всегда опаздываете")
    while stage.offers("Позже"):
        await stage.tap("Позже")


async def with_a_probation(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.press("wn:1:last_effort")
    while not stage.offers("Изменить"):
        if stage.offers("Дальше"):
            await stage.say("3 ноября добавлены две страницы")
            await stage.tap("Дальше")
        elif offered := stage.labels[: stage.labels.index(OTHER[language_of(stage)])]:
            await stage.tap(offered[0])
        else:
            await stage.say("вы не оплатили счёт")
    await stage.tap("Готово")
    await stage.tap("Отправлено клиенту")
    await stage.tap("Условия")


async def with_reports(stage: Stage) -> None:
    for number, name in enumerate(("Ольга", "Издательство учебной литературы «Просвет»"), 1):
        await stage.client(name)
        await stage.press(OpenReport(client=number))
        for part in ("+ Готово", "+ В работе", "+ Нужно"):
            await stage.tap(part)
            await stage.say(f"Страница каталога\nОплата\nВы не прислали тексты: {part}")
        await stage.tap("Написать цели недели")
        await stage.say("\n".join(f"Страница каталога номер {page}" for page in range(9)))
    await stage.press("od:1:0")
    await stage.press("iy:2:0")
    stage.clock.move(hours=34)
    await stage.say("/report")


async def with_facts(stage: Stage) -> None:
    for name in ("Ольга", "Издательство учебной литературы «Просвет»"):
        await stage.client(name)
        for number in range(5):
            await stage.say(f"/fact Опять не заплатил {number}00 ₽, задержка {number} дней")
            await stage.say(f"/fact Звонил ночью, раз {number}")
    await stage.say("/fact Ничей факт")
    author = Origin(stage.said("Ольга"), stage.clock.now(), user_id=7)
    stage.me.forward(stage.said("Ты бездарь и хам"), author)
    await stage.settled()
    await stage.tap("Не сегодня")
    stage.clock.move(hours=10)
    await stage.press("k:1")
    for number in (40, 5, 5, 2000, 60000, 35, 1):
        await (stage.tap("Посчитать") if stage.offers("Посчитать") else stage.say(str(number)))
    await stage.press("as:1:express")
    await stage.say("/start")


async def with_reminders(stage: Stage) -> None:
    stage.clock.moment = datetime(2026, 11, 26, 19, tzinfo=UTC)
    await stage.say("/start")
    await stage.press("sz:Europe/Moscow")
    for number, name in enumerate(("Ольга", "Издательство учебной литературы «Просвет»"), start=1):
        await stage.client(name)
        await stage.press(f"iy:{number}:4")
    await stage.press("c:1")
    await stage.assess(late_payment="always", scope_creep="often")
    await stage.press("pk:1:001020")
    for number in (1, 2):
        author = Origin(stage.said("Ольга"), stage.clock.now(), user_id=7)
        stage.me.forward(stage.said("Ты бездарь и хам"), author)
        await stage.settled()
        await stage.press(f"g:{number}")
        stage.clock.move(minutes=5)
    stage.clock.moment = datetime(2026, 11, 27, 6, 0, 20, tzinfo=UTC)
    await stage.reminded()


STATES = (
    with_reminders,
    in_a_letter,
    in_a_draft,
    with_a_probation,
    newcomer,
    with_clients,
    in_assessment,
    in_review,
    after_two_verdicts,
    with_a_held_text,
    with_facts,
    with_reports,
    with_prospects,
    with_a_team,
    judging_for_another,
    in_settings,
)


EVERY_DAY = (in_a_draft, in_review, with_facts)
"""Of the crawls in English, those of every ``make test``; the others are a campaign."""
OTHER = {"ru": "English", "en": "Русский"}
"""What letters are offered in besides one's own language."""
SPEAKS = (SetLanguage.__prefix__, Restyle.__prefix__)
"""Forms that end with a language."""
SPOKEN: Mapping[str, Mapping[str, str]] = {
    "ru": {},
    "en": {
        "Клиент с довольно длинным именем": "A client with quite a long name",
        "Издательство учебной литературы «Просвет»": "Brightside Educational Publishing House",
        "Ольга": "Olivia",
        "Пётр": "Peter",
        "Опять звонил в два ночи": "Called me at 2 am again",
        "Екатеринбург": "Chicago",
        "3 ноября добавлены две страницы сверх сметы": "November 3, two pages beyond the estimate",
        "3 ноября добавлены две страницы": "November 3, two pages were added",
        "письма — по будням, в том числе вы всегда опаздываете": "weekdays, you are always late",
        "вы не оплатили счёт": "you did not pay the invoice",
        "Страница каталога номер": "Catalog page number",
        "Страница каталога": "Catalog page",
        "Оплата": "Payment",
        "Вы не прислали тексты": "You did not send the texts",
        "+ Готово": "done",
        "+ В работе": "in progress",
        "+ Нужно": "needed",
        "Опять не заплатил": "Did not pay again,",
        "00 ₽, задержка": "00 USD,",
        "дней": "days late",
        "Звонил ночью, раз": "Called at night, time",
        "Ничей факт": "Nobody’s fact",
        "Ты бездарь и хам": "You are useless and rude",
    },
}


def language_of(stage: Stage) -> str:
    return str(stage.me.user["language_code"])


@pytest.mark.parametrize(
    ("language", "state"),
    [
        pytest.param(
            language,
            state,
            id=f"{language}-{state.__name__}",
            marks=() if language == "ru" or state in EVERY_DAY else pytest.mark.campaign,
        )
        for language in SPOKEN
        for state in STATES
    ],
)
async def test_every_button_leads_to_a_good_screen(
    stage: Stage, language: str, state: Callable[[Stage], Awaitable[None]]
) -> None:
    stage.me.user["language_code"] = language
    stage.spoken = SPOKEN[language]
    await state(stage)
    crawler = Crawler(stage)
    await crawler.crawl()
    assert crawler.found == []
    refused = [str(call.refusal) for call in stage.telegram.refusals]
    assert refused == []


class Crawler:
    """Taps every button it has not tapped yet, from whatever screen the tap leads to."""

    def __init__(self, stage: Stage, leaving: tuple[str, ...] = ()) -> None:
        """Take the stage, and what is not to be tapped."""
        self.stage = stage
        self.found: list[str] = []
        self._done: set[str] = set(leaving)
        self._shapes: dict[str, int] = {}
        self._last: list[str] = []

    async def crawl(self) -> None:
        waiting = self._buttons()
        while waiting and len(self._done) < MOST:
            data = waiting.pop()
            if data in self._done:
                continue
            self._done.add(data)
            await self._tap(data)
            waiting += self._buttons()
        assert not waiting, "the crawl was cut short"
        assert len(self._done) >= LEAST
        for data in sorted(set(self._last), key=lambda each: NO_WAY_BACK.index(_form(each))):
            await self._tap(data)

    async def _tap(self, data: str) -> None:
        stage = self.stage
        before = len(stage.me.toasts)
        rows = stage.me.screen.keyboard
        if rows and not any("callback_data" in one for row in rows for one in row):
            # They stand in the place of the phone's keyboard; the last one leads back.
            stage.me.tap_at(-1, 0)
            await stage.settled()
        await stage.press(data)
        for message in stage.from_bot:
            found = _faults(message, language_of(stage))
            self.found += [f"{data}: {each} in {message.text!r}" for each in found]
        stale = KNOWLEDGE.words(language_of(stage)).texts("stale.unknown")
        texts = [toast.text for toast in stage.me.toasts[before:]]
        self.found += [f"{data}: {text!r}" for text in texts if text == stale]

    def _buttons(self) -> list[str]:
        """Return what is still to be tapped on the screen, its first button last."""
        rows = self.stage.me.screen.keyboard
        every = [str(one["callback_data"]) for row in rows for one in row if "callback_data" in one]
        return [data for data in reversed(every) if self._is_new(data)]

    def _is_new(self, data: str) -> bool:
        form = _form(data)
        if form in NO_WAY_BACK:
            self._last.append(data)
            return False
        language = data.rpartition(":")[2]
        in_another = form in SPEAKS and language in SPOKEN and language != language_of(self.stage)
        if data in self._done or in_another:
            return False
        if form in SAME_SHAPE:
            self._shapes[form] = self._shapes.get(form, 0) + 1
            return self._shapes[form] <= OF_A_SHAPE
        return True


def _form(data: str) -> str:
    return data.partition(":")[0]


def _faults(message: Message, language: str) -> list[str]:
    shape = grammar.faults(message) if message.keyboard else []
    return shape + grammar.wording_faults(message, language)


async def test_a_button_that_leads_where_one_is_asks_telegram_for_no_edit(stage: Stage) -> None:
    await stage.say("/library")
    await stage.tap("Типы клиентов")
    before = len(stage.telegram.journal)
    await stage.tap("1 из 2")
    methods = [call.method for call in list(stage.telegram.journal)[before:]]
    assert methods == ["answerCallbackQuery"]
    assert not stage.telegram.refusals
