"""What nobody asked for: every message gets one useful reply, and no state is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.local.params import Upload
from bot.local.person import LocalPerson, Origin
from handlers.assessment.buttons import GiveAnswer
from handlers.clients.buttons import NewClient
from handlers.facts.buttons import HeldOfUnnamed
from storage.records import ClientNumber
from tests.conversations.stage import EVENING, Stage

HELD = "Что с этим сделать? · не записано"
TEXT = "Опять звонил в два ночи, требовал правки"

Act = Callable[[LocalPerson], object]
WORDLESS: dict[str, tuple[Act, str]] = {
    "sticker": (lambda me: me.send_sticker(), "Стикер не прочитаю"),
    "voice": (lambda me: me.send_voice(), "Голосовые пока не понимаю"),
    "photo": (lambda me: me.send_photo(), "Картинки не читаю"),
    "album": (lambda me: me.send_album(("", "", "")), "Картинки не читаю"),
    "gif": (lambda me: me.send_gif(), "Гифку не прочитаю"),
    "poll": (lambda me: me.send_poll(), "В опросах не участвую"),
    "document": (lambda me: me.send_document(Upload("a.pdf", b"%PDF")), "Файлы не открываю"),
}
WORDED: dict[str, tuple[Act, str]] = {
    "text": (lambda me: me.send(TEXT), HELD),
    "question": (lambda me: me.send("Что делать, если не платит?"), HELD),
    "long text": (lambda me: me.send("Так и было. " * 300), HELD),
    "photo with caption": (lambda me: me.send_photo(TEXT), HELD),
    "album with caption": (lambda me: me.send_album((TEXT, "", "")), HELD),
    "document with caption": (
        lambda me: me.send_document(Upload("a.pdf", b"%PDF"), TEXT),
        HELD,
    ),
    "contact": (lambda me: me.send_contact("Анна"), "Контакт · добавить клиента?"),
    "location": (lambda me: me.send_location(56.84, 60.61), "Настройки · сверим ваши часы"),
}


async def nothing(stage: Stage) -> None:
    await stage.say("/start")


async def card(stage: Stage) -> None:
    await stage.client()


async def prompt(stage: Stage) -> None:
    await stage.say("/newclient")


async def question(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer("good")


async def review(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    await stage.answer("good")
    await stage.press("r:1")


async def verdict(stage: Stage) -> None:
    await stage.client()
    await stage.assess(late_payment="always")


async def settings(stage: Stage) -> None:
    await stage.say("/settings")


async def confirm(stage: Stage) -> None:
    await stage.client()
    await stage.press("cd:1")


STATES: list[Callable[[Stage], Awaitable[None]]] = [
    nothing,
    card,
    prompt,
    question,
    review,
    verdict,
    settings,
    confirm,
]
by_name = pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)


async def test_what_a_button_of_the_question_says_can_be_typed(stage: Stage) -> None:
    await stage.client()
    await stage.begin()
    first = stage.question
    await stage.say("нет, только с этим.")
    assert (await stage.given()) == {first: "good"}
    assert stage.question != first
    await stage.say("часто бывает, только с этим")
    assert HELD in stage.text
    assert len(await stage.given()) == 1


@by_name
async def test_what_cannot_be_read_is_answered_and_the_screen_stays(
    stage: Stage, state: Callable[[Stage], Awaitable[None]]
) -> None:
    await state(stage)
    header, labels = stage.header, stage.labels
    for kind, (act, said) in WORDLESS.items():
        act(stage.me)
        await stage.settled()
        assert said in stage.text, kind
        assert (stage.header, stage.labels) == (header, labels), kind
    kept = [message for message in stage.from_bot if message.text.startswith(header)]
    assert len(kept) <= (2 if state is nothing else 1)


@by_name
@pytest.mark.parametrize("kind", WORDED)
async def test_words_are_offered_their_place_and_nothing_is_lost(
    stage: Stage, state: Callable[[Stage], Awaitable[None]], kind: str
) -> None:
    await state(stage)
    header, labels = stage.header, stage.labels
    act, said = WORDED[kind]
    act(stage.me)
    await stage.settled()
    if state is prompt and (said == HELD or kind == "contact"):
        assert stage.header.startswith("Новый клиент") or "· с 21 ноября" in stage.header
        return
    assert stage.header == said
    leave = next(label for label in stage.labels if label in LEAVING)
    await stage.tap(leave)
    if kind == "location":
        assert stage.header == "Настройки · часовой пояс"
        return
    assert (stage.header, stage.labels) == (header, labels)


LEAVING = ("Не сохранять", "Не добавлять", "Нет")


@by_name
async def test_ten_stickers_leave_one_line(
    stage: Stage, state: Callable[[Stage], Awaitable[None]]
) -> None:
    await state(stage)
    before = len(stage.from_bot)
    for _ in range(10):
        stage.me.send_sticker()
        await stage.settled()
    assert len(stage.from_bot) <= before + (1 if state is nothing else 0)


async def test_a_caption_is_not_lost_among_the_other_pictures_of_its_album(stage: Stage) -> None:
    await stage.client()
    stage.me.send_album((TEXT, "", ""))
    await stage.settled()
    await stage.tap("Заметка о клиенте")
    assert f"Заметка: {TEXT}" in stage.text


async def test_the_name_of_a_client_opens_the_card(stage: Stage) -> None:
    await stage.client("Студия «Вектор»")
    await stage.say("/settings")
    await stage.say("  студия   «ВЕКТОР»")
    assert stage.header == "Студия «Вектор» · с 21 ноября"


async def test_the_first_words_of_one_clients_name_open_the_card(stage: Stage) -> None:
    await stage.client("Алёна, лендинг и реклама")
    await stage.client("Салон на Лесной")
    await stage.client("Салон на Речной")
    await stage.say("алёна")
    assert stage.header == "Алёна, лендинг и реклама · с 21 ноября"
    await stage.say("салон на речной")
    assert stage.header == "Салон на Речной · с 21 ноября"


@pytest.mark.parametrize("text", ["Салон", "лендинг", "Алёна опять молчит", "Сал"])
async def test_what_more_than_names_one_client_is_asked_about(stage: Stage, text: str) -> None:
    await stage.client("Алёна, лендинг")
    await stage.client("Салон на Лесной")
    await stage.client("Салон на Речной")
    await stage.say(text)
    assert stage.header == "Что с этим сделать? · не записано"


async def test_a_question_mark_puts_the_library_first(stage: Stage) -> None:
    await stage.client()
    await stage.say("Торгуется каждый раз, как быть")
    assert stage.main == "Искать в справочнике"
    await stage.tap("Искать в справочнике")
    assert stage.header == "Справочник · нашлось"


async def test_a_text_names_the_sign_it_speaks_of(stage: Stage) -> None:
    await stage.client()
    await stage.say("Опять звонил ночью")
    assert "Похоже на: " in stage.text


async def test_the_live_question_comes_first(stage: Stage) -> None:
    await question(stage)
    await stage.say(TEXT)
    assert stage.main == "Заметка к вопросу 2"
    await stage.tap("Заметка к вопросу 2")
    assert stage.toast == "Заметка к вопросу сохранена"
    assert f"Заметка: {TEXT}" in stage.text
    assert {each.question for each in stage.offered(GiveAnswer)} == {"giving_best"}


async def test_a_note_may_come_before_the_answer_and_stays_with_it(stage: Stage) -> None:
    await question(stage)
    await stage.say(TEXT)
    await stage.tap("Заметка к вопросу 2")
    await stage.answer("good")
    await stage.tap("‹ Назад")
    assert f"Заметка: {TEXT}" in stage.text


async def test_nothing_is_kept_before_the_person_says_so(stage: Stage) -> None:
    await stage.client()
    await stage.say(TEXT)
    await stage.tap("Не сохранять")
    assert stage.toast == "Не записано"
    assert "held" not in stage.rows()
    assert "Заметка" not in stage.text


async def test_a_text_goes_to_another_client(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.client("Пётр")
    await stage.say(TEXT)
    await stage.tap("Заметка о клиенте")
    await stage.tap("‹ Назад")
    await stage.tap("Заметка о клиенте")
    await stage.tap("Ольга")
    assert stage.header.startswith("Ольга")
    assert TEXT in stage.text


async def test_two_texts_make_one_note_of_two_lines(stage: Stage) -> None:
    await stage.client("Ольга")
    for text in ("Первое", "Второе"):
        await stage.say(text)
        await stage.tap("Заметка о клиенте")
    assert "Заметка: Первое\nВторое" in stage.text


async def test_a_note_that_would_not_fit_is_not_cut(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say("н" * 1001)
    await stage.tap("Заметка о клиенте")
    assert "Не поместится" in stage.text
    assert stage.header == HELD, "the text still waits"


async def test_a_short_text_becomes_a_new_client(stage: Stage) -> None:
    await stage.say("Ольга")
    await stage.tap("Новый клиент")
    assert stage.header == "Ольга · с 21 ноября"
    assert "held" not in stage.rows()


async def test_a_contact_becomes_a_client_without_the_number(stage: Stage) -> None:
    stage.me.send_contact("Анна")
    await stage.settled()
    assert "Номер телефона не сохраню" in stage.text
    await stage.tap("Добавить")
    assert stage.header == "Анна · с 21 ноября"


async def test_a_contact_is_the_name_that_is_asked_and_its_forwards_are_known(stage: Stage) -> None:
    await stage.client("Пётр")
    await stage.press(NewClient())
    stage.me.send_contact("Анна", user_id=77)
    await stage.settled()
    assert stage.header == "Анна · с 21 ноября"
    await stage.say("/settings")
    stage.me.forward("опять не заплатили", Origin("Анна", EVENING, 77))
    await stage.settled()
    (fact,) = await stage.read(lambda owned: owned.facts.of_client(ClientNumber(2)))
    assert fact.words == "опять не заплатили"


async def test_a_new_client_is_picked_from_the_contacts(stage: Stage) -> None:
    await stage.client("Пётр")
    await stage.press(NewClient())
    asked = stage.me.screen
    await stage.tap("Из контактов")
    assert asked.deleted, "the keyboard of the phone belongs to a message of its own"
    picking = stage.me.screen
    assert stage.labels == ["Выбрать контакт", "‹ Отмена"]
    stage.me.share_user("Анна", 77)
    await stage.settled()
    assert stage.header == "Анна · с 21 ноября"
    assert picking.deleted, "and goes with it"
    await stage.say("/settings")
    stage.me.forward("опять не заплатили", Origin("Анна", EVENING, 77))
    await stage.settled()
    assert await stage.read(lambda owned: owned.facts.of_client(ClientNumber(2)))


@pytest.mark.parametrize("said", ["‹ Отмена", "/cancel", "Анна"])
async def test_the_contacts_can_be_left_and_a_name_typed(stage: Stage, said: str) -> None:
    await stage.client("Пётр")
    await stage.press(NewClient())
    await stage.tap("Из контактов")
    picking = stage.me.screen
    await stage.say(said)
    assert picking.deleted
    left = "Мои клиенты · выберите, о ком речь"
    assert stage.header == ("Анна · с 21 ноября" if said == "Анна" else left)
    assert len(await stage.read(lambda owned: owned.clients.list())) == 1 + (said == "Анна")


async def test_a_contact_out_of_nowhere_is_known_by_its_forwards_too(stage: Stage) -> None:
    await stage.client("Пётр")
    stage.me.send_contact("Анна", user_id=77)
    await stage.settled()
    await stage.tap("Добавить")
    await stage.say("/settings")
    stage.me.forward("опять не заплатили", Origin("Анна", EVENING, 77))
    await stage.settled()
    assert await stage.read(lambda owned: owned.facts.of_client(ClientNumber(2)))


async def test_a_contact_is_the_name_that_is_asked(stage: Stage) -> None:
    await stage.say("/prospect")
    stage.me.send_contact("Анна", user_id=77)
    assert (await stage.settled()).startswith("Анна · до договора")
    await stage.say("/settings")
    stage.me.forward("опять не заплатили", Origin("Ольга", EVENING, 88))
    await stage.settled()
    await stage.tap("Другой клиент")
    await stage.tap("Новый клиент")
    stage.me.send_contact("Ольга", user_id=88)
    assert "Клиент: Ольга." in await stage.settled()
    (fact,) = await stage.read(lambda owned: owned.facts.of_client(ClientNumber(2)))
    assert fact.words == "опять не заплатили"


async def test_a_contact_without_a_name_is_answered(stage: Stage) -> None:
    stage.me.send_contact("\u200b\0".replace("\0", " "))
    await stage.settled()
    assert stage.labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("/fact 3 ноября звонил", "3 ноября"),
        (TEXT, "Факт: Ольга"),
        (TEXT, "Заметка о клиенте"),
        ("Пётр с лендингом", "Новый клиент"),
    ],
)
async def test_a_second_tap_never_asks_to_send_again_what_is_saved(
    stage: Stage, text: str, label: str
) -> None:
    await stage.client("Ольга")
    await stage.say(text)
    question = stage.me.screen
    stage.me.tap(label, on=question)
    stage.me.tap(label, on=question)
    assert "ещё раз" not in await stage.settled()
    assert stage.toast == "Этот текст уже разобран, или прошли сутки"


async def test_a_held_text_is_forgotten_after_a_day(stage: Stage) -> None:
    await stage.client("Ольга")
    for data in ("no:1", "nf:1", "nv:0", "nn", "ns", "nw:0", "nh", "na:1:late_payment"):
        await stage.say(TEXT)
        stage.clock.move(hours=25)
        await stage.press(data)
        assert "Этот текст я уже забыл" in stage.text, data
        await stage.storage.write(lambda memory: memory.purge(stage.clock.now()))
        assert "held" not in stage.rows()


async def test_an_edited_text_that_still_waits_is_taken_over(stage: Stage) -> None:
    await stage.client("Ольга")
    message = stage.me.send("Звонил в два")
    await stage.settled()
    stage.me.edit(message, "Звонил в три")
    assert "«Звонил в три»" in await stage.settled()
    await stage.tap("Заметка о клиенте")
    assert "Звонил в три" in stage.text


async def test_an_edited_text_that_is_written_down_stays_as_it_is(stage: Stage) -> None:
    await stage.client("Ольга")
    message = stage.me.send("Звонил в два")
    await stage.settled()
    await stage.tap("Заметка о клиенте")
    stage.me.edit(message, "Звонил в три")
    await stage.settled()
    assert "записанное само не меняется" in stage.text
    assert "Звонил в два" in stage.text


async def test_a_pin_that_moves_along_is_asked_about_once(stage: Stage) -> None:
    message = stage.me.send_location(56.84, 60.61)
    await stage.settled()
    shown = stage.me.screen.id
    for step in range(3):
        moved = message.shown() | {"edit_date": stage.telegram.seconds() + step}
        stage.me.raw({"edited_message": moved})
        await stage.settled()
    assert stage.me.screen.id == shown


@pytest.mark.parametrize(
    "text", ["/nonsense", "/start@work_diary_bot", "/HELP", "/newclient@x Ольга"]
)
async def test_every_command_is_answered_however_it_is_written(stage: Stage, text: str) -> None:
    await stage.say(text)
    expected = {
        "/nonsense": "Такой команды нет",
        "/start@work_diary_bot": "Разберёмся",
        "/HELP": "Что я умею",
        "/newclient@x Ольга": "Ольга",
    }
    assert expected[text] in stage.text


@pytest.mark.parametrize(
    ("state", "lands"),
    [
        (nothing, "Разберёмся с трудным клиентом"),
        (card, "Студия «Вектор» · с 21 ноября"),
        (prompt, "Разберёмся с трудным клиентом"),
        (question, "Студия «Вектор» · пауза на вопросе 2"),
        (review, "Студия «Вектор» · пауза на вопросе 2"),
        (verdict, "Студия «Вектор» · вывод 21 ноября"),
        (settings, "Настройки · часовой пояс не выбран"),
        (confirm, "Студия «Вектор» · что исчезнет"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
async def test_cancel_closes_a_prompt_or_pauses_and_deletes_nothing(
    stage: Stage, state: Callable[[Stage], Awaitable[None]], lands: str
) -> None:
    await state(stage)
    before = stage.rows()
    before.pop("prompts", None)
    await stage.say("/cancel")
    assert stage.header == lands
    if state in (nothing, card, verdict, settings, confirm):
        assert "Отменять нечего" in stage.text
    after = stage.rows()
    assert {name: after[name] for name in before} == before
    await stage.say("/cancel")
    assert "Отменять нечего" in stage.text


@pytest.mark.parametrize("said", ["/cancel", "Отмена", "стоп!"])
@pytest.mark.parametrize("place", ["nc", "cr:1", "cn:1", "po:1", "fn:1", "lf", "sn", "ka:1:paid"])
async def test_cancel_leaves_a_question_as_its_button_does(
    stage: Stage, place: str, said: str
) -> None:
    await stage.client("Ольга")
    await stage.press(place)
    await stage.tap("‹ Отмена")
    there = stage.header, stage.labels
    await stage.press(place)
    await stage.say(said)
    assert (stage.header, stage.labels) == there


async def test_a_command_closes_the_prompt(stage: Stage) -> None:
    await stage.say("/newclient")
    await stage.say("/settings")
    await stage.say("Ольга")
    assert stage.header == HELD


CRIED = "Я больше не могу. Клиент орёт на меня и не платит уже месяц, а завтра опять созвон"


@pytest.mark.parametrize("known", [True, False])
async def test_what_a_client_did_can_be_sorted_out_at_once(stage: Stage, known: bool) -> None:
    if known:
        await stage.client()
    await stage.say("Орёт на меня и второй месяц не платит")
    assert "Мне жаль" in stage.text
    assert stage.main == ("Факт: Студия «Вектор»" if known else "Разобрать")
    await stage.tap("Разобрать")
    if not known:
        await stage.say("Ольга")
    assert "✓ Грубит и оскорбляет" in stage.labels


async def test_a_cry_is_met_with_warmth_before_anything_else(stage: Stage) -> None:
    await stage.say(CRIED)
    assert stage.header == "Это тяжело · не записано"
    assert stage.text.splitlines()[2].startswith("Слышу вас.")
    assert "✓ деньги позже срока" in stage.text
    assert stage.labels == ["Разобрать", "Не сегодня", "Просто записать", "Не сохранять"]


async def test_a_newcomers_cry_comes_back_as_ticks_once_the_client_has_a_name(
    stage: Stage,
) -> None:
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    assert stage.header.startswith("Новый клиент")
    assert (await stage.read(lambda owned: owned.export())).clients == ()
    await stage.say("...")
    assert "ни одной буквы" in stage.text
    await stage.say("Ольга")
    assert stage.header.startswith("Ольга")
    assert "✓ Платит позже срока" in stage.labels
    assert await stage.given() == {}
    await stage.tap("Дальше")
    assert stage.question == "late_payment"
    await stage.answer("always")
    assert await stage.given() == {"late_payment": "always"}


async def test_the_old_button_to_name_somebody_later_names_nobody_twice(stage: Stage) -> None:
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    await stage.say("Ольга")
    await stage.press(HeldOfUnnamed())
    assert [each.name for each in (await stage.read(lambda owned: owned.export())).clients] == [
        "Ольга"
    ]
    assert stage.header.startswith("Ольга")


async def test_whom_a_cry_is_about_may_be_named_later(stage: Stage) -> None:
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    await stage.tap("Назвать позже")
    assert "✓ Платит позже срока" in stage.labels
    assert await stage.given() == {}


async def test_a_newcomers_cry_waits_where_the_name_is_not_given(stage: Stage) -> None:
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    await stage.tap("‹ Отмена")
    assert stage.header == "Это тяжело · не записано"
    await stage.tap("Разобрать")
    stage.clock.move(hours=25)
    await stage.tap("Назвать позже")
    assert "уже забыл" in stage.text
    assert (await stage.read(lambda owned: owned.export())).clients == ()


async def test_a_cry_about_somebody_known_judges_nothing_anew_by_itself(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often")
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    assert (await stage.assessment()).judged_at is None


async def test_a_cry_about_somebody_known_comes_back_as_ticks_over_last_times_answers(
    stage: Stage,
) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often")
    former = await stage.given()
    stage.clock.move(days=9)
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    assert "✓ Платит позже срока" in stage.labels
    assert "✓ Грубит и оскорбляет" in stage.labels
    assert await stage.given() == former
    await stage.tap("✓ Тревога задолго до звонка")
    await stage.tap("Дальше")
    assert stage.question == "late_payment"
    await stage.answer("always")
    assert stage.question == "rudeness"
    assert stage.header.endswith("вопрос 2")
    await stage.tap("‹ Назад")
    assert "✓ Грубит и оскорбляет" in stage.labels
    await stage.tap("Дальше")
    await stage.answer("once")
    assert "Остальное как было" in stage.labels
    assert await stage.given() == former | {"late_payment": "always", "rudeness": "once"}


async def test_a_cry_that_was_misheard_leaves_last_times_answers(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often")
    former = await stage.given()
    stage.clock.move(days=9)
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    await stage.tap("Ничего из этого")
    assert "Остальное как было" in stage.labels
    assert await stage.given() == former


async def test_what_a_cry_speaks_of_comes_back_as_ticks_and_answers_nothing(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say(CRIED)
    await stage.tap("Разобрать")
    assert any("Платит позже срока" in label for label in stage.labels), stage.labels
    assert any("ничего из этого" in label.casefold() for label in stage.labels)
    assert await stage.given() == {}


async def test_a_cry_can_be_put_off_with_its_words_kept(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.say(CRIED)
    await stage.tap("Не сегодня")
    assert stage.header.startswith("Не сегодня · напомню")
    facts = (await stage.read(lambda owned: owned.export())).facts
    assert [each.words for each in facts] == [CRIED]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("привет", "Здравствуйте."),
        ("Спасибо большое!", "Берегите себя."),
        ("помогите", "Я здесь."),
    ],
)
async def test_what_is_said_to_the_coach_itself_is_answered(
    stage: Stage, said: str, answered: str
) -> None:
    await stage.client("Ольга")
    await stage.say(said)
    assert answered in stage.text


async def test_all_captions_of_an_album_are_one_text(stage: Stage) -> None:
    await stage.client()
    stage.me.send_album(["Первая правка", "", "И ещё вторая"])
    assert "«Первая правка\nИ ещё вторая»" in await stage.settled()
