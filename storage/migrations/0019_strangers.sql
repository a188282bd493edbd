-- One word a day to strangers, whichever process they meet. Same rules as in the first file.
-- needs: 17
--
-- Who was told today that they are not invited, by a keyed hash; gone the next day.
CREATE TABLE strangers (
    who text NOT NULL PRIMARY KEY,
    day text NOT NULL
);

CREATE INDEX strangers_age ON strangers (day);
