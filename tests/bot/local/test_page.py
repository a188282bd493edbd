"""The local chat in a real browser, at the width of a phone."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from bot.local.chat import start_chat
from bot.local.telegram import Telegram

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE: ViewportSize = {"width": 390, "height": 844}
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def address(telegram: Telegram) -> AsyncIterator[str]:
    runner, address = await start_chat(telegram)
    yield address
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport=PHONE,
        locale="ru-RU",
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    await page.goto(address)
    yield page
    assert complaints == []
    await context.close()


def keyboard(*rows: list[str]) -> dict[str, Any]:
    buttons = [[{"text": label, "callback_data": label[:20]} for label in row] for row in rows]
    return {"reply_markup": {"inline_keyboard": buttons}}


async def show(telegram: Telegram, text: str, **more: object) -> int:
    sent = await telegram.call("sendMessage", {"chat_id": 1, "text": text} | more)
    return int(sent["message_id"])


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_labels_of_30_14_and_9_characters_fit_their_rows(
    telegram: Telegram, browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    rows = [
        ["А если бы он ещё и грубил вам?"],
        ["Показать всё, что записано: 12"],
        ["Предупрежден 1", "Что меняется ?"],
        ["Обычные трения", "Приёмка и цена"],
        ["‹ Прошлый", "Постоянно", "12 из 123"],
        ["‹ Раньше…", "Не знаю 5", "Подождать"],
    ]
    assert {(len(row), len(label)) for row in rows for label in row} == {(1, 30), (2, 14), (3, 9)}
    telegram.person(1).send("/start")
    await show(telegram, "Студия «Вектор» · Деньги", **keyboard(*rows))
    page = await browser.new_page(viewport=PHONE, locale="ru-RU", color_scheme=scheme)
    await page.goto(address)
    keys = page.locator(".key")
    await expect(keys).to_have_count(12)
    widths = await keys.evaluate_all(
        "keys => keys.map(key => [key.textContent, key.scrollWidth, key.clientWidth])"
    )
    assert [row for row in widths if row[1] > row[2]] == []
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


async def test_an_empty_chat_begins_with_one_big_button(telegram: Telegram, page: Page) -> None:
    await telegram.call("setMyDescription", {"description": "Помогает с трудным клиентом"})
    await expect(page.get_by_text("Помогает с трудным клиентом")).to_be_visible()
    await page.get_by_role("button", name="Начать").click()
    await expect(page.locator(".own .text")).to_have_text("/start")
    await expect(page.get_by_role("button", name="Начать")).to_be_hidden()
    await expect(page.get_by_role("combobox", name="Сообщение")).to_be_focused()


async def test_a_tap_edits_in_place_and_shows_a_toast(telegram: Telegram, page: Page) -> None:
    me = telegram.person(1)
    me.send("/start")
    number = await show(telegram, "Вопрос", **keyboard(["Да", "Нет"]))
    yes = page.get_by_role("button", name="Да", exact=True)
    await yes.focus()
    await page.keyboard.press("Enter")
    await expect(yes).to_have_attribute("aria-busy", "true")
    for _ in range(500):  # the page shows it before the server has read it
        if telegram.unanswered:
            break
        await asyncio.sleep(0.01)
    (tap,) = telegram.unanswered
    assert tap.data == "Да"
    answer = {"callback_query_id": tap.id, "text": "Записал: да"}
    await telegram.call("answerCallbackQuery", answer)
    await expect(page.get_by_role("status")).to_have_text("Записал: да")
    edit = {"chat_id": 1, "message_id": number, "text": "Ещё вопрос"} | keyboard(["Часто"])
    await telegram.call("editMessageText", edit)
    await expect(page.locator(".theirs .text")).to_have_text(["Ещё вопрос"])
    await expect(page.get_by_role("button", name="Часто")).to_be_focused()


async def test_a_typed_text_is_sent_edited_and_deleted(telegram: Telegram, page: Page) -> None:
    me = telegram.person(1)
    me.send("/start")
    await page.get_by_role("combobox", name="Сообщение").fill("Превет")
    await page.keyboard.press("Enter")
    sent = page.locator("article", has_text="Превет")
    await expect(sent).to_be_visible()
    await sent.get_by_role("button", name="Действия с сообщением").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Изменить").click()
    await page.get_by_role("combobox", name="Сообщение").fill("Привет")
    await page.keyboard.press("Enter")
    await expect(page.locator(".own .stamp").last).to_contain_text("изменено")
    assert [message.text for message in me.messages] == ["/start", "Привет"]
    await page.locator(".bubble").last.click(button="right")
    await page.get_by_role("menuitem", name="Удалить").click()
    await expect(page.locator("article")).to_have_count(1)
    assert [message.text for message in me.messages] == ["/start"]


@pytest.mark.parametrize(
    ("language", "hours"), [("en-US", r"1?\d:\d\d\s[AP]M$"), ("ru-RU", r"[012]\d:\d\d$")]
)
async def test_the_hours_are_those_of_the_language(
    telegram: Telegram, browser: Browser, address: str, language: str, hours: str
) -> None:
    context = await browser.new_context(viewport=PHONE, locale=language)
    page = await context.new_page()
    await page.goto(address)
    telegram.person(1).send("/start")
    for place in (".stamp", "#clock"):
        await expect(page.locator(place).last).to_have_text(re.compile(hours))
    await context.close()


async def test_commands_are_offered_after_a_slash(telegram: Telegram, page: Page) -> None:
    me = telegram.person(1)
    me.send("/start")
    names = {"assess": "Разбор", "help": "Помощь"}
    commands = [{"command": name, "description": text} for name, text in names.items()]
    await telegram.call("setMyCommands", {"commands": commands})
    field = page.get_by_role("combobox", name="Сообщение")
    await field.fill("/")
    await expect(page.get_by_role("option")).to_have_count(2)
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(page.locator(".own .text").last).to_have_text("/help")
    await page.get_by_role("button", name="Меню").click()
    await page.get_by_role("option", name="/assess").click()
    await expect(page.locator(".own .text").last).to_have_text("/assess")


async def test_a_folded_quotation_shows_three_lines_until_it_is_opened(
    telegram: Telegram, page: Page
) -> None:
    telegram.person(1).send("/start")
    quote = "Что считать: " + "один-три дня — обычное дело, " * 12
    entity = {"type": "expandable_blockquote", "offset": 7, "length": len(quote.strip())}
    await show(telegram, f"Вопрос\n{quote}", entities=[entity])
    body = page.locator(".quote-text")
    lines = "body => Math.round(body.clientHeight / parseFloat(getComputedStyle(body).lineHeight))"
    assert await body.evaluate(lines) == 3
    await page.get_by_role("button", name="Показать полностью").press("Enter")
    assert await body.evaluate(lines) > 3
    await expect(page.get_by_role("button", name="Свернуть")).to_be_visible()


async def test_a_copy_button_copies(telegram: Telegram, page: Page) -> None:
    telegram.person(1).send("/start")
    button = {"text": "Копировать фразу", "copy_text": {"text": "Отвечу завтра до 12:00"}}
    await show(telegram, "Фраза", reply_markup={"inline_keyboard": [[button]]})
    await page.get_by_role("button", name="Копировать фразу").click()
    await expect(page.get_by_role("status")).to_have_text("Скопировано")
    assert await page.evaluate("navigator.clipboard.readText()") == "Отвечу завтра до 12:00"


async def test_nothing_typed_becomes_markup(telegram: Telegram, page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)> & <b>жирно</b>"
    telegram.person(1).send(hostile)
    bold = {"type": "bold", "offset": 0, "length": 4}
    await show(telegram, hostile, entities=[bold], **keyboard([hostile[:28]]))
    await expect(page.locator(".text")).to_have_text([hostile, hostile])
    await expect(page.locator(".text b, .text img")).to_have_count(0)
    await expect(page.locator(".text strong")).to_have_text("<img")


async def test_a_message_is_forwarded_through_the_paperclip(telegram: Telegram, page: Page) -> None:
    me = telegram.person(1)
    me.send("/start")
    await page.get_by_role("button", name="Прикрепить").click()
    await page.get_by_role("button", name="Переслать").click()
    await page.get_by_label("От кого").fill("Мария")
    await page.get_by_label("Что написано").fill("Поправьте до утра")
    await page.get_by_label("Автор скрывает свой профиль").check()
    await page.get_by_role("button", name="Отправить").click()
    await expect(page.locator(".origin")).to_have_text("Переслано от Мария")
    assert me.messages[-1].body["forward_origin"]["type"] == "hidden_user"
    await page.get_by_role("button", name="Прикрепить").click()
    await page.get_by_role("button", name="Геопозиция").click()
    await page.get_by_role("button", name="Екатеринбург").click()
    await expect(page.locator(".map")).to_be_visible()


async def test_the_end_stays_in_sight_for_new_messages_only(telegram: Telegram, page: Page) -> None:
    me = telegram.person(1)
    first = await show_many(telegram, 30)
    end = "box => box.scrollHeight - box.scrollTop - box.clientHeight"
    box = page.locator("#scroll")
    await expect(page.get_by_text("Сообщение 29", exact=True)).to_be_in_viewport()
    await box.evaluate("box => { box.scrollTop = 0 }")
    await expect(page.get_by_text("Сообщение 0", exact=True)).to_be_in_viewport()
    edit = {"chat_id": 1, "message_id": first, "text": "Сообщение 0, иначе"}
    await telegram.call("editMessageText", edit)
    await expect(page.get_by_text("Сообщение 0, иначе")).to_be_in_viewport()
    assert await box.evaluate(end) > 100
    me.send("вниз")
    await expect(page.get_by_text("вниз", exact=True)).to_be_in_viewport()
    assert await box.evaluate(end) <= 1


async def show_many(telegram: Telegram, count: int) -> int:
    telegram.person(1).send("/start")
    numbers = [await show(telegram, f"Сообщение {number}") for number in range(count)]
    return numbers[0]


async def test_two_tabs_are_two_persons(telegram: Telegram, page: Page, address: str) -> None:
    telegram.person(1).send("первый")
    other = await page.context.new_page()
    await other.goto(f"{address}/?user=2")
    await other.get_by_role("button", name="Начать").click()
    await expect(other.locator(".own .text")).to_have_text(["/start"])
    await expect(page.locator(".own .text")).to_have_text(["первый"])
    assert [message.text for message in telegram.person(2).messages] == ["/start"]
