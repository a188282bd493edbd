"""All topics, joined: a new topic is one line here."""

from __future__ import annotations

from handlers import (
    anything,
    assess,
    blanks,
    calendar,
    cancel,
    clients,
    composing,
    data,
    digest,
    drafts,
    facts,
    letters,
    library,
    plan,
    price,
    reminders,
    reports,
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
    reminders,
    calendar,
    price,
    letters,
    blanks,
    drafts,
    sending,
    reports,
    composing,
    start,
    cancel,
    library,
    settings,
    data,
    anything,
)
ROUTES = joined(topic.routes for topic in TOPICS)
"""Everything the person can do."""
