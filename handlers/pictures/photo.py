"""A picture as a message: drawn once, and again only where something has changed."""

from __future__ import annotations

from content.pictures.drawing import Drawn, Theme, drawing
from handlers.engine.screen import ELLIPSIS, Paper, Picture
from handlers.engine.visit import Visit
from storage.records import ClientNumber

CAPTION = 1024
"""UTF-16 units that Telegram takes below a picture."""


def photo(visit: Visit, subject: str, client: ClientNumber | None, shown: Drawn) -> Paper:
    """Return a picture with the same facts as its caption; covered for who is discreet."""
    theme = Theme.DARK if visit.person.dark else Theme.LIGHT
    drawn = drawing(shown, str(visit.words.language), theme)
    look = visit.memory.pictures.look_of(drawn.look)
    caption = shown.caption
    if visit.person.discreet:
        cover = (visit.texts("common.cover"), visit.texts("common.cover_line"))
        caption = "\n".join((*cover, "", caption))
    return Paper(
        text=_fitting(caption),
        picture=Picture(
            draw=drawn.png,
            subject=subject,
            client=client,
            look=look,
            file_id=visit.memory.pictures.file_of(subject, look),
            veiled=visit.person.discreet,
        ),
    )


def _fitting(caption: str) -> str:
    """Return a caption without the last lines where it is too long for Telegram."""
    lines = caption.split("\n")
    while len("\n".join(lines).encode("utf-16-le")) // 2 > CAPTION:
        lines[-2:] = [ELLIPSIS]
    return "\n".join(lines)
