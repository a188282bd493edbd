-- name: add_client!
INSERT INTO clients (owner, number, name, since, prospect)
VALUES (:owner, :number, :name, :since, :prospect);

-- name: get_client^
SELECT *
FROM clients
WHERE owner = :owner AND number = :number;

-- name: get_client_of^
-- The client of an assessment.
SELECT *
FROM clients
WHERE
    owner = :owner
    AND number = (SELECT client FROM assessments WHERE owner = :owner AND number = :assessment);

-- name: list_clients
SELECT *
FROM clients
WHERE owner = :owner AND deleted_at IS NULL AND archived_at IS NULL AND prospect = 0
ORDER BY number;

-- name: list_prospects
SELECT *
FROM clients
WHERE owner = :owner AND deleted_at IS NULL AND archived_at IS NULL AND prospect = 1
ORDER BY number;

-- name: list_archived_clients
SELECT *
FROM clients
WHERE owner = :owner AND deleted_at IS NULL AND archived_at IS NOT NULL
ORDER BY number;

-- name: list_all_clients
SELECT *
FROM clients
WHERE owner = :owner
ORDER BY number;

-- name: save_client!
UPDATE clients
SET
    name = :name, note = :note, archived_at = :archived_at, deleted_at = :deleted_at,
    prospect = :prospect, beforehand = :beforehand
WHERE owner = :owner AND number = :number;

-- name: purge_clients!
DELETE FROM clients WHERE deleted_at <= :before;

-- name: count_clients^
SELECT count(*) AS there FROM clients WHERE owner = :owner AND deleted_at IS NULL;
