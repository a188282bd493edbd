"""Every button of every screen, hostile texts in every prompt, and a stranger, over HTTP."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from bot.exits import OK
from handlers.account.buttons import AskLanguage, ClearSignature, SetLanguage
from handlers.assessment.buttons import Reflected
from handlers.clients.buttons import TakePrice
from handlers.facts.buttons import (
    ConfirmFactDay,
    DueReplies,
    DueReply,
    EndReply,
    FactSigns,
    HeldChoose,
    LeaveFact,
    PutOff,
    SignFacts,
    UpdateFact,
)
from handlers.letters.buttons import (
    DropLine,
    EndProbation,
    FixAll,
    FixFinding,
    HeldLetter,
    HeldLetterKinds,
    KeepFinding,
    LetterChecklist,
    LetterClients,
    LetterRules,
    MoveProbation,
    PickFact,
    PlanRest,
    ResetPart,
    Restyle,
    ShowProbation,
    StartLetter,
)
from handlers.reminders.buttons import (
    InTwoHours,
    OpenWeek,
    PutOffWeek,
    Reopen,
    ReopenWeek,
    SkipWeek,
    TodayList,
    Tomorrow,
    WeekSent,
)
from handlers.reports.buttons import (
    FixReport,
    FormerEdit,
    FormerRemove,
    FormerTick,
    OpenReport,
    ReportHistory,
    ReportReady,
)
from handlers.topics import ROUTES
from tests.canary import TOKEN
from tests.e2e.crawler import HOSTILE, Crawler
from tests.faults.players import ASSESS, Player
from tests.faults.world import World, world

if TYPE_CHECKING:
    from pathlib import Path

    from aiogram.filters.callback_data import CallbackData

OWNER, STRANGER = 1, 2
NAME = "Вектор"
NO_FAULT = "message is not modified"
"""What Telegram says to a button that leads where one already is."""
UNSEEN = {AskLanguage, SetLanguage, Reflected, FormerTick, FormerEdit, FormerRemove}
"""Forms on no button: for more than one language, a mere address, of the first release."""
BY_DAYLIGHT = {
    *(DueReply, EndReply, PutOff),
    *(ShowProbation, EndProbation, MoveProbation),
    *(UpdateFact, LeaveFact, ConfirmFactDay, DropLine),
    *(TakePrice, ClearSignature, ResetPart, PlanRest),
    *(HeldLetter, HeldLetterKinds, LetterClients),
    *(PickFact, FixAll, Restyle, LetterRules),
    *(FixFinding, KeepFinding, LetterChecklist),
    *(FactSigns, SignFacts, FixReport, ReportHistory),
    *(TodayList, OpenWeek, WeekSent, SkipWeek),
    *(PutOffWeek, InTwoHours, Tomorrow, DueReplies),
    *(Reopen, ReopenWeek),
}
"""Forms that need another day, an edit or a long way in order, so they may be missed here; the
crawl in the process (tests/conversations/test_every_button.py) begins among them."""
ADDRESSED = "Вы всегда опаздываете, ваши правки приходят ночью"
FORGED = (
    *("", "zz", "a", "a:1", ":", "a:1:late_payment:never:more", "\0", "😀" * 16, "ы" * 32),
    *("a:0:late_payment:never", "a:-1:late_payment:never", "a:9999999:late_payment:never"),
    *("a:1:late_payment:sometimes", "a:1:nonsense:never", "c:99999999999", "c:٣", "q:1:../x"),
    *("sz:Mars/Base", "sk:840", "sq:-720", "d1:0123456789", "d2:rude:", "va:1:9999999"),
    *("cl:9999999:0", "cl:0:2", "lt:nonsense", "le1:sign:nonsense", "la:nonsense"),
    *("aq:1:nonsense", "rt:1:nonsense", "t:1:9999999", "ve:1:9999999", "pd:1:9999999"),
)


async def crawled(it: World, alike: int) -> set[type[CallbackData]]:
    """Crawl as the owner, then try it all as a stranger; return the forms that were not met."""
    await it.bot.start()
    player = Player(it.people, OWNER, random.Random(1))  # noqa: S311 - a repeatable game
    while not player.ledger.judged:
        await player.turn(ASSESS)
    owner = Crawler(it.people, OWNER, alike)
    await owner.commands()
    await owner.send("/newclient")
    await owner.send(NAME)
    await owner.send("Опять звонил в два ночи, требовал правки")
    await owner.tap(HeldChoose(page=0).pack())
    await owner.send("/fact 3 ноября добавлены две страницы сверх сметы")
    await owner.do("forward", name="Ольга", user_id=7, text="Ты бездарь и хам")
    await owner.tap(OpenReport(client=1).pack())
    for part in ("in_hand", "done", "needed", "goal"):
        await owner.tap(f"op:1:{part}:0")
        await owner.send(f"{ADDRESSED}: {part}")
    await owner.tap(ReportReady(report=1, sure=0).pack())
    await owner.tap(StartLetter(client=1, kind="limits").pack())
    for _ in range(5):  # its blanks and the signature, then a draft with something to mend
        await owner.send(ADDRESSED)
    await owner.tap(StartLetter(client=1, kind="farewell").pack())
    await owner.crawl()
    await owner.commands()
    stranger = Crawler(it.people, STRANGER)
    await stranger.send("/start")
    for data in (*_one_of_each_form(owner), *FORGED):
        await stranger.tap(data)
    assert NAME not in str(await it.people.chat(STRANGER))

    assert owner.faults + stranger.faults == []
    assert (await it.people.state())["unanswered"] == []
    await _journal_is_clean(it)
    assert await it.bot.end() == OK
    assert it.bot.warned() == []
    assert await it.put_aside() == []
    met = {data.split(":")[0] for data in owner.tapped}
    return {tap.form for prefix, tap in ROUTES.taps.items() if prefix not in met}


def _one_of_each_form(crawler: Crawler) -> list[str]:
    return list({data.split(":")[0]: data for data in crawler.tapped}.values())


async def _journal_is_clean(it: World) -> None:
    journal = await it.people.journal()
    refusals = [call["refusal"]["description"] for call in journal if call["refusal"]]
    assert [why for why in refusals if NO_FAULT not in why] == []
    texts = [call["params"]["text"] for call in journal if "text" in call["params"]]
    assert TOKEN not in str(texts)
    assert any("{{7*7}}" in text for text in texts)
    typed = set(re.findall(r"{\w+}", str(HOSTILE)))
    assert set(re.findall(r"{\w+}", str(texts))) <= typed


async def test_every_button_answers_soon_and_tells_a_stranger_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        unmet = await crawled(it, alike=1)  # one of each kind; the campaign taps more of them
    assert len(unmet) < len(ROUTES.taps) * 0.4  # a crawl that ends early is no crawl


@pytest.mark.campaign
@pytest.mark.timeout(400)
async def test_so_does_every_form_that_needs_no_other_day(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        assert await crawled(it, alike=2) - BY_DAYLIGHT == UNSEEN


@pytest.mark.campaign
async def test_so_does_every_button_with_other_numbers(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        await crawled(it, alike=5)
