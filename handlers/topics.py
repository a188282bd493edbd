"""All topics, joined: a new topic is one line here."""

from __future__ import annotations

from handlers.account import data, settings
from handlers.assessment import assess, closing, opinion, plan, ticks, verdict
from handlers.casefile import case
from handlers.clients import buttons as to_clients
from handlers.clients import cancel, card, price, start
from handlers.due import dispatch
from handlers.engine.frame import Topics
from handlers.engine.routing import joined
from handlers.facts import log, put_off, unsorted, what_happened
from handlers.hindsight import ask
from handlers.letters import after, choose, drafts, finish, ladder, parts, questions
from handlers.library import browse
from handlers.pictures import draw
from handlers.prospects import prospect
from handlers.reminders import calendar, digest
from handlers.reminders import settings as reminders
from handlers.reports import choose as reports
from handlers.reports import edit
from handlers.team import judging, lead, sorting

TOPICS = (
    assess,
    ticks,
    closing,
    verdict,
    opinion,
    plan,
    card,
    prospect,
    lead,
    sorting,
    judging,
    log,
    put_off,
    what_happened,
    digest,
    reminders,
    calendar,
    price,
    choose,
    questions,
    parts,
    drafts,
    finish,
    after,
    ladder,
    reports,
    edit,
    draw,
    case,
    start,
    cancel,
    browse,
    settings,
    data,
    ask,
    unsorted,
)
ROUTES = joined(topic.routes for topic in TOPICS)
"""Everything the person can do."""
JOINED = Topics(
    routes=ROUTES,
    home=to_clients.Home(),
    gone=card.gone,
    reader=unsorted.reader,
    notice=digest.told,
    came_back=dispatch.came_back,
    adopted=dispatch.adopted,
)
"""What the engine needs of them."""
