-- The answers of an assessment, and what was tried, as a text in its own row. Same rules as in the
-- first file. A row for each of 36 answers took three times the room, and three statements more for
-- every tap.
--
-- Answers in the order first given, parted by spaces: `question:option`, with `:quiet` behind one
-- that was given by closing a whole topic. Signs tried: their ids, parted by spaces.

ALTER TABLE assessments ADD COLUMN answers text NOT NULL DEFAULT '';

ALTER TABLE assessments ADD COLUMN tried text NOT NULL DEFAULT '';

-- Neither engine joins texts as the other does, so they are joined step by step.
CREATE TABLE joining (
    kind text NOT NULL,
    owner bigint NOT NULL,
    assessment bigint NOT NULL,
    nth bigint NOT NULL,
    item text NOT NULL,
    PRIMARY KEY (kind, owner, assessment, nth)
);

INSERT INTO joining (kind, owner, assessment, nth, item)
SELECT
    'answers', owner, assessment,
    row_number() OVER (PARTITION BY owner, assessment ORDER BY place),
    question || ':' || option || CASE WHEN quiet = 1 THEN ':quiet' ELSE '' END
FROM answers;

INSERT INTO joining (kind, owner, assessment, nth, item)
SELECT 'tried', owner, assessment, row_number() OVER (PARTITION BY owner, assessment ORDER BY sign), sign
FROM tried;

CREATE TABLE joined (
    kind text NOT NULL,
    owner bigint NOT NULL,
    assessment bigint NOT NULL,
    nth bigint NOT NULL,
    items text NOT NULL,
    PRIMARY KEY (kind, owner, assessment, nth)
);

WITH RECURSIVE step (kind, owner, assessment, nth, items) AS (
    SELECT kind, owner, assessment, nth, item FROM joining WHERE nth = 1
    UNION ALL
    SELECT j.kind, j.owner, j.assessment, j.nth, s.items || ' ' || j.item
    FROM step AS s
    JOIN joining AS j
        ON j.kind = s.kind AND j.owner = s.owner AND j.assessment = s.assessment
        AND j.nth = s.nth + 1
)
INSERT INTO joined (kind, owner, assessment, nth, items)
SELECT kind, owner, assessment, nth, items FROM step;

UPDATE assessments SET
    answers = coalesce((
        SELECT items FROM joined AS j
        WHERE j.kind = 'answers' AND j.owner = assessments.owner AND j.assessment = assessments.number
        ORDER BY nth DESC LIMIT 1
    ), ''),
    tried = coalesce((
        SELECT items FROM joined AS j
        WHERE j.kind = 'tried' AND j.owner = assessments.owner AND j.assessment = assessments.number
        ORDER BY nth DESC LIMIT 1
    ), '');

DROP TABLE joined;

DROP TABLE joining;

DROP TABLE answers;

DROP TABLE tried;
