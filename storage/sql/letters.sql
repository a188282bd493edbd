-- name: add_letter!
INSERT INTO letters (
    owner, number, client, kind, tone, length, language, started_at, filled, facts, version,
    done_at, sent_on
)
VALUES (
    :owner, :number, :client, :kind, :tone, :length, :language, :started_at, :filled, :facts,
    :version, :done_at, :sent_on
);

-- name: get_letter^
SELECT *
FROM letters
WHERE owner = :owner AND number = :number;

-- name: list_letters_of_client
SELECT *
FROM letters
WHERE owner = :owner AND client = :client
ORDER BY number DESC;

-- name: list_letters
SELECT *
FROM letters
WHERE owner = :owner
ORDER BY number;

-- name: save_letter!
UPDATE letters
SET
    tone = :tone,
    length = :length,
    language = :language,
    filled = :filled,
    facts = :facts,
    version = :version,
    done_at = :done_at,
    sent_on = :sent_on
WHERE owner = :owner AND number = :number;

-- name: show_version!
UPDATE letters SET version = :version WHERE owner = :owner AND number = :number;

-- name: drop_versions!
DELETE FROM versions WHERE owner = :owner AND letter = :letter AND number > :after;

-- name: add_version!
INSERT INTO versions (owner, letter, number, words, made_at)
VALUES (:owner, :letter, :number, :words, :made_at);

-- name: list_versions
SELECT letter, number, words, made_at
FROM versions
WHERE owner = :owner AND letter = :letter
ORDER BY number;

-- name: list_all_versions
SELECT letter, number, words, made_at
FROM versions
WHERE owner = :owner
ORDER BY letter, number;
