-- Facts, letters, promises, and what else is known of a client. Same rules as in the first file; lists
-- of plain numbers are text, separated by blanks.

ALTER TABLE people ADD COLUMN signature blob;

-- The client is NULL until the person says whom the fact is about.
CREATE TABLE facts (
    owner bigint NOT NULL REFERENCES people (owner) ON DELETE CASCADE,
    number bigint NOT NULL,
    client bigint,
    day text NOT NULL,
    words blob,
    captured_at bigint NOT NULL,
    touched_at bigint NOT NULL,
    source text NOT NULL,
    note blob,
    sign text,
    said_at bigint,
    author text NOT NULL,
    pieces bigint NOT NULL,
    messages text NOT NULL,
    deleted_at bigint,
    PRIMARY KEY (owner, number),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX facts_of_client ON facts (owner, client, day, number);

CREATE INDEX facts_touched ON facts (owner, touched_at, number);

CREATE INDEX facts_deleted ON facts (deleted_at) WHERE deleted_at IS NOT NULL;

-- "filled" is JSON, sealed whole: what was given for the blanks, and the findings that stay.
-- "facts" are numbers without a foreign key: one that was purged is never given again.
CREATE TABLE letters (
    owner bigint NOT NULL,
    number bigint NOT NULL,
    client bigint NOT NULL,
    kind text NOT NULL,
    tone text NOT NULL,
    length text NOT NULL,
    language text NOT NULL,
    started_at bigint NOT NULL,
    filled blob,
    facts text NOT NULL,
    version bigint NOT NULL,
    done_at bigint,
    sent_on text,
    PRIMARY KEY (owner, number),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX letters_of_client ON letters (owner, client, number);

CREATE TABLE versions (
    owner bigint NOT NULL,
    letter bigint NOT NULL,
    number bigint NOT NULL,
    words blob,
    made_at bigint NOT NULL,
    PRIMARY KEY (owner, letter, number),
    FOREIGN KEY (owner, letter) REFERENCES letters (owner, number) ON DELETE CASCADE
);

CREATE TABLE promises (
    owner bigint NOT NULL,
    number bigint NOT NULL,
    client bigint,
    kind text NOT NULL,
    due text NOT NULL,
    state text NOT NULL,
    words blob,
    subject bigint,
    PRIMARY KEY (owner, number),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX promises_of_client ON promises (owner, client);

CREATE INDEX promises_open ON promises (owner, due, number) WHERE state = 'open';

CREATE TABLE details (
    owner bigint NOT NULL,
    client bigint NOT NULL,
    detail text NOT NULL,
    words blob NOT NULL,
    PRIMARY KEY (owner, client, detail),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

-- Whose forwarded messages are about which client. "author" is a keyed hash in hex: it can be searched,
-- and without the person's key it matches nobody.
CREATE TABLE authors (
    owner bigint NOT NULL,
    author text NOT NULL,
    client bigint NOT NULL,
    PRIMARY KEY (owner, author),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX authors_of_client ON authors (owner, client);
