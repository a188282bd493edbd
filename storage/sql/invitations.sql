-- name: add_invitation!
INSERT INTO invitations (hash, expires_at) VALUES (:hash, :expires_at);

-- The statement both finds and spends it: of two who come at once one gets nothing.
-- name: use_invitation!
DELETE FROM invitations WHERE hash = :hash AND expires_at > :now;

-- name: purge_invitations!
DELETE FROM invitations WHERE expires_at <= :before;

-- name: tell_stranger!
-- Nothing where they were told today.
INSERT INTO strangers (who, day) VALUES (:who, :day)
ON CONFLICT (who) DO UPDATE SET day = excluded.day WHERE strangers.day <> excluded.day;

-- name: purge_strangers!
DELETE FROM strangers WHERE day < :today;

-- name: invite_person!
INSERT INTO people (owner, since, invited_at)
VALUES (:owner, :now, :now)
ON CONFLICT (owner) DO UPDATE SET invited_at = excluded.invited_at;

-- name: get_invited^
SELECT invited_at FROM people WHERE owner = :owner AND invited_at IS NOT NULL;
