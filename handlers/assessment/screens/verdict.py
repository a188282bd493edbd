"""The verdict on one screen, why it is so, one's own part, and what else a verdict offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from content.advice import (
    AdviceItem,
    Card,
    easier,
    in_vain,
    like,
    reasons,
    serious,
)
from content.answers import reason, short_of
from content.asking import Standing
from content.client_types import client_types
from content.knowledge import Catalogue, Words
from content.models import Certainty, VerdictId
from content.sheet import Sheet
from content.stages import PARTINGS
from content.texts import Texts
from content.themes import ENDS, blames_nobody, grounds_told, parts_warmly, was_harmed
from content.typography import lines_of
from content.verdict import Verdict
from handlers.assessment import buttons as to
from handlers.clients import buttons as to_clients
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    Strong,
    button,
    cut,
    header,
    in_pairs,
    primary,
)
from handlers.engine.wording import cited, verdict_name
from handlers.letters import buttons as to_letters
from handlers.library import buttons as to_library
from handlers.pictures import buttons as to_pictures
from handlers.reports import buttons as to_reports
from storage.records import Assessment, ClientNumber

GAPS = 4
TOLD = 7
"""Signs that a colleague is told of: what they can take in."""
HISTORY = 8
ALL_REASONS = 12
SOURCES = 4
LINES, ROWS, LINES_OF_A_ROW = 16, 4, 2
"""Lines of a bubble, the verdict's name and blank ones apart, that stand above a keyboard of four
rows with the top still in sight; what one more row takes."""
RECORD = "record"
DROPPED = (
    (),
    ("kind_word",),
    (RECORD, "kind_word"),
    (RECORD, "easier"),
    (RECORD, "easier", "kind_word"),
    (RECORD, "own", "easier"),
    (RECORD, "own", "easier", "kind_word"),
)
"""What of a card gives way, the first that makes it fit."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged assessment, ready to be shown."""

    assessment: Assessment
    name: str
    """Of the client."""
    day: str
    """«21 ноября»."""
    verdict: Verdict
    sheet: Sheet
    total: int
    """Questions of the full assessment."""
    card: Card
    own: tuple[str, ...]
    """What of it may be one's own."""
    advice: tuple[AdviceItem, ...]
    standing: Standing
    former_rule: bool
    """Whether the verdict was reached by a rule that has changed since."""
    planned: bool
    """Whether the verdict calls for a plan."""
    newer: str = ""
    """Day of a newer verdict on the same client."""
    has_earlier: bool = False
    letter: tuple[str, str] | None = None
    """Id and name of the letter to write first."""
    cooler: tuple[str, str] | None = None
    """The same of a cooler one, where the first is warm and the client did harm."""
    claim: tuple[str, str] | None = None
    """The same of the letter about a debt, where the plan of a parting begins with it."""
    record: str = ""
    """What the person's own experience says of what is advised."""


def verdict(words: Words, judged: Judged) -> Screen:
    """Say which verdict, because of what, and where to begin: all on one screen."""
    rows = _verdict_rows(words, judged)
    title = header(judged.name, words.texts("verdict.header", date=judged.day))
    state = _state(words, judged)
    room = LINES - LINES_OF_A_ROW * (len(rows) - ROWS)
    room -= lines_of(title, bold=True) + lines_of(state)
    return Screen(
        header=title,
        body=(Strong(judged.card.name), _fitting(words, judged, room)),
        state=state,
        rows=rows,
        place=to.ShowVerdict(assessment=judged.assessment.number).pack(),
    )


def _fitting(words: Words, judged: Judged, room: int) -> str:
    """Return what of a card fits so many lines; what does not is a tap away, under «Почему так».

    Where lines are left, blank ones part what to do, then what it is and what would change it.
    """
    card, record = judged.card, judged.record
    bullets = [words.texts("verdict.bullet", text=each) for each in card.reasons]
    # One's own experience stands as long as anything else can give way, the last reason too.
    keeping = [tuple(each for each in dropped if each != RECORD) for dropped in DROPPED]
    fewer = [(bullets[:-1], keeping[-1])] if record else []
    height = cache(lines_of)
    reasons, taken = "", 0
    said: tuple[str, ...] = ()
    for shown, dropped in (
        *((bullets, each) for each in keeping),
        *fewer,
        *((bullets, each) for each in DROPPED),
    ):
        reasons = "\n".join(shown)
        whole = (card.meaning, reasons, card.own, card.easier, record, card.next, card.kind_word)
        left_out = {record if each == RECORD else getattr(card, each) for each in dropped}
        said = tuple(each for each in whole if each not in left_out)
        taken = sum(map(height, said))
        if taken <= room:
            break
    parts = (
        (card.meaning, reasons),
        (card.own, card.easier, record),
        (card.next, card.kind_word),
    )
    blocks = ["\n".join(each for each in part if each and each in said) for part in parts]
    blocks = [block for block in blocks if block]
    text = blocks.pop()
    for blank, block in enumerate(reversed(blocks), start=1):
        text = f"{block}\n\n{text}" if taken + blank <= room else f"{block}\n{text}"
    return text


def _state(words: Words, judged: Judged) -> str:
    """Say how sure the verdict is.

    Where a «не знаю» could move it nothing is called certain, nor where the person ends it.
    """
    texts = words.texts
    if judged.newer:
        return texts("verdict.newer", date=judged.newer)
    if judged.former_rule:
        return texts("verdict.former_rule")
    if blames_nobody(judged.verdict):
        return texts("verdict.changed_mind")
    return _sure(words, judged.standing)


def _sure(words: Words, at: Standing) -> str:
    if at.certainty is Certainty.PRELIMINARY:
        return words.texts("verdict.sure.preliminary", n=at.about_left)
    if at.unknown:
        return words.texts("verdict.find_out", items=short_of(words, at.unknown[0]))
    sure = "never" if at.verdict is VerdictId.CANNOT_TELL else at.certainty
    return words.texts(f"verdict.sure.{sure}")


def _verdict_rows(words: Words, judged: Judged) -> tuple[ButtonRow, ...]:
    texts, client, number = words.texts, judged.assessment.client, judged.assessment.number
    main = _main(texts, judged)
    letters = (judged.letter if judged.claim else None, judged.cooler)
    others = [button(*_letter(texts, client, each)) for each in letters if each]
    others = [each for each in others if each.data != main.data]
    if judged.advice:
        first = to.ShowAdvice(assessment=number, index=0)
        others.append(button(texts("verdict.advice", n=len(judged.advice)), first))
    plan = button(texts("verdict.short_plan"), to.MakePlan(assessment=number))
    if judged.planned and main.data != plan.data:
        others.append(plan)
    others.append(button(texts("verdict.why_so"), to.ShowWhy(assessment=number)))
    if judged.own:
        others.append(button(texts("verdict.about_you"), to.ShowOwnPart(assessment=number)))
    others.append(button(texts("verdict.more"), to.MoreOnVerdict(assessment=number)))
    others.append(button(texts("common.to_client"), to_clients.ClientCard(client=client)))
    return ((main,), *in_pairs(others))


def _main(texts: Texts, judged: Judged) -> Button:
    """Return the one thing to do first."""
    client, number = judged.assessment.client, judged.assessment.number
    if judged.standing.certainty is Certainty.PRELIMINARY and not judged.former_rule:
        return primary(texts("verdict.deepen"), to.Deepen(assessment=number))
    if judged.verdict.id is VerdictId.CANNOT_TELL:
        return primary(texts("verdict.answer_more"), to.Change(assessment=number))
    if judged.claim:
        label, claim = _letter(texts, client, judged.claim)
        return primary(label if parts_warmly(judged.verdict) else texts("verdict.claim"), claim)
    if judged.letter and judged.verdict.id is not VerdictId.MENDABLE:
        return primary(*_letter(texts, client, judged.letter))
    if judged.planned:
        return primary(texts("verdict.plan"), to.MakePlan(assessment=number))
    return primary(texts("verdict.report"), to_reports.OpenReport(client=client))


def _letter(
    texts: Texts, client: ClientNumber, letter: tuple[str, str]
) -> tuple[str, to_letters.StartLetter]:
    kind, name = letter
    label = cut(texts("letters.write", name=name.lower()), LABEL_LIMITS[1])
    return label, to_letters.StartLetter(client=client, kind=kind)


def why(words: Words, catalogue: Catalogue, judged: Judged) -> Screen:
    """Give all reasons, what would move the verdict, the rule in words, and its sources."""
    texts, number = words.texts, judged.assessment.number
    because = judged.verdict.because
    told = reasons(words, catalogue, judged.sheet, judged.verdict)[:ALL_REASONS]
    lines = [texts("verdict.bullet", text=each) for each in told]
    if len(because) > ALL_REASONS:
        lines.append(texts("verdict.and_more", n=len(because) - ALL_REASONS))
    moves: tuple[str, ...] = ()
    if not judged.former_rule:
        of = (words, catalogue, judged.sheet, judged.verdict)
        moves = tuple(each for each in (easier(*of), serious(*of)) if each)
    body = (
        "\n".join(lines) or texts("verdict.why_nothing"),
        " ".join(_tried(words, judged)),
        judged.record,
        "\n".join(moves),
        like(words, catalogue, judged.sheet, judged.verdict.id),
        texts("verdict.law") if judged.verdict.id in PARTINGS else "",
    )
    return Screen(
        header=header(judged.name, texts("verdict.why_header")),
        body=tuple(line for line in body if line),
        folded=(_rule(words, catalogue, judged),),
        state=judged.card.kind_word,
        rows=(
            (button(texts("pictures.by_topic"), to_pictures.DrawProfile(assessment=number)),),
            *_back(texts, judged),
        ),
        place=to.ShowWhy(assessment=judged.assessment.number).pack(),
    )


def _tried(words: Words, judged: Judged) -> list[str]:
    texts = words.texts
    said = []
    gone_for = in_vain(words, judged.sheet, judged.verdict)
    if gone_for:
        said.append(texts("verdict.tried", items=", ".join(gone_for[:GAPS])))
    if judged.assessment.last_effort == "failed":
        said.append(texts("verdict.effort_failed"))
    if judged.sheet.exhausted:
        said.append(texts("verdict.exhausted"))
    if judged.sheet.wants_out and not judged.verdict.critical:
        said.append(texts("verdict.wants_out"))
    return said


def _rule(words: Words, catalogue: Catalogue, judged: Judged) -> str:
    named = [each.question for each in judged.verdict.because[:3]]
    sources = [source for each in named for source in catalogue.signs[each].sources]
    sources += list(catalogue.verdicts[judged.verdict.id].sources)
    cite = cited(words, [each for each in sources if each != "ours"][:SOURCES] or ["ours"])
    key = "verdict.rule_critical" if judged.verdict.critical else "verdict.rule"
    return words.texts(key, sources=cite)


def about_oneself(words: Words, judged: Judged, report: ButtonRow) -> Screen:
    """Say what of it may be one's own: the links first, then all that is not well.

    ``report`` offers a weekly report, if it holds a button.
    """
    texts = words.texts
    return Screen(
        header=header(judged.name, texts("verdict.own_header")),
        body=judged.own or (texts("verdict.self_nothing"),),
        rows=(*((report,) if report else ()), *_back(texts, judged)),
        place=to.ShowOwnPart(assessment=judged.assessment.number).pack(),
    )


def _back(texts: Texts, judged: Judged) -> tuple[ButtonRow, ...]:
    number = judged.assessment.number
    rows: list[ButtonRow] = []
    if judged.advice:
        first = to.ShowAdvice(assessment=number, index=0)
        rows.append((button(texts("verdict.advice", n=len(judged.advice)), first),))
    return (*rows, (button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),))


def more(words: Words, catalogue: Catalogue, judged: Judged) -> Screen:
    """Offer the rest of what belongs to a verdict."""
    texts = words.texts
    number, client = judged.assessment.number, judged.assessment.client
    first = [
        button(texts("verdict.more_screen.letter"), to_letters.LetterKinds(client=client, page=0)),
        button(texts("pictures.show"), to_pictures.DrawScale(assessment=number)),
    ]
    if judged.standing.certainty is Certainty.LIKELY:
        first.append(button(texts("verdict.short_deepen"), to.Deepen(assessment=number)))
    if judged.has_earlier:
        first.append(button(texts("verdict.more_screen.trend"), to.ShowTrend(assessment=number)))
    rows: list[ButtonRow] = list(in_pairs(first))
    rows.append((button(texts("verdict.more_screen.second"), to.SecondOpinion(assessment=number)),))
    for each in client_types(catalogue, judged.sheet)[:1]:
        label = cut(texts("verdict.more_screen.type", name=words.types[each].name), LABEL_LIMITS[1])
        kind = to_library.LibraryFrom(assessment=number, kind="type", id=each)
        rows.append((button(label, kind),))
    pairs = [
        button(texts("verdict.more_screen.change"), to.Change(assessment=number)),
        button(texts("verdict.more_screen.again"), to.StartAssessment(client=client, depth="full")),
    ]
    if judged.verdict.id not in PARTINGS and not (judged.sheet.wants_out or judged.sheet.exhausted):
        pairs.append(button(texts("verdict.more_screen.wants_out"), to.WantsOut(assessment=number)))
    pairs.append(button(texts("verdict.more_screen.leaves"), to.ClientLeaves(assessment=number)))
    rows += in_pairs(pairs)
    if judged.verdict.id is not VerdictId.LEAVE_NOW and not judged.sheet.exhausted:
        tired = button(texts("verdict.more_screen.exhausted"), to.NoStrength(assessment=number))
        rows.append((tired,))
    return Screen(
        header=header(judged.name, texts("verdict.more_screen.header")),
        body=(texts("verdict.more_screen.body"),),
        rows=(*rows, (button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),)),
        place=to.MoreOnVerdict(assessment=number).pack(),
    )


def ask_end(words: Words, judged: Judged, why: str) -> Screen:
    """Ask before a verdict is overturned; ``why``: ``exhausted`` or ``wants_out``."""
    texts = words.texts
    number = judged.assessment.number
    end = to.EndIt(assessment=number, why="exhausted" if why == "exhausted" else "wants_out")
    ask = {"exhausted": to.NoStrength, "wants_out": to.WantsOut}[why]
    hurt = why == "wants_out" and was_harmed(judged.verdict)
    parting = judged.verdict.id in PARTINGS
    body = texts(f"verdict.end.{why}.body_hurt" if hurt else f"verdict.end.{why}.body")
    return Screen(
        header=header(judged.name, texts(f"verdict.end.{why}.header")),
        body=(body, texts("verdict.end.same" if parting else f"verdict.end.{why}.ask")),
        rows=(
            (primary(texts(f"verdict.end.{why}.yes"), end),),
            (button(texts("verdict.end.no"), to.ShowVerdict(assessment=number)),),
        ),
        place=ask(assessment=number).pack(),
    )


def client_leaves(words: Words, judged: Judged, letter: str) -> Screen:
    """Say what to ask for where the client goes by themselves; that is nobody's fault."""
    texts = words.texts
    number, client = judged.assessment.number, judged.assessment.client
    write = to_letters.StartLetter(client=client, kind=letter)
    body = "body_hurt" if judged.verdict.critical else "body"
    return Screen(
        header=header(judged.name, texts("verdict.leaves.header")),
        body=(texts(f"verdict.leaves.{body}"), texts("verdict.leaves.ask")),
        rows=(
            (primary(texts("verdict.leaves.letter"), write),),
            (
                button(texts("verdict.leaves.keep"), to.KeepLeaving(assessment=number)),
                button(texts("verdict.leaves.archive"), _archive(client)),
            ),
            (button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),),
        ),
        place=to.ClientLeaves(assessment=number).pack(),
    )


def _archive(client: ClientNumber) -> to_clients.ArchiveClient:
    return to_clients.ArchiveClient(client=client, archived=1)


def kind_word(words: Words, judged: Judged) -> Screen:
    """Say the good word that fits."""
    number = judged.assessment.number
    return Screen(
        header=header(judged.name, words.texts("verdict.kind_word")),
        body=(judged.card.kind_word,),
        rows=((button(words.texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),),),
        place=to.Encourage(assessment=number, index=0).pack(),
    )


def second_opinion(words: Words, catalogue: Catalogue, judged: Judged, voice: str) -> str:
    """Write a message without names for a colleague, with three questions.

    Whoever met with what nobody need bear, or ends it, does not ask whether it was their own doing.

    ``voice`` is ``male``, ``female``, ``unknown`` or ``team``: how the freelancer speaks of
    themselves.
    """
    texts = words.texts
    who = "team" if voice == "team" else "one"
    signs = reasons(words, catalogue, judged.sheet, judged.verdict)[:TOLD]
    lines = [
        texts("verdict.second.open"),
        texts("verdict.second.signs", items=_bullets(texts, signs))
        if signs
        else texts("verdict.second.signs_none"),
    ]
    gone_for = in_vain(words, judged.sheet, judged.verdict)
    if gone_for:
        lines.append(texts("verdict.second.tried", items=", ".join(gone_for)))
    ends = [each for each in ENDS if each in grounds_told(judged.verdict)]
    lines += [texts(f"verdict.second.{each}.{who}") for each in ends[:1]]
    if judged.verdict.critical or ends:
        return "\n\n".join((*lines, texts(f"verdict.second.hurt.{who}")))
    if judged.verdict.gaps:
        gaps = [reason(words, gap.question, gap.option) for gap in judged.verdict.gaps[:GAPS]]
        key = "verdict.second.gaps" if who == "team" else "verdict.second.gaps_one"
        lines.append(texts(key, items=_bullets(texts, gaps)))
    questions = (
        texts(f"verdict.second.q1.{voice}"),
        texts(f"verdict.second.q2.{who}"),
        texts(f"verdict.second.q3.{who}"),
    )
    return "\n\n".join((*lines, "\n".join((texts("verdict.second.ask"), *questions))))


def _bullets(texts: Texts, said: Iterable[str]) -> str:
    return "\n".join(texts("verdict.bullet", text=each) for each in said)


def trend(words: Words, judged: Judged, period: str, lines: Sequence[str]) -> Screen:
    """Say what changed since the verdict before; ``period`` says between which days."""
    texts = words.texts
    number = judged.assessment.number
    history = to.History(client=judged.assessment.client)
    return Screen(
        header=header(judged.name, texts("verdict.trend.header")),
        body=(period, *lines),
        rows=(
            (
                button(texts("clients.card.history"), history),
                button(texts("pictures.show"), to_pictures.DrawTrend(client=history.client)),
            ),
            (button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),),
        ),
        place=to.ShowTrend(assessment=number).pack(),
    )


def history(
    words: Words,
    client: ClientNumber,
    name: str,
    entries: Sequence[tuple[Assessment, str]],
    lines: Sequence[str],
) -> Screen:
    """List the verdicts on a client, newest first; ``entries`` pairs each with its day."""
    texts = words.texts
    rows: list[ButtonRow] = []
    for assessment, day in entries[:HISTORY]:
        told = texts(
            "verdict.trend.entry", date=day, verdict=verdict_name(words, assessment.verdict)
        )
        label = cut(told, LABEL_LIMITS[1])
        rows.append((button(label, to.ShowVerdict(assessment=assessment.number)),))
    if entries:
        rows.append((button(texts("pictures.show"), to_pictures.DrawTrend(client=client)),))
    rows.append((button(texts("common.to_client"), to_clients.ClientCard(client=client)),))
    return Screen(
        header=header(name, texts("verdict.trend.header_history")),
        body=tuple(lines),
        rows=tuple(rows),
        place=to.History(client=client).pack(),
    )
