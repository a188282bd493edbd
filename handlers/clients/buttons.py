"""The buttons of the clients, their price, the start, and the made-up client."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from handlers.engine.buttons import Count, Data, Flag, Name, OfClient

Taps = Annotated[str, StringConstraints(pattern=r"^[0-3s]{0,9}$")]


# Start, help and the made-up client, whose answers live in the digits, one a scene.
class Home(Data, prefix="h"):
    """The first screen: the clients, or the welcome."""


class Help(Data, prefix="hp"):
    """What the coach can do."""


class Demo(Data, prefix="d1"):
    """The made-up client after some answered scenes: the next scene, or its verdict."""

    digits: Taps


class DemoView(Data, prefix="d2"):
    """A look behind the made-up verdict."""

    view: Literal["rude", "rule"]
    digits: Taps


# Clients.
class NewClient(Data, prefix="nc"):
    """Ask the name of a new client."""


class PickClient(Data, prefix="np"):
    """Pick a new client from the phone's contacts."""


class NameLater(Data, prefix="nl"):
    """Take the client with a name of our making."""


class ClientList(Data, prefix="cl"):
    """The clients, or those archived."""

    page: Count
    archived: Flag


class ClientCard(OfClient, prefix="c"):
    """The card of a client."""


class ClientEdit(OfClient, prefix="ce"):
    """What can be changed about a client."""


class RenameClient(OfClient, prefix="cr"):
    """Ask another name."""


class NoteClient(OfClient, prefix="cn"):
    """Ask a note."""


class ClearNote(OfClient, prefix="cx"):
    """Take the note away."""


class ArchiveClient(OfClient, prefix="ca"):
    """Archive a client, or bring them back."""

    archived: Flag


class DeleteClient(OfClient, prefix="cd"):
    """Say what would go with the client."""


class DeleteClientNow(OfClient, prefix="cz"):
    """Delete the client, with ten minutes to undo."""


class UndeleteClient(OfClient, prefix="cu"):
    """Bring a client back within ten minutes."""


# The price of a client.
class ShowPrice(OfClient, prefix="k"):
    """What a client costs and brings."""


class AskPrice(OfClient, prefix="ka"):
    """Ask one number."""

    number: Name


class SkipPrice(OfClient, prefix="kx"):
    """One number stays unknown."""

    number: Name


class TakePrice(OfClient, prefix="kt"):
    """Answer the open assessment with what the numbers say."""
