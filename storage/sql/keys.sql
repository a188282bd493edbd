-- These run on the file of keys, all others on the data.

-- name: get_wrapped_key(owner)^
SELECT wrapped FROM wrapped_keys WHERE owner = :owner;

-- name: add_wrapped_key(owner, wrapped)!
INSERT INTO wrapped_keys (owner, wrapped) VALUES (:owner, :wrapped);

-- name: delete_wrapped_key(owner)!
DELETE FROM wrapped_keys WHERE owner = :owner;

-- name: some_wrapped_keys()
SELECT owner, wrapped FROM wrapped_keys ORDER BY owner LIMIT 100;
