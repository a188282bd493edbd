-- Weekly reports, and what the coach says by itself. Same rules as in the first file; a time of day is
-- HH:MM text.

ALTER TABLE people ADD COLUMN discreet smallint NOT NULL DEFAULT 0;

-- Digests that have carried it.
ALTER TABLE actions ADD COLUMN listed bigint NOT NULL DEFAULT 0;

ALTER TABLE promises ADD COLUMN listed bigint NOT NULL DEFAULT 0;

-- Its own message was claimed and never got out.
ALTER TABLE promises ADD COLUMN tried smallint NOT NULL DEFAULT 0;

-- One row for whom there may be something to say. "next_look" is a cache with an index: when the worker
-- is to think of the person again; 0 means at once.
CREATE TABLE reminders (
    owner bigint NOT NULL PRIMARY KEY REFERENCES people (owner) ON DELETE CASCADE,
    remind_at text NOT NULL DEFAULT '09:00',
    quiet_from text DEFAULT '21:00',
    quiet_to text DEFAULT '08:00',
    weekdays_only smallint NOT NULL DEFAULT 0,
    holidays text,
    weekday smallint,
    epoch bigint NOT NULL DEFAULT 0,
    effective_from bigint,
    away_until text,
    reachable smallint NOT NULL DEFAULT 1,
    next_look bigint DEFAULT 0
);

-- Whoever has something to come already; a promise need not have a person's row.
INSERT INTO reminders (owner)
SELECT owner FROM people
WHERE
    owner IN (SELECT owner FROM actions WHERE state = 'open')
    OR owner IN (SELECT owner FROM promises WHERE state = 'open');

CREATE INDEX reminders_next ON reminders (next_look, owner) WHERE next_look IS NOT NULL;

-- How each client is reported to; no row before a weekday was chosen.
CREATE TABLE rhythms (
    owner bigint NOT NULL,
    client bigint NOT NULL,
    weekday smallint,
    since text NOT NULL,
    paused_until text,
    PRIMARY KEY (owner, client),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE TABLE cycles (
    owner bigint NOT NULL,
    client bigint NOT NULL,
    day text NOT NULL,
    open_since text NOT NULL,
    state text NOT NULL,
    snoozed_until text,
    again_at bigint,
    closed_at bigint,
    rev bigint NOT NULL,
    PRIMARY KEY (owner, client, day),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

-- "items" is JSON, sealed whole: what is done, in hand, planned and needed. "words" are the person's own
-- text where they changed it by hand.
CREATE TABLE reports (
    owner bigint NOT NULL,
    number bigint NOT NULL,
    client bigint NOT NULL,
    week text,
    started_at bigint NOT NULL,
    items blob,
    words blob,
    sent_on text,
    PRIMARY KEY (owner, number),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX reports_of_client ON reports (owner, client, number);

-- Each message that the coach sends by itself, from the claim to its end. "carried" names what the last
-- call listed, by plain ids.
CREATE TABLE dispatches (
    owner bigint NOT NULL REFERENCES people (owner) ON DELETE CASCADE,
    number bigint NOT NULL,
    kind text NOT NULL,
    epoch bigint NOT NULL,
    day text NOT NULL,
    client bigint,
    week text,
    claimed_at bigint NOT NULL,
    met_at bigint,
    not_after bigint NOT NULL,
    doubtful bigint NOT NULL DEFAULT 0,
    attempted_at bigint,
    not_before bigint,
    wake bigint NOT NULL,
    holder text NOT NULL,
    lease bigint NOT NULL,
    carried text NOT NULL DEFAULT '',
    message bigint,
    ending text,
    PRIMARY KEY (owner, number)
);

-- At most one digest for a person, a zone and a date, whoever claims it.
CREATE UNIQUE INDEX dispatches_once ON dispatches (owner, epoch, day) WHERE kind = 'digest';

CREATE INDEX dispatches_under_way ON dispatches (wake, owner, number) WHERE ending IS NULL;

CREATE INDEX dispatches_ended ON dispatches (claimed_at) WHERE ending IS NOT NULL;

-- Versions of what the stored caches were computed with.
CREATE TABLE computed_with (
    cache text NOT NULL PRIMARY KEY,
    version text NOT NULL
);
