"""Everything between «Полный разбор» and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.answers import label_of, reason, state_of, stopped
from content.knowledge import Words
from content.models import REFLECTION_OPTIONS, SKIP, OptionId, QuestionId, Topic
from content.questionnaire import ReflectionOutcome
from content.texts import Texts
from handlers.assessment import buttons as to
from handlers.clients import buttons as to_clients
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    Strong,
    Style,
    button,
    cut,
    header,
    in_pairs,
    primary,
)
from handlers.engine.wording import examples_of
from storage.records import Assessment

NOTE_LIMIT = 120
"""Characters of a note that the state line shows."""
WEAK = 3
"""Weak spots that the outcome of the self-reflection names."""
_, PARTLY, BAD = REFLECTION_OPTIONS
REFLECTION = "reflection"
"""Stands for the self-reflection where a topic is named."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an assessment is: the number of the question, and about how many screens are left."""

    number: int
    left: int

    @property
    def bar(self) -> tuple[int, int]:
        """How far it is; a bar drawn of it never runs back."""
        return self.number, self.number + self.left


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, ready to be shown."""

    client: str
    assessment: int
    question: QuestionId
    options: tuple[OptionId, ...]
    """In the order of the screen."""
    number: int
    left: int
    """About how many screens are left after this one."""
    topic: Topic | None
    """None for the self-reflection."""
    state: bool = False
    """Whether it asks how things stand today."""
    since: str = ""
    """The day from which on it asks; empty: the last three months."""
    now: OptionId | None = None
    before: OptionId | None = None
    """The answer of the assessment before this one."""
    explains: tuple[tuple[QuestionId, OptionId], ...] = ()
    """The sign that this question of the self-reflection could explain, with its answer."""
    crossed: bool = False
    """Whether it is the first about oneself, and the client is known to have crossed a line."""
    note: str = ""
    closes: bool = False
    """Whether the shortcut of a quiet topic is offered."""
    shown: bool = False
    """Whether something of the topic has shown: then the shortcut is for the rest of it."""
    rest: tuple[QuestionId, ...] = ()
    """What the shortcut would close besides, named on a topic's first sign, or for its rest."""
    explained: bool = False
    """Whether it is told what counts, with examples, and why it is asked."""


def topic_name(texts: Texts, topic: str | None) -> str:
    """Return «Деньги», or «О себе» for the self-reflection."""
    return (
        texts("assess.reflection")
        if topic in (None, REFLECTION)
        else texts(f"assess.topic.{topic}")
    )


def question(words: Words, asked: Asked) -> Screen:
    texts = words.texts
    topic = topic_name(texts, asked.topic)
    number = texts("assess.number", number=asked.number)
    body: list[str | Strong] = []
    if asked.topic is None:
        causes = [reason(words, *each) for each in asked.explains]
        if asked.crossed:
            body.append(texts("assess.not_your_fault"))
        body += [texts("assess.explains", sign=f"{it[0].upper()}{it[1:]}") for it in causes]
        body.append(Strong(words.questions[asked.question].question))
    else:
        body.append(Strong(words.signs[asked.question].question))
        if asked.rest:
            others = ", ".join(words.signs[each].short for each in asked.rest)
            body.append(texts("assess.rest", signs=others))
    if asked.explained:
        body += _explained(words, asked)
    return Screen(
        header=header(asked.client, topic, number),
        progress=Progress(asked.number, asked.left).bar,
        beside=_beside(texts, asked),
        body=tuple(body),
        state=_state(words, asked),
        rows=_question_rows(words, asked),
        place=to.Ask.text(asked.assessment, asked.question),
    )


def _explained(words: Words, asked: Asked) -> tuple[str, ...]:
    """Return what counts, examples and the innocent case; of an own question, why it is asked."""
    if asked.topic is None:
        return (words.questions[asked.question].why,)
    sign, texts = words.signs[asked.question], words.texts
    return (
        sign.counts,
        texts("assess.examples", examples=stopped(words, examples_of(sign, asked.client))),
        texts("assess.innocent", innocent=stopped(words, "; ".join(sign.innocent))),
    )


def _beside(texts: Texts, asked: Asked) -> str:
    """Say how much is left, and of which time the question speaks."""
    left = texts("assess.left", n=asked.left)
    if asked.topic is None:
        return left
    period = texts("assess.period.today") if asked.state else period_of(texts, asked.since)
    return texts("assess.left_of", left=left, period=period)


def period_of(texts: Texts, since: str) -> str:
    """Say of which time signs are asked."""
    return texts("assess.period.since", date=since) if since else texts("assess.period.months")


def _state(words: Words, asked: Asked) -> str:
    texts = words.texts
    said = []
    if asked.number == 1 and asked.now is None:
        said.append(texts("assess.asks"))
    if asked.now not in (None, asked.before):
        said.append(texts("assess.now", state=state_of(words, asked.question, asked.now)))
    if asked.before is not None:
        said.append(texts("assess.last_time", state=state_of(words, asked.question, asked.before)))
    if asked.note:
        said.append(texts("assess.note", note=cut(asked.note, NOTE_LIMIT)))
    return " ".join(said)


def _question_rows(words: Words, asked: Asked) -> tuple[ButtonRow, ...]:
    texts = words.texts
    present = asked.now if asked.now is not None else asked.before

    labels = {each: label_of(words, asked.question, each) for each in (*asked.options, SKIP)}

    def option(id_: OptionId, in_row: int) -> Button:
        label = labels[id_]
        there = to.GiveAnswer.text(asked.assessment, asked.question, id_)
        return button(marked(label, LABEL_LIMITS[in_row]) if id_ == present else label, there)

    narrow = asked.topic is not None and all(
        len(labels[each]) <= LABEL_LIMITS[2] for each in asked.options
    )
    rows: list[ButtonRow] = (
        list(in_pairs([option(id_, 2) for id_ in asked.options]))
        if narrow
        else [(option(id_, 1),) for id_ in asked.options]
    )
    if asked.topic is None and (none := words.questions[asked.question].labels.none):
        good = to.GiveAnswer.text(asked.assessment, asked.question, REFLECTION_OPTIONS[0])
        rows.append((button(none, good),))
    unknown = option(SKIP, 3)
    back = button(texts("common.back"), to.Back.text(asked.assessment, asked.question))
    pause = button(texts("assess.pause"), to.Pause.text(asked.assessment))
    why = texts("assess.explain.own" if asked.topic is None else "assess.explain.sign")
    explain = button(why, to.Explain.text(asked.assessment, asked.question))
    more = () if asked.explained else (explain,)
    if not asked.closes:
        return (*rows, *((each,) for each in more), (back, unknown, pause))
    # The shortcut says the opposite of the answers above it: these two stand between them.
    quiet = to.CloseTopic.text(asked.assessment, asked.topic or "")
    what = "rest" if asked.shown else asked.topic
    closes = button(texts(f"assess.quiet.{what}"), quiet)
    return (*rows, (*more, unknown), (closes,), (back, pause))


def marked(label: str, limit: int) -> str:
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


def paused(
    texts: Texts,
    assessment: Assessment,
    name: str,
    progress: Progress | None,
    *,
    preliminary: bool,
) -> Screen:
    """Say that all is kept, and offer every way out; no ``progress``: only the verdict is left.

    ``preliminary``: whether the verdict of now would be.
    """
    there = assessment.number
    where = (
        texts("assess.paused.header", number=progress.number)
        if progress
        else texts("assess.paused.header_done")
    )
    body = [texts("assess.paused.body")]
    if progress and preliminary and assessment.answers:
        body.append(texts("assess.paused.now", n=progress.left))
    ways = [button(texts("assess.paused.drop"), to.AskDiscard(assessment=there))]
    if assessment.answers:
        ways.insert(0, button(texts("assess.paused.verdict"), to.Finish(assessment=there)))
        ways.append(button(texts("assess.paused.answers"), to.Review(assessment=there)))
    return Screen(
        header=header(name, where),
        body=tuple(body),
        rows=(
            (primary(texts("assess.paused.go"), to.Resume(assessment=there)),),
            *((each,) for each in ways),
            (
                button(texts("common.to_client"), to_clients.ClientCard(client=assessment.client)),
                button(texts("common.clients"), to_clients.ClientList(page=0, archived=0)),
            ),
        ),
        place=to.Pause(assessment=there).pack(),
    )


def ask_discard(texts: Texts, assessment: Assessment, name: str) -> Screen:
    """Ask whether the answers may go."""
    there = assessment.number
    return Screen(
        header=header(name, texts("assess.discard.header")),
        body=(texts("assess.discard.body", n=len(assessment.answers)),),
        rows=(
            (primary(texts("assess.discard.keep"), to.Pause(assessment=there)),),
            (button(texts("assess.paused.verdict"), to.Finish(assessment=there)),),
            (button(texts("assess.discard.drop"), to.Discard(assessment=there), Style.DANGER),),
            (button(texts("common.back"), to.Pause(assessment=there)),),
        ),
        place=to.AskDiscard(assessment=there).pack(),
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
