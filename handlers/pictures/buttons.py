"""The buttons of the pictures."""

from __future__ import annotations

from handlers.assessment.buttons import OfAssessment


class DrawScale(OfAssessment, prefix="us"):
    """The verdict on a scale of six steps."""
