"""By what Telegram knows the pictures that were sent."""

from __future__ import annotations

from typing import Final

from storage.errors import NotFound
from storage.records import SentPicture
from storage.session import OwnedSession, Rows
from storage.tables import Table

PICTURES = Table("pictures", SentPicture)


class PictureRows(Rows):
    """One person's pictures: of each thing the newest that was sent."""

    def __init__(self, session: OwnedSession) -> None:
        """Work with what is ``session.owner``'s."""
        super().__init__(session)
        self._look: Final = self._session.place("pictures", "look")

    def look_of(self, drawn: str) -> str:
        """Return a keyed hash of all that is drawn, which tells nothing without the key."""
        return self._session.cipher.hash_to_keep(self._look, drawn.encode())

    def file_of(self, subject: str, look: str) -> str:
        """Return Telegram's id of a picture that looks the same; empty where there is none."""
        row = self._sql.get_picture(subject=subject)
        if row is None or row["look"] != look:
            return ""
        return PICTURES.read(self._session, row).file

    def keep(self, picture: SentPicture) -> None:
        """Keep a picture in the place of the one before; nothing where its client is gone."""
        try:
            self._session.require_person()
            self._session.require_client(picture.client)
        except NotFound:
            return
        self._sql.put_picture(**PICTURES.columns(self._session, picture))

    def all(self) -> tuple[SentPicture, ...]:
        return PICTURES.all(self._session, self._sql.list_pictures())
