"""What the case file shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from content.anonymous.doubts import Doubt
from content.anonymous.masking import Masked, Replacement
from content.knowledge import Words
from handlers.casefile import buttons as to
from handlers.clients import buttons as to_clients
from handlers.engine.lists import page_of
from handlers.engine.screen import (
    LABEL_LIMITS,
    ButtonRow,
    Screen,
    button,
    cut,
    header,
    primary,
    way_back,
)
from handlers.engine.wording import client_name
from storage.records import Client

READ = 1500
"""Characters of the file that are shown beforehand."""
REPLACEMENTS = 6
"""To a page: with the text and four more rows the screen is as high as a phone, and no higher."""
COVERED = 2
"""Fewer under a cover, whose three lines are as high as they."""
FORM = 16
"""Characters of what is hidden that fit its button."""


def case(words: Words, client: Client, there: Mapping[str, int]) -> Screen:
    """Say what a case file would hold, and offer it without names first."""
    texts, number = words.texts, client.number
    items = [texts(f"casefile.counted.{name}", n=n) for name, n in there.items()]
    rows: list[ButtonRow] = []
    if items:
        rows = [
            (primary(texts("casefile.hide"), to.PreviewCase(client=number, page=0)),),
            (
                button(texts("casefile.named_pdf"), _hand(client, "pdf", "named")),
                button(texts("casefile.named_json"), _hand(client, "json", "named")),
            ),
        ]
        body = (texts("casefile.body", items=texts.list(items)), texts("casefile.what"))
    else:
        body = (texts("casefile.empty"), "")
    back = button(texts("common.to_client"), to_clients.ClientCard(client=number))
    return Screen(
        header=header(client_name(words, client), texts("casefile.header")),
        body=tuple(line for line in body if line),
        rows=(*rows, (back,)),
        place=to.OpenCase(client=number).pack(),
    )


def preview(  # noqa: PLR0913 - all that the list says
    words: Words, client: Client, masked: Masked, read: str, page: int, *, covered: bool
) -> Screen:
    """List what may be a name, to be hidden by a tap, and all that is replaced, with its way back.

    ``read``: how the file will read. Where it stands under a cover there are fewer on a page:
    head and buttons fit a phone.
    """
    texts, number = words.texts, client.number
    here = to.PreviewCase(client=number, page=page)
    each_page = REPLACEMENTS - COVERED if covered else REPLACEMENTS
    listed: tuple[Doubt | Replacement, ...] = (*masked.doubts, *masked.replacements)
    shown = page_of(texts, listed, here, each_page)
    lines = (
        button(
            _label(words, each),
            to.ToggleReplacement(client=number, replacement=each.id, page=shown.number),
        )
        for each in shown
    )
    told = "asked" if masked.doubts else "body" if masked.replacements else "none"
    return Screen(
        header=header(client_name(words, client), texts("casefile.preview.header")),
        body=(texts(f"casefile.preview.{told}"),),
        folded=(texts("casefile.preview.read", text=cut(read, READ)),),
        rows=(
            *shown.rows(lines),
            (button(texts("casefile.preview.add"), to.AskHidden(client=number)),),
            (
                button(texts("casefile.preview.pdf"), _hand(client, "pdf", "hidden")),
                button(texts("casefile.preview.json"), _hand(client, "json", "hidden")),
            ),
            (button(texts("casefile.preview.back"), to.OpenCase(client=number)),),
        ),
        place=shown.place,
    )


def waiting(
    words: Words, client: Client, doubts: Sequence[Doubt], form: Literal["pdf", "json"]
) -> Screen:
    """Tell before a file goes what in it may still be a name."""
    texts, number = words.texts, client.number
    asked = [texts("casefile.waiting.form", form=cut(each.forms[0], FORM)) for each in doubts]
    return Screen(
        header=header(client_name(words, client), texts("casefile.preview.header")),
        body=(
            texts("casefile.waiting.body", n=len(doubts), forms=texts.list(asked[:REPLACEMENTS])),
        ),
        rows=(
            (primary(texts("casefile.waiting.all"), _hand(client, form, "all")),),
            (button(texts("casefile.waiting.asked"), _hand(client, form, "asked")),),
            (button(texts("casefile.waiting.back"), to.PreviewCase(client=number, page=0)),),
        ),
        place=_hand(client, form, "hidden").pack(),
    )


def ask_hidden(words: Words, client: Client, *, some: bool, said: str = "") -> Screen:
    """Ask what else is to be hidden."""
    texts, number = words.texts, client.number
    drop = button(texts("casefile.add.drop"), to.DropHidden(client=number))
    rows: tuple[ButtonRow, ...] = ((drop,),) if some else ()
    return Screen(
        header=header(client_name(words, client), texts("casefile.add.header")),
        body=(texts("casefile.add.body"),),
        state=said,
        rows=(*rows, (way_back(texts("common.back"), to.PreviewCase(client=number, page=0)),)),
        place=to.AskHidden(client=number).pack(),
    )


def _label(words: Words, each: Replacement | Doubt) -> str:
    form = " ".join(each.forms[0].split())
    if isinstance(each, Doubt):
        told = words.texts("casefile.preview.doubt", form=cut(form, FORM))
        return cut(told, LABEL_LIMITS[1])
    if each.kept:
        return cut(words.texts("casefile.preview.shown", form=form), LABEL_LIMITS[1])
    told = words.texts("casefile.preview.hidden", form=cut(form, FORM), label=each.label)
    return cut(told, LABEL_LIMITS[1])


def _hand(
    client: Client,
    form: Literal["pdf", "json"],
    names: Literal["named", "hidden", "all", "asked"],
) -> to.HandCase:
    return to.HandCase(client=client.number, form=form, names=names)
