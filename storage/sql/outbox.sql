-- name: get_outgoing^
SELECT update_id, reply, papers, shown, former, delivered FROM outbox WHERE owner = :owner;

-- name: keep_outgoing!
INSERT INTO outbox (owner, update_id, reply, papers, shown, former, delivered, kept_at)
VALUES (:owner, :update_id, :reply, 0, NULL, :former, 0, :kept_at)
ON CONFLICT (owner) DO UPDATE SET
    update_id = excluded.update_id,
    reply = excluded.reply,
    papers = 0,
    shown = NULL,
    former = excluded.former,
    delivered = 0,
    kept_at = excluded.kept_at;

-- name: handed_over!
UPDATE outbox SET papers = :papers WHERE owner = :owner AND update_id = :update_id;

-- name: shown_in!
UPDATE outbox SET shown = :message WHERE owner = :owner AND update_id = :update_id;

-- name: delivered!
UPDATE outbox SET former = '', delivered = 1 WHERE owner = :owner AND update_id = :update_id;

-- name: forget_outgoing!
-- A reply may name what is purged; what could be undone cannot be by now.
UPDATE outbox SET reply = NULL
WHERE
    owner IN (SELECT owner FROM clients WHERE deleted_at <= :before)
    OR owner IN (SELECT owner FROM facts WHERE deleted_at <= :before);

-- name: purge_outbox!
DELETE FROM outbox WHERE kept_at < :before;
