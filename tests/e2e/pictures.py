"""Take the pictures of a real conversation for the documentation: ``make pictures``.

The program runs in a folder of its own, a made-up client is assessed in the local chat, and what
the page shows on the way is kept as ``docs/pictures/*.png``; in Russian, in the folder ``ru``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.answers import words_of
from content.knowledge import Words
from content.loading import load
from content.models import QuestionId
from tests.e2e.phone import CHROMIUM, SIZE, chromium, local_chat, phone
from tests.e2e.png import smaller
from tests.faults.nursery import ROOT

if TYPE_CHECKING:
    from tests.e2e.phone import Phone

PICTURES = ROOT / "docs" / "pictures"
CLIENTS = {"en": ("Vector Studio", PICTURES), "ru": ("Студия „Вектор“", PICTURES / "ru")}
"""Language → the client's name, and where the pictures go."""
ANSWERS = {
    "is_it_them": 2,
    "could_do_better": 2,
    "giving_best": 2,
    "know_the_job": 2,
    "reporting": 2,
    "explained_scope": 2,
    "set_limits": 2,
    "agreed_in_writing": 1,
    "late_payment": 2,
    "price_pressure": 1,
    "scope_creep": 3,
    "after_hours": 2,
}
"""Question → the answer, counted from 0; all other questions get the first."""
PICTURED = "late_payment"
FLAT = "document.querySelector('.phone').style.background = '#cddfbf'"
"""One colour instead of the page's shades, which would make a PNG three times as large."""
NEEDED = """() => 16 + [...document.querySelectorAll('header, footer')]
    .concat([...document.querySelectorAll('.theirs')].slice(-1))
    .reduce((sum, part) => sum + part.offsetHeight, 0)"""
TOAST_GONE = "() => document.querySelector('.toast').textContent === ''"


async def take() -> None:
    """Play in each language and take each picture where it belongs."""
    for language, (client, folder) in CLIENTS.items():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as disk:
            async with local_chat(Path(disk)) as address, chromium() as browser:
                it = await phone(browser, address, "light", scale=2, language=language)
                await Photographer(it, load().words(language), folder).take(client)


@dataclass
class Photographer:
    """Takes the pictures of one language."""

    it: Phone
    words: Words
    folder: Path

    async def take(self, client: str) -> None:
        """Play from the welcome to the advice."""
        it, texts = self.it, self.words.texts
        await it.page.evaluate(FLAT)
        await it.start()
        await self._keep("welcome")
        await it.tap(texts("start.add"))
        await it.write(client)
        await it.assessment(self._answer)
        await self._keep("verdict")
        advice = texts("verdict.advice", n=0).partition("0")[0]
        await it.tap(next(label for label in await it.labels() if label.startswith(advice)))
        await self._keep("advice")

    async def _answer(self, shown: str) -> int:
        for question, answer in ANSWERS.items():
            if words_of(self.words, QuestionId(question)).question in shown:
                if question == PICTURED:
                    await self._keep("question")
                return answer
        return 0

    async def _keep(self, name: str) -> None:
        page = self.it.page
        await page.mouse.move(0, 0)
        await page.wait_for_function(TOAST_GONE)
        # A height at which the last message is seen whole, from its first line.
        height = max(SIZE["height"], int(await page.evaluate(NEEDED)))
        await page.set_viewport_size({"width": SIZE["width"], "height": height})
        await page.evaluate("() => document.querySelector('#scroll').scrollTo(0, 1e6)")
        (self.folder / f"{name}.png").write_bytes(smaller(await page.screenshot()))
        await page.set_viewport_size(SIZE)


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("pictures need Chromium")
    asyncio.run(take())
