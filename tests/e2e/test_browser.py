"""As a new user would: the program without a token, a browser the size of a phone, two people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.phone import CHROMIUM, chromium, local_chat, phone

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.e2e.phone import Scheme

SCHEMES: dict[str, Scheme] = {"ru": "light", "en": "dark"}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


async def played(
    browser: Browser, address: str, language: str, name: str, answers: Sequence[int]
) -> str:
    """Play from the empty chat to the advice and return all that the page reads at the end."""
    it = await phone(browser, address, SCHEMES[language], language=language)
    texts = it.texts
    assert texts("start.header") in await it.start()
    assert texts("start.demo.verdict") in (await it.example()).splitlines()[0]
    await it.tap(texts("start.demo.own"))
    assert name in await it.write(name)
    turns = cycle(answers)

    async def choose(_question: str) -> int:
        return next(turns)

    verdict = await it.assessment(choose)
    assert name in verdict.splitlines()[0]
    start = texts("verdict.advice", n=0).partition("0")[0]
    advice = next(label for label in await it.labels() if label.startswith(start))
    counted = texts("verdict.advice_screen.header", number=1, total=9).partition("9")[0]
    assert counted.rstrip() in await it.tap(advice)
    assert it.complaints == []
    everything = await it.page.inner_text("body")
    await it.page.context.close()
    return everything


async def test_two_people_come_from_the_empty_chat_to_a_verdict_and_advice(tmp_path: Path) -> None:
    async with local_chat(tmp_path) as address, chromium() as browser:
        first = await played(browser, address, "ru", "Студия «Вектор»", [0, 1, 2])
        second = await played(browser, f"{address}/?user=2", "en", "Olivia, layouts", [1, 2])
    assert "Olivia" not in first
    assert not re.search("[а-яё]", second, re.IGNORECASE)
