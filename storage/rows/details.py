"""What else is known of a client, and whose messages are about whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storage.records import UNREADABLE, ClientNumber
from storage.secrets.cipher import Place, Unreadable
from storage.session import OwnedSession, Rows


class DetailRows(Rows):
    """What else is known of one person's clients: asked where it is needed, once, and kept.

    A detail is named by a plain id: ``form.genitive``, ``price.rate``, ``check.access``.
    """

    def __init__(self, session: OwnedSession) -> None:
        """Work with what is ``session.owner``'s."""
        super().__init__(session)
        self._author: Final = self._session.place("authors", "author")

    def expect_of_client(self, client: ClientNumber) -> None:
        """Ask for what ``of_client`` is going to return."""
        self._expect("list_details", client=client)

    def of_client(self, client: ClientNumber) -> Mapping[str, str]:
        """Return detail → words; empty for a client without any."""
        rows = self._found("list_details", client=client)
        return {
            detail: self._session.open(self._place(number, detail), words)
            for number, detail, words in rows
        }

    def all(self) -> Mapping[int, Mapping[str, str]]:
        """Return client number → detail → words, those of deleted clients too."""
        found: dict[int, dict[str, str]] = {}
        rows = self._sql.list_all_details()
        for client, detail, words in rows:
            opened = self._session.open(self._place(client, detail), words)
            found.setdefault(client, {})[detail] = opened
        return found

    def set(self, client: ClientNumber, detail: str, words: str) -> None:
        """Keep a detail; an empty text forgets it. ``NotFound`` for an unknown client."""
        self._session.require_client(client)
        if not words:
            self._sql.delete_detail(client=client, detail=detail)
        elif words != UNREADABLE:  # the marker is no new text: what is stored stays
            self._sql.put_detail(
                client=client,
                detail=detail,
                words=self._session.seal(self._place(client, detail), words),
            )

    def author_key(self, author: str) -> str:
        """Return a keyed hash of an author, which names nobody without the person's key."""
        return self._session.cipher.hash_to_keep(self._author, author.encode())

    def remember_author(self, client: ClientNumber, key: str) -> None:
        """Note that what the author of this key wrote is about this client.

        ``NotFound`` for an unknown client.
        """
        self._session.require_client(client)
        self._sql.put_author(
            author=key,
            client=client,
        )

    def client_of(self, author: str) -> ClientNumber | None:
        """Return the client (not deleted) an author was last noted with."""
        try:
            hashed = self._session.cipher.hash_to_find(self._author, author.encode())
        except Unreadable:  # without the key nobody can be recognised
            return None
        row = self._sql.get_client_of_author(author=hashed)
        return None if row is None else ClientNumber(row["client"])

    def authors(self) -> Mapping[str, int]:
        """Return the keys of all authors, with the number of the client each is noted with."""
        rows = self._sql.list_authors()
        return {row["author"]: row["client"] for row in rows}

    def _place(self, client: int, detail: str) -> Place:
        return self._session.place("details", "words", client, detail)
