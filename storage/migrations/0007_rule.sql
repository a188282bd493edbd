-- Which rule judged an assessment, and the wish to end it whatever the client is like. Same rules as
-- in the first file.

ALTER TABLE assessments ADD COLUMN wants_out smallint NOT NULL DEFAULT 0;

-- None until there is a verdict. What was judged before this file came was judged by rule 1.
ALTER TABLE assessments ADD COLUMN rule smallint;

UPDATE assessments SET rule = 1 WHERE judged_at IS NOT NULL;
