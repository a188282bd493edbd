"""As a new user would: the program without a token, a browser the size of a phone, two people."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from tests.e2e.phone import CHROMIUM, chromium, local_chat, phone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.async_api import Browser

    from tests.e2e.phone import Scheme

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]


async def played(
    browser: Browser, address: str, scheme: Scheme, name: str, answers: Sequence[int]
) -> str:
    """Play from the empty chat to the advice and return all that the page reads at the end."""
    it = await phone(browser, address, scheme)
    assert "Разберёмся" in await it.start()
    assert "вывод" in (await it.example()).splitlines()[0]
    await it.tap("Разобрать своего клиента")
    assert name in await it.write(name)
    turns = cycle(answers)

    async def choose(_question: str) -> int:
        return next(turns)

    verdict = await it.assessment(choose)
    assert name in verdict.splitlines()[0]
    advice = next(label for label in await it.labels() if label.startswith("Что делать"))
    assert "совет 1\N{NO-BREAK SPACE}из" in await it.tap(advice)
    assert it.complaints == []
    everything = await it.page.inner_text("body")
    await it.page.context.close()
    return everything


async def test_two_people_come_from_the_empty_chat_to_a_verdict_and_advice(tmp_path: Path) -> None:
    async with local_chat(tmp_path) as address, chromium() as browser:
        first = await played(browser, address, "light", "Студия «Вектор»", [0, 1, 2])
        second = await played(browser, f"{address}/?user=2", "dark", "Ольга, вёрстка", [1, 2])
    assert "Ольга" not in first
    assert "Вектор" not in second
