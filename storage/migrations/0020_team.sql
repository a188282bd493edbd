-- Several people judge one client. Same rules as in the first file.
-- needs: 16
--
-- What passes between two people, under the hash of a random token that both were given: it names
-- nobody, so it can stand in nobody's rows.
CREATE TABLE judgings (
    hash text NOT NULL PRIMARY KEY,
    expires_at bigint NOT NULL,
    -- The one who was asked has agreed.
    taken smallint NOT NULL DEFAULT 0,
    -- Shared answers to signs: `question:option`, parted by spaces.
    answers text NOT NULL DEFAULT ''
);

CREATE INDEX judgings_expiring ON judgings (expires_at) WHERE taken = 0;

-- Who has that hash: the one who asks, and the one who judges, each in rows of their own.
CREATE TABLE seats (
    owner bigint NOT NULL REFERENCES people (owner) ON DELETE CASCADE,
    number bigint NOT NULL,
    hash text NOT NULL REFERENCES judgings (hash) ON DELETE CASCADE,
    -- Whether one judges for somebody else.
    judges smallint NOT NULL,
    -- NULL until the one who judges has said who it is to them.
    client bigint,
    PRIMARY KEY (owner, number),
    UNIQUE (owner, hash),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX seats_of_client ON seats (owner, client);

CREATE INDEX seats_by_hash ON seats (hash);
