-- name: apply_update!
INSERT INTO applied_updates (update_id, applied_at)
VALUES (:update_id, :applied_at)
ON CONFLICT (update_id) DO NOTHING;

-- Telegram's own ids are positive.
-- name: probe!
INSERT INTO applied_updates (update_id, applied_at)
VALUES (-1, :now)
ON CONFLICT (update_id) DO UPDATE SET applied_at = excluded.applied_at;

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

-- name: list_pending
SELECT update_id, owner, body, received_at, tries
FROM pending_updates
ORDER BY update_id;

-- name: list_pending_of
SELECT update_id, owner, body, received_at, tries
FROM pending_updates
WHERE owner = :owner
ORDER BY update_id;

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
