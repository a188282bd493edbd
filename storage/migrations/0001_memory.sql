-- Everything a person stores. One text for SQLite and PostgreSQL: the only word they do not share is
-- `blob`, which PostgreSQL takes after `CREATE DOMAIN blob AS bytea`.
--
-- Numbers count per owner; times are epoch seconds, dates ISO text, booleans 0 or 1. A blob is sealed
-- by the cipher (never compared, sorted or searched); an empty text is NULL.

CREATE TABLE people (
    owner bigint NOT NULL PRIMARY KEY,
    language text,
    zone text,
    team smallint NOT NULL DEFAULT 0,
    gender text NOT NULL DEFAULT 'unknown',
    place text,
    live_message bigint,
    since bigint NOT NULL
);

-- The last number given; kept when the rows themselves are purged, so that no number comes twice.
CREATE TABLE counters (
    owner bigint NOT NULL,
    kind text NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (owner, kind)
);

CREATE TABLE clients (
    owner bigint NOT NULL REFERENCES people (owner) ON DELETE CASCADE,
    number bigint NOT NULL,
    name blob,
    note blob,
    since bigint NOT NULL,
    archived_at bigint,
    deleted_at bigint,
    PRIMARY KEY (owner, number)
);

CREATE INDEX clients_deleted ON clients (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE assessments (
    owner bigint NOT NULL,
    number bigint NOT NULL,
    client bigint NOT NULL,
    depth text NOT NULL,
    team smallint NOT NULL,
    started_at bigint NOT NULL,
    judged_at bigint,
    verdict text,
    last_effort text NOT NULL DEFAULT 'none',
    exhausted smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (owner, number),
    UNIQUE (owner, client, number),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE TABLE answers (
    owner bigint NOT NULL,
    assessment bigint NOT NULL,
    question text NOT NULL,
    place bigint NOT NULL,
    option text NOT NULL,
    quiet smallint NOT NULL,
    PRIMARY KEY (owner, assessment, question),
    FOREIGN KEY (owner, assessment) REFERENCES assessments (owner, number) ON DELETE CASCADE
);

-- A table of their own: a note may come before the answer, and stays when the answer is taken back.
CREATE TABLE answer_notes (
    owner bigint NOT NULL,
    assessment bigint NOT NULL,
    question text NOT NULL,
    words blob NOT NULL,
    PRIMARY KEY (owner, assessment, question),
    FOREIGN KEY (owner, assessment) REFERENCES assessments (owner, number) ON DELETE CASCADE
);

CREATE TABLE tried (
    owner bigint NOT NULL,
    assessment bigint NOT NULL,
    sign text NOT NULL,
    PRIMARY KEY (owner, assessment, sign),
    FOREIGN KEY (owner, assessment) REFERENCES assessments (owner, number) ON DELETE CASCADE
);

CREATE TABLE actions (
    owner bigint NOT NULL,
    number bigint NOT NULL,
    client bigint NOT NULL,
    assessment bigint NOT NULL,
    about text NOT NULL,
    due text NOT NULL,
    state text NOT NULL,
    words blob,
    PRIMARY KEY (owner, number),
    FOREIGN KEY (owner, client, assessment)
        REFERENCES assessments (owner, client, number) ON DELETE CASCADE
);

CREATE INDEX actions_of_client ON actions (owner, client, assessment);

CREATE TABLE prompts (
    owner bigint NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    expires_at bigint NOT NULL
);

CREATE INDEX prompts_expiring ON prompts (expires_at);

CREATE TABLE held (
    owner bigint NOT NULL PRIMARY KEY,
    words blob,
    message bigint NOT NULL,
    expires_at bigint NOT NULL
);

CREATE INDEX held_expiring ON held (expires_at);

CREATE TABLE applied_updates (
    update_id bigint NOT NULL PRIMARY KEY,
    applied_at bigint NOT NULL
);

CREATE INDEX applied_updates_age ON applied_updates (applied_at);

CREATE TABLE pending_updates (
    update_id bigint NOT NULL PRIMARY KEY,
    owner bigint NOT NULL,
    body blob NOT NULL,
    received_at bigint NOT NULL,
    tries bigint NOT NULL
);

CREATE INDEX pending_updates_of_owner ON pending_updates (owner);

CREATE TABLE put_aside (
    update_id bigint NOT NULL PRIMARY KEY,
    owner bigint NOT NULL,
    body blob,
    reason text NOT NULL,
    put_aside_at bigint NOT NULL,
    tries bigint NOT NULL
);

CREATE INDEX put_aside_of_owner ON put_aside (owner);

-- Whose rows are gone and whose key is still to be deleted; empty but for a moment.
CREATE TABLE erasures (
    owner bigint NOT NULL PRIMARY KEY
);
