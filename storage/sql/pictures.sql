-- name: get_picture^
SELECT subject, client, look, file FROM pictures WHERE owner = :owner AND subject = :subject;

-- name: list_pictures
SELECT subject, client, look, file FROM pictures WHERE owner = :owner ORDER BY subject;

-- name: put_picture!
INSERT INTO pictures (owner, subject, client, look, file)
VALUES (:owner, :subject, :client, :look, :file)
ON CONFLICT (owner, subject) DO UPDATE SET
    client = excluded.client,
    look = excluded.look,
    file = excluded.file;

-- name: forget_pictures!
-- What shows all clients shows the one who is purged.
DELETE FROM pictures
WHERE client IS NULL AND owner IN (SELECT owner FROM clients WHERE deleted_at <= :before);
