-- name: add_promise!
INSERT INTO promises (owner, number, client, kind, due, state, words, subject, listed, tried)
VALUES (
    :owner, :number, :client, :kind, :due, :state, :words, :subject, :listed, :tried
);

-- name: get_promise^
SELECT *
FROM promises
WHERE owner = :owner AND number = :number;

-- name: list_open_promises
SELECT p.*
FROM promises AS p
LEFT JOIN clients AS c ON c.owner = p.owner AND c.number = p.client
WHERE p.owner = :owner AND p.state = 'open' AND c.deleted_at IS NULL
ORDER BY p.due, p.number;

-- name: list_promises_of_client
SELECT *
FROM promises
WHERE owner = :owner AND client = :client
ORDER BY number;

-- name: list_promises
SELECT *
FROM promises
WHERE owner = :owner
ORDER BY number;

-- name: save_promise!
UPDATE promises
SET
    client = :client,
    due = :due,
    state = :state,
    words = :words,
    listed = :listed,
    tried = :tried
WHERE owner = :owner AND number = :number;

-- name: erase_promises!
DELETE FROM promises WHERE owner = :owner;
