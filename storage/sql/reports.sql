-- name: add_report!
INSERT INTO reports (owner, number, client, week, started_at, items, words, sent_on)
VALUES (:owner, :number, :client, :week, :started_at, :items, :words, :sent_on);

-- name: get_report^
SELECT *
FROM reports
WHERE owner = :owner AND number = :number;

-- name: list_reports_of_client
SELECT *
FROM reports
WHERE owner = :owner AND client = :client
ORDER BY number;

-- name: list_reports
SELECT *
FROM reports
WHERE owner = :owner
ORDER BY number;

-- name: save_report!
UPDATE reports
SET week = :week, items = :items, words = :words, sent_on = :sent_on
WHERE owner = :owner AND number = :number;
