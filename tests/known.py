"""The project's own content, loaded once in a process: it never changes while tests run."""

from __future__ import annotations

from typing import Final

from content.loading import load

KNOWLEDGE: Final = load()
