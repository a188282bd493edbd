"""All topics, joined: a new topic is one line here."""

from __future__ import annotations

from handlers import (
    anything,
    assess,
    blanks,
    cancel,
    clients,
    data,
    digest,
    drafts,
    facts,
    letters,
    library,
    plan,
    price,
    sending,
    settings,
    start,
    tonight,
    verdict,
)
from handlers.routing import joined

TOPICS = (
    assess,
    verdict,
    plan,
    clients,
    facts,
    tonight,
    digest,
    price,
    letters,
    blanks,
    drafts,
    sending,
    start,
    cancel,
    library,
    settings,
    data,
    anything,
)
ROUTES = joined(topic.routes for topic in TOPICS)
"""Everything the person can do."""
