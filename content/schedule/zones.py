"""Whether what somebody gives for a time zone is one, and what else it may mean."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone

from rapidfuzz import fuzz, process

from content.places import find_city, valid_zone, zone_for_clock

USUAL = ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Almaty", "Europe/Berlin")
"""Proposed where nothing is like what was given."""
LIKE_ENOUGH = 80
LONGEST = 60
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_FURTHEST = 14


def check_zone(text: str, now: datetime, limit: int = 4) -> str | tuple[str, ...]:
    """Return the zone's key, or, for what is none, proposals (never empty), likelier first.

    Old names (``Asia/Calcutta``) are zones. An offset (``GMT+3``) is none: it knows no summer
    time. Where clocks stand so ``now`` is proposed.
    """
    # The key is looked up before anything is loaded: loading fails in a different way for each
    # kind of wrong name, and must never see a path.
    return text if valid_zone(text) else _proposals(text[:LONGEST].strip(), now)[:limit]


def _proposals(text: str, now: datetime) -> tuple[str, ...]:
    keys = {key.casefold(): key for key in sorted(zoneinfo.available_timezones()) if "/" in key}
    if (key := keys.get(text.casefold())) is not None:
        return (key,)
    if offset := _OFFSET.fullmatch(text):
        at_home = _clock(offset, now)
        zones = () if at_home is None else zone_for_clock(now, at_home.time())
        return zones or USUAL
    cities = tuple(dict.fromkeys(city.zone for city in find_city(text)))
    places = {key.rpartition("/")[2].casefold(): key for key in keys.values()}
    wanted = text.rpartition("/")[2].casefold()
    similar = process.extract(wanted, places.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return cities or tuple(places[name] for name, _, _ in similar) or USUAL


def _clock(offset: re.Match[str], now: datetime) -> datetime | None:
    sign, hours, minutes = offset.groups()
    if int(hours) > _FURTHEST:
        return None
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return now.astimezone(UTC).astimezone(timezone(ahead if sign == "+" else -ahead))
