-- The reply to a person's newest update, until the next one takes its place. Same rules as in the
-- first file. What is sent may fail or be cut off: it is sent again from here.

CREATE TABLE outbox (
    owner bigint NOT NULL PRIMARY KEY REFERENCES people (owner) ON DELETE CASCADE,
    update_id bigint NOT NULL,
    -- NULL where running the update once more gives the same reply.
    reply blob,
    -- How many of its papers are in the chat.
    papers smallint NOT NULL DEFAULT 0,
    -- The new message that shows its screen.
    shown bigint,
    -- Messages that showed the screens before, parted by spaces.
    former text NOT NULL DEFAULT '',
    delivered smallint NOT NULL DEFAULT 0,
    kept_at bigint NOT NULL
);

CREATE INDEX outbox_age ON outbox (kept_at);
