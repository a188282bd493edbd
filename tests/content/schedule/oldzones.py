"""Zones as tzdata 2025b had them, for after the last change it knew of: nothing but their rule."""

from __future__ import annotations

import io
import struct
from zoneinfo import ZoneInfo

RULES = {
    "America/Vancouver": "PST8PDT,M3.2.0,M11.1.0",
    "Africa/Casablanca": "<+01>-1",
    "America/Havana": "CST5CDT,M3.2.0/0,M11.1.0/1",
}


def old_zone(key: str) -> ZoneInfo:
    return ZoneInfo.from_file(io.BytesIO(old_file(key)), key=key)


def old_file(key: str) -> bytes:
    # RFC 9636: both blocks hold one local time type and no transitions; the rule stands behind.
    block = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4) + bytes(6) + b"OLD\0"
    return block * 2 + f"\n{RULES[key]}\n".encode()
