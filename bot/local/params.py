"""The parameters of a Bot API call, read as leniently as Telegram reads them.

A form carries everything as text, JSON carries numbers and lists: both are taken, so the two doors
share one reader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.local.refusals import bad_request

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """One file of a multipart request."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Params:
    """Read one call's parameters; every wrong shape raises `Refused`."""

    raw: Mapping[str, Any]
    files: Mapping[str, Upload]

    def text(self, name: str) -> str:
        """Give a text, "" when it is absent."""
        value = self.raw.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int:
        """Give a whole number; without a ``default`` it is required."""
        value = self.raw.get(name, default)
        try:
            return int(str(value))
        except ValueError:
            pass
        if value is None or value == "":
            raise bad_request(f'parameter "{name}" is required')
        raise bad_request(f'parameter "{name}" must be a number')

    def flag(self, name: str) -> bool:
        """Give a yes or no, "no" when it is absent."""
        return str(self.raw.get(name, "")).lower() in {"true", "1", "yes"}

    def array(self, name: str) -> list[Any]:
        """Give a list, empty when it is absent."""
        value = self._json(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f'parameter "{name}" must be an Array')
        return value

    def object(self, name: str) -> Json | None:
        """Give an object, None when it is absent."""
        value = self._json(name)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {name.replace('_', ' ')}")

    def upload(self, name: str) -> Upload | str:
        """Give the file sent along under ``name``, or the id or address that stands for it."""
        value = self.text(name).removeprefix("attach://")
        return self.files.get(name) or self.files.get(value) or value

    def _json(self, name: str) -> Any:  # noqa: ANN401 - any JSON value, narrowed by the callers
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
