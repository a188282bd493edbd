"""How a call to the in-memory Telegram can fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Refused(Exception):  # noqa: N818 - it is a "no", not an error of ours
    """Telegram's own "no": ``error_code``, ``description`` and, for some, ``parameters``."""

    def __init__(
        self, error_code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        """Keep the three fields as the Bot API sends them."""
        super().__init__(f"{error_code} {description}")
        self.error_code = error_code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """Give the body of the Bot API's answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


class ConnectionCut(Exception):  # noqa: N818 - an event on the wire
    """The call was applied, but its answer never arrived."""


class ProxyPage(Exception):  # noqa: N818 - an event on the wire
    """Something between the bot and Telegram answered with an HTML page; nothing was applied."""

    status = 502
    body = "<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True)
class Mishap:
    """What goes wrong with one call.

    ``delay`` is in seconds, before anything else. Then at most one of: ``refusal`` instead of the
    call, an HTML ``page`` of a proxy instead of the call, or the call applied and the connection
    ``cut`` before the answer.
    """

    delay: float = 0.0
    refusal: Refused | None = None
    page: bool = False
    cut: bool = False


def bad_request(why: str) -> Refused:
    """Give the refusal for a request that is wrong in itself."""
    return Refused(400, f"Bad Request: {why}")


def forbidden(why: str) -> Refused:
    """Give the refusal for a chat that does not want the bot."""
    return Refused(403, f"Forbidden: {why}")


def conflict(why: str) -> Refused:
    """Give the refusal for a second reader of updates."""
    return Refused(409, f"Conflict: {why}")


def too_many_requests(seconds: int) -> Refused:
    """Give the refusal that tells how long to wait."""
    description = f"Too Many Requests: retry after {seconds}"
    return Refused(429, description, {"retry_after": seconds})
