"""What is stored, the export, and the deletion of everything."""

from __future__ import annotations

from content.texts import Texts
from handlers.callbacks import (
    AskErase,
    AskExport,
    EraseNow,
    ExportNow,
    Home,
    MyData,
    Privacy,
    ShowSettings,
)
from handlers.engine.screen import Row, Screen, Style, button, primary
from storage.records import Census


def mine(texts: Texts) -> Screen:
    """Show the ways to one's own data."""
    return Screen(
        header=texts("data.mine.header"),
        body=(texts("data.mine.body"),),
        rows=(
            (
                button(texts("data.mine.privacy"), Privacy()),
                button(texts("data.mine.export"), AskExport()),
            ),
            (button(texts("data.mine.erase"), AskErase()),),
            (button(texts("common.to_settings"), ShowSettings()),),
        ),
        place=MyData().pack(),
    )


def privacy(texts: Texts, *, sealed: bool) -> Screen:
    """Say what is stored, how, and for how long; ``sealed`` tells whether it is encrypted."""
    how = "sealed" if sealed else "plain"
    return Screen(
        header=texts("data.privacy.header"),
        body=tuple(texts(f"data.privacy.{part}") for part in ("stored", how, "kept", "limits")),
        rows=(
            (
                button(texts("data.mine.export"), AskExport()),
                button(texts("data.mine.erase"), AskErase()),
            ),
            (button(texts("common.to_clients"), Home()),),
        ),
        place=Privacy().pack(),
    )


def ask_export(texts: Texts) -> Screen:
    """Say what an export holds."""
    return Screen(
        header=texts("data.export.header"),
        body=(texts("data.export.body"),),
        rows=(
            (primary(texts("data.export.now"), ExportNow()),),
            (button(texts("common.back"), MyData()),),
        ),
        place=AskExport().pack(),
    )


def exported_lately(texts: Texts, minutes: int) -> Screen:
    """Say that everything was handed out within the hour, and when it can be again."""
    return Screen(
        header=texts("data.export.lately_header"),
        body=(texts("data.export.lately", n=minutes),),
        rows=(
            (button(texts("common.clients"), Home()),),
            (button(texts("common.back"), MyData()),),
        ),
        place=AskExport().pack(),
    )


def nothing_kept(texts: Texts, about: str) -> Screen:
    """Say that there is nothing to ``export`` or to ``erase``."""
    return Screen(
        header=texts(f"data.{about}.header"),
        body=(texts(f"data.{about}.nothing"),),
        rows=((button(texts("common.clients"), Home()),),),
    )


def ask_erase(texts: Texts, census: Census, *, invited: bool) -> Screen:
    """List what would go; the safe button first, the deletion never next to it."""
    goes = texts(
        "data.erase.body",
        clients=texts("data.count.clients", n=census.clients),
        assessments=texts("data.count.assessments", n=census.assessments),
        answers=texts("data.count.answers", n=census.answers),
        notes=texts("data.count.notes", n=census.notes),
        facts=texts("data.count.facts", n=census.facts),
        letters=texts("data.count.letters", n=census.letters),
        reports=texts("data.count.reports", n=census.reports),
        actions=texts("data.count.actions", n=census.actions),
    )
    rows: tuple[Row, ...] = (
        (primary(texts("data.erase.keep"), Home()),),
        (button(texts("data.erase.export"), AskExport()),),
        (button(texts("data.erase.now"), EraseNow(), Style.DANGER),),
        (button(texts("common.back"), MyData()),),
    )
    return Screen(
        header=texts("data.erase.header"),
        body=(goes, texts("data.erase.invited")) if invited else (goes,),
        rows=rows,
        place=AskErase().pack(),
    )


def erased(texts: Texts) -> Screen:
    """Say that nothing is left."""
    return Screen(
        header=texts("data.erase.done_header"),
        body=(texts("data.erase.done_body"),),
        rows=((button(texts("data.erase.again"), Home()),),),
    )
