"""The verdict fits one screen of a phone, drawn by the local chat's own page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot.local
from content.advice import card
from content.sheet import Sheet
from content.verdict import RULE, judge
from handlers.assessment.screens import verdict as screens
from handlers.assessment.verdict import _look
from handlers.engine.visit import Visit
from storage.opening import open_storage
from storage.records import Answer, Depth
from storage.rows.memory import Memory
from tests.content.sheets import random_sheet
from tests.content.test_advice import every
from tests.e2e.phone import CHROMIUM, SIZE, chromium
from tests.handlers.shown import EVENING, shown, visit
from tests.known import KNOWLEDGE
from tests.template import laid

if TYPE_CHECKING:
    from playwright.async_api import Route

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
PAGE = Path(bot.local.__path__[0]) / "page"
MOST = 620
"""Pixels of bubble and keyboard at 390 × 844; a phone shows about 730, and what is higher is cut
off at the top, where the verdict stands."""
NAME = "Издательство учебной литературы «Просвет»"
LONGEST = 40
"""So many cards are drawn, those with most characters; drawing all would take minutes."""
DRAW = """async message => {
    const { bubble } = await import("/page/bubble.js");
    const hands = { say() {}, press() {}, actions() {}, botName: () => "Бот" };
    const item = document.createElement("article");
    item.className = "theirs";
    item.append(...bubble(message, hands).filter(Boolean));
    document.getElementById("log").replaceChildren(item);
    return item.getBoundingClientRect().height;
}"""


def messages(view: Visit) -> list[dict[str, object]]:
    """Return the longest cards, of every verdict × sign × answer and of random full sheets."""
    catalogue = view.catalogue
    sheets = [sheet for sheet, verdict in every(catalogue) if verdict.grounds]
    sheets += [random_sheet(catalogue, seed) for seed in range(500)]
    by_length = {_length(view, sheet): sheet for sheet in sheets}
    client = view.memory.clients.add(NAME, EVENING)
    longest = sorted(by_length, reverse=True)[:LONGEST]
    return [_card(view, client.number, by_length[length]) for length in longest]


def _length(view: Visit, sheet: Sheet) -> int:
    said = card(view.words, view.catalogue, sheet, judge(view.catalogue, sheet))
    return len("".join((said.meaning, *said.reasons, said.own, said.easier, said.next)))


def _card(view: Visit, client: int, sheet: Sheet) -> dict[str, object]:
    memory = view.memory
    number = memory.assessments.start(client, Depth.FULL, team=sheet.team, now=EVENING).number  # type: ignore[arg-type]
    memory.assessments.answer(number, [Answer(q, option) for q, option in sheet.answers.items()])
    kept = memory.assessments.get(number)
    assert kept is not None
    kept = replace(
        kept,
        tried=frozenset(map(str, sheet.tried)),
        last_effort=str(sheet.last_effort),
        exhausted=sheet.exhausted,
        wants_out=sheet.wants_out,
    )
    memory.assessments.save(kept)
    memory.assessments.freeze(number, judge(view.catalogue, sheet).id, RULE, EVENING)
    done = memory.assessments.get(number)
    assert done is not None
    message = shown(screens.verdict(view.words, _look(view, done))).body
    return {**message, "date": 1_795_000_000, "from": {"is_bot": True}}


@pytest.mark.parametrize("language", sorted(KNOWLEDGE.languages))
async def test_every_verdict_fits_one_screen_of_a_phone(tmp_path: Path, language: str) -> None:
    storage = await open_storage(laid(tmp_path), tmp_path / "master.key", now=EVENING)

    def made(memory: Memory) -> list[dict[str, object]]:
        return messages(visit(KNOWLEDGE, memory, language=language))

    told = await storage.write(made)
    await storage.close()
    assert len(told) == LONGEST
    too_high: list[str] = []
    async with chromium() as browser:
        page = await (await browser.new_context(viewport=SIZE, locale="ru-RU")).new_page()

        async def serve(route: Route) -> None:
            name = route.request.url.rpartition("/")[2] or "index.html"
            if name == "chat.js":  # the program that would ask the bot for its messages
                await route.fulfill(body="", content_type="text/javascript")
            else:
                await route.fulfill(path=PAGE / name)

        await page.route("**/*", serve)
        await page.goto("http://chat.example/")
        for message in told:
            height = await page.evaluate(DRAW, json.loads(json.dumps(message, default=str)))
            if height > MOST:
                too_high.append(f"{height:.0f} px: {message['text']}")
    assert too_high == []
