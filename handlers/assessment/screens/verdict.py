"""The verdict, the advice on each sign, and what else a verdict offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from content.asking import Standing
from content.knowledge import Catalogue, Words
from content.letters.voices import Voice, spoken
from content.models import Certainty, OptionId, QuestionId, TypeId, VerdictId
from content.outlook import LAST_EFFORT, TRIED, Outlook
from content.sheet import Sheet
from content.texts import Texts
from content.verdict import Verdict
from handlers.assessment import buttons as to
from handlers.clients import buttons as to_clients
from handlers.engine.lists import pager
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    Row,
    Screen,
    Strong,
    button,
    cut,
    header,
    in_pairs,
    primary,
)
from handlers.engine.wording import (
    after_colon,
    cited,
    cited_briefly,
    name_of,
    quoted,
    reason,
    short_of,
    verdict_name,
)
from handlers.letters import buttons as to_letters
from handlers.library import buttons as to_library
from storage.records import Assessment, ClientNumber, Depth

REASONS = 3
"""Signs that the verdict names; the advice goes through all of them."""
GAPS = 4
TOLD = 7
"""Signs that a colleague is told of: what they can take in."""
HISTORY = 8


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
    known: int
    """Questions with an answer other than «не знаю»."""
    advice: tuple[QuestionId, ...]
    """Signs and own weak spots, in the order they are advised on."""
    types: tuple[TypeId, ...]
    standing: Standing
    former_rule: bool
    """Whether the verdict was reached by a rule that has changed since."""
    easier: Outlook | None = None
    """What would make it easier, the heaviest first."""
    serious: Outlook | None = None
    newer: str = ""
    """Day of a newer verdict on the same client."""
    has_earlier: bool = False
    letter: tuple[str, str] | None = None
    """Id and name of the letter that the verdict leads to."""


def verdict(words: Words, catalogue: Catalogue, judged: Judged) -> Screen:
    """Say which verdict, because of which answers, and what would change it."""
    texts = words.texts
    number = judged.assessment.number
    told = words.verdicts[judged.verdict.id]
    reasons = (_why(words, judged), _own_part(words, judged), _turns(words, judged))
    body = (
        Strong(told.name),
        _meaning(words, judged),
        "\n".join(line for line in reasons if line),
        told.next,
    )
    said = [_how_sure(words, judged)]
    if judged.former_rule:
        said.append(texts("verdict.former_rule"))
    if judged.assessment.depth == Depth.EXPRESS:
        answered = len(judged.assessment.answers)
        said.insert(0, texts("verdict.preliminary", asked=answered, total=judged.total))
    if judged.newer:
        said.append(texts("verdict.newer", date=judged.newer))
    return Screen(
        header=header(judged.name, texts("verdict.header", date=judged.day)),
        body=body,
        folded=(_rule(words, catalogue, judged),),
        state=" ".join(said),
        rows=_verdict_rows(texts, judged),
        place=to.ShowVerdict(assessment=number).pack(),
    )


def _how_sure(words: Words, judged: Judged) -> str:
    """Say how sure the verdict is; where a «не знаю» could move it, nothing is called certain."""
    texts = words.texts
    unknown = judged.standing.unknown
    if unknown:
        named = ", ".join(short_of(words, each) for each in unknown[:REASONS])
        return texts("verdict.find_out", items=named)
    sure = judged.standing.certainty
    if judged.verdict.id is VerdictId.CANNOT_TELL:
        sure = Certainty.PRELIMINARY
    return texts(f"verdict.sure.{sure}", known=judged.known, total=judged.total)


def _meaning(words: Words, judged: Judged) -> str:
    """Say what the verdict means, and of which kind the client is where that can be told."""
    meaning = words.verdicts[judged.verdict.id].meaning
    if judged.verdict.id is VerdictId.CANNOT_TELL:
        return meaning
    return f"{meaning} {words.texts(f'verdict.kind.{judged.verdict.kind}')}"


def _why(words: Words, judged: Judged) -> str:
    texts = words.texts
    reasons = [
        reason(words, each.question, each.option) for each in judged.verdict.because[:REASONS]
    ]
    said = [
        texts("verdict.why", reasons="; ".join(reasons))
        if reasons
        else texts("verdict.why_nothing")
    ]
    shown = {each.question for each in judged.verdict.because}
    gone_for = [words.signs[each].short for each in sorted(judged.sheet.tried & shown)]
    if gone_for:
        said.append(texts("verdict.tried", items=", ".join(gone_for[:REASONS])))
    if judged.assessment.last_effort == "failed":
        said.append(texts("verdict.effort_failed"))
    if judged.sheet.exhausted:
        said.append(texts("verdict.exhausted"))
    return " ".join(said)


def _own_part(words: Words, judged: Judged) -> str:
    """Say what the self-reflection took off, or that it took nothing off."""
    gaps = judged.verdict.gaps[:GAPS]
    if not gaps:
        return ""
    if judged.verdict.id is VerdictId.START_WITH_YOURSELF:
        key = "verdict.self_first"
    elif gaps[0].softens and judged.verdict.id is not VerdictId.LEAVE_NOW:
        key = "verdict.self_softens"
    else:
        key = "verdict.self_plain"
    items = "; ".join(reason(words, gap.question, gap.option) for gap in gaps)
    return words.texts(key, items=items)


def _turns(words: Words, judged: Judged) -> str:
    """Say what would make it easier, else what would make it more serious."""
    outlook, key = judged.easier, "verdict.easier"
    if outlook is None:
        outlook, key = judged.serious, "verdict.serious"
    if outlook is None:
        return ""
    changes = ", ".join(_changed(words, *change) for change in outlook.changes)
    return words.texts(key, changes=changes, verdict=verdict_name(words, outlook.verdict))


def _changed(words: Words, question: str, option: str) -> str:
    if question == LAST_EFFORT:
        return words.texts("verdict.changes_effort")
    if question.startswith(TRIED):
        sign = QuestionId(question.removeprefix(TRIED))
        return words.texts("verdict.changes_tried", sign=words.signs[sign].short)
    return reason(words, QuestionId(question), OptionId(option))


def _rule(words: Words, catalogue: Catalogue, judged: Judged) -> str:
    texts = words.texts
    named = [each.question for each in judged.verdict.because[:REASONS]]
    sources = [source for each in named for source in catalogue.signs[each].sources]
    sources += list(catalogue.verdicts[judged.verdict.id].sources)
    cite = cited(words, [each for each in sources if each != "ours"][:GAPS]) or texts(
        "verdict.ours"
    )
    if judged.verdict.critical:
        rule = texts("verdict.rule_critical", sources=cite)
    else:
        harm, strain = judged.verdict.harm, judged.verdict.strain
        rule = texts(
            "verdict.rule",
            sources=cite,
            harm=_decimal(words, harm),
            strain=_decimal(words, strain),
        )
    if not judged.types:
        return rule
    types = ", ".join(f"«{words.types[each].name}»" for each in judged.types)
    return f"{rule}\n{texts('verdict.types', types=types)}"


def _decimal(words: Words, value: float) -> str:
    return format_decimal(value, locale=words.texts.locale)


def _verdict_rows(texts: Texts, judged: Judged) -> tuple[Row, ...]:
    assessment = judged.assessment
    number = assessment.number
    advice = button(
        texts("verdict.advice", n=len(judged.advice)), to.ShowAdvice(assessment=number, index=0)
    )
    plan = to.MakePlan(assessment=number)
    missing = judged.total - len(assessment.answers)
    others: list[Button] = []
    if missing > 0:
        main = primary(texts("verdict.deepen", n=missing), to.Deepen(assessment=number))
    elif judged.verdict.id is VerdictId.CANNOT_TELL:
        main = primary(texts("verdict.answer_more"), to.Change(assessment=number))
    elif judged.letter:
        write = to_letters.StartLetter(client=assessment.client, kind=judged.letter[0])
        label = cut(texts("letters.write", name=judged.letter[1].lower()), LABEL_LIMITS[1])
        main = primary(label, write)
    else:
        main = primary(texts("verdict.plan"), plan)
    if judged.advice and main.data != advice.data:
        others.append(advice)
    if main.data != plan.pack():
        others.append(button(texts("verdict.short_plan"), plan))
    others.append(button(texts("verdict.more"), to.MoreOnVerdict(assessment=number)))
    to_client = button(texts("common.to_client"), to_clients.ClientCard(client=assessment.client))
    return ((main,), *in_pairs(others), (to_client,))


def advice(words: Words, catalogue: Catalogue, judged: Judged, index: int) -> Screen:
    """Give the advice on one sign, or on one weak spot of one's own."""
    texts = words.texts
    number = judged.assessment.number
    to_verdict = button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number))
    if not judged.advice:
        return Screen(
            header=header(judged.name, texts("verdict.header", date=judged.day)),
            body=(texts("verdict.advice_screen.none"),),
            rows=((to_verdict,),),
            place=to.ShowAdvice(assessment=number, index=0).pack(),
        )
    total = len(judged.advice)
    index = min(index, total - 1)
    about = judged.advice[index]
    voice = Voice.TEAM if judged.assessment.team else Voice.PLAIN
    body, folded, say = advice_parts(words, catalogue, about, voice)
    rows: list[Row] = []
    if say:
        rows.append((Button(texts("common.copy"), copy=say),))
    rows += pager(texts, index, total, lambda there: to.ShowAdvice(assessment=number, index=there))
    rows.append((to_verdict,))
    return Screen(
        header=header(
            judged.name, texts("verdict.advice_screen.header", number=index + 1, total=total)
        ),
        body=body,
        folded=folded,
        state=texts(
            "verdict.advice_screen.answer", reason=reason(words, about, judged.sheet.answers[about])
        ),
        rows=tuple(rows),
        place=to.ShowAdvice(assessment=number, index=index).pack(),
    )


def advice_parts(
    words: Words, catalogue: Catalogue, about: QuestionId, voice: Voice = Voice.PLAIN
) -> tuple[tuple[str | Strong, ...], tuple[str, ...], str]:
    """Return body, folded parts and phrase to copy of the advice on a sign or a weak spot."""
    texts = words.texts
    name = Strong(name_of(words, about))
    if about in words.signs:
        sign = words.signs[about]
        sources = cited_briefly(words, catalogue.signs[about].sources)
        phrase = spoken(sign.mend.phrase, voice)
        return (
            (
                name,
                texts("verdict.advice_screen.today", text=after_colon(sign.mend.text)),
                texts("verdict.advice_screen.say", phrase=quoted(phrase)),
            ),
            (
                texts("verdict.advice_screen.serious", text=after_colon(sign.insist.text)),
                texts("verdict.advice_screen.why", text=after_colon(sign.why)),
                texts("verdict.advice_screen.sources", sources=sources),
            ),
            phrase,
        )
    own = words.questions[about].insist
    phrase = spoken(own.phrase or "", voice)
    said = (texts("verdict.advice_screen.say", phrase=quoted(phrase)),) if phrase else ()
    sources = cited_briefly(words, catalogue.questions[about].sources)
    return (
        (name, texts("verdict.advice_screen.yours", text=after_colon(own.text)), *said),
        (words.questions[about].why, texts("verdict.advice_screen.sources", sources=sources)),
        phrase,
    )


def more(words: Words, judged: Judged) -> Screen:
    """Offer the rest of what belongs to a verdict."""
    texts = words.texts
    number = judged.assessment.number
    client = judged.assessment.client
    offers = [
        button(texts("verdict.more_screen.letter"), to_letters.LetterKinds(client=client, page=0)),
        button(texts("verdict.more_screen.second"), to.SecondOpinion(assessment=number)),
        button(texts("verdict.more_screen.encourage"), to.Encourage(assessment=number, index=0)),
    ]
    if judged.has_earlier:
        offers.append(button(texts("verdict.more_screen.trend"), to.Trend(assessment=number)))
    for each in judged.types[:1]:
        label = cut(texts("verdict.more_screen.type", name=words.types[each].name), LABEL_LIMITS[1])
        offers.append(button(label, to_library.LibraryEntry(kind="type", id=each)))
    pair = (
        button(texts("verdict.more_screen.change"), to.Change(assessment=number)),
        button(texts("verdict.more_screen.again"), to.StartAssessment(client=client, depth="full")),
    )
    if not judged.sheet.exhausted:
        offers.append(
            button(texts("verdict.more_screen.exhausted"), to.NoStrength(assessment=number))
        )
    return Screen(
        header=header(judged.name, texts("verdict.more_screen.header")),
        body=(texts("verdict.more_screen.body"),),
        rows=(
            *((each,) for each in offers),
            *in_pairs(pair),
            (button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),),
        ),
        place=to.MoreOnVerdict(assessment=number).pack(),
    )


def encouragement(words: Words, judged: Judged, index: int) -> Screen:
    """Say a good word."""
    texts = words.texts
    number = judged.assessment.number
    total = len(words.encouragement)
    index = min(index, total - 1)
    entry = words.encouragement[index]
    return Screen(
        header=header(
            judged.name, texts("verdict.encourage.header", number=index + 1, total=total)
        ),
        body=(entry.text,),
        folded=(texts("verdict.advice_screen.sources", sources=cited(words, entry.sources)),),
        rows=(
            *pager(texts, index, total, lambda there: to.Encourage(assessment=number, index=there)),
            (button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),),
        ),
        place=to.Encourage(assessment=number, index=index).pack(),
    )


def second_opinion(words: Words, judged: Judged, voice: str) -> str:
    """Write a message without names for a colleague, with three questions.

    ``voice`` is ``male``, ``female``, ``unknown`` or ``team``: how the freelancer speaks of
    themselves.
    """
    texts = words.texts
    who = "team" if voice == "team" else "one"
    shown = [each.question for each in judged.verdict.because]
    signs = [reason(words, each.question, each.option) for each in judged.verdict.because[:TOLD]]
    lines = [
        texts("verdict.second.open"),
        texts("verdict.second.signs", items="; ".join(signs))
        if signs
        else texts("verdict.second.signs_none"),
    ]
    gone_for = [words.signs[each].short for each in shown if each in judged.sheet.tried]
    if gone_for:
        lines.append(texts("verdict.second.tried", items=", ".join(gone_for)))
    if judged.verdict.gaps:
        gaps = "; ".join(
            reason(words, gap.question, gap.option) for gap in judged.verdict.gaps[:GAPS]
        )
        key = "verdict.second.gaps" if who == "team" else "verdict.second.gaps_one"
        lines.append(texts(key, items=gaps))
    questions = (
        texts(f"verdict.second.q1.{voice}"),
        texts(f"verdict.second.q2.{who}"),
        texts(f"verdict.second.q3.{who}"),
    )
    return "\n\n".join((*lines, "\n".join((texts("verdict.second.ask"), *questions))))


def trend(words: Words, judged: Judged, period: str, lines: Sequence[str]) -> Screen:
    """Say what changed since the verdict before; ``period`` says between which days."""
    texts = words.texts
    number = judged.assessment.number
    history = to.History(client=judged.assessment.client)
    return Screen(
        header=header(judged.name, texts("verdict.trend.header")),
        body=(period, *lines),
        rows=(
            (button(texts("clients.card.history"), history),),
            (button(texts("verdict.to_verdict"), to.ShowVerdict(assessment=number)),),
        ),
        place=to.Trend(assessment=number).pack(),
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
    rows: list[Row] = []
    for assessment, day in entries[:HISTORY]:
        told = texts(
            "verdict.trend.entry", date=day, verdict=verdict_name(words, assessment.verdict)
        )
        label = cut(told, LABEL_LIMITS[1])
        rows.append((button(label, to.ShowVerdict(assessment=assessment.number)),))
    rows.append((button(texts("common.to_client"), to_clients.ClientCard(client=client)),))
    return Screen(
        header=header(name, texts("verdict.trend.header_history")),
        body=tuple(lines),
        rows=tuple(rows),
        place=to.History(client=client).pack(),
    )
