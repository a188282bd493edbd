-- name: list_details
SELECT client, detail, words
FROM details
WHERE owner = :owner AND client = :client
ORDER BY detail;

-- name: list_all_details
SELECT client, detail, words
FROM details
WHERE owner = :owner
ORDER BY client, detail;

-- name: put_detail!
INSERT INTO details (owner, client, detail, words)
VALUES (:owner, :client, :detail, :words)
ON CONFLICT (owner, client, detail) DO UPDATE SET words = excluded.words;

-- name: delete_detail!
DELETE FROM details
WHERE owner = :owner AND client = :client AND detail = :detail;

-- name: put_author!
INSERT INTO authors (owner, author, client)
VALUES (:owner, :author, :client)
ON CONFLICT (owner, author) DO UPDATE SET client = excluded.client;

-- name: list_authors
SELECT author, client
FROM authors
WHERE owner = :owner
ORDER BY author;

-- name: get_client_of_author^
SELECT a.client
FROM authors AS a
JOIN clients AS c ON c.owner = a.owner AND c.number = a.client
WHERE a.owner = :owner AND a.author = :author AND c.deleted_at IS NULL;
