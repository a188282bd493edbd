-- name: add_judging!
INSERT INTO judgings (hash, expires_at) VALUES (:hash, :expires_at);

-- name: get_judging^
SELECT hash FROM judgings
WHERE hash = :hash AND taken = 0 AND expires_at > :now;

-- The statement both finds and takes it: of two who come at once one gets nothing.
-- name: take_judging!
UPDATE judgings SET taken = 1
WHERE
    taken = 0 AND expires_at > :now
    AND hash = (SELECT hash FROM seats WHERE owner = :owner AND number = :number AND judges = 1);

-- name: share_answers!
UPDATE judgings SET answers = :answers
WHERE hash = (
    SELECT hash FROM seats
    WHERE owner = :owner AND number = :number AND judges = 1 AND client IS NOT NULL
);

-- name: end_judging!
DELETE FROM judgings
WHERE hash = (
    SELECT hash FROM seats
    WHERE owner = :owner AND number = :number AND (judges = 0 OR client IS NOT NULL)
);

-- name: add_seat!
INSERT INTO seats (owner, number, hash, judges, client)
VALUES (:owner, :number, :hash, :judges, :client);

-- name: place_seat!
UPDATE seats SET client = :client
WHERE owner = :owner AND number = :number;

-- name: delete_seat!
DELETE FROM seats
WHERE owner = :owner AND number = :number;

-- name: get_seat_by_hash^
SELECT number, judges FROM seats
WHERE owner = :owner AND hash = :hash;

-- What somebody else has taken up is nothing to who only looked at it.
-- name: get_seat^
SELECT s.number, s.judges, s.client, j.expires_at, j.taken, j.answers
FROM seats AS s
JOIN judgings AS j
    ON j.hash = s.hash AND (s.judges = 0 OR s.client IS NOT NULL OR j.taken = 0)
WHERE s.owner = :owner AND s.number = :number;

-- name: list_seats_of_client
SELECT s.number, s.judges, s.client, j.expires_at, j.taken, j.answers
FROM seats AS s
JOIN judgings AS j
    ON j.hash = s.hash AND (s.judges = 0 OR s.client IS NOT NULL OR j.taken = 0)
WHERE s.owner = :owner AND s.client = :client
ORDER BY s.number;

-- name: list_seats
SELECT s.number, s.judges, s.client, j.expires_at, j.taken, j.answers
FROM seats AS s
JOIN judgings AS j
    ON j.hash = s.hash AND (s.judges = 0 OR s.client IS NOT NULL OR j.taken = 0)
WHERE s.owner = :owner
ORDER BY s.number;

-- name: erase_judgings!
DELETE FROM judgings
WHERE hash IN (
    SELECT hash FROM seats WHERE owner = :owner AND (judges = 0 OR client IS NOT NULL)
);

-- name: purge_judgings!
DELETE FROM judgings WHERE taken = 0 AND expires_at <= :before;

-- name: purge_judgings_of_clients!
DELETE FROM judgings
WHERE hash IN (
    SELECT s.hash
    FROM clients AS c
    JOIN seats AS s ON s.owner = c.owner AND s.client = c.number
    WHERE c.deleted_at <= :before
);
