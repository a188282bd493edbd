-- When nobody answers, and how often to speak up. Same rules as in the first file.
--
-- The day of the first list since the person was last here.
ALTER TABLE reminders ADD COLUMN silent_since text;

-- Lists a week at most; nothing for one a day.
ALTER TABLE reminders ADD COLUMN a_week smallint;
