-- Several weeks may come again in one message. Same rules as in the first file.
--
-- A message that comes again names what it is about where all messages do.
UPDATE dispatches
SET carried = 'week:' || client || ':' || week
WHERE kind = 'again' AND carried = '' AND week IS NOT NULL;

ALTER TABLE dispatches DROP COLUMN client;

ALTER TABLE dispatches DROP COLUMN week;
