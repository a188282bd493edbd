"""All topics, joined: a new topic is one line here."""

from __future__ import annotations

from handlers import (
    anything,
    assess,
    cancel,
    clients,
    data,
    library,
    plan,
    settings,
    start,
    verdict,
)
from handlers.routing import Routes, joined


def all_routes() -> Routes:
    """Return everything the person can do."""
    topics = (assess, verdict, plan, clients, start, cancel, library, settings, data, anything)
    return joined(topic.routes for topic in topics)
