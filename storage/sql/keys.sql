-- These run on the file of keys, all others on the data.

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

-- name: delete_wrapped_keys!
DELETE FROM wrapped_keys WHERE owner = :owner;

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
