"""What is drawn, each beside the screen that tells the same in words."""

from __future__ import annotations

from dataclasses import replace

from content.models import VerdictId
from content.outlook import Outlook
from content.pictures.scale import moves_of, scale
from content.verdict import RULE, judge
from handlers.assessment import buttons as to_assessment
from handlers.assessment import sheets
from handlers.engine import lookup
from handlers.engine.routing import Redelivery, Routes
from handlers.engine.screen import Reply
from handlers.engine.visit import Visit
from handlers.pictures import buttons as to
from handlers.pictures.photo import photo

routes = Routes()


@routes.tap(to.DrawScale, redelivery=Redelivery.RUN)
def draw_scale(visit: Visit, at: to.DrawScale) -> Reply:
    """Draw the scale of a verdict; one that is open goes on where it is."""
    assessment, name = lookup.assessment(visit, at.assessment)
    beside = visit.open(to_assessment.ShowVerdict(assessment=assessment.number))
    if assessment.judged_at is None:
        return Reply(beside)
    sheet = sheets.sheet_of(assessment)
    verdict = judge(visit.catalogue, sheet)
    moves: tuple[Outlook, ...] = ()
    if assessment.rule == RULE:
        moves = moves_of(visit.catalogue, sheet, verdict)
    else:  # the verdict shown is the one that was given
        verdict = replace(verdict, id=VerdictId(assessment.verdict or verdict.id))
    shown = scale(visit.words, verdict.id, moves, name, visit.day(assessment.judged_at))
    paper = photo(visit, f"scale:{assessment.client}", assessment.client, shown)
    return Reply(beside, papers=(paper,))
