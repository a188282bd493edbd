"""What a text needs before it can be stored and sent."""

from __future__ import annotations


def clean_text(text: str) -> str:
    """Drop NUL and lone surrogates, which databases and JSON refuse, and the blanks at both ends.

    Nothing else changes: no normal form, no joiner, no direction mark.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return whole.replace("\0", "").strip()
