-- Who may come in. Same rules as in the first file.

-- Hashes of random tokens: what is stored opens no door.
CREATE TABLE invitations (
    hash text NOT NULL PRIMARY KEY,
    expires_at bigint NOT NULL
);

CREATE INDEX invitations_expired ON invitations (expires_at);

-- Set for who came in by an invitation; goes with the row when the person erases everything.
ALTER TABLE people ADD COLUMN invited_at bigint;

-- When everything was handed out last.
ALTER TABLE people ADD COLUMN exported_at bigint;
