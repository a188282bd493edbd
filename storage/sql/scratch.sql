-- name: get_prompt^
SELECT kind, subject, expires_at FROM prompts WHERE owner = :owner;

-- name: set_prompt!
INSERT INTO prompts (owner, kind, subject, expires_at)
VALUES (:owner, :kind, :subject, :expires_at)
ON CONFLICT (owner) DO UPDATE SET
    kind = excluded.kind,
    subject = excluded.subject,
    expires_at = excluded.expires_at;

-- name: clear_prompt!
DELETE FROM prompts WHERE owner = :owner;

-- name: purge_prompts!
DELETE FROM prompts WHERE expires_at <= :before;

-- name: get_held^
SELECT words, message, expires_at, said_at, author, note, former FROM held WHERE owner = :owner;

-- name: set_held!
INSERT INTO held (owner, words, message, expires_at, said_at, author, note, former)
VALUES (:owner, :words, :message, :expires_at, :said_at, :author, :note, :former)
ON CONFLICT (owner) DO UPDATE SET
    words = excluded.words,
    message = excluded.message,
    expires_at = excluded.expires_at,
    said_at = excluded.said_at,
    author = excluded.author,
    note = excluded.note,
    former = excluded.former;

-- name: clear_held!
DELETE FROM held WHERE owner = :owner;

-- name: purge_held!
DELETE FROM held WHERE expires_at <= :before;
