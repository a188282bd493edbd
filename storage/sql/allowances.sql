-- Times in milliseconds. What ends after :far was written by a clock that has gone back since, and
-- counts for nothing.

-- name: draw^
INSERT INTO allowances (owner, used_until)
VALUES (:owner, :fresh)
ON CONFLICT (owner) DO UPDATE SET
    surplus = CASE WHEN allowances.used_until <= :now THEN 0 ELSE allowances.surplus END,
    used_until = CASE
        WHEN allowances.used_until <= :now OR allowances.used_until > :far THEN :fresh
        WHEN allowances.used_until + :amount > :most THEN :most
        ELSE allowances.used_until + :amount
    END
RETURNING used_until;

-- name: turn_away^
UPDATE allowances SET surplus = surplus + 1 WHERE owner = :owner RETURNING surplus;

-- name: purge_allowances!
DELETE FROM allowances WHERE used_until < :before;

-- name: erase_allowance!
DELETE FROM allowances WHERE owner = :owner;
