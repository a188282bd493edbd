"""What is looked at before a letter goes out: its days, its money, its promises, its names."""

from __future__ import annotations

import datetime as dt
import re
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.checking import Rule, check
from content.checking.findings import Known
from content.checking.soundness import accepts
from content.knowledge import Knowledge
from content.letters.drafting import FilledBlanks, People, Value, Variant, draft, told_facts
from content.letters.letters import LetterKind
from content.letters.models import BlankKind, Length, LetterId, Tone
from content.letters.ordinary import as_firm, is_firm, is_rough, unsure
from content.letters.own_words import are_calm, strangers, untold
from content.letters.review import Sending, redated, review
from content.letters.templates import bare, going_on, lines
from content.models import RUSSIAN, Language
from content.russian.words import ON_A_DAY, is_first_name
from content.vocabulary import plain
from content.voices import Voice
from tests.chance import many
from tests.content.letters.samples import NBSP, TODAY, sample, styles
from tests.content.letters.test_letters import CLEAN, IGOR

FRIDAY = 5
FACTS = ("3 ноября добавилась задача",)
SEEDS = st.integers(0, 2**32 - 1)
"""A letter draws hundreds of times: from one seed, not each time from hypothesis."""


def weekend(day: dt.date) -> bool:
    return day.isoweekday() > FRIDAY


def found(
    kind: LetterKind,
    values: dict[str, Value],
    today: dt.date = TODAY,
    private: tuple[str, ...] = (),
    language: str = "ru",
) -> dict[Rule, tuple[str, str | None]]:
    filled, style = FilledBlanks(CLEAN | values), Variant(language=Language(language))
    text = draft(kind, style, filled, IGOR, today).text
    sending = Sending(today, weekend, private)
    each = review(kind, style, filled, text, sending)
    return {one.rule: (one.excerpt, one.fix) for one in each}


_RAISED = "разговор на повышенных тонах"


@pytest.fixture(scope="session")
def farewell(knowledge: Knowledge) -> LetterKind:
    return knowledge.letters.kinds[LetterId("farewell")]


def test_a_good_farewell_is_passed(farewell: LetterKind) -> None:
    assert found(farewell, {"last_day": dt.date(2026, 12, 4), "facts": FACTS}) == {}


def test_a_last_day_that_is_over_or_free_is_told(farewell: LetterKind) -> None:
    over: dict[str, Value] = {"facts": FACTS, "last_day": dt.date(2026, 12, 11)}
    late = found(farewell, over, dt.date(2027, 3, 5))
    free = found(farewell, {"facts": FACTS, "last_day": dt.date(2026, 12, 6)})

    assert late[Rule.PAST_DAY] == (
        "11\N{NO-BREAK SPACE}декабря\N{NO-BREAK SPACE}2026\N{NO-BREAK SPACE}года",
        None,
    )
    written = draft(farewell, Variant(), FilledBlanks(CLEAN | over), IGOR, TODAY).text
    stale = review(
        farewell,
        Variant(),
        FilledBlanks(CLEAN | over),
        written,
        Sending(dt.date(2027, 3, 5), weekend),
    )
    assert [(one.rule, one.excerpt) for one in stale] == [
        (Rule.PAST_DAY, "11\N{NO-BREAK SPACE}декабря")
    ]
    assert set(free) == {Rule.DAY_OFF}
    assert free[Rule.DAY_OFF][1] == "7\N{NO-BREAK SPACE}декабря"


@pytest.mark.parametrize(
    ("facts", "signs", "invoice", "told"),
    [
        (("10 ноября оплата не поступила в срок",), (), "Все счета закрыты", True),
        (("10 ноября порядок изменился",), ("late_payment",), "Всё оплачено", True),
        (("10 ноября оплата не поступила в срок",), (), "Последний счёт ждёт оплаты", False),
        (("10 ноября оплата не поступила в срок",), (), "Счёт ещё не закрыт", False),
        (("10 ноября добавилась задача",), ("scope_creep",), "Все счета закрыты", False),
        (("20 ноября не заплатили за пропуск",), (), "Все счета закрыты", True),
    ],
)
def test_settled_bills_beside_an_unpaid_one_are_told(
    farewell: LetterKind, facts: tuple[str, ...], signs: tuple[str, ...], invoice: str, told: bool
) -> None:
    values = CLEAN | {"facts": facts, "invoice": invoice, "last_day": dt.date(2026, 12, 4)}
    filled = FilledBlanks(values, signs=frozenset(signs))
    text = draft(farewell, Variant(), filled, IGOR, TODAY).text

    rules = {
        each.rule for each in review(farewell, Variant(), filled, text, Sending(TODAY, weekend))
    }

    assert (Rule.OPEN_BILL in rules) == told


def test_the_review_does_not_come_before_the_answer(knowledge: Knowledge) -> None:
    kind = knowledge.letters.kinds[LetterId("last_effort")]
    values: dict[str, Value] = {
        "answer_by": dt.date(2026, 12, 13),
        "until": dt.date(2026, 12, 1),
    }

    assert found(kind, values)[Rule.DAY_ORDER] == ("1\N{NO-BREAK SPACE}декабря", None)
    assert Rule.DAY_ORDER in found(kind, values | {"until": dt.date(2026, 12, 13)})
    assert Rule.DAY_ORDER not in found(kind, values | {"until": dt.date(2026, 12, 20)})


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("60000", "60\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽"),
        ("60 000", "60 000\N{NO-BREAK SPACE}₽"),
        ("примерно 500", f"500{NBSP}₽"),
        ("60 000 ₽", ""),
        ("15 тыс. руб.", ""),
        ("$600", ""),
        ("300 тенге", ""),
        ("100 USDT", ""),
        ("40 т.р.", ""),
        ("7000р", ""),
    ],
)
def test_a_sum_needs_its_currency(knowledge: Knowledge, typed: str, fix: str | None) -> None:
    kind = knowledge.letters.kinds[LetterId("payment_reminder")]
    told = found(kind, {"sum": typed, "invoice": "№ 14", "due": dt.date(2026, 11, 1)})

    assert (Rule.NO_CURRENCY in told) == (fix != "")
    if fix != "":
        assert told[Rule.NO_CURRENCY][1] == fix


def test_no_letter_of_ours_promises_an_attachment_and_a_typed_one_is_told(
    knowledge: Knowledge, farewell: LetterKind
) -> None:
    told = found(farewell, {"handover": "акт, он приложен к письму"})

    assert told[Rule.ATTACHMENT][0] == "приложен"
    for kind in knowledge.letters.kinds.values():
        for text in kind.texts.values():
            assert "во вложен" not in str(text.parts)
            assert "прилож" not in str(text.parts)
            assert "attached" not in str(text.parts)


def test_the_name_on_the_card_is_told(farewell: LetterKind) -> None:
    told = found(
        farewell,
        {"good": "терпение Жмота с дизайном"},
        private=("Жмот с дизайном", "Жмота с дизайном"),
    )

    assert told[Rule.NICKNAME][0] == "Жмота с дизайном"


def test_a_name_that_is_a_word_for_a_thing_is_no_name_where_it_is_small(
    farewell: LetterKind,
) -> None:
    for words, told in (("меню бара", False), ("меню Бара", True)):
        finding = found(farewell, {"good": words}, private=("Бар", "Бара"))
        assert (Rule.NICKNAME in finding) == told
    assert Rule.NICKNAME in found(farewell, {"good": "терпение жмота"}, private=("Жмот", "Жмота"))


def test_papers_of_the_work_may_speak_of_the_law_and_letters_of_money_may_not(
    knowledge: Knowledge,
) -> None:
    kinds = {each.id: each.data for each in knowledge.letters.kinds.values()}
    for kind, free in (("brief", True), ("agreement", True), ("payment_reminder", False)):
        assert (Rule.LEGAL_CLAIM not in kinds[LetterId(kind)].held_to("neutral")) == free


def test_a_letter_bears_the_date_of_the_day_it_goes_out(farewell: LetterKind) -> None:
    was, today = TODAY, dt.date(2027, 1, 12)
    for style in styles(farewell):
        for mended in (False, True):
            text = draft(farewell, style, FilledBlanks(CLEAN), IGOR, was).text
            text = text.replace("Анна", "Инна") if mended else text
            dated = redated(farewell, style, FilledBlanks(CLEAN), IGOR, text, was=was, today=today)
            if style.language == Language("ru"):
                assert "21\N{NO-BREAK SPACE}ноября, " not in dated
                assert "12\N{NO-BREAK SPACE}января" in dated
            assert (
                redated(farewell, style, FilledBlanks(CLEAN), IGOR, text, was=was, today=was)
                == text
            )


@settings(max_examples=many(60))
@given(SEEDS, st.integers(0, 400))
def test_every_day_that_a_letter_sets_is_told_once_it_is_over(
    knowledge: Knowledge, seed: int, days: int
) -> None:
    random = Random(seed)  # noqa: S311  nothing secret about it
    kind = random.choice(list(knowledge.letters.kinds.values()))
    made = sample(knowledge.letters, kind, next(styles(kind)), random)
    today = TODAY + dt.timedelta(days=days)
    text = draft(kind, made.style, made.filled, made.people, today).text
    told = {
        each.excerpt
        for each in review(kind, made.style, made.filled, text, Sending(today, lambda _: False))
        if each.rule is Rule.PAST_DAY
    }
    over = [
        each.id
        for each in kind.data.blank
        if each.kind is BlankKind.DATE
        and each.soon
        and isinstance(day := made.filled.values[each.id], dt.date)
        and day < today
    ]
    # One that this version of the letter does not say cannot be wrong in it.
    assert bool(told) <= bool(over)
    if over and made.kind.id in {"farewell", "agreement", "limits", "stage_plan"}:
        assert told


NICKNAME = "Жмот с дизайном (не брать трубку)"


@settings(max_examples=many(40))
@given(SEEDS, st.sampled_from(list(Voice)))
def test_no_draft_holds_the_cards_name_and_no_team_says_i(
    knowledge: Knowledge, seed: int, voice: Voice
) -> None:
    random = Random(seed)  # noqa: S311  nothing secret about it
    kind = random.choice(list(knowledge.letters.kinds.values()))
    for style in styles(kind):
        if style.language != Language("ru"):
            continue
        made = sample(knowledge.letters, kind, style, random, voice)
        letter = draft(kind, style, made.filled, People("Студия «Север»", voice), TODAY)
        whole = f"{letter.subject}\n{letter.text}".lower()
        assert "вектор" not in whole
        if voice is Voice.TEAM:
            words = set(whole.replace(",", " ").replace(".", " ").split())
            assert not words & {"я", "мне", "мой", "моя", "могу", "буду", "жду", "передаю", "прошу"}
            assert not words & {"предлагаю", "желаю", "пишу", "сообщаю", "отвечу", "планирую"}


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("По будням с 10 до 19", "по будням с 10 до 19"),
        ("В течение рабочего дня", "в течение рабочего дня"),
        ("К 12 декабря", "к 12 декабря"),
        ("Лендинг и форма", "лендинг и форма"),
        ("Чек-лист для редактора", "чек-лист для редактора"),
        ("Любовь к деталям", "любовь к деталям"),
        ("Вера в идею", "вера в идею"),
        ("Вера Ивановна", "Вера Ивановна"),
        ("Анна Белова", "Анна Белова"),
        ("SEO-разбор", "SEO-разбор"),
        ("Five pages by 1 November", "five pages by 1 November"),
        ("Changes in writing", "changes in writing"),
        ("Anna White", "Anna White"),
    ],
)
def test_a_capital_that_the_keyboard_made_is_made_small(typed: str, reads: str) -> None:
    assert going_on(typed) == reads


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("на 15 тыс. руб.", "на 15 тыс. руб."),
        ("40 т. р.", "40 т. р."),
        ("тираж 5000 экз.", "тираж 5000 экз."),
        ("Всё готово.", "Всё готово"),
        ("всё готово;", "всё готово"),
    ],
)
def test_the_stop_of_a_shortened_word_is_its_own(typed: str, reads: str) -> None:
    assert bare(typed) == reads


def test_numbers_before_the_lines_of_a_list_go() -> None:
    assert lines("1. 120 фотографий\n2) исходники\n- 3 файла") == (
        "120 фотографий",
        "исходники",
        "3 файла",
    )


@pytest.mark.parametrize(
    ("contact", "greets"),
    [
        ("Добрый день, Анна!", "Добрый день, Анна!"),
        ("анна", "Добрый день, Анна!"),
        ("Здравствуйте, Ольга Петровна", "Добрый день, Ольга Петровна!"),
        ("ольга петровна", "Добрый день, Ольга Петровна!"),
        ("", "Добрый день!"),
        ("коллеги", "Добрый день, коллеги!"),
        ("мамочки", "Добрый день, мамочки!"),
        ("Ребята", "Добрый день, ребята!"),
    ],
)
def test_a_greeting_is_said_once(farewell: LetterKind, contact: str, greets: str) -> None:
    text = draft(
        farewell, Variant(), FilledBlanks(CLEAN), People("Игорь", contact=contact), TODAY
    ).text

    assert text.splitlines()[0] == greets


@pytest.mark.parametrize(
    ("terms", "fix"),
    [
        ("сайт до 15 ноября 2027 за 80000", "80\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽"),
        ("занятия по 1500, два в неделю", "1500\N{NO-BREAK SPACE}₽"),
        ("три баннера — 30 тыс, две недели", f"30{NBSP}тыс.{NBSP}₽"),
        ("третий выезд 20 тыс, 6 декабря", f"20{NBSP}тыс.{NBSP}₽"),
        ("ролик на 20 тыс. просмотров", ""),
        ("остаток 50000 после сдачи", "50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽"),
        ("тексты по 5000 знаков", ""),
        ("десять занятий за 1 месяц", ""),
        ("к 1 декабря 2026", ""),
        ("510, октябрь", ""),
        ("сайт за 80 000 ₽", ""),
        ("пять экранов к 1 декабря за 200к", f"200{NBSP}тыс.{NBSP}₽"),
        ("двенадцать постов в месяц, 35 000", f"35 000{NBSP}₽"),
        ("аванс за декабрь 20 000 вернётся", f"20 000{NBSP}₽"),
        ("счёт за 80 стр. на 48000 придёт 30 ноября", f"48{NBSP}000{NBSP}₽"),
        ("за ноябрь осталось 4800", f"4800{NBSP}₽"),
        ("последний счёт 25 тыс пришлю", f"25{NBSP}тыс.{NBSP}₽"),
        ("счёт 112, кабинеты 200, 250", ""),
        ("охват 50 тыс, заявок 300", ""),
        ("охват 50 000", ""),
        ("обзоры с 1 000 до 2 000 знаков", ""),
        ("торт и шары 68 000", f"68 000{NBSP}₽"),
        ("учёт 12000 в месяц, до 50 операций", f"12{NBSP}000{NBSP}₽"),
        ("кухня за 14 дней, 210 тыс. без материалов", f"210{NBSP}тыс.{NBSP}₽"),
        ("тираж 1500, печать в декабре", ""),
        ("дошли до 1812 года", ""),
        ("исходники 1500 мб", ""),
        ("80к руб. за ролик", ""),
    ],
)
def test_a_price_among_the_terms_needs_its_currency_too(
    knowledge: Knowledge, terms: str, fix: str | None
) -> None:
    told = found(knowledge.letters.kinds[LetterId("last_effort")], {"terms": terms})

    assert (Rule.NO_CURRENCY in told) == (fix != "")
    if fix != "":
        assert told[Rule.NO_CURRENCY][1] == fix


@pytest.mark.parametrize(
    ("people", "subject"),
    [
        (People("Игорь"), "Завершение работы"),
        (People("Игорь", project="каталог"), "Завершение работы по проекту «Каталог»"),
        (People("Игорь", project="«Сайт „Веги“»"), "Завершение работы по проекту «Сайт „Веги“»"),
        (People("Игорь", client="студии «Вектор»"), "Завершение работы для студии «Вектор»"),
        (People("Игорь", client="Школы «Эрудит»"), "Завершение работы для школы «Эрудит»"),
        (People("Игорь", client="ООО «Ромб»"), "Завершение работы для ООО «Ромб»"),
        (People("Игорь", client="«Белый Слон»"), "Завершение работы для компании «Белый Слон»"),
        (People("Игорь", project="Проект вентиляции"), "Завершение работы по проекту вентиляции"),
        (People("Игорь", project="плавание"), "Завершение работы по плаванию"),
        (People("Игорь", project="полировка пола"), "Завершение работы по полировке пола"),
        (People("Игорь", project="проект «Юг»"), "Завершение работы по проекту «Юг»"),
        (People("Игорь", project="Уроки английского"), "Завершение работы по урокам английского"),
        (
            People("Игорь", project="перевод и вычитка каталога"),
            "Завершение работы по переводу и вычитке каталога",
        ),
        (People("Игорь", project="свадебная съёмка"), "Завершение работы по свадебной съёмке"),
        (
            People("Игорь", project="сайт бюро переводов"),
            "Завершение работы по проекту «Сайт бюро переводов»",
        ),
    ],
)
def test_the_work_is_named_as_the_person_has_said(
    farewell: LetterKind, people: People, subject: str
) -> None:
    assert draft(farewell, Variant(), FilledBlanks(CLEAN), people, TODAY).subject == subject


@pytest.mark.parametrize(
    ("words", "calm"),
    [
        ("две страницы сверх сметы, ещё 30 тыс.", True),
        ("оплата на 18 дней позже", True),
        ("созвон перенесён в третий раз", True),
        ("добавила две страницы сверх сметы", False),
        ("не платит второй месяц", False),
        ("орал на созвоне", False),
        ("опять хамит, достали", False),
        ("вы не заплатили", False),
        ("как же надоело!", False),
        ("", False),
        ("ещё три баннера", True),
        ("встреча отменена за час", True),
        ("менеджер пишет в 23:40", False),
        ("нужно ещё детское меню", False),
        ("опять срочно на ночь", False),
        ("опять в 2 ночи", False),
        ("переделать всё за те же деньги", False),
        ("документы прислала на три недели позже", False),
        ("смету утвердил и передумал", False),
        ("документы пришли на три недели позже", True),
    ],
)
def test_only_calm_words_with_their_subject_are_offered(words: str, calm: bool) -> None:
    assert are_calm(words, "ru") == calm


@pytest.mark.parametrize("words", ["созвон отменён вчера", "счёт не оплачен на прошлой неделе"])
def test_words_of_the_day_they_were_typed_on_are_not_offered(words: str) -> None:
    assert not are_calm(words, "ru")


@pytest.mark.parametrize(
    ("words", "calm"),
    [
        ("two pages beyond the estimate, another $300", True),
        ("the payment came 18 days late", True),
        ("Invoice 14 is still unpaid", True),
        ("third call canceled 20 minutes before the start", True),
        ("comments arrived after the layout was printed", True),
        ("$800 of the March invoice still open", True),
        ("no reply for nine days", True),
        ("my invoice is 12 days overdue", True),
        ("added two pages without asking", False),
        ("two pages added, doesn't want to pay", False),
        ("hasn’t paid for two months", False),
        ("yelled at me on the call", False),
        ("the manager keeps calling at 11:40 PM", False),
        ("Dave wants another banner", False),
        ("no idea what they want", False),
        ("another stupid change", False),
        ("the call was canceled again today", False),
        ("emails me at 2 am", False),
        ("you did not pay the invoice", False),
        ("so tired of this!", False),
    ],
)
def test_calm_english_words_are_told_the_same_way(words: str, calm: bool) -> None:
    assert are_calm(words, "en") == calm


@pytest.mark.parametrize(
    ("words", "told", "fix"),
    [
        ("не отвечал три недели", True, "ответа не было три недели"),
        ("урок отменила за час", True, "урок отменён за час"),
        ("опять не пришёл на сеанс", True, "сеанс опять не состоялся"),
        ("сказал, что заплатит потом", True, "было сказано, что оплата будет потом"),
        ("клиент не оплатил счёт", True, "счёт не оплачен"),
        ("клиент пишет в час ночи", True, "сообщения приходили в час ночи"),
        ("он не выходит на связь с 5 ноября", True, "связи не было с 5 ноября"),
        ("не платит вовремя", True, "оплата не прошла вовремя"),
        ("просят добавить потолок", True, "была просьба добавить потолок"),
        ("просят, чтобы модуль печатал этикетки", True, None),
        ("требует переделать", True, "была просьба переделать"),
        ("не заплатил за последний выезд 7500", True, None),
        ("пишет в час ночи и требует ответа", True, None),
        ("согласование баннера занимает 10 дней", False, None),
        ("дважды сменила концепцию", True, None),
        ("третью неделю не платят", True, None),
        ("не отвечает на письма", True, "ответа на письма не было"),
        ("не хватает времени", False, None),
        ("я отправил счёт", False, None),
        ("тексты приходят в день публикации", False, None),
        ("оплата не пришла", False, None),
        ("срок прошёл", False, None),
        ("директор потребовал отчёт", False, None),
        ("новая версия текста пришла ночью", False, None),
        ("было три звонка", False, None),
        ("отменила занятие за час до начала", True, "занятие отменено за час до начала"),
        ("прислала третий круг правок", True, "пришёл третий круг правок"),
        ("обозвал меня дураком при всех", True, "прозвучали обидные слова при всех"),
        ("орал на объекте", True, "разговор шёл на повышенных тонах на объекте"),
        ("угрожал не заплатить", True, "звучали угрозы не заплатить"),
        ("прислала подругу вместо себя", True, None),
        ("попросил написать главу за него", True, None),
        ("добавила сторис каждый день", True, None),
        ("попросила ещё и теплицу собрать", True, "была просьба ещё и теплицу собрать"),
        ("обругал при заказчике", True, "прозвучали обидные слова при заказчике"),
        ("вернула главу третий раз", True, "возвращена глава третий раз"),
        ("отказался подписывать акт", True, "последовал отказ подписывать акт"),
        ("написала, что работа плохая", True, "было написано, что работа плохая"),
        ("отдала мой макет другому дизайнеру", True, "отдан мой макет другому дизайнеру"),
        ("согласовала макет и попросила переделать", True, None),
        ("сменил логотип в четвёртый раз", True, None),
        ("с 1 ноября просят и паркинг мыть", True, None),
        ("с 1 ноября просят мыть паркинг", True, "с 1 ноября есть просьба мыть паркинг"),
        ("потерял договор и просит новый", True, None),
        ("отменил выезд, когда я был в дороге", True, "отменён выезд, когда я был в дороге"),
        ("дважды поменял техзадание", True, "техзадание дважды поменялось"),
        ("поднял объём без доплаты", True, "поднят объём без доплаты"),
        ("кричал на помощника", True, "разговор шёл на повышенных тонах"),
        ("попросила ещё обрезать яблони", True, "была просьба ещё обрезать яблони"),
        ("утвердил в чате", True, "работа утверждена в чате"),
        ("попросил ещё страницу", True, "была просьба добавить ещё страницу"),
        ("накидала ещё задач", True, "добавилось ещё задач"),
        ("прислал ещё правки", True, "пришли ещё правки"),
    ],
)
def test_a_fact_about_nobody_is_told_as_what_happened(
    farewell: LetterKind, words: str, told: bool, fix: str | None
) -> None:
    facts = (*FACTS, f"3 ноября {words}")
    values: dict[str, Value] = {"facts": facts, "last_day": dt.date(2026, 12, 4)}
    finding = found(farewell, values)

    if fix is None:
        assert (Rule.UNTOLD in finding) == told
    if told:
        written = draft(farewell, Variant(), FilledBlanks(values), People("Игорь"), TODAY).text
        assert f"3 ноября {fix or words}" in written.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("words", "who", "fix"),
    [
        ("с ней было интересно придумывать обложку", "с ней было", "было"),
        ("она три раза меняла концепцию", "она", None),
        ("исходники у него на диске", "у него", None),
        ("тексты, которых жду от клиента", "от клиента", None),
        ("обложка готова, она утверждена", None, None),
        ("три главы готовы, их осталось сверстать", None, None),
        ("12 ноября он отменил встречу", "он", None),
        ("сайт для ваших клиентов и страница нового клиента", None, None),
    ],
)
def test_who_is_named_by_nothing_is_the_reader(
    words: str, who: str | None, fix: str | None
) -> None:
    found = [(words[each.start : each.end], each.fix) for each in strangers(words)]

    assert found == ([] if who is None else [(who, fix)])


def test_a_letter_tells_its_reader_nothing_of_a_stranger(farewell: LetterKind) -> None:
    values: dict[str, Value] = {
        "facts": FACTS,
        "last_day": dt.date(2026, 12, 4),
        "thanks": "yes",
        "good": "с ней было интересно придумывать обложку",
    }

    assert found(farewell, values)[Rule.UNTOLD] == ("с ней было", "было")


@pytest.mark.parametrize(
    ("fact", "told", "fix"),
    [
        (
            "asked me to do laundry too since October",
            True,
            "since October, there have been requests to do laundry too",
        ),
        (
            "demanded a full refund November 12",
            True,
            "there was a request for a full refund on November 12",
        ),
        (
            "demanded a refund by November 12",
            True,
            "there was a request for a refund by November 12",
        ),
        ("canceled the shoot an hour before", True, "the shoot was canceled an hour before"),
        ("sent the photos two weeks late", True, "the photos came two weeks late"),
        (
            "approved the layout and then asked to redo it",
            True,
            "the layout was approved and then there was a request to redo it",
        ),
        ("replaced the hero image we agreed on", True, None),
        ("moved the deadline up by a week", True, "the deadline was moved up by a week"),
        ("kept the crew waiting", True, "the crew had to wait"),
        ("called brother a liar", True, None),
        ("called me at 6 am", True, "a call came at 6 am"),
        ("called me back on Friday", True, None),
        ("called me every day", True, "calls came every day"),
        ("called me lazy at the meeting", True, "there were hurtful words at the meeting"),
        ("called my assistant", True, None),
        ("posted the draft online", True, "the draft was posted online"),
        ("requested a call every day", True, "a call was requested every day"),
        (
            "paid the October invoice eighteen days late",
            True,
            "the October invoice was paid eighteen days late",
        ),
        ("sent 44 products", True, "44 products came"),
        ("sent 3 days late", True, None),
        ("screamed names", True, None),
        ("texted all night", True, "messages came all night"),
        ("was late with the payment", True, "there was a delay with the payment"),
        ("nov 3: sent 8 more products on the 20th", True, "8 more products came on the 20th"),
        ("3 november: changed the brief four times", True, "the brief was changed four times"),
        ("3 nov - rewrote my text without asking", True, "my text was rewritten without asking"),
        ("nov 3 cut the budget in half", True, "the budget was cut in half"),
        ("nov 3 sending edits at 2 am", True, "edits came at 2 am"),
        (
            "nov 3: sent two texts wanting them by Monday",
            True,
            "two texts came, due by Monday",
        ),
        ("nov 3 ghosted me for a month", True, "there was no reply for a month"),
        (
            "nov 3: wanted everything redone by Monday",
            True,
            "there was a request to have everything redone by Monday",
        ),
        ("nov 3 doubled the scope overnight", True, "the scope was doubled overnight"),
        ("nov 3 paid half of the invoice", True, "half of the invoice was paid"),
        ("nov 3: late again with the payment", True, "there was a delay with the payment again"),
        ("nov 3 late payments", False, None),
        ("nov 3 rejected the version approved on the 1st", True, None),
        (
            "on the 12th canceled 20 minutes before",
            True,
            "there was a cancellation 20 minutes before",
        ),
        ("nov 3 paid only half of the invoice", True, "only half of the invoice was paid"),
        ("nov 3 asking for a discount again", True, None),
        ("nov 3: hung up on me", True, "the call was cut short"),
        ("nov 3 requested edits were late", False, None),
        ("nov 3 pending edits came", False, None),
        ("nov 3 meeting was moved", False, None),
    ],
)
def test_an_english_fact_is_told_as_what_happened_or_left_out(
    farewell: LetterKind, fact: str, told: bool, fix: str | None
) -> None:
    style, filled = Variant(language=Language("en")), FilledBlanks({"facts": (fact,)})
    facts = told_facts(farewell, style, filled, People("Igor"), TODAY)
    if fix is not None:
        assert [plain(each.replace(NBSP, " "))[-len(fix) :] for each in facts] == [plain(fix)]
    else:
        assert bool(facts) != told


@pytest.mark.parametrize(
    ("language", "fact", "told", "fix"),
    [
        ("ru", "7 ноября в чате — крик и оскорбления", "крик и оскорбления", _RAISED),
        ("ru", "7 ноября — мат в переписке", "мат", "резкие слова"),
        ("ru", "7 ноября — крик на менеджера", "крик", None),
        ("ru", "7 ноября счёт на маты не оплачен", "", None),
        ("en", "on November 3, insults and shouting", "insults and shouting", "harsh words"),
        ("en", "on November 3, there was shouting on the phone", "", None),
    ],
)
def test_a_noun_of_a_fact_that_accuses_is_told_and_the_letters_own_is_not(
    farewell: LetterKind, language: str, fact: str, told: str, fix: str | None
) -> None:
    finding = found(farewell, {"facts": (fact,)}, language=language)
    assert finding.get(Rule.JUDGING_WORD, ("", None)) == (told, fix)


@pytest.mark.parametrize(
    ("language", "fact", "wrong"),
    [
        ("en", "november 3: the photos came on friday night", "Friday"),
        ("en", "on friday, november 3, the call was canceled", "Friday"),
        ("en", "november 3: 8 more photos came on friday", "Friday"),
        ("en", "on tuesday, november 3, the call was canceled", None),
        ("en", "november 3 the friday slot was canceled", None),
        ("en", "november 3: edits came, wanted by friday", None),
        ("ru", "в пятницу, 3 ноября, отменён созвон", "пятницу"),
        ("ru", "во вторник, 3 ноября, отменён созвон", None),
    ],
)
def test_a_day_of_the_week_that_is_not_the_dates_own_is_asked_about(
    farewell: LetterKind, language: str, fact: str, wrong: str | None
) -> None:
    finding = found(farewell, {"facts": (fact,)}, language=language)
    assert finding.get(Rule.WEEKDAY, (None, None))[0] == wrong


@pytest.mark.parametrize(
    ("language", "state", "doubtful"),
    [
        ("ru", "осталось в в правках", "в в"),
        ("en", "I translated 18 pages on 25, rest in draft", "on 25"),
        ("en", "all 6 videos are edited, captions missing on 2", None),
        ("en", "the draft is in in review", "in in"),
        ("en", "18 of 25 pages are done", None),
        ("en", "it is due on the 25", None),
        ("en", "all that I had had is done", None),
    ],
)
def test_what_only_its_writer_can_tell_is_asked(
    farewell: LetterKind, language: str, state: str, doubtful: str | None
) -> None:
    facts = FACTS if language == "en" else ()
    finding = found(farewell, {"state": state, "facts": facts}, language=language)
    assert finding.get(Rule.UNSURE, (None, None))[0] == doubtful


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Сдан экран который видит клиент.", [("экран который", "экран, который")]),
        ("Пришлите фото если они есть.", [("фото если", "фото, если")]),
        ("Сдано всё кроме отчёта.", [("всё кроме", "всё, кроме")]),
        ("Срок был 17 октября, деньги пока не пришли.", []),
        ("Я знаю, что счёт получен, и жду ответа.", []),
        ("Сделаем так, как договорились.", []),
    ],
)
def test_a_comma_that_is_surely_lacking_is_told(text: str, doubts: list[tuple[str, str]]) -> None:
    told = unsure(text, RUSSIAN, Known())
    assert [(text[start:end], fix) for _, start, end, fix in told] == doubts


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("The monitor is uncalibrated I sent the codes", {"uncalibrated I": Rule.RUN_ON}),
        ("2 rounds of edits that’s it", {"edits that’s": Rule.RUN_ON}),
        ("Homepage done menu half done", {"done menu half done": Rule.RUN_ON}),
        ("3 reels a week $400 a month", {"a week $400": Rule.RUN_ON}),
        ("If nothing comes by then it’s over", {}),
        ("The logins are in the folder I sent you", {}),
        ("I hope it’s clear what the price includes", {}),
        ("I showed the girl how it works, idk", {"girl": Rule.SHORTHAND, "idk": Rule.SHORTHAND}),
        ("By then her qs are answered", {"her": Rule.UNTOLD, "qs": Rule.SHORTHAND}),
        ("The assistant has her login", {}),
        ("New concept is $300", {"New concept is": Rule.UNFINISHED}),
        ("The files are ready and", {"ready and": Rule.UNFINISHED}),
        ("2 lessons, 45 each, windows +60", {"45 each": Rule.NO_CURRENCY, "+60": Rule.NO_CURRENCY}),
        ("The logins will follow tomorrow", {"tomorrow": Rule.PASSING}),
        ("3rd floor no elevator", {"floor no elevator": Rule.RUN_ON}),
        ("The same day if I can otherwise later", {"can otherwise": Rule.RUN_ON}),
        ("Five pages, 55", {"55": Rule.NO_CURRENCY}),
        ("On May 4, again a new direction", {"again a new direction": Rule.UNFINISHED}),
        ("The key is in drawer", {"in drawer": Rule.UNFINISHED}),
        ("Text me in a hurry, email otherwise", {}),
        ("The texts came from chicago", {"chicago": Rule.UNSURE}),
        ("All done, June one still", {"one still": Rule.UNFINISHED}),
        ("Everything done except the last chapter", {}),
        ("The banner is in render", {}),
        ("Approved on May 4, not May 5", {}),
        ("The cake for 90 is ready", {}),
        ("$1,900, 600 of it already paid", {"600 of it": Rule.NO_CURRENCY}),
    ],
)
def test_what_only_its_writer_can_mend_of_an_english_text_is_told(
    knowledge: Knowledge, text: str, doubtful: dict[str, Rule]
) -> None:
    words = knowledge.words("en")
    known = Known(lambda word: word in words.vocabulary, names=words.names.words)
    told = unsure(text, Language("en"), known)
    assert {text[start:end]: rule for rule, start, end, _ in told} == doubtful


@pytest.mark.parametrize(
    ("typed", "rough"),
    [
        ("gonna refund u half", True),
        ("trusting me w the cat", True),
        ("1 free fix after that its billed", True),
        ("I can’t say it’s done", False),
        ("dont, thanks", False),
        ("when im back at the desk", False),
        ("B1 level by June", False),
        ("two weeks after the texts come", False),
    ],
)
def test_what_is_typed_as_in_a_chat_is_shown_before_it_goes_on(typed: str, rough: bool) -> None:
    assert is_rough(typed) == rough


def test_a_first_name_is_no_secret_and_a_firm_may_be_named() -> None:
    assert is_first_name("Анна")
    assert not is_first_name("Жмот")
    assert is_firm("Студия «Вектор»")
    assert is_firm("ООО Ромашка")
    assert not is_firm("Анна Кузнецова")
    assert not is_firm("ООО «Ромашка» (не брать трубку)")
    assert as_firm("ооо ветер") == "ООО «Ветер»"
    assert as_firm("типография Альфа") == "типография «Альфа»"
    assert as_firm("ИП Гордеев") == "ИП Гордеев"
    assert as_firm("школа танцев") == as_firm("бухгалтерия ТСЖ") == ""


def test_the_farewell_to_a_good_client_blames_nobody(knowledge: Knowledge) -> None:
    kind = knowledge.letters.kinds[LetterId("leaving")]
    for tone in (Tone.WARM, Tone.NEUTRAL):
        for length in Length:
            text = draft(
                kind, Variant(tone, length), FilledBlanks(CLEAN | {"ground": "rest"}), IGOR, TODAY
            ).text.lower()
            for word in ("условия не", "не получается", "причин", "окончательн"):
                assert word not in text


NOTES = {
    "ru": (
        (
            "отменила",
            "не прислал",
            "вернула",
            "дважды поменял",
            "попросил",
            "отдала",
        ),
        (
            "главу",
            "макет",
            "три занятия",
            "новые правки",
            "сметы",
            "подругу",
            "техзадание",
            "доплаты",
        ),
        (
            "",
            "в третий раз",
            "другому мастеру",
            "и попросила скидку",
            "за час до начала",
            "и молчит",
        ),
    ),
    "en": (
        ("canceled", "sent", "never sent", "called", "asked for", "kept", "moved", "screamed"),
        (
            "the lesson",
            "two drafts",
            "my brother a liar",
            "44 photos",
            "the crew waiting",
            "me",
            "",
        ),
        ("", "twice", "an hour before", "eighteen days late", "and asked for more", "up by a week"),
    ),
}


@pytest.mark.parametrize("language", NOTES)
def test_a_fact_is_told_anew_only_in_a_sentence_that_holds(language: str) -> None:
    for words in product(*NOTES[language]):
        note = " ".join(" ".join(words).split())
        told = untold(note)
        if told is None or told.fix is None:
            continue
        said = f"{ON_A_DAY if language == 'ru' else 'On May 1, '}{told.fix}."
        assert accepts(said, language=language), note
        assert untold(told.fix) is None, note
        assert not re.search(
            r" и (?:молчит|попросил)|an hour (?:was|came)|liar (?:was|came)", told.fix
        )
        assert not check(said, language=language, rules=frozenset({Rule.SECOND_PERSON})), note


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("The desgin is approved", {"desgin": "design"}),
        ("The hight of the shelf", {"hight": None}),
        ("Soffits, fondant and a gimbal", {}),
        ("The colour is finalised and labelled", {}),
        ("The files are on Figma", {}),
    ],
)
def test_a_word_that_nobody_knows_may_be_a_slip_of_a_common_one(
    knowledge: Knowledge, text: str, doubtful: dict[str, str | None]
) -> None:
    words = knowledge.words("en")
    listed = words.dictionary.words, words.rarer.words, words.vocabulary
    known = Known(
        lambda word: any(word in each for each in listed),
        common=words.dictionary.words.__contains__,
    )
    told = unsure(text, Language("en"), known)
    assert {
        text[start:end]: fix for rule, start, end, fix in told if rule is Rule.UNSURE
    } == doubtful


@pytest.mark.parametrize("text", ["Back to the first version", "Half of the deposit"])
def test_a_fact_that_tells_nothing_is_told(text: str) -> None:
    assert [each.rule for each in unsure(text, Language("en"), Known(), event=True)] == [
        Rule.UNFINISHED
    ]
    assert not [*unsure(text, Language("en"), Known())]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "просил переделать весь монтаж заново, хотя утвердил 28 октября",
            "была просьба переделать весь монтаж заново, хотя работа утверждена 28 октября",
        ),
        (
            "обещала прислать тексты до 5 ноября, так и не прислала",
            "была договорённость прислать тексты до 5 ноября, но этого не произошло",
        ),
        (
            "требовал вернуть аванс, хотя сам отменил съёмку",
            "была просьба вернуть аванс, хотя отменена съёмка",
        ),
        ("звонил в 2 часа ночи", "звонок был в 2 часа ночи"),
        ("звонил весь вечер", "звонки были весь вечер"),
        ("писала нам в час ночи", "сообщение пришло в час ночи"),
        ("пишет мне в выходные", "сообщения приходили в выходные"),
        ("орал в трубку", "разговор шёл на повышенных тонах по телефону"),
        ("заставила нас переснимать каталог", "пришлось переснимать каталог"),
        # What has no sure way stays, and the check names it.
        ("отменил урок, хотя подтвердил накануне вечером", None),
        ("сказал, что цвет не тот, хотя сам утвердил", None),
        ("заставил дизайнера переделать", None),
        ("просила добавить слайд, но оплатить отказалась", None),
        ("каждый день пишет по десять сообщений", None),
    ],
)
def test_each_clause_of_a_fact_is_told_as_what_happened(note: str, said: str | None) -> None:
    told = untold(note, dated=True)
    assert told is not None
    assert (told.fix and plain(told.fix)) == (said and plain(said))


@pytest.mark.parametrize(
    "note",
    [
        "менеджер звонил в 2 часа ночи",
        "директор просил переделать, хотя утвердил макет",
        "урок отменён, хотя был подтверждён",
        "пришлось переложить плитку",
        "добавились два экрана, но срок прежний",
    ],
)
def test_a_fact_that_names_who_did_it_or_what_happened_is_left_as_it_is(note: str) -> None:
    assert untold(note, dated=True) is None
