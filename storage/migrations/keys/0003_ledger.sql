-- Who has erased everything, by a keyed hash: whoever has no key to it learns nobody's id. It decides
-- who is dropped when an older copy of the data is restored.
CREATE TABLE erased (
    person text NOT NULL PRIMARY KEY,
    erased_at bigint NOT NULL
);
