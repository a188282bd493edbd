"""The buttons of the pictures."""

from __future__ import annotations

from handlers.assessment.buttons import OfAssessment
from handlers.engine.buttons import Data, OfClient


class DrawScale(OfAssessment, prefix="us"):
    """The verdict on a scale of six steps."""


class DrawProfile(OfAssessment, prefix="up"):
    """A client by topics, as an assessment says."""


class DrawTrend(OfClient, prefix="ut"):
    """The verdicts on a client, one after the other."""


class DrawPortfolio(Data, prefix="ua"):
    """All clients by money and strain."""
