"""What else is known of a client, and whose messages are about whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from storage.records import UNREADABLE, ClientNumber, Owner
from storage.secrets.cipher import Place, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.session import Desk


class DetailRows:
    """``storage.protocols.Details``."""

    def __init__(self, desk: Desk, owner: Owner) -> None:
        """Work at ``desk`` for ``owner``."""
        self._desk = desk
        self._owner = owner
        self._author: Final = Place(owner, "authors", "author")

    def of_client(self, client: ClientNumber) -> Mapping[str, str]:
        """See ``Details.of_client``."""
        rows = self._desk.sql.list_details(self._desk.connection, owner=self._owner, client=client)
        return {
            detail: self._desk.open(self._place(number, detail), words)
            for number, detail, words in rows
        }

    def all(self) -> Mapping[int, Mapping[str, str]]:
        """Return client number → detail → words, those of deleted clients too."""
        found: dict[int, dict[str, str]] = {}
        rows = self._desk.sql.list_all_details(self._desk.connection, owner=self._owner)
        for client, detail, words in rows:
            opened = self._desk.open(self._place(client, detail), words)
            found.setdefault(client, {})[detail] = opened
        return found

    def set(self, client: ClientNumber, detail: str, words: str) -> None:
        """See ``Details.set``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, client)
        if not words:
            desk.sql.delete_detail(desk.connection, owner=owner, client=client, detail=detail)
        elif words != UNREADABLE:  # the marker is no new text: what is stored stays
            desk.sql.put_detail(
                desk.connection,
                owner=owner,
                client=client,
                detail=detail,
                words=desk.seal(self._place(client, detail), words),
            )

    def author_key(self, author: str) -> str:
        """See ``Details.author_key``."""
        return self._desk.cipher.hash_to_keep(self._author, author.encode())

    def remember_author(self, client: ClientNumber, key: str) -> None:
        """See ``Details.remember_author``."""
        desk, owner = self._desk, self._owner
        desk.require_client(owner, client)
        desk.sql.put_author(
            desk.connection,
            owner=owner,
            author=key,
            client=client,
        )

    def client_of(self, author: str) -> ClientNumber | None:
        """See ``Details.client_of``."""
        desk = self._desk
        try:
            hashed = desk.cipher.hash_to_find(self._author, author.encode())
        except Unreadable:  # without the key nobody can be recognised
            return None
        row = desk.sql.get_client_of_author(desk.connection, owner=self._owner, author=hashed)
        return None if row is None else ClientNumber(row["client"])

    def authors(self) -> Mapping[str, int]:
        """Return the keys of all authors, with the number of the client each is noted with."""
        rows = self._desk.sql.list_authors(self._desk.connection, owner=self._owner)
        return {row["author"]: row["client"] for row in rows}

    def _place(self, client: int, detail: str) -> Place:
        return Place(self._owner, "details", "words", (client, detail))
