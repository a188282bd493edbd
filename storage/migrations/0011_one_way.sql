-- One way through an assessment instead of two. Same rules as in the first file.
--
-- Signs that the person was offered to tick: their ids, parted by spaces, `:no` behind one that is
-- not ticked. What is ticked did happen; only how often is asked.
ALTER TABLE assessments ADD COLUMN told text NOT NULL DEFAULT '';

-- 1: goes on after the verdict is likely.
ALTER TABLE assessments ADD COLUMN whole smallint NOT NULL DEFAULT 0;

-- Which assessment this one was copied from, to correct it or to assess again.
ALTER TABLE assessments ADD COLUMN source bigint;

-- The full form of the former release asked everything.
UPDATE assessments SET whole = 1 WHERE depth = 'full';
