"""The shapes of the knowledge.

Facts that hold in every language stand in ``content/data/<kind>/<id>.toml``; the words stand in
``content/data/words/<language>/<kind>/<id>.toml``, a tree of the same shape. The id is the file's
name; the loader puts it into the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, NewType

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from content.voices import longest

QuestionId = NewType("QuestionId", str)
"""Id of a question of the self-reflection (``reporting``) or of a sign (``late_payment``)."""
OptionId = NewType("OptionId", str)
TypeId = NewType("TypeId", str)
ProspectId = NewType("ProspectId", str)
"""Id of a question that is asked before signing (``fog``)."""
Language = NewType("Language", str)
"""A folder of ``content/data/words``: ``ru``."""
RUSSIAN = Language("ru")
"""The one language whose grammar the code knows: ``content.russian``."""
FIRST_LANGUAGE = RUSSIAN
"""The first release spoke no other: people, letters and answers of its time are in it, and the
words of every other language are held against its own."""

ID_PATTERN = r"^[a-z][a-z0-9_]{0,23}$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
OwnQuestion = Annotated[QuestionId, StringConstraints(pattern=ID_PATTERN)]
"""A question of the self-reflection, named by a sign; or a sign, named by an advice."""
AnswerId = Annotated[OptionId, StringConstraints(pattern=ID_PATTERN)]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
ShortLine = Annotated[Line, Field(max_length=30)]
Title = Annotated[Line, Field(max_length=40)]
Question = Annotated[Line, Field(max_length=160)]
Paragraph = Annotated[Line, Field(max_length=350)]
COPY_LIMIT = 256


def _fits_the_copy_button(phrase: str) -> str:
    units = len(longest(phrase).encode("utf-16-le")) // 2
    if units > COPY_LIMIT:
        raise ValueError(f"{units} UTF-16 units, the copy button takes {COPY_LIMIT}")
    return phrase


def _in_any_voice(most: int) -> Callable[[str], str]:
    """Return a check that a text is short enough, whoever speaks."""

    def fits(text: str) -> str:
        if len(longest(text)) > most:
            raise ValueError(f"String should have at most {most} characters")
        return text

    return fits


Phrase = Annotated[Line, AfterValidator(_fits_the_copy_button)]
"""Words to write to the client, ready to copy in any voice; see ``SignWords``."""
Deed = Annotated[Line, AfterValidator(_in_any_voice(40)), Field(pattern=r"[^.!?…]$")]
"""A step of a plan: an infinitive with its object, «Напомнить о счёте и назвать дату». Never the
sign («Грубит и оскорбляет»); no full stop."""
SourceRef = Annotated[str, StringConstraints(pattern=r"^(A[0-4]\.[a-z0-9_]+|ours)$")]
"""``A0.3`` is section 3 of article A0; sections are listed in ``content/data/articles.toml``."""

SKIP = OptionId("skip")
SIGN_OPTIONS = tuple(OptionId(name) for name in ("never", "once", "often", "always"))
"""Mild to severe; the place in the tuple is the value of the verdict rule, 0 to 3."""
TAKEN_BACK = OptionId("taken_back")
"""One more answer of late payment, as bad as the worst: money that came was taken back."""
HABITS = (*SIGN_OPTIONS[2:], TAKEN_BACK)
"""Answers that tell of more than a trifle."""
WORST = (SIGN_OPTIONS[-1], TAKEN_BACK)
REFLECTION_OPTIONS = tuple(OptionId(name) for name in ("good", "partly", "bad"))
"""Good to bad; the place in the tuple is the gap, 0 to 2."""
PROSPECT_OPTIONS = tuple(OptionId(name) for name in ("no", "partly", "yes"))
"""Whether it is so, of somebody who is no client yet; the place in the tuple is the value."""


class Topic(StrEnum):
    """The seven topics of signs, in the order they are asked."""

    MONEY = "money"
    TASKS = "tasks"
    TRUST = "trust"
    ACCEPTANCE = "acceptance"
    TIME = "time"
    BOUNDARIES = "boundaries"
    COST = "cost"


class Stage(StrEnum):
    """How far things have gone, by which advice speaks; see ``content.stages``."""

    MEND = "mend"
    """A mild or middling answer, nothing tried: what to begin with."""
    INSIST = "insist"
    """Often or always, or tried in vain: the limit with a date, and what happens otherwise."""
    LEAVE = "leave"
    """The verdict is to part: only what serves parting. Nothing new is promised."""


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


class Ground(StrEnum):
    """Why a verdict is what it is, for the words of card, plan and letter; several may hold."""

    OWN_PART = "own_part"
    LOAD = "load"
    ALWAYS = "always"
    HARM = "harm"
    EPISODE = "episode"
    """Raised by one critical episode."""
    THREAT = "threat"
    DRAINED = "drained"
    """Much harm, and the client costs more than they bring."""
    FAILED = "failed"
    """The last effort did."""
    EXHAUSTED = "exhausted"
    WANTS_OUT = "wants_out"
    """The person wants to end it; nobody need be to blame."""
    REPEATED = "repeated"
    """Critical episodes, more than one."""
    LIMIT_CROSSED = "limit_crossed"
    """A limit was named on a critical sign, and it happened again."""


class Certainty(StrEnum):
    """Whether what was not asked yet can still move the verdict."""

    SETTLED = "settled"
    """Nothing can."""
    LIKELY = "likely"
    """It could, but in 19 of 20 made-up continuations it does not."""
    PRELIMINARY = "preliminary"


class LastEffort(StrEnum):
    """What became of a last effort, as the freelancer tells it."""

    NONE = "none"
    MADE = "made"
    FAILED = "failed"


class Model(BaseModel):
    """Frozen; an unknown key in a data file is a fault, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OfLanguage(Model):
    """Compared by identity: there is one for each language, and what is made of it is kept."""

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


class SignData(Model):
    """``signs/<id>.toml``."""

    id: Id
    topic: Topic
    order: int = Field(ge=1)
    """Place within the topic, mildest first."""
    kind: SignKind
    weight: int = Field(default=0, ge=0, le=9)
    """Harm of one step above a single episode; toxic signs only."""
    team_only: bool = False
    at_once: bool = False
    """Its first step is for oneself, as to tell somebody: a day off is no reason to wait."""
    raises: bool = False
    """Its advice asks for money or stricter terms: not while one's own comes first."""
    in_person: bool = False
    """Its advice leads to meeting them; none is given after what nobody need bear."""
    offers: tuple[Stage, ...] = ()
    """Stages whose advice offers them more work, on terms: what is owed comes before that."""
    protects: bool = False
    """Its advice guards money that is owed, oneself or one's people: it is given after harassment,
    too, when anything else can wait."""
    channel: bool = False
    """What it tells to write says by which way and when one answers: that is written once."""
    state: bool = False
    """Asks how things stand today, not what happened in the last three months."""
    excused_by: tuple[OwnQuestion, ...] = ()
    """Questions of the self-reflection whose gap can cause this sign."""
    more: tuple[OptionId, ...] = ()
    """Answers besides the four, as bad as the worst."""
    theirs: tuple[OptionId, ...] = ()
    """Answers that say by themselves whose doing it is: no own gap is told as what is behind it."""
    helped_by: tuple[OwnQuestion, ...] = ()
    """Own gaps whose advice belongs to that on this sign, though they excuse nothing of it."""
    speaks_for: tuple[OwnQuestion, ...] = ()
    """Own gaps whose advice is that on this sign, where it is the heaviest they may be behind."""
    covers: tuple[OwnQuestion, ...] = ()
    """Own gaps whose advice would say once more what this sign's advice says."""
    common: float = Field(ge=0, le=1)
    """Share of difficult clients who show it, a guess: it orders the questions, never a verdict."""
    types: tuple[Id, ...] = ()
    sources: tuple[SourceRef, ...] = Field(min_length=1)


SignLabel = Annotated[Line, Field(max_length=14)]
"""A label in a row of two buttons."""


class SignLabels(Model):
    """The four answers on the buttons: at most 14 characters each, two in a row.

    Those of a critical sign have a row each and may be longer.
    """

    never: ShortLine
    once: ShortLine
    often: ShortLine
    always: ShortLine
    taken_back: ShortLine | None = None


class SignStates(Model):
    """The answers as they read after the sign's short name: «платит поздно — часто»."""

    never: Title
    once: Title
    often: Title
    always: Title
    taken_back: Title | None = None


class OwnAdvice(Model):
    """One stage of the advice on an own gap: a table ``[mend]``, ``[insist]`` or ``[leave]``.

    ``mend`` answers «partly» and ``insist`` «bad»; ``leave`` is folded («на будущее») and speaks of
    the next client.
    """

    step: Deed
    """What a plan calls it. The stages of one thing may share a step; two things may not."""
    text: Annotated[Line, Field(max_length=420)]
    """What to do, in whole sentences that need no label before them."""
    phrase: Phrase | None = None
    on: dict[OwnQuestion, dict[AnswerId, Line]] = Field(default_factory=dict)
    """Question → its answer → what is said after the text. What would depend on an answer stands
    here and not in the text: an “if” is said under ``skip`` alone, where it was not answered."""


class Advice(OwnAdvice):
    """One stage of the advice on a sign; see ``Stage``."""

    phrase: Phrase
    """What to write. Under ``leave`` it promises nothing new and offers no new terms."""


class TakenBack(OwnAdvice):
    """What is said where money came and was taken back."""

    easier: Line
    """Reads after «Вывод смягчится, если»."""


class Link(Model):
    """How an own gap reads behind the sign it can cause: «…, а часов связи вы не называли»."""

    partly: Line
    bad: Line


class SignWords(Model):
    """``words/<language>/signs/<id>.toml``.

    Its texts are templates, as a letter's: ``{{ say('пришлю', 'пришлём') }}`` chooses between one
    person and a team. ``Knowledge.words`` gives them in one voice.
    """

    name: Title
    """«Новые задачи в ту же цену»."""
    short: ShortLine
    """Lower case, reads before a dash in a list: «новое в ту же цену»."""
    question: Question
    """About a deed, not a motive; aim at 90 characters."""
    counts: Line
    """What counts and what does not (the threshold where there is one), first words a title."""
    examples: tuple[Line, ...] = Field(min_length=2)
    innocent: tuple[Line, ...] = Field(min_length=1)
    """Innocent explanations: why the same deed may mean nothing bad."""
    why: Annotated[Line, Field(max_length=250)]
    """Why it matters."""
    easier: Line
    """Reads after «Вывод смягчится, если»: what its solution leads to."""
    worse: Line
    """Reads after «Вывод станет серьёзнее, если»."""
    links: dict[Id, Link] = Field(default_factory=dict)
    """Own gap → how it reads behind this sign; one for each that can cause it."""
    mend: Advice
    insist: Advice
    leave: Advice
    owed: Advice | None = None
    """In place of the other steps while one's own comes first: these would raise the terms."""
    beside: dict[Id, OwnAdvice] = Field(default_factory=dict)
    """In place of the other steps where that sign weighs more: its own would say the opposite."""
    taken_back: TakenBack | None = None
    """In place of every step where that is the answer."""
    warm: Advice | None = None
    """In place of ``leave`` where somebody parts warmly."""
    often: Line | None = None
    """Said after the advice where it happens often, but for the first step."""
    until: Phrase | None = None
    """What to write in place of an offer of more work, while a debt is open."""
    hold: Annotated[Line, Field(max_length=300)] | None = None
    """How to keep to the conditions of a last effort until its day; none for a critical sign."""
    labels: SignLabels
    """Where the file gives none, or not all: those of ``words/<language>/frequency.toml``."""
    states: SignStates
    keywords: tuple[Line, ...] = ()
    """More words under which the library finds this sign."""


class SaidWords(Model):
    """``words/<language>/said/<sign>.toml``, and ``ordinary.toml`` for what is no sign at all."""

    says: tuple[Line, ...] = Field(min_length=1)
    """How people put it, clients and those who work for them: living phrases, typos and all."""


class AlikeWords(Model):
    """``words/<language>/alike.toml``: words that say nearly the same when signs are read."""

    groups: dict[Id, Line] = Field(default_factory=dict)
    """Meaning → words in their dictionary form, with a space between; ``*`` after a stem."""


class QuestionData(Model):
    """``questions/<id>.toml``: one question of the self-reflection."""

    id: Id
    order: int = Field(ge=1)
    weighs: bool = True
    """False: asked and advised on, but without weight in the verdict."""
    early: bool = False
    """Asked before all signs."""
    good_first: bool = False
    """Whether its scale begins with the good answer; the others begin with the worst."""
    takes_off: float = Field(default=0.5, gt=0, le=1)
    """What a bad answer takes off a sign that it can cause; a partly one takes half of that."""
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class ReflectionLabels(Model):
    """Three worded answers, good first, none of them shames."""

    good: ShortLine
    partly: ShortLine
    bad: ShortLine
    none: ShortLine | None = None
    """A fourth button for whom the question does not fit («Таких не было»); it answers «good»."""


class ReflectionStates(Model):
    """The same answers as they read after the question's short name, lower case."""

    good: Title
    partly: Title
    bad: Title


class QuestionWords(Model):
    """``words/<language>/questions/<id>.toml``."""

    name: Title
    short: ShortLine
    """Lower case, reads before a dash in a list: «отчёты клиенту»."""
    question: Question
    why: Annotated[Line, Field(max_length=360)]
    """Folded under the question; its first words are its title."""
    labels: ReflectionLabels
    states: ReflectionStates
    told: Link
    """How a gap is told to the person, lower case: «часов связи вы не называли»."""
    mended: Line
    """Reads after «Вывод смягчится, если»: «вы назовёте часы связи и доплаты»."""
    mend: OwnAdvice
    insist: OwnAdvice
    leave: OwnAdvice
    owed: OwnAdvice | None = None
    """In place of the other steps while one's own work is late: these would raise the terms."""
    hold: Annotated[Line, Field(max_length=300)] | None = None
    """Said in their place while a last effort waits for its answer; where they ask for terms."""
    keywords: tuple[Line, ...] = ()


class ClientTypeData(Model):
    """``types/<id>.toml``: a pattern of behaviour that several signs point to."""

    id: Id
    order: int = Field(ge=1)
    lead: Id
    """The sign without which nobody is of this type; the others only rank."""
    also: tuple[Id, ...] = ()
    """Signs that the type speaks of, too: they must be there as often."""
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class ClientTypeWords(Model):
    """``words/<language>/types/<id>.toml``; named by behaviour, never by a diagnosis."""

    name: ShortLine
    """«пишет ночью»."""
    portrait: Paragraph
    helps: Paragraph
    leave: Paragraph
    """When to leave."""
    keywords: tuple[Line, ...] = ()


class ProspectData(Model):
    """``prospects/<id>.toml``: one question about somebody with whom nothing is signed yet."""

    id: Id
    order: int = Field(ge=1)
    weight: int = Field(ge=1, le=9)
    """What «partly» weighs; «yes» weighs twice that."""
    signs: tuple[Id, ...] = ()
    """Signs of an assessment that are the same thing, once there is work."""
    letter: Id
    """The kind of letter that sets the condition down."""
    sources: tuple[SourceRef, ...] = Field(min_length=1)


class ProspectLabels(Model):
    """Three worded answers, from nothing of the kind to clearly so."""

    no: ShortLine
    partly: ShortLine
    yes: ShortLine


class ProspectStates(Model):
    """What was found, as it reads in a list of reasons: «договор тянут»."""

    partly: Title
    yes: Title


class Condition(Model):
    """On which condition to sign all the same: the table ``[condition]``."""

    step: Deed
    text: Annotated[Line, Field(max_length=420)]
    phrase: Phrase


class ProspectWords(Model):
    """``words/<language>/prospects/<id>.toml``."""

    short: ShortLine
    """Lower case, what it is called in a list: «туман в задании»."""
    question: Question
    counts: Line
    """What counts and what does not."""
    innocent: Line
    """Why the same may mean nothing bad."""
    labels: ProspectLabels
    states: ProspectStates
    condition: Condition


class VerdictData(Model):
    """``verdicts/<id>.toml``."""

    id: VerdictId
    severity: int | None = Field(default=None, ge=1, le=6)
    """1 mild to 6 severe; none for ``cannot_tell``."""
    sources: tuple[SourceRef, ...] = Field(min_length=1)


CardLine = Annotated[Line, AfterValidator(_in_any_voice(130))]
"""One sentence or two on the card of a verdict, which fits one screen."""


class StepOf(Model):
    """A step of a verdict's plan that is one of the advice on a sign, and about that sign."""

    sign: QuestionId
    stage: Stage


class StepWithWork(Model):
    """A step of a plan that ends something, and how it reads where work is owed to the client."""

    text: Deed
    owing: Deed


Step = Deed | StepOf | StepWithWork


class Weighed(Model):
    """What a verdict says where one thing weighed most; what is not given is said as usual."""

    name: Title | None = None
    """On the card, where the name alone would hurt: «Второго раза быть не должно»."""
    meaning: CardLine | None = None
    next: CardLine | None = None
    steps: tuple[Step, ...] = Field(default=(), max_length=3)


class VerdictWords(Model):
    """``words/<language>/verdicts/<id>.toml``."""

    name: ShortLine
    """«Можно наладить»."""
    meaning: CardLine
    """What it means, where nothing in ``weighed`` fits better."""
    next: Annotated[Line, Field(max_length=160)]
    """What follows from it."""
    steps: tuple[Step, ...] = Field(default=(), max_length=3)
    """The plan that this verdict calls for, in order. Where there are none it is made from the
    advice: own gaps for ``start_with_yourself``, signs for ``mendable``."""
    weighed: dict[str, Weighed] = Field(default_factory=dict)
    """The same for what weighed most: see ``content.themes`` for the keys and their rank."""

    @property
    def every_step(self) -> Iterator[str | StepOf]:
        """Those of its plan, and of each plan in ``weighed``, in every way they read."""
        for steps in (self.steps, *(told.steps for told in self.weighed.values())):
            for step in steps:
                yield from (step.text, step.owing) if isinstance(step, StepWithWork) else (step,)


class ArticleData(Model):
    """One article of ``articles.toml``: the ids of its sections."""

    sections: tuple[str, ...]


class ArticleWords(Model):
    """One article of ``words/<language>/articles.toml``: how it and its sections are cited."""

    title: Line
    sections: dict[str, Line]


class Encouragement(Model):
    """One entry of ``words/<language>/encouragement.toml``."""

    text: Annotated[Line, Field(max_length=300)]
    sources: tuple[SourceRef, ...] = Field(min_length=1)
    verdicts: tuple[VerdictId, ...] = ()
    """Verdicts it fits; none named: all."""
    weighed: tuple[str, ...] = ()
    """What must have weighed, keys as in ``VerdictWords.weighed``; none named: anything."""


class Encouragements(Model):
    """``words/<language>/encouragement.toml``."""

    entry: tuple[Encouragement, ...] = ()


class SceneData(Model):
    """One scene of the made-up client: the question it stands for."""

    question: Id


class DemoData(Model):
    """``demo.toml``: the made-up client. All answers but the scenes' are the mildest."""

    scene: tuple[SceneData, ...] = Field(min_length=1, max_length=9)
    rude: Id
    """The sign of «а если бы он ещё и…»."""


class SceneWords(Model):
    """A scene: what the made-up client writes and when, and what is asked about it."""

    hour: str = ""
    """``23:10``, or empty."""
    quote: Line
    ask: Annotated[Line, Field(max_length=90)]
    labels: dict[str, ShortLine] | None = None
    """Option id → label, where the labels of the question itself do not fit."""


class DemoWords(Model):
    """``words/<language>/demo.toml``: the scenes in the order of the data."""

    client: Title
    scene: tuple[SceneWords, ...]


class Readers(Model):
    """``languages.toml``: what people read whose phone speaks what the coach does not."""

    otherwise: Id
    read_by: dict[Id, tuple[Line, ...]]
    """A language of the coach → the codes of those that are mostly read along with it."""


class City(Model):
    """One row of ``cities.toml``."""

    name: Line
    latin: Line | None = None
    """Its name in Latin letters, where ``name`` is in others."""
    zone: Line
    """IANA key."""
    aliases: tuple[Line, ...] = ()
    """Old names, other spellings, what people call it."""


class Cities(Model):
    """``cities.toml``, the larger and likelier first."""

    before: tuple[Line, ...]
    """What people type before a name."""
    city: tuple[City, ...]


@dataclass(frozen=True)
class WordList:
    """A list of words; they are told apart when first asked for, since few people need them."""

    text: str
    """Words with spaces or line ends between them; a line that begins with # is a note."""

    @cached_property
    def words(self) -> frozenset[str]:
        lines = self.text.splitlines()
        return frozenset().union(*(line.split() for line in lines if not line.startswith("#")))
