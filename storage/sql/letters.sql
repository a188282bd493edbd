-- name: add_letter(owner, number, client, kind, tone, length, language, started_at, filled, facts, version, done_at, sent_on)!
INSERT INTO letters (
    owner, number, client, kind, tone, length, language, started_at, filled, facts, version,
    done_at, sent_on
)
VALUES (
    :owner, :number, :client, :kind, :tone, :length, :language, :started_at, :filled, :facts,
    :version, :done_at, :sent_on
);

-- name: get_letter(owner, number)^
SELECT
    number, client, kind, tone, length, language, started_at, filled, facts, version, done_at,
    sent_on
FROM letters
WHERE owner = :owner AND number = :number;

-- name: list_letters_of_client(owner, client)
SELECT
    number, client, kind, tone, length, language, started_at, filled, facts, version, done_at,
    sent_on
FROM letters
WHERE owner = :owner AND client = :client
ORDER BY number DESC;

-- name: list_letters(owner)
SELECT
    number, client, kind, tone, length, language, started_at, filled, facts, version, done_at,
    sent_on
FROM letters
WHERE owner = :owner
ORDER BY number;

-- name: save_letter(owner, number, tone, length, language, filled, facts, version, done_at, sent_on)!
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

-- name: show_version(owner, number, version)!
UPDATE letters SET version = :version WHERE owner = :owner AND number = :number;

-- name: drop_versions(owner, letter, after)!
DELETE FROM versions WHERE owner = :owner AND letter = :letter AND number > :after;

-- name: add_version(owner, letter, number, words, made_at)!
INSERT INTO versions (owner, letter, number, words, made_at)
VALUES (:owner, :letter, :number, :words, :made_at);

-- name: list_versions(owner, letter)
SELECT letter, number, words, made_at
FROM versions
WHERE owner = :owner AND letter = :letter
ORDER BY number;

-- name: list_all_versions(owner)
SELECT letter, number, words, made_at
FROM versions
WHERE owner = :owner
ORDER BY letter, number;
