"""A screenshot as a small PNG: few colours, no filters, which suits flat areas and letters best."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256
RGB = 3


def smaller(png: bytes) -> bytes:
    """Return a PNG of 8-bit RGB, not interlaced, with the 256 commonest colours alone."""
    chunks = dict(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    if (depth, kind) != (8, 2):
        raise ValueError("not 8-bit RGB")
    rows = list(_rows(zlib.decompress(chunks[b"IDAT"]), width * RGB, height))
    counts = Counter(each for row in rows for each in _pixels(row))
    palette = [colour for colour, _ in counts.most_common(MOST_COLOURS)]
    index = {colour: _nearest(colour, palette) for colour in counts}
    lines = b"".join(b"\0" + bytes(index[each] for each in _pixels(row)) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [
        (b"IHDR", head),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(_chunk(name, data) for name, data in parts)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each kind of chunk once, those of one kind joined."""
    found: dict[bytes, bytearray] = {}
    at = len(SIGNATURE)
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        found.setdefault(name, bytearray()).extend(png[at + 8 : at + 8 + size])
        at += 12 + size
    return ((name, bytes(data)) for name, data in found.items())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _rows(raw: bytes, size: int, height: int) -> Iterator[bytearray]:
    """Undo the filters of each row (PNG, section 9)."""
    above = bytearray(size)
    for start in range(0, height * (size + 1), size + 1):
        kind, row = raw[start], bytearray(raw[start + 1 : start + 1 + size])
        for at in range(size):
            left = row[at - RGB] if at >= RGB else 0
            corner = above[at - RGB] if at >= RGB else 0
            guess = (0, left, above[at], (left + above[at]) // 2)
            row[at] = (
                row[at] + (guess[kind] if kind < 4 else _paeth(left, above[at], corner))
            ) % 256
        yield row
        above = row


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda each: abs(guess - each))


def _pixels(row: bytearray) -> Iterator[bytes]:
    return (bytes(row[at : at + RGB]) for at in range(0, len(row), RGB))


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    distances = [
        sum((mine - theirs) ** 2 for mine, theirs in zip(colour, each, strict=True))
        for each in palette
    ]
    return distances.index(min(distances))
