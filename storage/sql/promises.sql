-- name: add_promise(owner, number, client, kind, due, state, words, subject)!
INSERT INTO promises (owner, number, client, kind, due, state, words, subject)
VALUES (:owner, :number, :client, :kind, :due, :state, :words, :subject);

-- name: get_promise(owner, number)^
SELECT number, client, kind, due, state, words, subject
FROM promises
WHERE owner = :owner AND number = :number;

-- name: list_open_promises(owner)
SELECT p.number, p.client, p.kind, p.due, p.state, p.words, p.subject
FROM promises AS p
LEFT JOIN clients AS c ON c.owner = p.owner AND c.number = p.client
WHERE p.owner = :owner AND p.state = 'open' AND c.deleted_at IS NULL
ORDER BY p.due, p.number;

-- name: list_promises(owner)
SELECT number, client, kind, due, state, words, subject
FROM promises
WHERE owner = :owner
ORDER BY number;

-- name: save_promise(owner, number, client, due, state, words)!
UPDATE promises
SET client = :client, due = :due, state = :state, words = :words
WHERE owner = :owner AND number = :number;

-- name: erase_promises(owner)!
DELETE FROM promises WHERE owner = :owner;
