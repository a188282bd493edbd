"""The shapes of the knowledge.

Facts that hold in every language stand in ``content/data/<kind>/<id>.toml``; the words stand in
``content/data/words/<language>/<kind>/<id>.toml``, a tree of the same shape. The id is the file's
name; the loader puts it into the model.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, NewType

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

QuestionId = NewType("QuestionId", str)
"""Id of a question of the self-reflection (``reporting``) or of a sign (``late_payment``)."""
OptionId = NewType("OptionId", str)
TypeId = NewType("TypeId", str)
Language = NewType("Language", str)
"""A folder of ``content/data/words``: ``ru``."""

ID_PATTERN = r"^[a-z][a-z0-9_]{0,23}$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SourceRef = Annotated[str, StringConstraints(pattern=r"^(A[0-4]\.[a-z0-9_]+|ours)$")]
"""``A0.3`` is section 3 of article A0; sections are listed in ``content/data/articles.toml``."""

SKIP = OptionId("skip")
SIGN_OPTIONS = tuple(OptionId(name) for name in ("never", "once", "often", "always"))
"""Mild to severe; the place in the tuple is the value of the verdict rule, 0 to 3."""
REFLECTION_OPTIONS = tuple(OptionId(name) for name in ("good", "partly", "bad"))
"""Good to bad; the place in the tuple is the gap, 0 to 2."""


class Topic(StrEnum):
    """The seven topics of signs, in the order they are asked."""

    MONEY = "money"
    TASKS = "tasks"
    TRUST = "trust"
    ACCEPTANCE = "acceptance"
    TIME = "time"
    BOUNDARIES = "boundaries"
    COST = "cost"


class SignKind(StrEnum):
    """How a sign counts: difficult is a nuisance, toxic harms, critical overrides the rest."""

    DIFFICULT = "difficult"
    TOXIC = "toxic"
    CRITICAL = "critical"


class VerdictId(StrEnum):
    """The six verdicts from mild to severe, and the one that says it cannot tell."""

    START_WITH_YOURSELF = "start_with_yourself"
    ORDINARY_FRICTION = "ordinary_friction"
    MENDABLE = "mendable"
    LAST_EFFORT = "last_effort"
    PART = "part"
    LEAVE_NOW = "leave_now"
    CANNOT_TELL = "cannot_tell"


class ClientKind(StrEnum):
    """What the verdict says of the relation beside the verdict itself."""

    ORDINARY = "ordinary"
    DIFFICULT = "difficult"
    TOXIC = "toxic"


class Certainty(StrEnum):
    """How much of what could be known is known."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class LastEffort(StrEnum):
    """What became of a last effort, as the freelancer tells it."""

    NONE = "none"
    MADE = "made"
    FAILED = "failed"


class Model(BaseModel):
    """Frozen; an unknown key in a data file is a fault, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SignData(Model):
    """``signs/<id>.toml``."""

    id: Id
    topic: Topic
    order: int = Field(ge=1)
    """Place within the topic, mildest first."""
    kind: SignKind
    weight: int = Field(default=0, ge=0, le=9)
    """Harm of one step above a single episode; toxic signs only."""
    express: bool = False
    team_only: bool = False
    excused_by: tuple[Id, ...] = ()
    """Questions of the self-reflection whose gap can cause this sign."""
    types: tuple[Id, ...] = ()
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class SignLabels(Model):
    """The four answers as they stand on the buttons; at most 14 characters each."""

    never: Line = "Ни разу"
    once: Line = "1–2 раза"
    often: Line = "Часто"
    always: Line = "Постоянно"


class SignStates(Model):
    """The answers as they read after the sign's short name: «платит поздно — часто»."""

    never: Line = "ни разу"
    once: Line = "1–2 раза"
    often: Line = "часто"
    always: Line = "постоянно"


class SignWords(Model):
    """``words/<language>/signs/<id>.toml``."""

    name: Line
    """Title, at most 40 characters: «Новые задачи в ту же цену»."""
    short: Line
    """Lower case, reads before a dash in a list, at most 30: «новое в ту же цену»."""
    question: Line
    """About a deed, not a motive; at most 160 characters, aim at 90."""
    counts: Line
    """What counts and what does not (the threshold where there is one), first words a title."""
    examples: tuple[Line, ...] = Field(min_length=2)
    innocent: tuple[Line, ...] = Field(min_length=1)
    """Innocent explanations: why the same deed may mean nothing bad."""
    why: Line
    """Why it matters."""
    today: Line
    """Advice, first part: what to do today."""
    say: Line
    """Advice, second part: the words to say, at most 256 UTF-16 units, ready to copy."""
    serious: Line
    """Advice, third part: when it becomes serious, and what then."""
    labels: SignLabels = SignLabels()
    states: SignStates = SignStates()
    keywords: tuple[Line, ...] = ()
    """More words under which the library finds this sign."""


class QuestionData(Model):
    """``questions/<id>.toml``: one question of the self-reflection."""

    id: Id
    order: int = Field(ge=1)
    express: bool = False
    weighs: bool = True
    """False: asked and advised on, but without weight in the verdict."""
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class ReflectionLabels(Model):
    """Three worded answers, good first, none of them shames; at most 30 characters each."""

    good: Line
    partly: Line
    bad: Line


class QuestionWords(Model):
    """``words/<language>/questions/<id>.toml``."""

    name: Line
    """Title, at most 40 characters."""
    short: Line
    """Lower case, reads before a dash in a list: «отчёты клиенту»."""
    question: Line
    why: Line
    """Folded under the question; its first words are its title."""
    labels: ReflectionLabels
    states: ReflectionLabels
    """The answers as they read after the short name, lower case, at most 40 characters."""
    advice: Line
    """Where the honest answer is ``bad``: one concrete thing to do."""
    say: Line | None = None
    """A phrase to copy, where there is one."""
    keywords: tuple[Line, ...] = ()


class ClientTypeData(Model):
    """``types/<id>.toml``: a pattern of behaviour that several signs point to."""

    id: Id
    order: int = Field(ge=1)
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class ClientTypeWords(Model):
    """``words/<language>/types/<id>.toml``; named by behaviour, never by a diagnosis."""

    name: Line
    """«пишет ночью»; at most 30 characters."""
    portrait: Line
    helps: Line
    leave: Line
    """When to leave."""
    keywords: tuple[Line, ...] = ()


class VerdictData(Model):
    """``verdicts/<id>.toml``."""

    id: VerdictId
    severity: int | None = Field(default=None, ge=1, le=6)
    """1 mild to 6 severe; none for ``cannot_tell``."""
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class VerdictWords(Model):
    """``words/<language>/verdicts/<id>.toml``."""

    name: Line
    """«Можно наладить»; at most 30 characters."""
    meaning: Line
    """One or two sentences under the name: what this verdict means."""
    next: Line
    """What follows from it, one or two sentences."""


class ArticleData(Model):
    """One article of ``articles.toml``: the ids of its sections."""

    sections: tuple[str, ...]


class ArticleWords(Model):
    """One article of ``words/<language>/articles.toml``: how it and its sections are cited."""

    title: Line
    sections: dict[str, Line]


class Encouragement(Model):
    """One entry of ``words/<language>/encouragement.toml``."""

    text: Line
    sources: tuple[SourceRef, ...] = Field(min_length=1)
