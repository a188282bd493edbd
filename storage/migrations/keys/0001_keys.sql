-- The data key of each person, wrapped by the master key. A file of its own: a copy of the data alone
-- opens nothing, and deleting one row here makes every copy of that person's texts unreadable.

CREATE TABLE wrapped_keys (
    owner bigint NOT NULL PRIMARY KEY,
    wrapped blob NOT NULL
);
