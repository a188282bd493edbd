"""How the coach judges: rule 2.

The weights stand in the signs' data, the rule stands here. It is pure: the same sheet always gives
the same verdict. A worse answer on a sign, advice followed in vain, a failed last effort, no
strength left or the wish to end it never make it milder; a worse self-reflection never makes it
more severe.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from content.knowledge import Catalogue
from content.models import (
    ClientKind,
    Ground,
    LastEffort,
    OptionId,
    QuestionId,
    SignData,
    SignKind,
    VerdictId,
)
from content.sheet import Sheet

RULE = 2
"""Which rule this is; assessments remember which one judged them."""

THREATS = QuestionId("threats")
COSTS = QuestionId("costs_more_than_brings")
SIGNS_OF_THE_RULE = (THREATS, COSTS)
"""The only signs that the rule knows by name."""

BAD = 2
"""Gap of the answer ``bad``."""
OFTEN = 2
ALWAYS = 3
"""Values of the answers ``often`` and ``always``."""
TRIED_IN_VAIN = 1.5

KNOWN_ENOUGH = 8
"""Signs that must be known before a verdict milder than a last effort can be given."""
HARM_OF_MENDING = 3
LOAD_OF_MENDING = 6
"""Harm and strain together."""
HARM_OF_LAST_EFFORT = 8
HARM_UNDER_LOAD, LOAD_OF_LAST_EFFORT = 6, 12
"""Less harm is enough for a last effort where harm and strain together are heavy."""
HARM_OF_PARTING = 12
BAD_OF_ONESELF, GAPS_OF_ONESELF = 2, 5
"""Answers that are bad, and gaps together, before one's own part can come first."""

LEVELS = (
    VerdictId.START_WITH_YOURSELF,
    VerdictId.ORDINARY_FRICTION,
    VerdictId.MENDABLE,
    VerdictId.LAST_EFFORT,
    VerdictId.PART,
    VerdictId.LEAVE_NOW,
)
"""Mild to severe. ``cannot_tell`` is not on this scale."""
SEVERITY = {verdict: level for level, verdict in enumerate(LEVELS, start=1)}
"""1 to 6."""
ONE_UP = dict(pairwise(LEVELS))
"""What one critical episode makes of a level."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign that is there, with what it adds to harm and strain (0 for a critical one)."""

    question: QuestionId
    option: OptionId
    contribution: float


@dataclass(frozen=True, slots=True)
class Gap:
    """An answer of the self-reflection that is not good."""

    question: QuestionId
    option: OptionId
    softens: tuple[QuestionId, ...]
    """Signs that are there and that it takes most off, the heaviest first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with its evidence."""

    id: VerdictId
    kind: ClientKind
    grounds: tuple[Ground, ...]
    """In the order of ``Ground``; none for friction and ``cannot_tell``."""
    harm: float
    strain: float
    because: tuple[Reason, ...]
    """Every sign that is there: the critical first, then by contribution."""
    gaps: tuple[Gap, ...]
    """The worst first, then by what they soften."""
    critical: tuple[QuestionId, ...]
    """Critical signs that are there."""


@dataclass(slots=True)
class Deeds:
    """What the ordinary signs come to. Harm and strain are multiples of 1/8, so sums are exact."""

    harm: float = 0.0
    strain: float = 0.0
    always: int = 0
    """How many happen all the time and are not excused whole."""

    def add(self, sign: SignData, value: int, factor: float) -> float:
        """Add a sign that is there; ``factor`` is what excuses and vain advice leave of it.

        Returns what it adds to harm and strain together.
        """
        harm, strain = 0.0, value * factor
        if sign.kind is SignKind.TOXIC:
            harm, strain = sign.weight * (value - 1) * factor, factor
        self.harm += harm
        self.strain += strain
        self.always += value == ALWAYS and factor > 0
        return harm + strain

    @property
    def harmful(self) -> bool:
        """Whether they call for a last effort."""
        return self.harm >= HARM_OF_LAST_EFFORT or (
            self.harm >= HARM_UNDER_LOAD and self.harm + self.strain >= LOAD_OF_LAST_EFFORT
        )

    @property
    def heavy(self) -> bool:
        """Whether they weigh enough to need mending."""
        return self.harm >= HARM_OF_MENDING or self.harm + self.strain >= LOAD_OF_MENDING

    @property
    def level(self) -> VerdictId:
        """What they call for by themselves."""
        if self.harmful:
            return VerdictId.LAST_EFFORT
        if self.heavy or self.always:
            return VerdictId.MENDABLE
        return VerdictId.ORDINARY_FRICTION


@dataclass(slots=True)
class Sums:
    """All that the rule looks at; a verdict follows from it alone."""

    failed: bool = False
    exhausted: bool = False
    wants_out: bool = False
    known: int = 0
    """Signs with an answer other than «не знаю»."""
    bad: int = 0
    gaps: int = 0
    critical: int = 0
    """The values of the critical signs together."""
    limits_crossed: int = 0
    """Critical signs on which a limit was named, and it happened again."""
    threats: int = 0
    costs: int = 0
    deeds: Deeds = field(default_factory=Deeds)
    unexplained: Deeds = field(default_factory=Deeds)
    """What own gaps cannot explain: a gap takes all (bad) or half off what it can cause."""

    def add_gap(self, gap: int) -> None:
        """Add an answer about oneself."""
        self.gaps += gap
        self.bad += gap == BAD

    def add_sign(
        self,
        catalogue: Catalogue,
        sign: QuestionId,
        value: int,
        gaps: Sequence[int],
        *,
        tried: bool,
    ) -> float:
        """Add a sign that is there; ``gaps`` are those that can cause it, ``tried``: in vain.

        Returns what it adds to harm and strain, 0 for a critical one.
        """
        data = catalogue.signs[sign]
        if sign == THREATS:
            self.threats += value
        elif sign == COSTS:
            self.costs += value
        if data.kind is SignKind.CRITICAL:
            self.critical += value
            self.limits_crossed += tried
            return 0.0
        weight, unexplained = _weights_of(catalogue, sign, gaps, tried=tried)
        self.unexplained.add(data, value, unexplained)
        return self.deeds.add(data, value, weight)

    @property
    def one_episode(self) -> bool:
        """Whether there was one critical episode; a single one never calls for leaving."""
        return self.critical == 1

    @property
    def drained(self) -> bool:
        """Whether the client harms and costs more than they bring."""
        return self.deeds.harm >= HARM_OF_PARTING and self.costs >= OFTEN

    @property
    def own_part(self) -> bool:
        """Whether much of it may be one's own, and nothing else needs mending."""
        return (
            self.bad >= BAD_OF_ONESELF
            and self.gaps >= GAPS_OF_ONESELF
            and not self.critical
            and self.unexplained.level is VerdictId.ORDINARY_FRICTION
        )


def judge(catalogue: Catalogue, sheet: Sheet) -> Verdict:
    """Judge a sheet. Answers to questions the catalogue does not know count for nothing."""
    sums, added = _added_up(catalogue, sheet)
    level = level_of(sums)
    reasons = [
        Reason(sign, sheet.answers[sign], added[sign]) for sign in catalogue.signs if sign in added
    ]
    reasons.sort(
        key=lambda each: (
            not _is_critical(catalogue, each.question),
            -each.contribution,
            -sheet.value(each.question),
        )
    )
    return Verdict(
        id=level,
        kind=_kind_of(sums, level),
        grounds=_grounds_of(sums, level),
        harm=sums.deeds.harm,
        strain=sums.deeds.strain,
        because=tuple(reasons),
        gaps=_gaps(catalogue, sheet, reasons),
        critical=tuple(r.question for r in reasons if _is_critical(catalogue, r.question)),
    )


def verdict_of(catalogue: Catalogue, sheet: Sheet) -> VerdictId:
    """Return the verdict alone, where nobody asks for its evidence."""
    return level_of(sums_of(catalogue, sheet))


def level_of(sums: Sums) -> VerdictId:
    """Return the verdict that the sums lead to: the rule."""
    # How bad are the deeds? One critical episode takes them one level up.
    level = sums.deeds.level
    if sums.one_episode:
        level = ONE_UP[level]
    troubled = level is not VerdictId.ORDINARY_FRICTION

    # Is there still something to save? Nobody need be to blame that there is not.
    if (
        sums.drained
        or (sums.failed and troubled)
        or sums.threats
        or sums.exhausted
        or sums.wants_out
    ):
        level = VerdictId.PART

    # Critical signs override the rest; no own fault excuses them, no last effort is owed.
    if sums.critical >= OFTEN or sums.limits_crossed:
        level = VerdictId.LEAVE_NOW

    # A mild verdict must rest on enough knowledge, and one's own house comes first.
    if SEVERITY[level] < SEVERITY[VerdictId.LAST_EFFORT]:
        if sums.known < KNOWN_ENOUGH:
            level = VerdictId.CANNOT_TELL
        elif sums.own_part:
            level = VerdictId.START_WITH_YOURSELF
    return level


def sums_of(catalogue: Catalogue, sheet: Sheet) -> Sums:
    """Add up a sheet."""
    return _added_up(catalogue, sheet)[0]


def _added_up(catalogue: Catalogue, sheet: Sheet) -> tuple[Sums, dict[QuestionId, float]]:
    """Add up a sheet; return, too, what each sign that is there adds to harm and strain."""
    sums = Sums(
        failed=sheet.last_effort is LastEffort.FAILED,
        exhausted=sheet.exhausted,
        wants_out=sheet.wants_out,
    )
    signs, questions, added = catalogue.signs, catalogue.questions, {}
    for question in sheet.answers:
        if question in signs:
            sums.known += sheet.knows(question)
            if value := sheet.value(question):
                gaps = _gaps_behind(catalogue, sheet, question)
                tried = question in sheet.tried
                added[question] = sums.add_sign(catalogue, question, value, gaps, tried=tried)
        elif question in questions and questions[question].weighs:
            sums.add_gap(sheet.gap(question))
    return sums, added


def _gaps_behind(catalogue: Catalogue, sheet: Sheet, sign: QuestionId) -> list[int]:
    """Return the own gaps that can cause a sign, in the order of its data."""
    return [sheet.gap(cause) for cause in catalogue.signs[sign].excused_by]


def _weights_of(
    catalogue: Catalogue, sign: QuestionId, gaps: Sequence[int], *, tried: bool
) -> tuple[float, float]:
    """Return how much a sign weighs, and how much of that own gaps cannot explain.

    1 is its full weight. The largest gap that can cause it takes something off; advice followed in
    vain adds half.
    """
    excused = explained = 0.0
    for cause, gap in zip(catalogue.signs[sign].excused_by, gaps, strict=True):
        if gap:
            explained = max(explained, gap / BAD)
            excused = max(excused, catalogue.questions[cause].takes_off * gap / BAD)
    full = TRIED_IN_VAIN if tried else 1.0
    return full * (1 - excused), full * (1 - explained)


def own_part_is_large(catalogue: Catalogue, sheet: Sheet) -> bool:
    """Tell whether there is much of one's own to begin with, whatever the client does."""
    sums = sums_of(catalogue, sheet)
    return sums.bad >= BAD_OF_ONESELF and sums.gaps >= GAPS_OF_ONESELF


def _grounds_of(sums: Sums, level: VerdictId) -> tuple[Ground, ...]:
    """Return every ground that holds."""
    if level in (VerdictId.ORDINARY_FRICTION, VerdictId.CANNOT_TELL):
        return ()
    harmful = sums.deeds.harmful
    troubled = sums.deeds.level is not VerdictId.ORDINARY_FRICTION or sums.one_episode
    holds = {
        Ground.OWN_PART: level is VerdictId.START_WITH_YOURSELF,
        Ground.LOAD: sums.deeds.heavy and not harmful,
        Ground.ALWAYS: sums.deeds.always > 0 and not harmful,
        Ground.HARM: harmful,
        Ground.EPISODE: sums.one_episode,
        Ground.THREAT: sums.threats > 0,
        Ground.DRAINED: sums.drained,
        Ground.FAILED: sums.failed and troubled,
        Ground.EXHAUSTED: sums.exhausted,
        Ground.WANTS_OUT: sums.wants_out,
        Ground.REPEATED: sums.critical >= OFTEN,
        Ground.LIMIT_CROSSED: sums.limits_crossed > 0,
    }
    return tuple(ground for ground in Ground if holds[ground])


def _kind_of(sums: Sums, level: VerdictId) -> ClientKind:
    if level is VerdictId.LEAVE_NOW or sums.threats or sums.deeds.harm >= HARM_OF_LAST_EFFORT:
        return ClientKind.TOXIC
    if sums.critical or sums.deeds.level is not VerdictId.ORDINARY_FRICTION:
        return ClientKind.DIFFICULT
    return ClientKind.ORDINARY


def _gaps(catalogue: Catalogue, sheet: Sheet, reasons: list[Reason]) -> tuple[Gap, ...]:
    if not any(map(sheet.gap, catalogue.questions)):
        return ()
    weight = {each.question: each.contribution for each in reasons}
    behind = {sign: _largest_behind(catalogue, sheet, sign) for sign in weight}
    gaps = []
    for question, data in catalogue.questions.items():
        if data.weighs and sheet.gap(question):
            softens = tuple(sign for sign, causes in behind.items() if question in causes)
            gaps.append(Gap(question, sheet.answers[question], softens))
    gaps.sort(key=lambda gap: (-sheet.gap(gap.question), -sum(weight[s] for s in gap.softens)))
    return tuple(gaps)


def _largest_behind(catalogue: Catalogue, sheet: Sheet, sign: QuestionId) -> set[str]:
    """Return the own gaps that take most off a sign."""
    gaps = _gaps_behind(catalogue, sheet, sign)
    largest = max(gaps, default=0)
    causes = zip(catalogue.signs[sign].excused_by, gaps, strict=True)
    return {cause for cause, gap in causes if gap == largest}


def _is_critical(catalogue: Catalogue, sign: QuestionId) -> bool:
    return catalogue.signs[sign].kind is SignKind.CRITICAL
