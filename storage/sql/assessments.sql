-- name: add_assessment!
INSERT INTO assessments (
    owner, number, client, depth, team, started_at, last_effort, exhausted, wants_out,
    answers, tried, told, whole, source, since
)
VALUES (
    :owner, :number, :client, :depth, :team, :started_at, :last_effort, :exhausted, :wants_out,
    :answers, :tried, :told, :whole, :source, :since
);

-- name: get_assessment^
SELECT
    s.*,
    EXISTS (
        SELECT 1 FROM answer_notes AS n WHERE n.owner = s.owner AND n.assessment = s.number
    ) AS noted,
    EXISTS (
        SELECT 1 FROM assessments AS b
        WHERE
            b.owner = s.owner AND b.client = s.client AND b.number < s.number
            AND b.judged_at IS NOT NULL
    ) AS again
FROM assessments AS s
WHERE owner = :owner AND number = :number;

-- name: list_assessments_of_client
SELECT
    s.*,
    EXISTS (
        SELECT 1 FROM answer_notes AS n WHERE n.owner = s.owner AND n.assessment = s.number
    ) AS noted
FROM assessments AS s
WHERE owner = :owner AND client = :client
ORDER BY number;

-- name: get_judged_before^
SELECT
    s.*,
    EXISTS (
        SELECT 1 FROM answer_notes AS n WHERE n.owner = s.owner AND n.assessment = s.number
    ) AS noted
FROM assessments AS s
WHERE
    owner = :owner AND client = :client AND number < :number AND judged_at IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM assessments AS c
        WHERE
            c.owner = s.owner AND c.source = s.number AND c.judged_at IS NOT NULL
            AND c.started_at < s.judged_at + :correctable
    )
ORDER BY number DESC
LIMIT 1;

-- name: list_assessments
SELECT
    s.*,
    EXISTS (
        SELECT 1 FROM answer_notes AS n WHERE n.owner = s.owner AND n.assessment = s.number
    ) AS noted
FROM assessments AS s
WHERE owner = :owner
ORDER BY number;

-- name: list_verdicts
SELECT client, number, verdict, judged_at FROM assessments
WHERE owner = :owner
ORDER BY number;

-- name: list_open_assessments
SELECT
    s.*,
    EXISTS (
        SELECT 1 FROM answer_notes AS n WHERE n.owner = s.owner AND n.assessment = s.number
    ) AS noted
FROM assessments AS s
JOIN clients AS c ON c.owner = s.owner AND c.number = s.client
WHERE s.owner = :owner AND s.judged_at IS NULL AND c.deleted_at IS NULL
ORDER BY s.number DESC;

-- name: save_assessment!
UPDATE assessments
SET
    depth = :depth, last_effort = :last_effort, exhausted = :exhausted, wants_out = :wants_out,
    tried = :tried, told = :told, whole = :whole, since = :since
WHERE owner = :owner AND number = :number;

-- name: delete_assessment!
DELETE FROM assessments
WHERE owner = :owner AND number = :number;

-- name: freeze_assessment!
UPDATE assessments
SET verdict = :verdict, rule = :rule, judged_at = :judged_at
WHERE owner = :owner AND number = :number;

-- name: put_answers!
UPDATE assessments SET answers = :answers
WHERE owner = :owner AND number = :number;

-- name: list_notes
SELECT question, words
FROM answer_notes
WHERE owner = :owner AND assessment = :assessment
ORDER BY question;

-- name: put_note!
INSERT INTO answer_notes (owner, assessment, question, words)
VALUES (:owner, :assessment, :question, :words)
ON CONFLICT (owner, assessment, question) DO UPDATE SET words = excluded.words;

-- name: delete_note!
DELETE FROM answer_notes
WHERE owner = :owner AND assessment = :assessment AND question = :question;
