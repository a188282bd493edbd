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
