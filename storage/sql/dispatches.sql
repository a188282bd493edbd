-- These look at all people.

-- name: list_people_to_look_at
SELECT owner
FROM reminders
WHERE next_look <= :now
ORDER BY next_look, owner
LIMIT :most;

-- name: look_at!
UPDATE reminders SET next_look = :next_look WHERE owner = :owner;

-- name: add_dispatch!
INSERT INTO dispatches (
    owner, number, kind, epoch, day, client, week, claimed_at, met_at, not_after, doubtful,
    attempted_at, not_before, wake, holder, lease, carried, message, ending
)
VALUES (
    :owner, :number, :kind, :epoch, :day, :client, :week, :claimed_at, :met_at, :not_after,
    :doubtful, :attempted_at, :not_before, :wake, :holder, :lease, :carried, :message, :ending
)
ON CONFLICT (owner, epoch, day) WHERE kind = 'digest' DO NOTHING;

-- name: take_dispatches
-- A lease that ends after the one given here was given by a clock that has gone back. The conditions
-- stand outside once more: there they are looked at again where another worker was faster.
UPDATE dispatches
SET holder = :holder, lease = :lease, wake = :lease
WHERE
    (owner, number) IN (
        SELECT owner, number FROM dispatches
        WHERE
            ending IS NULL
            AND wake <= :now
            AND (lease <= :now OR lease > :lease OR holder = :holder)
        ORDER BY wake, owner, number
        LIMIT :most
    )
    AND ending IS NULL
    AND wake <= :now
    AND (lease <= :now OR lease > :lease OR holder = :holder)
RETURNING *;

-- name: get_dispatch^
SELECT *
FROM dispatches
WHERE owner = :owner AND number = :number;

-- name: save_dispatch!
UPDATE dispatches
SET
    client = :client,
    week = :week,
    claimed_at = :claimed_at,
    met_at = :met_at,
    not_after = :not_after,
    doubtful = :doubtful,
    attempted_at = :attempted_at,
    not_before = :not_before,
    wake = :wake,
    lease = :lease,
    carried = :carried,
    message = :message,
    ending = :ending
WHERE owner = :owner AND number = :number AND holder = :holder AND ending IS NULL;

-- name: next_look^
SELECT min(next_look) FROM reminders WHERE next_look IS NOT NULL;

-- name: next_wake^
SELECT min(wake) FROM dispatches WHERE ending IS NULL;

-- name: put_back_settings!
UPDATE reminders SET effective_from = :now WHERE effective_from > :now;

-- name: meet_dispatches!
UPDATE dispatches
SET met_at = :now
WHERE met_at > :now OR (met_at IS NULL AND (claimed_at > :now OR attempted_at > :now));

-- name: wake_dispatches!
UPDATE dispatches SET wake = :now WHERE ending IS NULL AND wake > :now;

-- name: look_at_everybody!
UPDATE reminders SET next_look = 0 WHERE next_look > 0;

-- name: get_version_computed_with^
SELECT version FROM computed_with WHERE cache = :cache;

-- name: set_version_computed_with!
INSERT INTO computed_with (cache, version)
VALUES (:cache, :version)
ON CONFLICT (cache) DO UPDATE SET version = excluded.version;

-- name: purge_dispatches!
DELETE FROM dispatches WHERE ending IS NOT NULL AND claimed_at < :before;
