-- A language of one's own. Same rules as in the first file.
--
-- Who is here already was spoken to in Russian whatever their phone said, and stays with it.
UPDATE people SET language = 'ru' WHERE language IS NULL;
