-- A person may have several keys while they are being replaced; a sealed text names its own by the
-- number. Number 0 hashes, the others seal, the highest seals what is new.

CREATE TABLE numbered_keys (
    owner bigint NOT NULL,
    number bigint NOT NULL,
    wrapped blob NOT NULL,
    PRIMARY KEY (owner, number)
);

INSERT INTO numbered_keys (owner, number, wrapped)
SELECT owner, 1, wrapped FROM wrapped_keys;

DROP TABLE wrapped_keys;

ALTER TABLE numbered_keys RENAME TO wrapped_keys;

-- One row: the mark of the master key that wraps them all, the number that a new key gets, and
-- whether older ones are still to be replaced.
CREATE TABLE state (
    master text,
    generation bigint NOT NULL,
    rotating smallint NOT NULL
);

INSERT INTO state (generation, rotating) VALUES (1, 0);
