-- Of which time the answers speak, and what is told by forwarding. Same rules as in the first file.
--
-- The day from which on signs are asked about; NULL where no period was named, as in the first
-- release. States are as of the day they were asked.
ALTER TABLE assessments ADD COLUMN since text;

-- Of a forwarded text that is held: when it was said, a keyed hash of who wrote it, the comment
-- that was typed while forwarding, and the Telegram ids of the messages before the last one.
ALTER TABLE held ADD COLUMN said_at bigint;
ALTER TABLE held ADD COLUMN author text NOT NULL DEFAULT '';
ALTER TABLE held ADD COLUMN note blob;
ALTER TABLE held ADD COLUMN former text NOT NULL DEFAULT '';
