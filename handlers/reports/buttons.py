"""The buttons of the reports.

A line has a number of its own within its report: a button under an old message means it or nothing.
"""

from __future__ import annotations

from typing import Literal

from handlers.engine.buttons import Count, Data, Flag, Number, OfClient
from storage.records import ReportNumber
from storage.rows.memory import Owned


class OfReport(Data, prefix="-o"):
    """What concerns a report."""

    report: Number

    def about(self, memory: Owned) -> int | None:
        """Return the number of the client it is for."""
        report = memory.reports.get(ReportNumber(self.report))
        return None if report is None else report.client


class OfLine(OfReport, prefix="-ol"):
    """What concerns one line of a report."""

    line: Number


class OfFormerLine(OfReport, prefix="-of"):
    """What the first release said of a line by its place, among so many: it shows the report."""

    line: Count
    of: Count


class ReportClients(Data, prefix="o"):
    """Ask whom to report to, those who wait first."""

    page: Count


class OpenReport(OfClient, prefix="oc"):
    """The report of this week, begun or sent."""


class NextReport(OfClient, prefix="on"):
    """Begin the report of the week to come."""


class ShowReport(OfReport, prefix="o1"):
    """What a report is made of."""

    page: Count


class TickLine(OfLine, prefix="o2"):
    """A line is done, or still in hand."""

    done: Flag
    page: Count


class ReportPart(OfReport, prefix="op"):
    """The lines of one part; what is typed then is more of them."""

    part: Literal["done", "in_hand", "goal", "needed"]
    page: Count


class GoalsFromWork(OfReport, prefix="og"):
    """What is in hand goes on: it is a goal of the week to come."""


class EditLine(OfLine, prefix="o3"):
    """Ask other words for a line."""


class RemoveLine(OfLine, prefix="o4"):
    """Take a line away."""


class ReportReady(OfReport, prefix="or"):
    """The text of a report and nothing else; ``sure``: also without goals."""

    sure: Flag


class ReportRules(OfReport, prefix="oy"):
    """Every rule of tone, kept or not."""


class ReportFinding(OfReport, prefix="of"):
    """One finding of the check."""

    index: Count


class FixReport(OfReport, prefix="oz"):
    """Take the fix of one finding, of so many."""

    index: Count
    of: Count


class FixWholeReport(OfReport, prefix="oa"):
    """Take every fix there is, of so many findings."""

    of: Count


class EditReport(OfReport, prefix="om"):
    """Ask the whole text in the person's own words."""


class ResetReport(OfReport, prefix="o0"):
    """Make the text of the lines again."""


class AskClosing(OfReport, prefix="o5"):
    """Ask the last line of a client's reports."""


class DropClosing(OfReport, prefix="o6"):
    """End a client's reports with the coach's last line again."""


Around = Literal["contact", "signature"]
"""What stands around the lines of a report, asked once."""


class AskAround(OfReport, prefix="o7"):
    """Ask how a client is greeted in reports, or how they are signed."""

    what: Around


class DropAround(OfReport, prefix="o8"):
    """Go without."""

    what: Around


class ReportFile(OfReport, prefix="os"):
    """Hand over the report as a file that a mail program opens."""


class SendReport(OfReport, prefix="od"):
    """The client has it; ``then`` is the client to report to next, 0 for nobody."""

    then: Count


class ShowReported(OfReport, prefix="ok"):
    """That a report went out, and what comes next."""


class UnsendReport(OfReport, prefix="ou"):
    """It did not go out after all."""


class ReportHistory(OfClient, prefix="oh"):
    """The reports that a client got."""

    page: Count


class ReadReport(OfReport, prefix="ov"):
    """The text of a report that went out."""


class FormerTick(OfFormerLine, prefix="ot"):
    """A line is done, or still in hand."""

    done: Flag
    page: Count


class FormerEdit(OfFormerLine, prefix="oe"):
    """Ask other words for a line."""


class FormerRemove(OfFormerLine, prefix="ox"):
    """Take a line away."""
