-- Pictures beside the text. Same rules as in the first file.
--
-- On a dark ground; light for who has never chosen.
ALTER TABLE people ADD COLUMN dark smallint NOT NULL DEFAULT 0;

-- The newest picture of each thing, by which Telegram sends it again where nothing has changed.
CREATE TABLE pictures (
    owner bigint NOT NULL REFERENCES people (owner) ON DELETE CASCADE,
    -- Kind and number: «scale:3».
    subject text NOT NULL,
    -- NULL for one of all clients.
    client bigint,
    -- A keyed hash of all that is drawn.
    look text NOT NULL,
    -- Telegram's id of the file.
    file blob,
    PRIMARY KEY (owner, subject),
    FOREIGN KEY (owner, client) REFERENCES clients (owner, number) ON DELETE CASCADE
);

CREATE INDEX pictures_of_client ON pictures (owner, client);
