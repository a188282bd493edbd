"""The letter itself, what the check says of it, and its way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.checking import Finding
from content.knowledge import Words
from content.letters.drafting import Variant
from content.texts import Texts
from handlers.assessment import buttons as to_assessment
from handlers.clients import buttons as to_clients
from handlers.engine.buttons import Data
from handlers.engine.lists import pager
from handlers.engine.screen import (
    COPIED,
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    Strong,
    Style,
    button,
    cut,
    header,
    in_pairs,
    primary,
    units,
    way_back,
)
from handlers.letters import buttons as to
from handlers.letters.screens.choose import Way, to_letter
from handlers.letters.screens.questions import restyle, soon_label
from storage.records import ActionState, ClientNumber, Promise

MESSAGE = 4096
"""UTF-16 units that fit one message."""
BUBBLE = 25
"""Characters of a line that make a message wide enough for two buttons beside each other."""
QUOTED = 300
SHOWN = 8
"""Versions that are listed: the newest ones."""
LATER = {"week": 7, "two": 14}
"""By how many days a probation can be moved."""


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version of a letter, ready to be shown."""

    way: Way
    text: str
    open: int
    """Blanks that show as «‹…›»."""
    findings: int
    """Not counting what the person leaves as it is."""
    moves: tuple[tuple[str, Variant], ...] = ()
    """Neighbouring styles, each with its label."""
    versions: int = 1
    subject: str = ""
    """The subject line, by which its files are called too."""
    names: bool = False
    """Whether the subject says what the work is about."""
    sent: bool = False
    """Whether it went out, so that nothing changes any more."""


def draft(words: Words, look: ShownVersion, piece: int) -> Screen:
    """Show the letter and nothing else; its state and what can be done stand on the buttons."""
    texts = words.texts
    number = look.way.number
    pieces = split(look.text)
    piece = min(piece, len(pieces) - 1)
    rows: list[ButtonRow] = [(_check(texts, look),)]
    if not look.open:
        finish = to.FinishLetter(letter=number)
        rows.append((button(texts("letters.finish"), finish, Style.SUCCESS),))
    others = [button(label, restyle(number, there)) for label, there in look.moves]
    others.append(button(texts("letters.change"), to.EditLetter(letter=number)))
    if look.versions > 1:
        others.append(
            button(texts("letters.versions", n=look.versions), to.LetterVersions(letter=number))
        )
    rows += _with_subject(texts, look, others, pieces, piece)
    rows += pager(texts, piece, len(pieces), lambda there: to.ShowDraft(letter=number, piece=there))
    return Screen(
        header="",
        body=(pieces[piece],),
        plain=True,
        rows=(*rows, (look.way.up,)),
        place=to.ShowDraft(letter=number, piece=piece).pack(),
    )


def _with_subject(
    texts: Texts, look: ShownVersion, others: Sequence[Button], pieces: Sequence[str], piece: int
) -> tuple[ButtonRow, ...]:
    """Lay the buttons, and the subject line on a row of its own where no pager needs that."""
    rows = laid(others, pieces[piece])
    return rows if len(pieces) > 1 else (*rows, (_subject(texts, look),))


def _subject(texts: Texts, look: ShownVersion) -> Button:
    """Show the subject line; a tap changes what the letter calls the work."""
    label = cut(texts("letters.subject", text=look.subject), LABEL_LIMITS[1])
    number = look.way.number
    if look.names and not look.sent:
        return button(label, to.ClientForm(letter=number, form="client"))
    return button(label, to.EditLetter(letter=number))


def _check(texts: Texts, look: ShownVersion) -> Button:
    number = look.way.number
    if look.open:
        return button(texts("letters.open", n=look.open), to.NextBlank(letter=number))
    if look.findings:
        return button(
            texts("letters.findings", n=look.findings), to.ShowFinding(letter=number, index=0)
        )
    return button(texts("letters.clean"), to.LetterRules(letter=number))


def done(words: Words, look: ShownVersion, piece: int) -> Screen:
    """Show the finished letter with the ways to take it."""
    texts = words.texts
    number = look.way.number
    pieces = split(look.text)
    piece = min(piece, len(pieces) - 1)
    rows: list[ButtonRow] = []
    if not look.sent:
        rows.append((button(texts("letters.sent"), to.MarkSent(letter=number), Style.SUCCESS),))
    if units(pieces[piece]) <= COPIED:
        rows.append((Button(texts("letters.copy"), copy=pieces[piece]),))
    others = [
        button(texts("letters.file.pdf"), to.LetterFile(letter=number, form="pdf")),
        button(texts("letters.file.eml"), to.LetterFile(letter=number, form="eml")),
        button(texts("letters.file.txt"), to.LetterFile(letter=number, form="txt")),
    ]
    if look.sent:
        back = button(texts("common.back"), to.ShowSent(letter=number))
    else:
        others.append(button(texts("letters.change"), to.EditLetter(letter=number)))
        back = button(texts("letters.to_draft"), to.ShowDraft(letter=number, piece=0))
    rows += _with_subject(texts, look, others, pieces, piece)
    rows += pager(texts, piece, len(pieces), lambda there: to.ShowDone(letter=number, piece=there))
    return Screen(
        header="",
        body=(pieces[piece],),
        plain=True,
        rows=(*rows, (back,)),
        place=to.ShowDone(letter=number, piece=piece).pack(),
    )


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """One finding that is open, and where it stands among those that are."""

    found: Finding
    label: str
    """What is wrong, in two or three words."""
    place: int
    total: int
    fixable: int


@dataclass(frozen=True, slots=True)
class FindingWays:
    """Where one goes from a finding in a text of one's own."""

    at: Callable[[int], Data]
    """Another finding, by its place among those that are open."""
    fix: Data
    fix_all: Data
    change: Button
    """What to do where the check knows no better words."""
    keep: Data | None
    """None where nothing is remembered of what stays."""
    up: Button


def finding(words: Words, shown: OpenFinding, ways: FindingWays) -> Screen:
    """Show one finding: what, why, and what to write instead."""
    texts = words.texts
    found = shown.found
    rows: list[ButtonRow] = []
    body: list[str | Strong] = []
    if found.excerpt:
        body.append(Strong(texts("letters.excerpt", text=found.excerpt[:QUOTED])))
    else:
        body.append(Strong(shown.label))
    body.append(found.why)
    if found.fix is not None:
        body.append(
            texts("letters.fix_to", text=found.fix[:QUOTED])
            if found.fix.strip()
            else texts("letters.fix_drop")
        )
        rows.append((primary(texts("letters.fix"), ways.fix),))
    else:
        rows.append((ways.change,))
    if ways.keep is not None:
        rows.append((button(texts("letters.keep"), ways.keep),))
    if shown.fixable > 1:
        rows.append((button(texts("letters.fix_all", n=shown.fixable), ways.fix_all),))
    rows += pager(texts, shown.place, shown.total, ways.at)
    return Screen(
        header=header(
            texts("letters.check_header"),
            texts("letters.finding_place", number=shown.place + 1, total=shown.total),
        ),
        body=tuple(body),
        folded=(f"{texts('letters.rule_title')}\n{texts(f'letters.rules.{found.rule}')}",),
        rows=(*rows, (ways.up,)),
        place=ways.at(shown.place).pack(),
    )


def rules(
    words: Words,
    name: str,
    held: Sequence[tuple[str, str]],
    kept: Sequence[str],
    up: Button,
) -> Screen:
    """Tick every rule: ``held`` pairs each with ``held``, ``broken`` or ``waived``.

    ``kept`` are the words that stay though the check spoke of them. The screen has no address yet.
    """
    texts = words.texts
    lines = [
        texts(f"letters.rule.{state}", name=texts(f"letters.rules.{id_}")) for id_, state in held
    ]
    body = ["\n".join(lines)]
    if kept:
        body.append(texts("letters.kept", items="; ".join(kept)))
    return Screen(
        header=header(name, texts("letters.rules_header")),
        body=tuple(body),
        rows=((up,),),
    )


def ask_own_text(words: Words, way: Way) -> Screen:
    texts = words.texts
    return Screen(
        header=header(way.name, texts("letters.own_header")),
        body=(texts("letters.own_body"),),
        rows=((way_back(texts("common.cancel"), to.EditLetter(letter=way.number)),),),
        place=to.OwnText(letter=way.number).pack(),
    )


def versions(words: Words, way: Way, listed: Sequence[tuple[int, str]], shown: int) -> Screen:
    """List the versions, newest first, each with its label; the one that is shown has a mark."""
    texts = words.texts
    number = way.number
    rows: list[ButtonRow] = []
    before = [version for version, _ in listed if version < shown]
    if before:
        undo = to.UseVersion(letter=number, version=max(before))
        rows.append((primary(texts("letters.undo"), undo),))
    rows += [
        (
            button(
                texts("letters.current", name=label) if version == shown else label,
                to.UseVersion(letter=number, version=version),
            ),
        )
        for version, label in reversed(listed[-SHOWN:])
    ]
    return Screen(
        header=header(way.name, texts("letters.versions_header")),
        body=(texts("letters.versions_body"),),
        rows=(*rows, (to_letter(texts, number),)),
        place=to.LetterVersions(letter=number).pack(),
    )


@dataclass(frozen=True, slots=True)
class After:
    """What comes of a letter that went out."""

    said: str = ""
    """Of the day that it has set."""
    offers: Sequence[Button] = ()
    """What there is to do about that."""
    probation: Promise | None = None
    until: str = ""
    due: bool = False
    """Whether the day to look at the conditions has come."""


def sent(words: Words, way: Way, client: ClientNumber, day: str, after: After) -> Screen:
    """Say what was noted when the letter went out, and what comes of it."""
    texts = words.texts
    number = way.number
    body = [texts("letters.sent_body", date=day), *([after.said] if after.said else [])]
    rows: list[ButtonRow] = list(in_pairs(after.offers))
    if after.probation is not None:
        when = "letters.probation.due" if after.due else "letters.probation.until"
        body += [texts(when, date=after.until), after.probation.words]
        conditions = to.ShowProbation(promise=after.probation.number)
        label = "letters.probation.open_due" if after.due else "letters.probation.open"
        rows.append((button(texts(label), conditions),))
    rows += [
        (button(texts("letters.again"), to.ShowDone(letter=number, piece=0)),),
        (button(texts("letters.unsend"), to.UnmarkSent(letter=number)),),
        (button(texts("letters.more"), to.LetterKinds(client=client, page=0)),),
        (button(texts("common.to_client"), to_clients.ClientCard(client=client)),),
    ]
    return Screen(
        header=header(way.name, texts("letters.sent_header")),
        body=tuple(body),
        rows=tuple(rows),
        place=to.ShowSent(letter=number).pack(),
    )


def probation(words: Words, name: str, promise: Promise, today: date) -> Screen:
    """Show the conditions and the day; ask how it ended once the day has come, or before."""
    texts = words.texts
    number = promise.number
    rows: list[ButtonRow] = []
    client = promise.client or ClientNumber(0)
    if promise.state is ActionState.OPEN:
        rows = [
            (button(texts("letters.probation.kept"), to.EndProbation(promise=number, kept=1)),),
            (button(texts("letters.probation.broken"), to.EndProbation(promise=number, kept=0)),),
            *(
                (
                    button(
                        soon_label(
                            texts,
                            texts(f"letters.probation.{later}"),
                            today + timedelta(days=days),
                        ),
                        to.MoveProbation(promise=number, days=days),
                    ),
                )
                for later, days in LATER.items()
            ),
        ]
        when = "letters.probation.due" if promise.due <= today else "letters.probation.until"
        said = texts(when, date=texts.date(promise.due, today))
    else:
        again = to_assessment.StartAssessment(client=client, depth="full")
        farewell = to.StartLetter(client=client, kind="farewell")
        rows = [
            (primary(texts("clients.card.again"), again),),
            (button(texts("letters.probation.farewell"), farewell),),
        ]
        said = texts("letters.probation.over")
    return Screen(
        header=header(name, texts("letters.probation.header")),
        body=(promise.words or texts("letters.probation.none"),),
        state=said,
        rows=(*rows, (button(texts("common.to_client"), to_clients.ClientCard(client=client)),)),
        place=to.ShowProbation(promise=number).pack(),
    )


def laid(buttons: Sequence[Button], text: str) -> tuple[ButtonRow, ...]:
    """Lay buttons in pairs, unless so short a letter makes a bubble that would cut them."""
    wide = max(map(len, text.splitlines()), default=0) >= BUBBLE
    return in_pairs(buttons) if wide else tuple((each,) for each in buttons)


def split(text: str) -> list[str]:
    """Cut a letter at paragraphs, and only where one message cannot hold it."""
    pieces: list[str] = []
    for line in text.split("\n"):
        joined = f"{pieces[-1]}\n{line}" if pieces else line
        if pieces and units(joined) > MESSAGE:
            pieces.append(line)
        elif pieces:
            pieces[-1] = joined
        else:
            pieces.append(line)
    return [piece.strip("\n") for whole in pieces for piece in _hard(whole)]


def _hard(text: str) -> list[str]:
    """Cut a paragraph longer than a message, which nobody writes by hand, at words."""
    pieces = []
    while units(text) > MESSAGE:
        at = text.rfind(" ", 0, MESSAGE // 2)
        at = at if at > 0 else MESSAGE // 2
        pieces.append(text[:at])
        text = text[at:].lstrip()
    return [*pieces, text]
