-- name: get_person^
-- Whether they can be reached and are waited for stands with their reminders, and whether they were
-- asked something apart; all is asked for here since every tap asks.
SELECT
    p.language, p.zone, p.team, p.gender, p.signature, p.place, p.live_message, p.since, p.dark,
    p.discreet, p.exported_at, p.invited_at, r.reachable, r.silent_since,
    EXISTS (SELECT 1 FROM prompts AS q WHERE q.owner = p.owner) AS asked
FROM people AS p
LEFT JOIN reminders AS r ON r.owner = p.owner
WHERE p.owner = :owner;

-- name: list_people
SELECT owner FROM people;

-- name: save_person!
INSERT INTO people (
    owner, language, zone, team, gender, signature, place, live_message, since, dark,
    discreet, exported_at
)
VALUES (
    :owner, :language, :zone, :team, :gender, :signature, :place, :live_message, :since, :dark,
    :discreet, :exported_at
)
ON CONFLICT (owner) DO UPDATE SET
    language = excluded.language,
    zone = excluded.zone,
    team = excluded.team,
    gender = excluded.gender,
    signature = excluded.signature,
    place = excluded.place,
    live_message = excluded.live_message,
    since = excluded.since,
    dark = excluded.dark,
    discreet = excluded.discreet,
    exported_at = excluded.exported_at;

-- name: stand_person!
UPDATE people SET place = :place, live_message = :live_message WHERE owner = :owner;

-- name: move_person!
UPDATE people SET live_message = :live_message WHERE owner = :owner;

-- name: note_export!
UPDATE people SET exported_at = :exported_at WHERE owner = :owner;

-- name: ensure_person!
INSERT INTO people (owner, since)
VALUES (:owner, :since)
ON CONFLICT (owner) DO NOTHING;

-- name: next_number^
INSERT INTO counters (owner, kind, last)
VALUES (:owner, :kind, 1)
ON CONFLICT (owner, kind) DO UPDATE SET last = counters.last + 1
RETURNING last;

-- name: count_stored^
SELECT
    (
        SELECT count(*) FROM clients
        WHERE owner = :owner AND deleted_at IS NULL
    ) AS clients,
    (
        SELECT count(*) FROM clients
        WHERE owner = :owner AND deleted_at IS NULL AND note IS NOT NULL
    ) AS client_notes,
    (
        SELECT count(*) FROM clients AS c
        JOIN assessments AS s ON s.owner = c.owner AND s.client = c.number
        WHERE c.owner = :owner AND c.deleted_at IS NULL
    ) AS assessments,
    (
        -- One more than the spaces between them.
        SELECT coalesce(sum(length(s.answers) - length(replace(s.answers, ' ', '')) + 1), 0)
        FROM clients AS c
        JOIN assessments AS s ON s.owner = c.owner AND s.client = c.number
        WHERE c.owner = :owner AND c.deleted_at IS NULL AND s.answers <> ''
    ) AS answers,
    (
        SELECT count(*) FROM clients AS c
        JOIN assessments AS s ON s.owner = c.owner AND s.client = c.number
        JOIN answer_notes AS n ON n.owner = s.owner AND n.assessment = s.number
        WHERE c.owner = :owner AND c.deleted_at IS NULL
    ) AS answer_notes,
    (
        SELECT count(*) FROM clients AS c
        JOIN actions AS d ON d.owner = c.owner AND d.client = c.number
        WHERE c.owner = :owner AND c.deleted_at IS NULL
    ) AS actions,
    (
        SELECT count(*) FROM facts AS f
        LEFT JOIN clients AS c ON c.owner = f.owner AND c.number = f.client
        WHERE f.owner = :owner AND f.deleted_at IS NULL AND c.deleted_at IS NULL
    ) AS facts,
    (
        SELECT count(*) FROM clients AS c
        JOIN letters AS l ON l.owner = c.owner AND l.client = c.number
        WHERE c.owner = :owner AND c.deleted_at IS NULL
    ) AS letters,
    (
        SELECT count(*) FROM clients AS c
        JOIN reports AS r ON r.owner = c.owner AND r.client = c.number
        WHERE c.owner = :owner AND c.deleted_at IS NULL
    ) AS reports;

-- name: erase_person!
-- Takes facts and clients along, and with the clients all that hangs on them.
DELETE FROM people WHERE owner = :owner;

-- name: erase_counters!
DELETE FROM counters WHERE owner = :owner;

-- name: erase_pending!
DELETE FROM pending_updates WHERE owner = :owner;

-- name: erase_put_aside!
DELETE FROM put_aside WHERE owner = :owner;

-- name: note_erasure!
INSERT INTO erasures (owner, number, erased_at) VALUES (:owner, :number, :erased_at)
ON CONFLICT (owner) DO UPDATE SET number = excluded.number, erased_at = excluded.erased_at;

-- name: list_erasures
SELECT owner, number, erased_at FROM erasures;

-- name: end_erasure!
DELETE FROM erasures WHERE owner = :owner;

-- name: list_owners_of_rows
-- Whatever else there may be hangs on the person.
SELECT owner FROM people
UNION SELECT owner FROM promises
UNION SELECT owner FROM held
UNION SELECT owner FROM pending_updates
UNION SELECT owner FROM put_aside;

-- name: any_sealed^
SELECT
    EXISTS (SELECT 1 FROM clients)
    OR EXISTS (SELECT 1 FROM people WHERE signature IS NOT NULL)
    OR EXISTS (SELECT 1 FROM facts WHERE words IS NOT NULL OR note IS NOT NULL)
    OR EXISTS (SELECT 1 FROM promises WHERE words IS NOT NULL)
    OR EXISTS (SELECT 1 FROM held)
    OR EXISTS (SELECT 1 FROM outbox WHERE reply IS NOT NULL)
    OR EXISTS (SELECT 1 FROM pending_updates)
    OR EXISTS (SELECT 1 FROM put_aside);
