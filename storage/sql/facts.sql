-- name: add_fact!
INSERT INTO facts (
    owner, number, client, day, words, captured_at, touched_at, source, note, sign, proposed,
    said_at, author, pieces, cuts, messages, letter, deleted_at
)
VALUES (
    :owner, :number, :client, :day, :words, :captured_at, :touched_at, :source, :note, :sign,
    :proposed, :said_at, :author, :pieces, :cuts, :messages, :letter, :deleted_at
);

-- name: get_fact^
SELECT *
FROM facts
WHERE owner = :owner AND number = :number;

-- name: get_fact_of_letter^
SELECT *
FROM facts
WHERE owner = :owner AND letter = :letter AND deleted_at IS NULL
ORDER BY number DESC
LIMIT 1;

-- name: list_facts_of_client
SELECT *
FROM facts
WHERE owner = :owner AND client = :client AND deleted_at IS NULL
ORDER BY day DESC, number DESC;

-- name: list_facts_without_client
SELECT *
FROM facts
WHERE owner = :owner AND client IS NULL AND deleted_at IS NULL
ORDER BY day DESC, number DESC;

-- name: list_facts
SELECT *
FROM facts
WHERE owner = :owner
ORDER BY number;

-- name: list_recent_facts
SELECT f.*
FROM facts AS f
LEFT JOIN clients AS c ON c.owner = f.owner AND c.number = f.client
WHERE
    f.owner = :owner
    AND f.touched_at >= :since
    AND f.deleted_at IS NULL
    AND c.deleted_at IS NULL
ORDER BY f.touched_at DESC, f.number DESC;

-- name: save_fact!
UPDATE facts
SET
    client = :client,
    day = :day,
    words = :words,
    touched_at = :touched_at,
    source = :source,
    note = :note,
    sign = :sign,
    proposed = :proposed,
    said_at = :said_at,
    author = :author,
    pieces = :pieces,
    cuts = :cuts,
    messages = :messages,
    letter = :letter,
    deleted_at = :deleted_at
WHERE owner = :owner AND number = :number;

-- name: purge_facts!
DELETE FROM facts WHERE deleted_at <= :before;

-- name: count_facts^
SELECT count(*) AS there FROM facts WHERE owner = :owner AND deleted_at IS NULL;
