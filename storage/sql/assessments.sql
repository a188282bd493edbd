-- name: add_assessment(owner, number, client, depth, team, started_at, last_effort, exhausted)!
INSERT INTO assessments (owner, number, client, depth, team, started_at, last_effort, exhausted)
VALUES (:owner, :number, :client, :depth, :team, :started_at, :last_effort, :exhausted);

-- name: get_assessment(owner, number)^
SELECT number, client, depth, team, started_at, judged_at, verdict, last_effort, exhausted
FROM assessments
WHERE owner = :owner AND number = :number;

-- name: list_assessments_of_client(owner, client)
SELECT number, client, depth, team, started_at, judged_at, verdict, last_effort, exhausted
FROM assessments
WHERE owner = :owner AND client = :client
ORDER BY number;

-- name: list_assessments(owner)
SELECT number, client, depth, team, started_at, judged_at, verdict, last_effort, exhausted
FROM assessments
WHERE owner = :owner
ORDER BY number;

-- name: list_open_assessments(owner)
SELECT
    s.number, s.client, s.depth, s.team, s.started_at, s.judged_at, s.verdict,
    s.last_effort, s.exhausted
FROM assessments AS s
JOIN clients AS c ON c.owner = s.owner AND c.number = s.client
WHERE s.owner = :owner AND s.judged_at IS NULL AND c.deleted_at IS NULL
ORDER BY s.number DESC;

-- name: save_assessment(owner, number, depth, last_effort, exhausted)!
UPDATE assessments
SET depth = :depth, last_effort = :last_effort, exhausted = :exhausted
WHERE owner = :owner AND number = :number;

-- name: freeze_assessment(owner, number, verdict, judged_at)!
UPDATE assessments
SET verdict = :verdict, judged_at = :judged_at
WHERE owner = :owner AND number = :number;

-- name: list_answers(owner, assessment)
SELECT question, option, quiet
FROM answers
WHERE owner = :owner AND assessment = :assessment
ORDER BY place;

-- name: put_answer(owner, assessment, question, option, quiet)!
INSERT INTO answers (owner, assessment, question, place, option, quiet)
VALUES (
    :owner,
    :assessment,
    :question,
    (
        SELECT coalesce(max(place), 0) + 1 FROM answers
        WHERE owner = :owner AND assessment = :assessment
    ),
    :option,
    :quiet
)
ON CONFLICT (owner, assessment, question) DO UPDATE SET
    option = excluded.option,
    quiet = excluded.quiet;

-- name: retract_answer(owner, assessment, question)!
DELETE FROM answers
WHERE owner = :owner AND assessment = :assessment AND question = :question;

-- name: list_notes(owner, assessment)
SELECT question, words
FROM answer_notes
WHERE owner = :owner AND assessment = :assessment
ORDER BY question;

-- name: put_note(owner, assessment, question, words)!
INSERT INTO answer_notes (owner, assessment, question, words)
VALUES (:owner, :assessment, :question, :words)
ON CONFLICT (owner, assessment, question) DO UPDATE SET words = excluded.words;

-- name: delete_note(owner, assessment, question)!
DELETE FROM answer_notes
WHERE owner = :owner AND assessment = :assessment AND question = :question;

-- name: list_tried(owner, assessment)
SELECT sign FROM tried WHERE owner = :owner AND assessment = :assessment;

-- name: add_tried(owner, assessment, sign)!
INSERT INTO tried (owner, assessment, sign)
VALUES (:owner, :assessment, :sign);

-- name: clear_tried(owner, assessment)!
DELETE FROM tried WHERE owner = :owner AND assessment = :assessment;
