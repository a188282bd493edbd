-- name: add_report(owner, number, client, week, started_at, items, words, sent_on)!
INSERT INTO reports (owner, number, client, week, started_at, items, words, sent_on)
VALUES (:owner, :number, :client, :week, :started_at, :items, :words, :sent_on);

-- name: get_report(owner, number)^
SELECT number, client, week, started_at, items, words, sent_on
FROM reports
WHERE owner = :owner AND number = :number;

-- name: list_reports_of_client(owner, client)
SELECT number, client, week, started_at, items, words, sent_on
FROM reports
WHERE owner = :owner AND client = :client
ORDER BY number;

-- name: list_reports(owner)
SELECT number, client, week, started_at, items, words, sent_on
FROM reports
WHERE owner = :owner
ORDER BY number;

-- name: save_report(owner, number, week, items, words, sent_on)!
UPDATE reports
SET week = :week, items = :items, words = :words, sent_on = :sent_on
WHERE owner = :owner AND number = :number;
