-- How it went, asked 30 and 90 days after a letter, a verdict or an end. Same rules as in the first
-- file. What waits to be asked is a promise; this is what was answered, and whoever runs the coach
-- counts it without knowing whose it is.
--
-- needs: 16

CREATE TABLE hindsight (
    owner bigint NOT NULL,
    -- The question.
    promise bigint NOT NULL,
    client bigint NOT NULL,
    -- letter, verdict or end.
    occasion text NOT NULL,
    -- Number of the letter or the assessment.
    subject bigint,
    -- Of the letter; the verdict; nothing of an end.
    kind text NOT NULL DEFAULT '',
    -- Days: 30 or 90.
    later smallint NOT NULL,
    -- The work with the client is over.
    ended smallint NOT NULL,
    -- better, same or worse.
    ease text NOT NULL,
    day text NOT NULL,
    PRIMARY KEY (owner, promise),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX hindsight_of_client ON hindsight (owner, client);
