"""The local chat in a real browser, at the size of a phone, used by tapping what is seen."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.async_api import async_playwright

from content.texts import Texts
from tests.faults.world import PATIENCE, Program, give_key
from tests.known import KNOWLEDGE

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page, ViewportSize

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIZE: ViewportSize = {"width": 390, "height": 844}
MOST_TAPS = 100
LAST = "[...document.querySelectorAll('.theirs')].at(-1)"
SEEN = f"() => {LAST}?.innerText"
"""The last message with its buttons."""
TEXT = f"() => {LAST}.querySelector('.text').innerText"
TOO_WIDE = """keys => keys.filter(key => key.scrollWidth > key.clientWidth)
    .map(key => `${key.textContent}: ${key.scrollWidth} > ${key.clientWidth}`)"""
Scheme = Literal["light", "dark"]


VERDICT = re.compile(r"вывод \d|verdict of ")
"""In the header of a verdict: «вывод 21 ноября»."""
PAGE = {"ru": ("Начать", "Сообщение"), "en": ("Start", "Message")}
"""The page's own words: the button of an empty chat, and where one types."""


@dataclass
class Phone:
    """One person's page."""

    page: Page
    language: str = "ru"
    complaints: list[str] = field(default_factory=list)
    """Errors of the page, and labels that do not fit their buttons."""

    async def start(self) -> str:
        """Press the big button of an empty chat."""
        return await self._after(self.page.get_by_role("button", name=PAGE[self.language][0]))

    async def tap(self, label: str) -> str:
        """Press a button of the last message and return what that reads then."""
        return await self._after(self._screen.get_by_role("button", name=label, exact=True))

    async def tap_at(self, index: int) -> str:
        """Press the button with this number, counted from 0 through all rows."""
        return await self._after(self._screen.locator(".key").nth(index))

    async def tap_main(self) -> str:
        """Press the coloured button."""
        return await self._after(self._screen.locator(".key.primary"))

    async def write(self, text: str) -> str:
        """Type a text and send it."""
        before = await self.page.evaluate(SEEN)
        await self.page.get_by_role("combobox", name=PAGE[self.language][1]).fill(text)
        await self.page.keyboard.press("Enter")
        return await self._changed(before)

    async def read(self) -> str:
        """Return what the bot's last message says."""
        return str(await self.page.evaluate(TEXT))

    async def labels(self) -> list[str]:
        """Return the labels of the last message's buttons."""
        return await self._screen.locator(".key").all_inner_texts()

    @cached_property
    def texts(self) -> Texts:
        """What the coach says in this phone's language."""
        return KNOWLEDGE.words(self.language).texts

    async def example(self) -> str:
        """Play the made-up client to the verdict, from the welcome."""
        text = await self.tap(self.texts("start.try"))
        while is_question(text):
            text = await self.tap_at(2)
        return text

    async def assessment(self, choose: Callable[[str], Awaitable[int]]) -> str:
        """Answer a full assessment up to the verdict.

        ``choose`` gives, for the text of a question, the number of the button to press.
        """
        await self.tap(self.texts("clients.card.assess"))
        text = await self.tap(self.texts("assess.happened.skip"))
        nothing, not_yet = self.texts("assess.critical.none"), self.texts("assess.last_effort.none")
        for _ in range(MOST_TAPS):
            if VERDICT.search(text.splitlines()[0]):
                return text
            if nothing in await self.labels():
                text = await self.tap(nothing)
            elif is_question(text):
                text = await self.tap_at(await choose(text))
            elif not_yet in await self.labels():
                text = await self.tap(not_yet)
            else:
                text = await self.tap_main()
        raise AssertionError(f"no verdict after {MOST_TAPS} taps: {text}")

    @property
    def _screen(self) -> Locator:
        return self.page.locator(".theirs").last

    async def _after(self, button: Locator) -> str:
        before = await self.page.evaluate(SEEN)
        await button.click()
        return await self._changed(before)

    async def _changed(self, before: str | None) -> str:
        await self.page.wait_for_function(
            f"before => ({SEEN})() !== (before ?? undefined)", arg=before, timeout=PATIENCE * 1000
        )
        self.complaints += await self._screen.locator(".key").evaluate_all(TOO_WIDE)
        return await self.read()


def is_question(text: str) -> bool:
    """Tell by its bar whether a screen asks a question."""
    return "▱" in text or "▰" in text


@asynccontextmanager
async def local_chat(folder: Path) -> AsyncIterator[str]:
    """Run the program without a token in an empty folder, and give the address it says."""
    bot = Program(folder, ("run",), {"RATE_LIMIT": "0"})  # the crawler knows no rest
    give_key(bot.disk / "data" / "master.key")
    line = await bot.start()
    try:
        yield line.partition(" chat at ")[2].partition(",")[0]
        assert await bot.end() == 0
        assert bot.warned() == []
    finally:
        await bot.kill()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start the system's Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        yield browser
        await browser.close()


async def phone(
    browser: Browser, address: str, scheme: Scheme, *, scale: float = 1, language: str = "ru"
) -> Phone:
    """Open a page of its own."""
    context = await browser.new_context(
        viewport=SIZE,
        color_scheme=scheme,
        device_scale_factor=scale,
        locale=language,
        reduced_motion="reduce",
    )
    it = Phone(await context.new_page(), language)
    it.page.on("pageerror", lambda error: it.complaints.append(str(error)))
    it.page.on(
        "console",
        lambda line: it.complaints.append(line.text) if line.type == "error" else None,
    )
    await it.page.goto(address)
    return it
