"""Renders the templates in ``content/data/pictures``: the only module here that knows Typst.

What is drawn reaches the page as data, so nothing typed is markup. About 20 ms of CPU a picture;
it releases the interpreter meanwhile, so it belongs into a thread.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import orjson

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATES: Final = Path(__file__).parents[1] / "data" / "pictures"
PPI: Final = 144
"""Two pixels a point: 390 points are 780 pixels."""


class Theme(StrEnum):
    """On which ground a picture is drawn."""

    LIGHT = "light"
    DARK = "dark"


class Drawn(Protocol):
    """What a template shows: a frozen dataclass of plain values."""

    @property
    def template(self) -> str:
        """The name of its file, without the end."""

    @property
    def caption(self) -> str:
        """The same facts in words."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is not rendered yet."""

    template: str
    facts: str
    """JSON of all that is shown."""
    language: str
    theme: Theme

    @property
    def look(self) -> str:
        """All that a picture depends on, but for the templates."""
        return "\n".join((self.template, self.theme, self.language, self.facts))

    def png(self) -> bytes:
        """Render it, 780 pixels wide."""
        return _compiled(self, "png")

    def pdf(self) -> bytes:
        """Render it as pages; nothing in them says where or when they were made."""
        return _compiled(self, "pdf")


def drawing(shown: Drawn, language: str, theme: Theme) -> Drawing:
    """Return what is to be rendered; ``shown`` is a dataclass of plain values."""
    facts: dict[str, Any] = asdict(shown)  # type: ignore[call-overload]  # the protocol says so
    return Drawing(shown.template, orjson.dumps(facts).decode(), language, theme)


@cache
def fonts() -> Fonts:
    """Return the one face that is shipped, read once; none of the machine's."""
    import typst  # noqa: PLC0415  a compiler, 25 MB once it has run, for those who want a picture

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[TEMPLATES]
    )


def _compiled(drawn: Drawing, form: Literal["png", "pdf"]) -> bytes:
    import typst  # noqa: PLC0415  as above

    made: bytes = typst.compile(
        str(TEMPLATES / f"{drawn.template}.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        ignore_system_fonts=True,
        format=form,
        ppi=PPI,
        sys_inputs={"facts": drawn.facts, "theme": drawn.theme, "language": drawn.language},
    )
    return made
