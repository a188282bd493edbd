-- Up to which number the keys of an erased person go, and when it was erased: what is stored right
-- afterwards has keys above it. A note of an older release is taken back where there is something again.
DELETE FROM erasures
WHERE
    owner IN (SELECT owner FROM people)
    OR owner IN (SELECT owner FROM promises)
    OR owner IN (SELECT owner FROM held)
    OR owner IN (SELECT owner FROM pending_updates)
    OR owner IN (SELECT owner FROM put_aside);

ALTER TABLE erasures ADD COLUMN number bigint NOT NULL DEFAULT 65535;

ALTER TABLE erasures ADD COLUMN erased_at bigint NOT NULL DEFAULT 0;

CREATE INDEX put_aside_age ON put_aside (put_aside_at);
