-- name: get_reminding^
SELECT *
FROM reminders
WHERE owner = :owner;

-- name: save_reminding!
INSERT INTO reminders (
    owner, remind_at, quiet_from, quiet_to, weekdays_only, holidays, weekday, epoch,
    effective_from, away_until, reachable, silent_since, a_week, next_look
)
VALUES (
    :owner, :remind_at, :quiet_from, :quiet_to, :weekdays_only, :holidays, :weekday, :epoch,
    :effective_from, :away_until, :reachable, :silent_since, :a_week, 0
)
ON CONFLICT (owner) DO UPDATE SET
    remind_at = excluded.remind_at,
    quiet_from = excluded.quiet_from,
    quiet_to = excluded.quiet_to,
    weekdays_only = excluded.weekdays_only,
    holidays = excluded.holidays,
    weekday = excluded.weekday,
    epoch = excluded.epoch,
    effective_from = excluded.effective_from,
    away_until = excluded.away_until,
    reachable = excluded.reachable,
    silent_since = excluded.silent_since,
    a_week = excluded.a_week,
    next_look = 0;

-- name: look_again!
-- Nothing for somebody without a row among the people.
INSERT INTO reminders (owner, next_look)
SELECT owner, 0 FROM people WHERE owner = :owner
ON CONFLICT (owner) DO UPDATE SET next_look = 0;

-- name: list_rhythms
SELECT
    r.client, r.weekday, r.since, r.paused_until,
    y.day, y.open_since, y.state, y.snoozed_until, y.again_at, y.closed_at, y.rev,
    (SELECT max(o.sent_on) FROM reports AS o WHERE o.owner = r.owner AND o.client = r.client)
        AS reported,
    (SELECT max(l.sent_on) FROM letters AS l WHERE l.owner = r.owner AND l.client = r.client)
        AS written
FROM rhythms AS r
JOIN clients AS c ON c.owner = r.owner AND c.number = r.client
LEFT JOIN cycles AS y ON
    y.owner = r.owner
    AND y.client = r.client
    AND y.day = (
        SELECT max(day) FROM cycles
        WHERE owner = r.owner AND client = r.client AND day <= :today
    )
WHERE r.owner = :owner AND c.archived_at IS NULL AND c.deleted_at IS NULL
ORDER BY r.client;

-- name: get_rhythm^
SELECT
    r.client, r.weekday, r.since, r.paused_until,
    y.day, y.open_since, y.state, y.snoozed_until, y.again_at, y.closed_at, y.rev,
    (SELECT max(o.sent_on) FROM reports AS o WHERE o.owner = r.owner AND o.client = r.client)
        AS reported,
    (SELECT max(l.sent_on) FROM letters AS l WHERE l.owner = r.owner AND l.client = r.client)
        AS written
FROM rhythms AS r
LEFT JOIN cycles AS y ON
    y.owner = r.owner
    AND y.client = r.client
    AND y.day = (
        SELECT max(day) FROM cycles
        WHERE owner = :owner AND client = :client AND day <= :today
    )
WHERE r.owner = :owner AND r.client = :client;

-- name: list_all_rhythms
SELECT client, weekday, since, paused_until
FROM rhythms
WHERE owner = :owner
ORDER BY client;

-- name: set_rhythm!
INSERT INTO rhythms (owner, client, weekday, since, paused_until)
VALUES (:owner, :client, :weekday, :since, :paused_until)
ON CONFLICT (owner, client) DO UPDATE SET
    weekday = excluded.weekday,
    since = excluded.since,
    paused_until = excluded.paused_until;

-- name: get_cycle^
SELECT *
FROM cycles
WHERE owner = :owner AND client = :client AND day = :day;

-- name: list_cycles
SELECT *
FROM cycles
WHERE owner = :owner AND client = :client
ORDER BY day DESC;

-- name: list_all_cycles
SELECT *
FROM cycles
WHERE owner = :owner
ORDER BY client, day;

-- name: add_cycle!
INSERT INTO cycles (
    owner, client, day, open_since, state, snoozed_until, again_at, closed_at, rev
)
VALUES (
    :owner, :client, :day, :open_since, :state, :snoozed_until, :again_at, :closed_at, :rev
)
ON CONFLICT (owner, client, day) DO NOTHING;

-- name: change_cycle!
UPDATE cycles
SET
    open_since = :open_since,
    state = :state,
    snoozed_until = :snoozed_until,
    again_at = :again_at,
    closed_at = :closed_at,
    rev = :rev
WHERE owner = :owner AND client = :client AND day = :day AND rev = :read;

-- name: list_dispatches
SELECT *
FROM dispatches
WHERE owner = :owner AND day >= :since
ORDER BY number;

-- name: list_all_dispatches
SELECT *
FROM dispatches
WHERE owner = :owner
ORDER BY number;

-- name: adopt_message!
UPDATE dispatches SET message = :message WHERE owner = :owner AND number = :number;

-- name: last_attempt^
SELECT max(attempted_at) FROM dispatches WHERE owner = :owner AND number <> :number;
