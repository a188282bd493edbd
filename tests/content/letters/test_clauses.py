"""Where clauses typed without commas are parted, and what else stands apart in an answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import content
from content.checking.findings import Rule
from content.checking.russian.doubts import doubts
from content.knowledge import Knowledge
from content.letters.letters import Letters
from content.letters.ordinary import named, with_a_dash, with_first_names
from content.letters.sums import spelled
from content.letters.templates import render
from content.letters.typed import tidy
from content.models import Language
from content.russian.clauses import parted, run_together
from content.russian.words import as_object, days_in_words

DATA = Path(content.__file__).parent / "data/words/ru"


NAMED_SMALL = frozenset({"студия квадрат готова", "вели рекламу весь ноябрь"})
"""What the judge does not know for one clause; no comma parts it either."""


@pytest.fixture(scope="module")
def letters(knowledge: Knowledge) -> Letters:
    return knowledge.letters


@pytest.mark.parametrize(
    "said",
    [
        "съёмка сорвалась, никто не приехал",
        "плитку не привезли, простояли 4 дня",
        "главная и каталог свёрстаны, корзина в работе, осталось 2 экрана",
        "собран черновик на 12 минут, нет цвета и звука",
        "договаривались на 3 встречи, было 9",
        "пришлю исправленный прайс и список, что поменялось",
        "объясню новому человеку, что где лежит",
        "счёт не оплачен, жду до 10 декабря",
        "прислали новое тз, сроки не поменяли",
        "разводка сделана, стояк не тронут",
        "пришёл счёт, не оплачен",
        "ждём фото сотрудников, отправим макет",
        "три занятия проведены, одно перенесли на январь",
        "две статьи готовы, третья в черновике",
        "ремонт окончен, мусор вывезли",
        "сдал 3 главы, четвёртую пишу",
        "переделывали 4 раза, оплаты не было",
        "отправил договор, подписи нет",
        "тексты написаны, картинки подобраны, осталась вёрстка",
        "отредактировано 12 статей, все приняты",
        "созвонился с юристом, правки внёс",
        "глава 4, половина готова",
        "аванс покрывает сделанное, доплаты не надо",
        "половина сразу, половина в конце",
        "письмо от 7 ноября, что всё готово",
        "10 ноября план изменился, 14 ноября вернулся прежний",
        "3 эскиза, один доводим до конца",
        "первые три главы переведены, остальные в работе",
        "договор заканчивается 31 декабря, продлевать не буду",
        "чтобы люди понимали, чем мы отличаемся",
        "стоимость прежняя, сроки обсудим",
        "окна 300 за створку, балкон 1000, глажка 500 в час",
        "пароль у председателя, мой доступ отключили, сайт работает",
        "бот принимает записи, напоминания не готовы",
        "2 правки по монтажу, 1 по звуку",
        "съёмка на среду, готовлю реквизит",
        "остаток материала на складе объекта, опись приложу",
        "2 выпуска были по 2 часа, оплата та же",
    ],
)
def test_clauses_are_parted(said: str) -> None:
    assert parted(said.replace(",", "")) == said
    assert tidy(said.replace(",", "")).lower() == said


@pytest.mark.parametrize(
    "typed",
    [
        "эскизы готовы к чистовикам не приступали",
        "не пришли ключ не отдали замер сорвался",
        "плитка сделал все принято",
        "фотки нормальные тексты и чтоб отвечала быстро",
    ],
)
def test_what_nobody_can_part_for_sure_is_told(typed: str) -> None:
    assert [*run_together(tidy(typed))]


@pytest.mark.parametrize(
    "said",
    [
        "договор подписан месяц назад",
        "12 октября сданы два макета из пяти",
        "макет был готов к пятнице",
        "всё должно быть готово",
        "можно было сделать раньше",
        "отчёт сдан в срок",
        "материалы закуплены и лежат на складе",
        "оплата пришла на 10 дней позже",
        "мы договорились правки присылать списком",
        "прислали фото плохого качества",
        "давайте созвонимся",
        "остались довольны все",
        "пересылать кому попало",
        "он ничего не обязан закупать",
        "смеялся надо мной",
        "половина работы сделана",
        "3 ноября перенесли съёмку 5 ноября на 7-е",
        "плохи оказались все",
        "студия квадрат готова",
        "первая половина готова",
        "вели рекламу весь ноябрь",
        "смету и ключи отдам лично",
        "тексты для сайта пришлю завтра",
        "отчёт по рекламе готовлю к среде",
        "на бензин до ученика уходит половина оплаты",
        "3 ноября добавлены две страницы сверх сметы",
        "25 октября отменены все занятия недели",
        "12 ноября пропущены два созвона подряд",
    ],
)
def test_one_clause_stays_whole(said: str) -> None:
    assert parted(said) == said
    assert tidy(said).lower() == said
    assert said in NAMED_SMALL or not [*run_together(said)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("замер проект изготовление и установка", "замер, проект, изготовление и установка"),
        ("пн-пт с 10 до 18 в выходные только авария", "пн–пт с 10 до 18, в выходные только авария"),
        ("до 19 00 по мск, сб вс выходной", "до 19:00 по мск, сб, вс выходной"),
        ("с 10 до 18 по будням", "с 10 до 18 по будням"),
        ("написали принято 12 ноября", "написали «принято» 12 ноября"),
        ("пришлю готовое что есть и график", "пришлю готовое, что есть, и график"),
        ("краски трафареты эскиз витрины", "краски, трафареты, эскиз витрины"),
        ("половина сейчас чтобы держать даты", "половина сейчас, чтобы держать даты"),
        ("показать как работает форма", "показать, как работает форма"),
        ("напишите какие способы оставить", "напишите, какие способы оставить"),
        ("оставить как было", "оставить как было"),
        ("решить как называется вкус", "решить, как называется вкус"),
        ("делать как раньше", "делать как раньше"),
        ("за декабрь 15 тыс как обычно", "за декабрь 15 тыс, как обычно"),
        ("калькулятор ТО и установка ПО", "калькулятор ТО и установка ПО"),
        ("это НЕ входит в смету", "это не входит в смету"),
    ],
)
def test_rows_hours_and_short_names_are_written_as_meant(typed: str, said: str) -> None:
    assert tidy(typed) == said


@pytest.mark.parametrize(
    ("answer", "place", "rule"),
    [
        ("макет сдан, комп не включается", "комп", Rule.SHORTHAND),
        ("катя, smmщик", "smmщик", Rule.SHORTHAND),
        ("лендинг +блог", "+блог", Rule.SHORTHAND),
        ("пароль передам для", "для", Rule.UNFINISHED),
        ("должен ещё 8 000 ₽ за логотип", "должен", Rule.UNTOLD),
        (
            "тексты готовы к вёрстке не приступали",
            "тексты готовы к вёрстке не приступали",
            Rule.RUN_ON,
        ),
    ],
)
def test_what_only_its_writer_can_mend_is_named(answer: str, place: str, rule: Rule) -> None:
    found = [(answer[each.start : each.end], each.rule) for each in doubts(answer)]
    assert found == [(place, rule)]


@pytest.mark.parametrize(
    ("thing", "thanked"),
    [
        ("живые врачи", "живых врачей"),
        ("отзывчивый менеджер", "отзывчивого менеджера"),
        ("доверие и друзья", "доверие и друзей"),
        ("смелые идеи", "смелые идеи"),
    ],
)
def test_the_living_are_thanked_for_in_their_own_form(thing: str, thanked: str) -> None:
    assert as_object(thing) == thanked


@pytest.mark.parametrize("folder", ["ui", "signs", "verdicts", "prospects"])
def test_no_edited_text_gets_another_comma(folder: str) -> None:
    for file in (DATA / folder).glob("*.toml"):
        for text in strings(tomllib.loads(file.read_text("utf-8"))):
            assert "{" in text or parted(text) == text, file.name


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings([each for key, each in value.items() if key != "keywords"])
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("фотосъёмка меню 24 блюда", "фотосъёмка меню — 24 блюда"),
        ("канал 3 поста в неделю — плюс 900 ₽", "канал 3 поста в неделю — плюс 900 ₽"),
        ("стулья 6 шт и стол", "стулья (6 шт.) и стол"),
        ("перевод 40 страниц", "перевод 40 страниц"),
        ("съёмка 3 роликов", "съёмка 3 роликов"),
        ("по часу 3 раза в неделю", "по часу 3 раза в неделю"),
        ("осталось 2 экрана", "осталось 2 экрана"),
        ("кухня, кроме фасада ждём столешницу", "кухня, кроме фасада, ждём столешницу"),
    ],
)
def test_a_number_of_things_stands_apart(typed: str, said: str) -> None:
    assert tidy(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("структура 11 декабря", "структура — 11 декабря"),
        ("дизайн главной - 25.12", "дизайн главной - 25 декабря"),
        ("вёрстка к 20 января", "вёрстка к 20 января"),
        ("сдам всё 20 января", "сдам всё 20 января"),
        ("прототип — 28 ноября", "прототип — 28 ноября"),
        ("каталог 5.12", "каталог — 5 декабря"),
        ("документы пришли 14.11 вместо 5.11", "документы пришли 14.11 вместо 5 ноября"),
        ("акт подписан не раньше 5.12", "акт подписан не раньше 5 декабря"),
    ],
)
def test_a_stage_stands_apart_from_its_day(typed: str, said: str) -> None:
    assert days_in_words(typed).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "вера макарова верстальщик, студия пиксель",
            "Вера Макарова, верстальщик, студия «Пиксель»",
        ),
        ("Анна Белова", "Анна Белова"),
        ("мастер Инна Старкова", "мастер Инна Старкова"),
    ],
)
def test_a_trade_stands_apart_from_its_name(typed: str, said: str) -> None:
    assert named(typed, people=True) == said


def test_what_can_be_nothing_but_a_first_name_is_big() -> None:
    assert with_first_names("что ваня и инна были готовы") == "что Ваня и Инна были готовы"
    assert with_first_names("до 11 по москве") == "до 11 по Москве"
    assert with_first_names("вера в проект, роза белая") == "вера в проект, роза белая"


@pytest.mark.parametrize(
    ("source", "typed", "said"),
    [
        (
            "{{ x|handed('передаю') }}",
            "равки и джипеги на диске",
            "Передаю равки и джипеги на диске.",
        ),
        ("{{ x|upon('1 мая') }}", "уже сделала, отправлю", "уже сделала, 1 мая отправлю"),
        ("{{ x|upon('к 1 мая') }}", "макет пришлю до обеда", "1 мая макет пришлю до обеда"),
        ("{{ x|upon('к 1 мая') }}", "пришлю до 18 листов", "к 1 мая пришлю до 18 листов"),
        ("{{ x|led('нужно:') }}", "список блюд и фото тортов", "Нужно: список блюд и фото тортов."),
        ("{{ x|listed }}", "1. фото 2. шаблоны", "\n— фото;\n— шаблоны."),
        ("{{ x|paid }}", "закрыт", "Счёт закрыт."),
        ("{{ x|paid }}", "закрыты все счета", "Закрыты все счета."),
        ("{{ x|paid }}", "уже оплачены", "Счета уже оплачены."),
        ("{{ x|paid }}", "не оплачено", "Не оплачено."),
        ("{{ x|paid }}", "Все счета закрыты", "Все счета закрыты."),
        ("{{ x|handed('передаю') }}", "ничего, всё у вас", "Всё у вас."),
        ("{{ x|handed('передаю') }}", "ничего", "Передавать нечего."),
        ("{{ x|handed('передаю') }}", "нечего передавать", "Передавать нечего."),
        (
            "{{ x|thanked('Спасибо за') }}",
            "без претензий, было легко",
            "Без претензий, было легко.",
        ),
        ("{{ x|handed('передаю') }}", "макеты", "Передаю макеты."),
        (
            "{{ x|handed('передаю') }}",
            "инструкцию, ссылка действует месяц",
            "Передаю инструкцию, ссылка действует месяц.",
        ),
        (
            "{{ x|thanked('Спасибо за') }}",
            "вашу историю, снимал с удовольствием",
            "Спасибо за вашу историю. Снимал с удовольствием.",
        ),
        (
            "{{ x|thanked('Спасибо за') }}",
            "то, что платили вовремя и классный продукт",
            "Спасибо за то, что платили вовремя и за классный продукт.",
        ),
        (
            "{{ x|thanked('Спасибо за') }}",
            "то, что присылали тексты и фото вовремя",
            "Спасибо за то, что присылали тексты и фото вовремя.",
        ),
    ],
)
def test_what_is_typed_stands_by_itself_where_it_goes_on_from_nothing(
    source: str, typed: str, said: str
) -> None:
    assert render(source, {"x": typed}) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("каждый кадр сверху 1200 ₽, видео 25 ₽", "каждый кадр сверху — 1200 ₽, видео — 25 ₽"),
        ("480 000 руб. материалы ваши", "480 000 руб., материалы ваши"),
        ("220 тыс. руб. три части", "220 тыс. руб., три части"),
        ("220 тыс. руб. три части по этапам", "220 тыс. руб., три части по этапам"),
        (
            "за плитку 28 000 ₽ за остальное рассчитались",
            "за плитку — 28 000 ₽, за остальное рассчитались",
        ),
        ("500 ₽ час работы", "500 ₽ час работы"),
    ],
)
def test_a_sum_stands_apart_from_what_comes_next(typed: str, said: str) -> None:
    assert with_a_dash(typed, "₽|руб|р").replace("\u00a0", " ") == said


def test_a_letter_of_thousands_is_read_in_an_answer_about_money(letters: Letters) -> None:
    typed = letters.manners[Language("ru")].typed
    for given, said in (
        ("45т за ролик", "45 тыс. за ролик"),
        ("31 т верну", "31 тыс. верну"),
        ("52 т.р.", "52 тыс. руб."),
    ):
        assert spelled(typed, given, money=True).replace("\u00a0", " ") == said
    assert spelled(typed, "20 т песка", money=True) == "20 т песка"
    assert spelled(typed, "груз 20т, доставка") == "груз 20т, доставка"


TO_COME = (
    *("передам исходники сайта", "закрою доступ к серверу", "сдам третью главу"),
    *("верну аванс за октябрь", "соберу архив с файлами", "закончу вёрстку главной страницы"),
)
HAPPENED = (
    *("оплата не пришла", "встреча сорвалась", "добавились две страницы"),
    *("макет вернулся на доработку", "утверждённая смета выросла вдвое"),
)


@pytest.mark.parametrize("first", ["", "я ", "к пятнице ", "завтра утром я "])
def test_one_clause_or_two_that_are_joined_stay_as_they_are(first: str) -> None:
    whole = [f"{first}{one}" for one in TO_COME]
    whole += [f"{first}{one} и {two}" for one in TO_COME for two in TO_COME if one != two]

    assert [each for each in whole if tidy(each) != each or [*doubts(each)]] == []


@pytest.mark.parametrize("day", ["3 ноября", "12 и 19 ноября", "4, 11 и 18 ноября", "в октябре"])
def test_what_happened_on_some_days_stays_as_it_is(day: str) -> None:
    whole = [f"{day} {one}" for one in HAPPENED]

    assert [each for each in whole if tidy(each) != each or [*doubts(each)]] == []
