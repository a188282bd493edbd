-- Which letter the fact of its sending tells of. Same rules as in the first file.
ALTER TABLE facts ADD COLUMN letter bigint;

-- What was written before: the one letter that went to this client on this day.
UPDATE facts SET letter = (
    SELECT min(l.number) FROM letters AS l
    WHERE l.owner = facts.owner AND l.client = facts.client AND l.sent_on = facts.day
    HAVING count(*) = 1
)
WHERE source = 'letter';
