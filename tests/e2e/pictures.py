"""Take the pictures of a real conversation for the documentation: ``make pictures``.

The program runs in a folder of its own, a made-up client is assessed in the local chat, and what
the page shows on the way is kept as ``docs/pictures/*.png``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.phone import CHROMIUM, SIZE, chromium, local_chat, phone
from tests.e2e.png import smaller
from tests.faults.nursery import ROOT

if TYPE_CHECKING:
    from tests.e2e.phone import Phone

PICTURES = ROOT / "docs" / "pictures"
CLIENT = "Студия „Вектор“"
ANSWERS = {
    "Цена, сроки, объём": 1,
    "На сколько позже": 2,
    "Снова торгуется": 1,
    "Добавляет задачи": 3,
    "Пишет или звонит ночью": 2,
}
"""Words of a question → the answer, counted from 0; all other questions get the first."""
PICTURED = "На сколько позже"
FLAT = "document.querySelector('.phone').style.background = '#cddfbf'"
"""One colour instead of the page's shades, which would make a PNG three times as large."""
NEEDED = """() => 16 + [...document.querySelectorAll('header, footer')]
    .concat([...document.querySelectorAll('.theirs')].slice(-1))
    .reduce((sum, part) => sum + part.offsetHeight, 0)"""
TOAST_GONE = "() => document.querySelector('.toast').textContent === ''"


async def take() -> None:
    """Play and take each picture where it belongs."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with local_chat(Path(folder)) as address, chromium() as browser:
            it = await phone(browser, address, "light", scale=2)
            await it.page.evaluate(FLAT)
            await it.start()
            await _keep(it, "welcome")
            await it.tap("Добавить клиента")
            await it.write(CLIENT)
            await it.assessment(lambda question: _answer(it, question))
            await _keep(it, "verdict")
            labels = await it.labels()
            await it.tap(next(label for label in labels if label.startswith("Что делать")))
            await _keep(it, "advice")


async def _answer(it: Phone, question: str) -> int:
    if PICTURED in question:
        await _keep(it, "question")
    return next((answer for words, answer in ANSWERS.items() if words in question), 0)


async def _keep(it: Phone, name: str) -> None:
    await it.page.mouse.move(0, 0)
    await it.page.wait_for_function(TOAST_GONE)
    await it.page.set_viewport_size({"width": SIZE["width"], "height": await _height(it)})
    await it.page.evaluate("() => document.querySelector('#scroll').scrollTo(0, 1e6)")
    (PICTURES / f"{name}.png").write_bytes(smaller(await it.page.screenshot()))
    await it.page.set_viewport_size(SIZE)


async def _height(it: Phone) -> int:
    """Return a height at which the last message is seen whole, from its first line."""
    return max(SIZE["height"], int(await it.page.evaluate(NEEDED)))


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("pictures need Chromium")
    asyncio.run(take())
