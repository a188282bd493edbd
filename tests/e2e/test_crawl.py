"""Every button of every screen, hostile texts in every prompt, and a stranger, over HTTP."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.exits import OK
from handlers.account.buttons import ClearSignature
from handlers.assessment.buttons import (
    AskLastEffort,
    AwaitOpinion,
    Critical,
    CriticalDone,
    Encourage,
    EndAction,
    Finish,
    GiveAnswer,
    Happened,
    Judge,
    KeepPlan,
    MakePlan,
    MoreOnVerdict,
    NothingOfIt,
    Reflected,
    ShowTrend,
    StartAssessment,
    Stop,
    Try,
    WhatHappened,
)
from handlers.casefile.buttons import DropHidden
from handlers.clients.buttons import Help, TakePrice
from handlers.facts.buttons import (
    ConfirmFactDay,
    DueReplies,
    DueReply,
    EndReply,
    FactSigns,
    HeldChoose,
    HeldOfNew,
    HeldOfUnnamed,
    JoinFact,
    LeaveFact,
    PutOff,
    SignFacts,
    UpdateFact,
)
from handlers.hindsight.buttons import AskAfterEnd, AskHowItWent, TellHowItWent
from handlers.letters.buttons import (
    AskPromised,
    DropForm,
    DropLine,
    EndOutcome,
    EndProbation,
    FinishLetter,
    FixAll,
    FixFinding,
    HeldLetter,
    HeldLetterKinds,
    KeepFinding,
    LetterChecklist,
    LetterClients,
    LetterRules,
    MarkSent,
    MoveProbation,
    NextBlank,
    PickFact,
    PlanRest,
    ResetPart,
    Restyle,
    ReuseBlank,
    SetPromised,
    ShowProbation,
    StartLetter,
)
from handlers.prospects.buttons import ShowCondition
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
    AskClosing,
    FixReport,
    FormerEdit,
    FormerRemove,
    FormerTick,
    OpenReport,
    ReportHistory,
    ReportReady,
    ReportRules,
    ResetReport,
)
from handlers.team.buttons import (
    AskShare,
    ChooseJudged,
    ClearLead,
    CompareJudges,
    NameJudged,
    RefuseOffer,
    ShareAnswers,
    ShowOffer,
    TakeJudged,
    UnshareAnswers,
)
from handlers.topics import ROUTES
from tests.canary import TOKEN
from tests.e2e.crawler import HOSTILE, Crawler
from tests.faults.players import ASSESS, Player
from tests.faults.world import World, world

OWNER, STRANGER = 1, 2
NAME = "Вектор"
NO_FAULT = "message is not modified"
"""What Telegram says to a button that leads where one already is."""
UNSEEN = {
    *(FormerTick, FormerEdit, FormerRemove, Reflected, DropForm),
    *(WhatHappened, Happened, Critical, Encourage),
}
"""Forms on no button: of former releases, mere addresses."""
BY_DAYLIGHT = {
    *(DueReply, EndReply, PutOff),
    *(ShowProbation, EndProbation, MoveProbation, EndOutcome),
    *(AskPromised, SetPromised, ShowTrend),
    *(JoinFact, ReuseBlank, ReportRules, ResetReport, AwaitOpinion, DropHidden),
    *(UpdateFact, LeaveFact, ConfirmFactDay, DropLine),
    *(TakePrice, ClearSignature, ResetPart, PlanRest),
    *(HeldLetter, HeldLetterKinds, LetterClients),
    *(PickFact, FixAll, Restyle, LetterRules),
    *(FixFinding, KeepFinding, LetterChecklist),
    *(FactSigns, SignFacts, FixReport, ReportHistory),
    *(TodayList, OpenWeek, WeekSent, SkipWeek),
    *(PutOffWeek, InTwoHours, Tomorrow, DueReplies),
    *(Reopen, ReopenWeek),
    *(AskHowItWent, TellHowItWent, AskAfterEnd),
    *(ShowCondition, Help),
    *(AskShare, ShareAnswers, UnshareAnswers, ShowOffer, RefuseOffer, ClearLead),
    *(ChooseJudged, NameJudged, TakeJudged, CompareJudges),
}
"""Forms that need another day, a second person, an edit or a long way in order, so they may be
missed here; the crawl in the process (tests/conversations/test_every_button.py) begins among
them. Help is a button only where one language is spoken."""
NEWCOMER = 3
BLANKS, SOME_BLANKS = 7, 5
"""Of a letter about limits, its signature too; the next text would be about nothing."""
CRY = "Я больше не могу, опять орёт на меня матом"
STEP = 5
"""A step of the second plan: the first one has three."""
CALM = ("is_it_them", "giving_best", "agreed_in_writing", "set_limits")
TROUBLED = {
    **dict.fromkeys(CALM, "good"),
    "late_payment": "often",
    **dict.fromkeys(
        ("vague_brief", "unrealistic_demands", "indecision", "ignored_advice", "no_partnership"),
        "once",
    ),
    **dict.fromkeys(("no_feedback", "last_minute", "my_project_first", "price_pressure"), "once"),
}
"""Mendable, unless tried in vain; more signs than one page of a list holds."""
ADDRESSED = "Вы всегда опаздываете, ваши правки приходят ночью"
FORGED = (
    *("", "zz", "a", "a:1", ":", "a:1:late_payment:never:more", "\0", "😀" * 16, "ы" * 32),
    *("a:0:late_payment:never", "a:-1:late_payment:never", "a:9999999:late_payment:never"),
    *("a:1:late_payment:sometimes", "a:1:nonsense:never", "c:99999999999", "c:٣", "q:1:../x"),
    *("sz:Mars/Base", "sk:840", "sq:-720", "d1:0123456789", "d2:rude:", "va:1:9999999"),
    *("cl:9999999:0", "cl:0:2", "lt:nonsense", "le1:sign:nonsense", "la:nonsense"),
    *("aq:1:nonsense", "rt:1:nonsense", "t:1:9999999", "ve:1:9999999", "pd:1:9999999"),
)


async def crawled(it: World, alike: int, *, led: bool = True) -> set[type[CallbackData]]:
    """Crawl as the owner, then try it all as a stranger; return the forms that were not met.

    ``led``: past what is met in some states alone, and whole, which makes a long crawl of it.
    """
    await it.bot.start()
    player = Player(it.people, OWNER, random.Random(1))  # noqa: S311 - a repeatable game
    while not player.ledger.judged:
        await player.turn(ASSESS)
    owner = Crawler(it.people, OWNER, alike, whole=led)
    await owner.commands()
    await owner.send("/newclient")
    await owner.send(NAME)
    await _facts_and_a_report(owner)
    await _letters(owner, BLANKS if led else SOME_BLANKS)
    newcomer = Crawler(it.people, NEWCOMER)
    if led:
        await _verdict_and_plan(owner)
        await _assessments(owner, begun=len(player.ledger.answers))
        await newcomer.send(CRY)
        await newcomer.tap(HeldOfNew().pack())
        await newcomer.tap(HeldOfUnnamed().pack())
    await owner.crawl()
    await owner.commands()
    stranger = Crawler(it.people, STRANGER)
    await stranger.send("/start")
    for data in (*_one_of_each_form(owner), *FORGED):
        await stranger.tap(data)
    assert NAME not in str(await it.people.chat(STRANGER))

    assert owner.faults + newcomer.faults + stranger.faults == []
    assert (await it.people.state())["unanswered"] == []
    await _journal_is_clean(it)
    assert await it.bot.end() == OK
    assert it.bot.warned() == []
    assert await it.put_aside() == []
    met = {data.split(":")[0] for data in (*owner.tapped, *newcomer.tapped)}
    return {tap.form for prefix, tap in ROUTES.taps.items() if prefix not in met}


async def _facts_and_a_report(owner: Crawler) -> None:
    """Show what waits to be sorted, a fact, a forward, and a report with something to mend."""
    await owner.send("Опять звонил в два ночи, требовал правки")
    await owner.tap(HeldChoose(page=0).pack())
    await owner.send("/fact 3 ноября добавлены две страницы сверх сметы")
    await owner.do("forward", name="Ольга", user_id=7, text="Ты бездарь и хам")
    await owner.tap(OpenReport(client=1).pack())
    for part in ("in_hand", "done", "needed", "goal"):
        await owner.tap(f"op:1:{part}:0")
        await owner.send(f"{ADDRESSED}: {part}")
    await owner.tap(AskClosing(report=1).pack())
    await owner.send("Хороших выходных!")
    await owner.tap(AskClosing(report=1).pack())
    await owner.tap(ReportReady(report=1, sure=0).pack())


async def _letters(owner: Crawler, blanks: int) -> None:
    """Show a draft with something to mend, that it went out, and a farewell at its beginning.

    With fewer ``blanks`` the draft stays to be found.
    """
    await owner.tap(StartLetter(client=1, kind="limits").pack())
    for _ in range(blanks):
        await owner.send(ADDRESSED)
    await owner.tap(FinishLetter(letter=1).pack())
    await owner.tap(MarkSent(letter=1).pack())
    await owner.tap(StartLetter(client=1, kind="farewell").pack())
    await owner.tap(NextBlank(letter=2).pack())


async def _verdict_and_plan(owner: Crawler) -> None:
    """Show what a verdict leads to, and a plan of which a step did not help."""
    await owner.tap(MoreOnVerdict(assessment=1).pack())
    await owner.tap(MakePlan(assessment=1).pack())
    await owner.tap(KeepPlan(assessment=1, left="001020").pack())
    await owner.tap(EndAction(action=1, state="done").pack())


async def _assessments(owner: Crawler, begun: int) -> None:
    """Show the difference, what was told, questions with a note, the stop, and what was tried.

    ``begun``: how many assessments there are.
    """
    told, tried, likely = begun + 1, begun + 2, begun + 4
    await owner.send("/newclient Ольга")
    await owner.tap(StartAssessment(client=3, depth="full").pack())
    await owner.send("Опять звонил в два ночи, требовал правки и не заплатил")
    await owner.tap(NothingOfIt(assessment=told).pack())
    await owner.send("Он ещё и опоздал")
    await owner.send("/newclient Пётр")
    await owner.tap(StartAssessment(client=4, depth="full").pack())
    for question, option in TROUBLED.items():
        await owner.tap(GiveAnswer(assessment=tried, question=question, option=option).pack())
    await owner.tap(CriticalDone(assessment=tried).pack())
    await owner.tap(Finish(assessment=tried).pack())
    await owner.tap(Try(assessment=tried, question="late_payment", tried=1, page=0).pack())
    await owner.tap(AskLastEffort(assessment=tried).pack())
    await owner.tap(Try(assessment=tried, question="late_payment", tried=0, page=0).pack())
    await owner.tap(Judge(assessment=tried).pack())
    await owner.tap(KeepPlan(assessment=tried, left="001020").pack())
    await owner.tap(EndAction(action=STEP, state="done").pack())
    await owner.tap(StartAssessment(client=4, depth="full").pack())
    await owner.send("/newclient Анна")
    await owner.tap(StartAssessment(client=5, depth="full").pack())
    for question in CALM:
        await owner.tap(GiveAnswer(assessment=likely, question=question, option="good").pack())
    await owner.tap(CriticalDone(assessment=likely).pack())
    await owner.tap(Stop(assessment=likely).pack())
    await owner.send(CRY)
    await owner.tap(StartAssessment(client=1, depth="full").pack())


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
        unmet = await crawled(
            it, alike=1, led=False
        )  # one of each kind; the campaign taps more of them
    assert len(unmet) < len(ROUTES.taps) * 0.4  # a crawl that ends early is no crawl


@pytest.mark.campaign
@pytest.mark.timeout(1200)  # some 1,500 taps
async def test_so_does_every_form_that_needs_no_other_day(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        assert await crawled(it, alike=2) - BY_DAYLIGHT == UNSEEN


@pytest.mark.campaign
async def test_so_does_every_button_with_other_numbers(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        await crawled(it, alike=5)
