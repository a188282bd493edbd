"""The checker of letters: what a letter should not say, and what it should not lack."""

from content.checking.checker import check, marked, mend
from content.checking.findings import BLAMELESS, FAREWELL, OF_THE_DAY, Finding, Rule, Rules, Span

__all__ = [
    "BLAMELESS",
    "FAREWELL",
    "OF_THE_DAY",
    "Finding",
    "Rule",
    "Rules",
    "Span",
    "check",
    "marked",
    "mend",
]
