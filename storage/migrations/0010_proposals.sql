-- A sign that the words of a fact are like, until the person says yes or no: it counts for nothing
-- before. The first release did not keep who had set a sign, so those that are there ask once more.

ALTER TABLE facts ADD COLUMN proposed text;

UPDATE facts SET proposed = sign, sign = NULL WHERE sign IS NOT NULL;

-- Where the pieces of a capture end: code points and the second each was said, parted by spaces.
ALTER TABLE facts ADD COLUMN cuts text NOT NULL DEFAULT '';
