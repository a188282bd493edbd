-- Before signing. Same rules as in the first file.
-- needs: 16
--
-- Whether they are still to become a client.
ALTER TABLE clients ADD COLUMN prospect smallint NOT NULL DEFAULT 0;

-- What was answered about them before: `question:option`, parted by spaces. It stays when they sign.
ALTER TABLE clients ADD COLUMN beforehand text NOT NULL DEFAULT '';
