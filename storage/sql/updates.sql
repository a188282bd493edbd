-- name: apply_update!
-- One of the inbox is settled with it: what is left to be done of it waits, so a copy that comes is
-- passed over.
INSERT INTO applied_updates (update_id, applied_at, settled)
VALUES (:update_id, :applied_at, :settled)
ON CONFLICT (update_id) DO NOTHING;

-- name: get_turn^
-- How one of the inbox stands: whether it was applied, which its reply may still be on the way of,
-- whether it waits, and whether an earlier one of the person waits that was not applied.
SELECT
    EXISTS (SELECT 1 FROM applied_updates WHERE update_id = :update_id) AS applied,
    EXISTS (SELECT 1 FROM pending_updates WHERE update_id = :update_id) AS waits,
    EXISTS (
        SELECT 1 FROM pending_updates AS p
        WHERE
            p.owner = :owner
            AND p.update_id < :update_id
            AND NOT EXISTS (SELECT 1 FROM applied_updates AS a WHERE a.update_id = p.update_id)
    ) AS earlier;

-- name: settle_update!
INSERT INTO applied_updates (update_id, applied_at, settled)
VALUES (:update_id, :applied_at, 1)
ON CONFLICT (update_id) DO UPDATE SET settled = 1;

-- Telegram's own ids are positive.
-- name: probe!
INSERT INTO applied_updates (update_id, applied_at)
VALUES (-1, :now)
ON CONFLICT (update_id) DO UPDATE SET applied_at = excluded.applied_at;

-- name: get_needed^
-- The last migration that a release must know to work with the database.
SELECT max(coalesce(needs, number)) AS needed FROM migrations;

-- name: purge_applied_updates!
DELETE FROM applied_updates WHERE applied_at < :before;

-- name: park_update!
INSERT INTO pending_updates (update_id, owner, body, received_at, tries)
VALUES (:update_id, :owner, :body, :received_at, :tries)
ON CONFLICT (update_id) DO UPDATE SET
    owner = excluded.owner,
    body = excluded.body,
    received_at = excluded.received_at,
    tries = excluded.tries;

-- name: receive_update!
-- Nothing where it waits already, was put aside, or nothing of it is left to be done.
INSERT INTO pending_updates (update_id, owner, body, received_at, tries, slow)
SELECT
    CAST(:update_id AS bigint), CAST(:owner AS bigint), CAST(:body AS blob),
    CAST(:received_at AS bigint), 0, CAST(:slow AS smallint)
WHERE
    NOT EXISTS (SELECT 1 FROM applied_updates WHERE update_id = :update_id AND settled = 1)
    AND NOT EXISTS (SELECT 1 FROM put_aside WHERE update_id = :update_id)
ON CONFLICT (update_id) DO NOTHING;

-- name: slow_down!
UPDATE pending_updates SET slow = 1 WHERE update_id = :update_id;

-- name: list_pending
SELECT update_id, owner, body, received_at, tries, slow
FROM pending_updates
ORDER BY update_id;

-- name: list_pending_of
SELECT update_id, owner, body, received_at, tries, slow
FROM pending_updates
WHERE owner = :owner
ORDER BY update_id;

-- name: list_next_of
SELECT update_id, owner, body, received_at, tries, slow
FROM pending_updates
WHERE owner = :owner
ORDER BY update_id
LIMIT 2;

-- name: count_pending_of^
SELECT count(*) AS waiting FROM pending_updates WHERE owner = :owner;

-- name: list_waiting
-- Whose updates wait, the longest waiting first.
SELECT owner FROM pending_updates GROUP BY owner ORDER BY min(update_id) LIMIT :most;

-- name: delete_pending!
DELETE FROM pending_updates WHERE update_id = :update_id;

-- name: add_put_aside!
INSERT INTO put_aside (update_id, owner, body, reason, put_aside_at, tries)
VALUES (:update_id, :owner, :body, :reason, :put_aside_at, :tries)
ON CONFLICT (update_id) DO UPDATE SET
    owner = excluded.owner,
    body = excluded.body,
    reason = excluded.reason,
    put_aside_at = excluded.put_aside_at,
    tries = excluded.tries;

-- name: get_put_aside^
SELECT *
FROM put_aside
WHERE update_id = :update_id;

-- name: list_put_aside
SELECT *
FROM put_aside
ORDER BY update_id;

-- name: list_put_aside_of
SELECT *
FROM put_aside
WHERE owner = :owner
ORDER BY update_id;

-- name: delete_put_aside!
DELETE FROM put_aside WHERE update_id = :update_id;

-- name: purge_put_aside!
DELETE FROM put_aside WHERE put_aside_at <= :before;

-- name: list_heads
-- The format and the number of the key of every body that waits or was put aside.
SELECT substr(body, 1, 3) AS head FROM pending_updates
UNION SELECT substr(body, 1, 3) FROM put_aside WHERE body IS NOT NULL;

-- name: add_webhook!
INSERT INTO webhooks (address) VALUES (:address) ON CONFLICT (address) DO NOTHING;

-- name: get_webhook^
SELECT 1 FROM webhooks WHERE address = :address;
