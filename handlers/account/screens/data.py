"""What is stored, the export, and the deletion of everything."""

from __future__ import annotations

from dataclasses import asdict

from content.texts import Texts
from handlers.account import buttons as to
from handlers.clients import buttons as to_clients
from handlers.engine.screen import ButtonRow, Screen, Style, button, primary
from handlers.engine.wording import counted
from storage.records import Census


def mine(texts: Texts) -> Screen:
    """Show the ways to one's own data."""
    return Screen(
        header=texts("data.mine.header"),
        body=(texts("data.mine.body"),),
        rows=(
            (
                button(texts("data.mine.privacy"), to.Privacy()),
                button(texts("data.mine.export"), to.AskExport()),
            ),
            (button(texts("data.mine.erase"), to.AskErase()),),
            (button(texts("common.to_settings"), to.ShowSettings()),),
        ),
        place=to.MyData().pack(),
    )


def privacy(texts: Texts, *, sealed: bool) -> Screen:
    """Say what is stored, how, and for how long; ``sealed`` tells whether it is encrypted.

    The particulars are folded, so that the top is seen on a phone; that nothing is encrypted never.
    """
    shown = ("stored", "limits") if sealed else ("stored", "plain", "limits")
    folded = ("sealed", "shared", "kept") if sealed else ("shared", "kept")
    return Screen(
        header=texts("data.privacy.header"),
        body=tuple(texts(f"data.privacy.{part}") for part in shown),
        folded=tuple(texts(f"data.privacy.{part}") for part in folded),
        rows=(
            (
                button(texts("data.mine.export"), to.AskExport()),
                button(texts("data.mine.erase"), to.AskErase()),
            ),
            (button(texts("common.to_clients"), to_clients.Home()),),
        ),
        place=to.Privacy().pack(),
    )


def ask_export(texts: Texts) -> Screen:
    return Screen(
        header=texts("data.export.header"),
        body=(texts("data.export.body"),),
        rows=(
            (primary(texts("data.export.now"), to.ExportNow()),),
            (button(texts("common.back"), to.MyData()),),
        ),
        place=to.AskExport().pack(),
    )


def exported_lately(texts: Texts, minutes: int) -> Screen:
    """Say that everything was handed out within the hour, and when it can be again."""
    return Screen(
        header=texts("data.export.lately_header"),
        body=(texts("data.export.lately", n=minutes),),
        rows=(
            (button(texts("common.clients"), to_clients.Home()),),
            (button(texts("common.back"), to.MyData()),),
        ),
        place=to.AskExport().pack(),
    )


def nothing_kept(texts: Texts, about: str) -> Screen:
    """Say that there is nothing to ``export`` or to ``erase``."""
    return Screen(
        header=texts(f"data.{about}.header"),
        body=(texts(f"data.{about}.nothing"),),
        rows=((button(texts("common.clients"), to_clients.Home()),),),
    )


def ask_erase(texts: Texts, census: Census, *, invited: bool) -> Screen:
    """List what would go; the safe button first, the deletion never next to it."""
    items = (*counted(texts, asdict(census)), texts("data.erase.settings"))
    goes = texts("data.erase.body", items=texts.list(items))
    rows: tuple[ButtonRow, ...] = (
        (primary(texts("data.erase.keep"), to_clients.Home()),),
        (button(texts("data.erase.export"), to.AskExport()),),
        (button(texts("data.erase.now"), to.EraseNow(), Style.DANGER),),
        (button(texts("common.back"), to.MyData()),),
    )
    return Screen(
        header=texts("data.erase.header"),
        body=(goes, texts("data.erase.invited")) if invited else (goes,),
        rows=rows,
        place=to.AskErase().pack(),
    )


def erased(texts: Texts) -> Screen:
    """Say that nothing is left."""
    return Screen(
        header=texts("data.erase.done_header"),
        body=(texts("data.erase.done_body"),),
        rows=((button(texts("data.erase.again"), to_clients.Home()),),),
    )
