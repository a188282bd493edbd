"""Everything between «Полный разбор» and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.answers import label_of, reason, state_of
from content.knowledge import Catalogue, Words
from content.models import (
    REFLECTION_OPTIONS,
    SIGN_OPTIONS,
    SKIP,
    OptionId,
    QuestionId,
    Topic,
)
from content.questionnaire import ReflectionOutcome
from content.texts import Texts
from handlers.assessment import buttons as to
from handlers.assessment.sheets import Filled
from handlers.clients import buttons as to_clients
from handlers.engine.buttons import Data
from handlers.engine.lists import page_of, pager
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
from handlers.engine.wording import examples_of, reason_in
from storage.records import Assessment, ClientNumber

SEEN_AT_ONCE = 160
"""Characters of a question and what stands by it, before anything is unfolded."""
NOTE_LIMIT = 120
"""Characters of a note that the state line shows."""
WEAK = 3
"""Weak spots that the outcome of the self-reflection names."""
_, PARTLY, BAD = REFLECTION_OPTIONS
REFLECTION = "reflection"
"""Stands for the self-reflection where a topic is named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, ready to be shown."""

    client: str
    assessment: int
    question: QuestionId
    number: int
    total: int
    topic: Topic | None
    """None for the self-reflection."""
    now: OptionId | None = None
    before: OptionId | None = None
    """The answer of the assessment before this one."""
    note: str = ""
    closes: bool = False
    """Whether «ничего такого» is offered for the topic."""
    rest: tuple[QuestionId, ...] = ()
    """Other signs of the topic, named once: on its first sign."""


def topic_name(texts: Texts, topic: str | None) -> str:
    """Return «Деньги», or «О себе» for the self-reflection."""
    return (
        texts("assess.reflection")
        if topic in (None, REFLECTION)
        else texts(f"assess.topic.{topic}")
    )


def question(words: Words, asked: Asked) -> Screen:
    """Ask one question."""
    texts = words.texts
    topic = topic_name(texts, asked.topic)
    number = texts("assess.number", number=asked.number, total=asked.total)
    body: list[str | Strong]
    if asked.topic is None:
        told = words.questions[asked.question]
        body, folded = [Strong(told.question)], told.why
    else:
        sign = words.signs[asked.question]
        body = [Strong(sign.question)]
        explained: list[str] = []
        if asked.rest:
            others = ", ".join(words.signs[each].short for each in asked.rest)
            rest = texts("assess.rest", signs=others)
            # A long topic is named in full too, since one tap closes it: then behind the fold.
            (body if len(sign.question + rest) <= SEEN_AT_ONCE else explained).append(rest)
        folded = "\n".join(
            (
                *explained,
                sign.counts,
                texts("assess.examples", examples=examples_of(sign, asked.client)),
                texts("assess.innocent", innocent="; ".join(sign.innocent)),
            )
        )
    return Screen(
        header=header(asked.client, topic, number),
        progress=(asked.number, asked.total),
        body=tuple(body),
        folded=(folded,),
        state=_state(words, asked),
        rows=_question_rows(words, asked, topic),
        place=to.Ask.text(asked.assessment, asked.question),
    )


def _state(words: Words, asked: Asked) -> str:
    texts = words.texts
    said = []
    if asked.now is not None:
        said.append(texts("assess.now", state=state_of(words, asked.question, asked.now)))
    if asked.before is not None:
        said.append(texts("assess.last_time", state=state_of(words, asked.question, asked.before)))
    if asked.note:
        said.append(texts("assess.note", note=cut(asked.note, NOTE_LIMIT)))
    return " ".join(said)


def _question_rows(words: Words, asked: Asked, topic: str) -> tuple[Row, ...]:
    texts = words.texts
    marked = asked.now if asked.now is not None else asked.before

    def option(id_: OptionId, in_row: int) -> Button:
        label = label_of(words, asked.question, id_)
        there = to.Answer.text(asked.assessment, asked.question, id_)
        return button(_marked(label, LABEL_LIMITS[in_row]) if id_ == marked else label, there)

    rows: list[Row]
    if asked.topic is None:
        rows = [(option(id_, 1),) for id_ in REFLECTION_OPTIONS]
        if none := words.questions[asked.question].labels.none:
            good = to.Answer.text(asked.assessment, asked.question, REFLECTION_OPTIONS[0])
            rows.append((button(none, good),))
    elif any(len(label) > LABEL_LIMITS[2] for _, label in words.signs[asked.question].labels):
        rows = [(option(id_, 1),) for id_ in SIGN_OPTIONS]
    else:
        never, once, often, always = (option(id_, 2) for id_ in SIGN_OPTIONS)
        rows = [(never, once), (often, always)]
    if asked.closes and asked.topic is not None:
        quiet = to.Quiet.text(asked.assessment, asked.topic)
        rows.append((button(texts("assess.quiet", topic=topic), quiet),))
    back = to.Back.text(asked.assessment, asked.question)
    rows.append(
        (
            button(texts("common.back"), back),
            option(SKIP, 3),
            button(texts("assess.pause"), to.Pause.text(asked.assessment)),
        )
    )
    return tuple(rows)


def _marked(label: str, limit: int) -> str:
    """Mark the present answer; the space gives way first, then the end of the label."""
    spaced = f"• {label}"
    return spaced if len(spaced) <= limit else cut(f"•{label}", limit)


def outcome(
    words: Words,
    assessment: Assessment,
    name: str,
    came_to: ReflectionOutcome,
    reflection: Sequence[QuestionId],
) -> Screen:
    """Say kindly what the self-reflection came to; ``reflection`` are its questions."""
    texts = words.texts
    given = {each: OptionId(assessment.option(each) or SKIP) for each in reflection}
    weak = [each for option in (BAD, PARTLY) for each in reflection if given[each] == option]
    body: list[str | Strong] = [
        Strong(texts(f"assess.outcome.{came_to}")),
        texts(f"assess.outcome.{came_to}_body"),
    ]
    if weak:
        items = "; ".join(reason(words, each, given[each]) for each in weak[:WEAK])
        body.append(texts("assess.outcome.weak", items=items))
    last = to.Ask(assessment=assessment.number, question=reflection[-1])
    return Screen(
        header=header(name, texts("assess.outcome.header"), texts("assess.outcome.part")),
        body=tuple(body),
        rows=(
            (primary(texts("assess.outcome.go"), to.Resume(assessment=assessment.number)),),
            (button(texts("common.back"), last),),
        ),
        place=to.Reflected(assessment=assessment.number).pack(),
    )


def offering(outcome: Screen, other: Button) -> Screen:
    """Put another way beside the main one."""
    main, *rest = outcome.rows
    return replace(outcome, rows=(main, (other,), *rest))


def paused(
    texts: Texts, client: ClientNumber, name: str, at: tuple[int, int] | None, there: int
) -> Screen:
    """Say that all is kept and where to go on with assessment ``to``.

    ``at`` is (number, total) of the open question, None when only the verdict is left.
    """
    where = (
        texts("assess.paused.header", number=at[0], total=at[1])
        if at
        else texts("assess.paused.header_done")
    )
    return Screen(
        header=header(name, where),
        body=(texts("assess.paused.body"),),
        rows=(
            (primary(texts("assess.paused.go"), to.Resume(assessment=there)),),
            (
                button(texts("common.to_client"), to_clients.ClientCard(client=client)),
                button(texts("common.clients"), to_clients.ClientList(page=0, archived=0)),
            ),
        ),
        place=to.Pause(assessment=there).pack(),
    )


def tried(words: Words, filled: Filled, page: int) -> Screen:
    """Ask what was tried already, for the signs that are there."""
    texts = words.texts
    number = filled.assessment.number
    shown, page, pages = page_of(filled.fired, page)
    rows: list[Row] = []
    for sign in shown:
        done = sign in filled.assessment.tried
        label = cut(words.signs[sign].name, LABEL_LIMITS[1] - 2)
        there = to.Try(assessment=number, question=sign, tried=int(not done), page=page)
        rows.append((button(f"✓ {label}" if done else label, there),))
    rows += pager(texts, page, pages, lambda there: to.Tried(assessment=number, page=there))
    onward = (
        to.AskLastEffort(assessment=number)
        if filled.last_effort_matters
        else to.Review(assessment=number)
    )
    rows.append((primary(texts("assess.tried.go"), onward),))
    last = to.Ask(assessment=number, question=filled.asked[-1])
    rows.append(_back_and_pause(texts, last, number))
    return Screen(
        header=header(filled.name, texts("assess.tried.header")),
        body=(texts("assess.tried.body"),),
        rows=tuple(rows),
        place=to.Tried(assessment=number, page=page).pack(),
    )


def last_effort(words: Words, filled: Filled) -> Screen:
    """Ask whether a last effort was made, or whether no strength is left."""
    texts = words.texts
    assessment = filled.assessment
    now = "exhausted" if assessment.exhausted else assessment.last_effort
    rows: list[Row] = []
    for state in ("none", "made", "failed", "exhausted"):
        label = texts(f"assess.last_effort.{state}")
        there = to.SetLastEffort(assessment=assessment.number, state=state)
        chosen = state == now and now != "none"
        rows.append((button(_marked(label, LABEL_LIMITS[1]) if chosen else label, there),))
    back = to.Tried(assessment=assessment.number, page=0)
    rows.append(_back_and_pause(texts, back, assessment.number))
    return Screen(
        header=header(filled.name, texts("assess.last_effort.header")),
        body=(Strong(texts("assess.last_effort.body")),),
        folded=(texts("assess.last_effort.hint"),),
        rows=tuple(rows),
        place=to.AskLastEffort(assessment=assessment.number).pack(),
    )


def review(words: Words, catalogue: Catalogue, filled: Filled) -> Screen:
    """List what was answered before the verdict; only what is not the mildest."""
    texts = words.texts
    number = filled.assessment.number
    groups = _grouped(catalogue, filled.asked)
    lines = []
    for topic, questions in groups.items():
        told = [
            reason(words, each, filled.answer(each))
            for each in questions
            if filled.answer(each) not in (SKIP, SIGN_OPTIONS[0], REFLECTION_OPTIONS[0])
        ]
        if told:
            items = " · ".join(told)
            lines.append(texts("assess.review.line", topic=topic_name(texts, topic), items=items))
    if not filled.fired:
        lines.append(texts("assess.review.nothing"))
    skipped = sum(filled.answer(each) == SKIP for each in filled.asked)
    if skipped:
        lines.append(texts("assess.review.skipped", n=skipped))
    quiet = any(filled.answer(each) == SIGN_OPTIONS[0] for each in filled.asked)
    if filled.fired and quiet:
        lines.append(texts("assess.review.rest"))
    gone_for = [words.signs[each].short for each in filled.fired if each in filled.assessment.tried]
    if gone_for:
        lines.append(texts("assess.review.tried", items=", ".join(gone_for)))
    state = ""
    if len(filled.asked) < filled.total:
        state = texts("assess.review.express_rest", asked=len(filled.asked), total=filled.total)
    topics = [
        button(topic_name(texts, topic), to.ReviewTopic(assessment=number, topic=topic))
        for topic in groups
    ]
    if filled.last_effort_matters:
        back: to.Tried | to.AskLastEffort | to.Ask = to.AskLastEffort(assessment=number)
    elif filled.fired:
        back = to.Tried(assessment=number, page=0)
    else:
        back = to.Ask(assessment=number, question=filled.asked[-1])
    return Screen(
        header=header(filled.name, texts("assess.review.header")),
        body=("\n".join(lines),),
        state=state,
        rows=(
            (primary(texts("assess.review.verdict"), to.Judge(assessment=number)),),
            *in_pairs(topics),
            _back_and_pause(texts, back, number),
        ),
        place=to.Review(assessment=number).pack(),
    )


def review_topic(words: Words, catalogue: Catalogue, filled: Filled, topic: str) -> Screen:
    """Open the answers of one topic so that one can be changed."""
    texts = words.texts
    number = filled.assessment.number
    questions = _grouped(catalogue, filled.asked).get(topic, ())
    rows: list[Row] = []
    for each in questions:
        label = reason_in(words, each, filled.answer(each), LABEL_LIMITS[1])
        rows.append((button(label, to.Ask(assessment=number, question=each)),))
    rows.append((button(texts("assess.review.back"), to.Review(assessment=number)),))
    return Screen(
        header=header(filled.name, topic_name(texts, topic)),
        body=(texts("assess.review.topic_body"),),
        rows=tuple(rows),
        place=to.ReviewTopic(assessment=number, topic=topic).pack(),
    )


def closed(texts: Texts, name: str, assessment: Assessment, day: str) -> Screen:
    """Say that a judged assessment does not change, and offer a new one."""
    again = to.StartAssessment(client=assessment.client, depth="full")
    return Screen(
        header=header(name, texts("assess.closed.header")),
        body=(texts("assess.closed.body", date=day),),
        rows=(
            (primary(texts("assess.closed.open"), to.ShowVerdict(assessment=assessment.number)),),
            (
                button(texts("assess.closed.again"), again),
                button(texts("common.to_client"), to_clients.ClientCard(client=assessment.client)),
            ),
        ),
        place=to.ShowVerdict(assessment=assessment.number).pack(),
    )


def _grouped(
    catalogue: Catalogue, asked: Sequence[QuestionId]
) -> dict[str, tuple[QuestionId, ...]]:
    groups: dict[str, tuple[QuestionId, ...]] = {}
    for each in asked:
        sign = catalogue.signs.get(each)
        topic = str(sign.topic) if sign else REFLECTION
        groups[topic] = (*groups.get(topic, ()), each)
    return groups


def _back_and_pause(texts: Texts, back: Data, assessment: int) -> Row:
    return (
        button(texts("common.back"), back),
        button(texts("assess.pause"), to.Pause(assessment=assessment)),
    )
