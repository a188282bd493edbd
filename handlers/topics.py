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
from handlers.routing import joined

TOPICS = (assess, verdict, plan, clients, start, cancel, library, settings, data, anything)
ROUTES = joined(topic.routes for topic in TOPICS)
"""Everything the person can do."""
