"""By what Telegram knows the pictures that were sent."""

from __future__ import annotations

from typing import Final

from storage.errors import NotFound
from storage.records import ClientNumber, SentPicture
from storage.secrets.cipher import Place
from storage.session import OwnedSession, Rows


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
        return self._session.open(self._place(subject), row["file"])

    def keep(self, picture: SentPicture) -> None:
        """Keep a picture in the place of the one before; nothing where its client is gone."""
        try:
            self._session.require_person()
            self._session.require_client(picture.client)
        except NotFound:
            return
        self._sql.put_picture(
            subject=picture.subject,
            client=picture.client,
            look=picture.look,
            file=self._session.seal(self._place(picture.subject), picture.file),
        )

    def all(self) -> tuple[SentPicture, ...]:
        return tuple(
            SentPicture(
                subject=row["subject"],
                client=None if row["client"] is None else ClientNumber(row["client"]),
                look=row["look"],
                file=self._session.open(self._place(row["subject"]), row["file"]),
            )
            for row in self._sql.list_pictures()
        )

    def _place(self, subject: str) -> Place:
        return self._session.place("pictures", "file", subject)
