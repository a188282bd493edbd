-- name: get_hindsight^
SELECT * FROM hindsight WHERE owner = :owner AND promise = :promise;

-- name: list_hindsight
SELECT * FROM hindsight WHERE owner = :owner ORDER BY promise;

-- name: put_hindsight!
INSERT INTO hindsight (
    owner, promise, client, occasion, subject, kind, later, ended, ease, day
)
VALUES (
    :owner, :promise, :client, :occasion, :subject, :kind, :later, :ended, :ease, :day
)
ON CONFLICT (owner, promise) DO UPDATE SET
    ended = excluded.ended,
    ease = excluded.ease,
    day = excluded.day;

-- name: count_hindsight
-- Of everybody; what fewer than so many people have said is left out, for it might tell who.
SELECT
    occasion, kind, later, ended, ease,
    count(*) AS answers,
    count(DISTINCT owner) AS people
FROM hindsight
GROUP BY occasion, kind, later, ended, ease
HAVING count(DISTINCT owner) >= :least
ORDER BY occasion, kind, later, ended, ease;
