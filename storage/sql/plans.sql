-- name: add_action!
INSERT INTO actions (owner, number, client, assessment, about, due, state, words)
VALUES (:owner, :number, :client, :assessment, :about, :due, :state, :words);

-- name: get_action^
SELECT *
FROM actions
WHERE owner = :owner AND number = :number;

-- name: list_actions_of_client
SELECT *
FROM actions
WHERE owner = :owner AND client = :client
ORDER BY due, number;

-- name: list_open_actions
SELECT a.*
FROM actions AS a
JOIN clients AS c ON c.owner = a.owner AND c.number = a.client
WHERE a.owner = :owner AND a.state = 'open' AND c.deleted_at IS NULL
ORDER BY a.due, a.number;

-- name: list_actions
SELECT *
FROM actions
WHERE owner = :owner
ORDER BY number;

-- name: save_action!
UPDATE actions
SET due = :due, state = :state, words = :words, listed = :listed
WHERE owner = :owner AND number = :number;

-- name: set_action_state!
UPDATE actions
SET state = :state
WHERE owner = :owner AND number = :number;
