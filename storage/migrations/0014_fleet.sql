-- Several processes over one inbox. Same rules as in the first file.

-- 1: came too fast after the others of its person and waits a little.
ALTER TABLE pending_updates ADD COLUMN slow smallint NOT NULL DEFAULT 0;

CREATE INDEX pending_updates_in_order ON pending_updates (owner, update_id);

DROP INDEX pending_updates_of_owner;

-- 1: nothing of it is left to be done, so it is passed over when it comes again.
ALTER TABLE applied_updates ADD COLUMN settled smallint NOT NULL DEFAULT 0;

-- Until when, in milliseconds, what somebody may do is used up; empty again soon after. Nobody's (0)
-- is the coach's own, for what it sends by itself.
CREATE TABLE allowances (
    owner bigint NOT NULL PRIMARY KEY,
    used_until bigint NOT NULL,
    -- How many updates were turned away since it was last quiet.
    surplus bigint NOT NULL DEFAULT 0
);

CREATE INDEX allowances_age ON allowances (used_until);

-- Where Telegram was asked to bring updates, by a hash.
CREATE TABLE webhooks (address text NOT NULL PRIMARY KEY);
