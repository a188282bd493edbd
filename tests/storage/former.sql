-- 7b8e94aa336a6b847e6cb786cdb5abbf452b69fb knows migration 17, and 3 of the keys.

-- Times in milliseconds. What ends after :far was written by a clock that has gone back since, and
-- counts for nothing.

-- name: draw^
INSERT INTO allowances (owner, used_until)
VALUES (:owner, :fresh)
ON CONFLICT (owner) DO UPDATE SET
    surplus = CASE WHEN allowances.used_until <= :now THEN 0 ELSE allowances.surplus END,
    used_until = CASE
        WHEN allowances.used_until <= :now OR allowances.used_until > :far THEN :fresh
        WHEN allowances.used_until + :amount > :most THEN :most
        ELSE allowances.used_until + :amount
    END
RETURNING used_until;

-- name: turn_away^
UPDATE allowances SET surplus = surplus + 1 WHERE owner = :owner RETURNING surplus;

-- name: purge_allowances!
DELETE FROM allowances WHERE used_until < :before;

-- name: erase_allowance!
DELETE FROM allowances WHERE owner = :owner;

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
    ) AS noted
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

-- name: add_client!
INSERT INTO clients (owner, number, name, since)
VALUES (:owner, :number, :name, :since);

-- name: get_client^
SELECT *
FROM clients
WHERE owner = :owner AND number = :number;

-- name: list_clients
SELECT *
FROM clients
WHERE owner = :owner AND deleted_at IS NULL AND archived_at IS NULL
ORDER BY number;

-- name: list_archived_clients
SELECT *
FROM clients
WHERE owner = :owner AND deleted_at IS NULL AND archived_at IS NOT NULL
ORDER BY number;

-- name: list_all_clients
SELECT *
FROM clients
WHERE owner = :owner
ORDER BY number;

-- name: save_client!
UPDATE clients
SET name = :name, note = :note, archived_at = :archived_at, deleted_at = :deleted_at
WHERE owner = :owner AND number = :number;

-- name: purge_clients!
DELETE FROM clients WHERE deleted_at <= :before;

-- name: count_clients^
SELECT count(*) AS there FROM clients WHERE owner = :owner AND deleted_at IS NULL;

-- name: list_details
SELECT client, detail, words
FROM details
WHERE owner = :owner AND client = :client
ORDER BY detail;

-- name: list_all_details
SELECT client, detail, words
FROM details
WHERE owner = :owner
ORDER BY client, detail;

-- name: put_detail!
INSERT INTO details (owner, client, detail, words)
VALUES (:owner, :client, :detail, :words)
ON CONFLICT (owner, client, detail) DO UPDATE SET words = excluded.words;

-- name: delete_detail!
DELETE FROM details
WHERE owner = :owner AND client = :client AND detail = :detail;

-- name: put_author!
INSERT INTO authors (owner, author, client)
VALUES (:owner, :author, :client)
ON CONFLICT (owner, author) DO UPDATE SET client = excluded.client;

-- name: list_authors
SELECT author, client
FROM authors
WHERE owner = :owner
ORDER BY author;

-- name: get_client_of_author^
SELECT a.client
FROM authors AS a
JOIN clients AS c ON c.owner = a.owner AND c.number = a.client
WHERE a.owner = :owner AND a.author = :author AND c.deleted_at IS NULL;

-- These look at all people.

-- name: list_people_to_look_at
SELECT owner
FROM reminders
WHERE next_look <= :now
ORDER BY next_look, owner
LIMIT :most;

-- name: look_at!
UPDATE reminders SET next_look = :next_look WHERE owner = :owner;

-- name: add_dispatch!
INSERT INTO dispatches (
    owner, number, kind, epoch, day, claimed_at, met_at, not_after, doubtful, attempted_at,
    not_before, wake, holder, lease, carried, message, ending
)
VALUES (
    :owner, :number, :kind, :epoch, :day, :claimed_at, :met_at, :not_after, :doubtful,
    :attempted_at, :not_before, :wake, :holder, :lease, :carried, :message, :ending
)
ON CONFLICT (owner, epoch, day) WHERE kind = 'digest' DO NOTHING;

-- name: take_dispatches
-- A lease that ends after the one given here was given by a clock that has gone back. The conditions
-- stand outside once more: there they are looked at again where another worker was faster.
UPDATE dispatches
SET holder = :holder, lease = :lease, wake = :lease
WHERE
    (owner, number) IN (
        SELECT owner, number FROM dispatches
        WHERE
            ending IS NULL
            AND wake <= :now
            AND (lease <= :now OR lease > :lease OR holder = :holder)
        ORDER BY wake, owner, number
        LIMIT :most
    )
    AND ending IS NULL
    AND wake <= :now
    AND (lease <= :now OR lease > :lease OR holder = :holder)
RETURNING *;

-- name: get_dispatch^
SELECT *
FROM dispatches
WHERE owner = :owner AND number = :number;

-- name: save_dispatch!
UPDATE dispatches
SET
    claimed_at = :claimed_at,
    met_at = :met_at,
    not_after = :not_after,
    doubtful = :doubtful,
    attempted_at = :attempted_at,
    not_before = :not_before,
    wake = :wake,
    lease = :lease,
    carried = :carried,
    message = :message,
    ending = :ending
WHERE owner = :owner AND number = :number AND holder = :holder AND ending IS NULL;

-- name: next_look^
SELECT min(next_look) FROM reminders WHERE next_look IS NOT NULL;

-- name: next_wake^
SELECT min(wake) FROM dispatches WHERE ending IS NULL;

-- name: put_back_settings!
UPDATE reminders SET effective_from = :now WHERE effective_from > :now;

-- name: meet_dispatches!
UPDATE dispatches
SET met_at = :now
WHERE met_at IS NULL AND (claimed_at > :now OR attempted_at > :now);

-- name: wake_dispatches!
UPDATE dispatches SET wake = :now WHERE ending IS NULL AND wake > :now;

-- name: look_at_everybody!
UPDATE reminders SET next_look = 0 WHERE next_look > 0;

-- name: get_version_computed_with^
SELECT version FROM computed_with WHERE cache = :cache;

-- name: set_version_computed_with!
INSERT INTO computed_with (cache, version)
VALUES (:cache, :version)
ON CONFLICT (cache) DO UPDATE SET version = excluded.version;

-- name: purge_dispatches!
DELETE FROM dispatches WHERE ending IS NOT NULL AND claimed_at < :before;

-- name: add_fact!
INSERT INTO facts (
    owner, number, client, day, words, captured_at, touched_at, source, note, sign, proposed,
    said_at, author, pieces, cuts, messages, letter, deleted_at
)
VALUES (
    :owner, :number, :client, :day, :words, :captured_at, :touched_at, :source, :note, :sign,
    :proposed, :said_at, :author, :pieces, :cuts, :messages, :letter, :deleted_at
);

-- name: get_fact^
SELECT *
FROM facts
WHERE owner = :owner AND number = :number;

-- name: get_fact_of_letter^
SELECT *
FROM facts
WHERE owner = :owner AND letter = :letter AND deleted_at IS NULL
ORDER BY number DESC
LIMIT 1;

-- name: list_facts_of_client
SELECT *
FROM facts
WHERE owner = :owner AND client = :client AND deleted_at IS NULL
ORDER BY day DESC, number DESC;

-- name: list_facts_without_client
SELECT *
FROM facts
WHERE owner = :owner AND client IS NULL AND deleted_at IS NULL
ORDER BY day DESC, number DESC;

-- name: list_facts
SELECT *
FROM facts
WHERE owner = :owner
ORDER BY number;

-- name: list_recent_facts
SELECT f.*
FROM facts AS f
LEFT JOIN clients AS c ON c.owner = f.owner AND c.number = f.client
WHERE
    f.owner = :owner
    AND f.touched_at >= :since
    AND f.deleted_at IS NULL
    AND c.deleted_at IS NULL
ORDER BY f.touched_at DESC, f.number DESC;

-- name: save_fact!
UPDATE facts
SET
    client = :client,
    day = :day,
    words = :words,
    touched_at = :touched_at,
    source = :source,
    note = :note,
    sign = :sign,
    proposed = :proposed,
    said_at = :said_at,
    author = :author,
    pieces = :pieces,
    cuts = :cuts,
    messages = :messages,
    letter = :letter,
    deleted_at = :deleted_at
WHERE owner = :owner AND number = :number;

-- name: purge_facts!
DELETE FROM facts WHERE deleted_at <= :before;

-- name: count_facts^
SELECT count(*) AS there FROM facts WHERE owner = :owner AND deleted_at IS NULL;

-- name: add_invitation!
INSERT INTO invitations (hash, expires_at) VALUES (:hash, :expires_at);

-- The statement both finds and spends it: of two who come at once one gets nothing.
-- name: use_invitation!
DELETE FROM invitations WHERE hash = :hash AND expires_at > :now;

-- name: purge_invitations!
DELETE FROM invitations WHERE expires_at <= :before;

-- name: invite_person!
INSERT INTO people (owner, since, invited_at)
VALUES (:owner, :now, :now)
ON CONFLICT (owner) DO UPDATE SET invited_at = excluded.invited_at;

-- name: get_invited^
SELECT invited_at FROM people WHERE owner = :owner AND invited_at IS NOT NULL;

-- These run on the keys, all others on the data.

-- name: get_wrapped_keys
SELECT number, wrapped FROM wrapped_keys WHERE owner = :owner;

-- name: list_wrapped_keys
SELECT owner, number, wrapped FROM wrapped_keys ORDER BY owner, number;

-- name: some_wrapped_keys
SELECT owner, number, wrapped FROM wrapped_keys ORDER BY owner LIMIT 100;

-- name: list_owners
SELECT DISTINCT owner FROM wrapped_keys ORDER BY owner;

-- name: add_wrapped_key!
INSERT INTO wrapped_keys (owner, number, wrapped) VALUES (:owner, :number, :wrapped)
ON CONFLICT (owner, number) DO NOTHING;

-- name: put_wrapped_key!
UPDATE wrapped_keys SET wrapped = :wrapped WHERE owner = :owner AND number = :number;

-- name: delete_sealing_keys!
DELETE FROM wrapped_keys WHERE owner = :owner AND number > 0 AND number <= :number;

-- name: delete_wrapped_key!
DELETE FROM wrapped_keys WHERE owner = :owner AND number = :number;

-- name: get_state^
SELECT master, generation, rotating FROM state;

-- name: set_master!
UPDATE state SET master = :master;

-- name: begin_generation!
UPDATE state SET generation = generation + 1, rotating = 1;

-- name: end_rotation!
UPDATE state SET rotating = 0;

-- name: next_generation!
UPDATE state SET generation = generation + 1;

-- name: note_erased!
INSERT INTO erased (person, erased_at) VALUES (:person, :erased_at)
ON CONFLICT (person) DO UPDATE SET erased_at = excluded.erased_at;

-- name: get_erased^
SELECT erased_at FROM erased WHERE person = :person;

-- name: forget_ledger!
DELETE FROM erased WHERE erased_at >= 0;

-- name: add_letter!
INSERT INTO letters (
    owner, number, client, kind, tone, length, language, started_at, filled, facts, version,
    done_at, sent_on
)
VALUES (
    :owner, :number, :client, :kind, :tone, :length, :language, :started_at, :filled, :facts,
    :version, :done_at, :sent_on
);

-- name: get_letter^
SELECT *
FROM letters
WHERE owner = :owner AND number = :number;

-- name: list_letters_of_client
SELECT *
FROM letters
WHERE owner = :owner AND client = :client
ORDER BY number DESC;

-- name: list_letters
SELECT *
FROM letters
WHERE owner = :owner
ORDER BY number;

-- name: save_letter!
UPDATE letters
SET
    tone = :tone,
    length = :length,
    language = :language,
    filled = :filled,
    facts = :facts,
    version = :version,
    done_at = :done_at,
    sent_on = :sent_on
WHERE owner = :owner AND number = :number;

-- name: show_version!
UPDATE letters SET version = :version WHERE owner = :owner AND number = :number;

-- name: drop_versions!
DELETE FROM versions WHERE owner = :owner AND letter = :letter AND number > :after;

-- name: add_version!
INSERT INTO versions (owner, letter, number, words, made_at)
VALUES (:owner, :letter, :number, :words, :made_at);

-- name: list_versions
SELECT letter, number, words, made_at
FROM versions
WHERE owner = :owner AND letter = :letter
ORDER BY number;

-- name: list_all_versions
SELECT letter, number, words, made_at
FROM versions
WHERE owner = :owner
ORDER BY letter, number;

-- name: get_outgoing^
SELECT update_id, reply, papers, shown, former, delivered FROM outbox WHERE owner = :owner;

-- name: keep_outgoing!
INSERT INTO outbox (owner, update_id, reply, papers, shown, former, delivered, kept_at)
VALUES (:owner, :update_id, :reply, 0, NULL, :former, 0, :kept_at)
ON CONFLICT (owner) DO UPDATE SET
    update_id = excluded.update_id,
    reply = excluded.reply,
    papers = 0,
    shown = NULL,
    former = excluded.former,
    delivered = 0,
    kept_at = excluded.kept_at;

-- name: handed_over!
UPDATE outbox SET papers = :papers WHERE owner = :owner AND update_id = :update_id;

-- name: shown_in!
UPDATE outbox SET shown = :message WHERE owner = :owner AND update_id = :update_id;

-- name: delivered!
UPDATE outbox SET former = '', delivered = 1 WHERE owner = :owner AND update_id = :update_id;

-- name: forget_outgoing!
-- A reply may name what is purged; what could be undone cannot be by now.
UPDATE outbox SET reply = NULL
WHERE
    owner IN (SELECT owner FROM clients WHERE deleted_at <= :before)
    OR owner IN (SELECT owner FROM facts WHERE deleted_at <= :before);

-- name: purge_outbox!
DELETE FROM outbox WHERE kept_at < :before;

-- name: get_person^
-- Whether they can be reached and are waited for stands with their reminders; asked for here since
-- every tap asks.
SELECT
    p.language, p.zone, p.team, p.gender, p.signature, p.place, p.live_message, p.since, p.dark,
    p.discreet, p.exported_at, p.invited_at, r.reachable, r.silent_since
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

-- name: get_picture^
SELECT look, file FROM pictures WHERE owner = :owner AND subject = :subject;

-- name: list_pictures
SELECT subject, client, look, file FROM pictures WHERE owner = :owner ORDER BY subject;

-- name: put_picture!
INSERT INTO pictures (owner, subject, client, look, file)
VALUES (:owner, :subject, :client, :look, :file)
ON CONFLICT (owner, subject) DO UPDATE SET
    client = excluded.client,
    look = excluded.look,
    file = excluded.file;

-- name: forget_pictures!
-- What shows all clients shows the one who is purged.
DELETE FROM pictures
WHERE client IS NULL AND owner IN (SELECT owner FROM clients WHERE deleted_at <= :before);

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

-- name: add_promise!
INSERT INTO promises (owner, number, client, kind, due, state, words, subject, listed, tried)
VALUES (
    :owner, :number, :client, :kind, :due, :state, :words, :subject, :listed, :tried
);

-- name: get_promise^
SELECT *
FROM promises
WHERE owner = :owner AND number = :number;

-- name: list_open_promises
SELECT p.*
FROM promises AS p
LEFT JOIN clients AS c ON c.owner = p.owner AND c.number = p.client
WHERE p.owner = :owner AND p.state = 'open' AND c.deleted_at IS NULL
ORDER BY p.due, p.number;

-- name: list_promises
SELECT *
FROM promises
WHERE owner = :owner
ORDER BY number;

-- name: save_promise!
UPDATE promises
SET
    client = :client,
    due = :due,
    state = :state,
    words = :words,
    listed = :listed,
    tried = :tried
WHERE owner = :owner AND number = :number;

-- name: erase_promises!
DELETE FROM promises WHERE owner = :owner;

-- name: get_reminding^
SELECT *
FROM reminders
WHERE owner = :owner;

-- name: save_reminding!
INSERT INTO reminders (
    owner, remind_at, quiet_from, quiet_to, weekdays_only, holidays, weekday, epoch,
    effective_from, away_until, reachable, silent_since, a_week, next_look
)
VALUES (
    :owner, :remind_at, :quiet_from, :quiet_to, :weekdays_only, :holidays, :weekday, :epoch,
    :effective_from, :away_until, :reachable, :silent_since, :a_week, 0
)
ON CONFLICT (owner) DO UPDATE SET
    remind_at = excluded.remind_at,
    quiet_from = excluded.quiet_from,
    quiet_to = excluded.quiet_to,
    weekdays_only = excluded.weekdays_only,
    holidays = excluded.holidays,
    weekday = excluded.weekday,
    epoch = excluded.epoch,
    effective_from = excluded.effective_from,
    away_until = excluded.away_until,
    reachable = excluded.reachable,
    silent_since = excluded.silent_since,
    a_week = excluded.a_week,
    next_look = 0;

-- name: look_again!
-- Nothing for somebody without a row among the people.
INSERT INTO reminders (owner, next_look)
SELECT owner, 0 FROM people WHERE owner = :owner
ON CONFLICT (owner) DO UPDATE SET next_look = 0;

-- name: list_rhythms
SELECT
    r.client, r.weekday, r.since, r.paused_until,
    y.day, y.open_since, y.state, y.snoozed_until, y.again_at, y.closed_at, y.rev,
    (SELECT max(o.sent_on) FROM reports AS o WHERE o.owner = r.owner AND o.client = r.client)
        AS reported,
    (SELECT max(l.sent_on) FROM letters AS l WHERE l.owner = r.owner AND l.client = r.client)
        AS written
FROM rhythms AS r
JOIN clients AS c ON c.owner = r.owner AND c.number = r.client
LEFT JOIN cycles AS y ON
    y.owner = r.owner
    AND y.client = r.client
    AND y.day = (
        SELECT max(day) FROM cycles
        WHERE owner = r.owner AND client = r.client AND day <= :today
    )
WHERE r.owner = :owner AND c.archived_at IS NULL AND c.deleted_at IS NULL
ORDER BY r.client;

-- name: get_rhythm^
SELECT
    r.client, r.weekday, r.since, r.paused_until,
    y.day, y.open_since, y.state, y.snoozed_until, y.again_at, y.closed_at, y.rev,
    (SELECT max(o.sent_on) FROM reports AS o WHERE o.owner = r.owner AND o.client = r.client)
        AS reported,
    (SELECT max(l.sent_on) FROM letters AS l WHERE l.owner = r.owner AND l.client = r.client)
        AS written
FROM rhythms AS r
LEFT JOIN cycles AS y ON
    y.owner = r.owner
    AND y.client = r.client
    AND y.day = (
        SELECT max(day) FROM cycles
        WHERE owner = :owner AND client = :client AND day <= :today
    )
WHERE r.owner = :owner AND r.client = :client;

-- name: list_all_rhythms
SELECT client, weekday, since, paused_until
FROM rhythms
WHERE owner = :owner
ORDER BY client;

-- name: set_rhythm!
INSERT INTO rhythms (owner, client, weekday, since, paused_until)
VALUES (:owner, :client, :weekday, :since, :paused_until)
ON CONFLICT (owner, client) DO UPDATE SET
    weekday = excluded.weekday,
    since = excluded.since,
    paused_until = excluded.paused_until;

-- name: get_cycle^
SELECT *
FROM cycles
WHERE owner = :owner AND client = :client AND day = :day;

-- name: list_cycles
SELECT *
FROM cycles
WHERE owner = :owner AND client = :client
ORDER BY day DESC;

-- name: list_all_cycles
SELECT *
FROM cycles
WHERE owner = :owner
ORDER BY client, day;

-- name: add_cycle!
INSERT INTO cycles (
    owner, client, day, open_since, state, snoozed_until, again_at, closed_at, rev
)
VALUES (
    :owner, :client, :day, :open_since, :state, :snoozed_until, :again_at, :closed_at, :rev
)
ON CONFLICT (owner, client, day) DO NOTHING;

-- name: change_cycle!
UPDATE cycles
SET
    open_since = :open_since,
    state = :state,
    snoozed_until = :snoozed_until,
    again_at = :again_at,
    closed_at = :closed_at,
    rev = :rev
WHERE owner = :owner AND client = :client AND day = :day AND rev = :read;

-- name: list_dispatches
SELECT *
FROM dispatches
WHERE owner = :owner AND day >= :since
ORDER BY number;

-- name: list_all_dispatches
SELECT *
FROM dispatches
WHERE owner = :owner
ORDER BY number;

-- name: adopt_message!
UPDATE dispatches SET message = :message WHERE owner = :owner AND number = :number;

-- name: last_attempt^
SELECT max(attempted_at) FROM dispatches WHERE owner = :owner AND number <> :number;

-- name: add_report!
INSERT INTO reports (owner, number, client, week, started_at, items, words, sent_on)
VALUES (:owner, :number, :client, :week, :started_at, :items, :words, :sent_on);

-- name: get_report^
SELECT *
FROM reports
WHERE owner = :owner AND number = :number;

-- name: list_reports_of_client
SELECT *
FROM reports
WHERE owner = :owner AND client = :client
ORDER BY number;

-- name: list_reports
SELECT *
FROM reports
WHERE owner = :owner
ORDER BY number;

-- name: save_report!
UPDATE reports
SET week = :week, items = :items, words = :words, sent_on = :sent_on
WHERE owner = :owner AND number = :number;

-- name: get_prompt^
SELECT kind, subject, expires_at FROM prompts WHERE owner = :owner;

-- name: set_prompt!
INSERT INTO prompts (owner, kind, subject, expires_at)
VALUES (:owner, :kind, :subject, :expires_at)
ON CONFLICT (owner) DO UPDATE SET
    kind = excluded.kind,
    subject = excluded.subject,
    expires_at = excluded.expires_at;

-- name: clear_prompt!
DELETE FROM prompts WHERE owner = :owner;

-- name: purge_prompts!
DELETE FROM prompts WHERE expires_at <= :before;

-- name: get_held^
SELECT words, message, expires_at, said_at, author, note, former FROM held WHERE owner = :owner;

-- name: set_held!
INSERT INTO held (owner, words, message, expires_at, said_at, author, note, former)
VALUES (:owner, :words, :message, :expires_at, :said_at, :author, :note, :former)
ON CONFLICT (owner) DO UPDATE SET
    words = excluded.words,
    message = excluded.message,
    expires_at = excluded.expires_at,
    said_at = excluded.said_at,
    author = excluded.author,
    note = excluded.note,
    former = excluded.former;

-- name: clear_held!
DELETE FROM held WHERE owner = :owner;

-- name: purge_held!
DELETE FROM held WHERE expires_at <= :before;

-- name: apply_update!
INSERT INTO applied_updates (update_id, applied_at)
VALUES (:update_id, :applied_at)
ON CONFLICT (update_id) DO NOTHING;

-- name: apply_in_turn!
-- Nothing while an earlier one of the person waits that was not applied, nor for one that does not
-- wait any more.
INSERT INTO applied_updates (update_id, applied_at)
SELECT CAST(:update_id AS bigint), CAST(:applied_at AS bigint)
WHERE
    EXISTS (SELECT 1 FROM pending_updates WHERE update_id = :update_id)
    AND NOT EXISTS (
        SELECT 1 FROM pending_updates AS p
        WHERE
            p.owner = :owner
            AND p.update_id < :update_id
            AND NOT EXISTS (SELECT 1 FROM applied_updates AS a WHERE a.update_id = p.update_id)
    )
ON CONFLICT (update_id) DO NOTHING;

-- name: get_applied_pending^
-- One that was applied, and whose reply is still on its way.
SELECT 1 FROM applied_updates AS a
JOIN pending_updates AS p ON p.update_id = a.update_id
WHERE a.update_id = :update_id;

-- name: settle_update!
INSERT INTO applied_updates (update_id, applied_at, settled)
VALUES (:update_id, :applied_at, 1)
ON CONFLICT (update_id) DO UPDATE SET settled = 1;

-- Telegram's own ids are positive.
-- name: probe!
INSERT INTO applied_updates (update_id, applied_at)
VALUES (-1, :now)
ON CONFLICT (update_id) DO UPDATE SET applied_at = excluded.applied_at;

-- name: get_needed^
-- The last migration that a release must know to work with the database.
SELECT max(coalesce(needs, number)) AS needed FROM migrations;

-- name: purge_applied_updates!
DELETE FROM applied_updates WHERE applied_at < :before;

-- name: park_update!
INSERT INTO pending_updates (update_id, owner, body, received_at, tries)
VALUES (:update_id, :owner, :body, :received_at, :tries)
ON CONFLICT (update_id) DO UPDATE SET
    owner = excluded.owner,
    body = excluded.body,
    received_at = excluded.received_at,
    tries = excluded.tries;

-- name: receive_update!
-- Nothing where it waits already, or nothing of it is left to be done.
INSERT INTO pending_updates (update_id, owner, body, received_at, tries, slow)
SELECT
    CAST(:update_id AS bigint), CAST(:owner AS bigint), CAST(:body AS blob),
    CAST(:received_at AS bigint), 0, CAST(:slow AS smallint)
WHERE NOT EXISTS (
    SELECT 1 FROM applied_updates WHERE update_id = :update_id AND settled = 1
)
ON CONFLICT (update_id) DO NOTHING;

-- name: slow_down!
UPDATE pending_updates SET slow = 1 WHERE update_id = :update_id;

-- name: list_pending
SELECT update_id, owner, body, received_at, tries, slow
FROM pending_updates
ORDER BY update_id;

-- name: list_pending_of
SELECT update_id, owner, body, received_at, tries, slow
FROM pending_updates
WHERE owner = :owner
ORDER BY update_id;

-- name: list_next_of
SELECT update_id, owner, body, received_at, tries, slow
FROM pending_updates
WHERE owner = :owner
ORDER BY update_id
LIMIT 2;

-- name: count_pending_of^
SELECT count(*) AS waiting FROM pending_updates WHERE owner = :owner;

-- name: list_waiting
-- Whose updates wait, the longest waiting first.
SELECT owner FROM pending_updates GROUP BY owner ORDER BY min(update_id) LIMIT :most;

-- name: delete_pending!
DELETE FROM pending_updates WHERE update_id = :update_id;

-- name: add_put_aside!
INSERT INTO put_aside (update_id, owner, body, reason, put_aside_at, tries)
VALUES (:update_id, :owner, :body, :reason, :put_aside_at, :tries)
ON CONFLICT (update_id) DO UPDATE SET
    owner = excluded.owner,
    body = excluded.body,
    reason = excluded.reason,
    put_aside_at = excluded.put_aside_at,
    tries = excluded.tries;

-- name: get_put_aside^
SELECT *
FROM put_aside
WHERE update_id = :update_id;

-- name: list_put_aside
SELECT *
FROM put_aside
ORDER BY update_id;

-- name: list_put_aside_of
SELECT *
FROM put_aside
WHERE owner = :owner
ORDER BY update_id;

-- name: delete_put_aside!
DELETE FROM put_aside WHERE update_id = :update_id;

-- name: purge_put_aside!
DELETE FROM put_aside WHERE put_aside_at <= :before;

-- name: list_heads
-- The format and the number of the key of every body that waits or was put aside.
SELECT substr(body, 1, 3) AS head FROM pending_updates
UNION SELECT substr(body, 1, 3) FROM put_aside WHERE body IS NOT NULL;

-- name: add_webhook!
INSERT INTO webhooks (address) VALUES (:address) ON CONFLICT (address) DO NOTHING;

-- name: get_webhook^
SELECT 1 FROM webhooks WHERE address = :address;
