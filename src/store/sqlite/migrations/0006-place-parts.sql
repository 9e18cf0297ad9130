-- Where submissions are, by the first 48 bits of their ids: a row for each part of the ids (their first 10 bits) of each
-- layer of the journal, where there was a row a submission. A fold writes a sixteenth of the rows, and of the pages, with
-- millions of ids, an even smaller share. places: see places.ts. last: the number of the layer's last submission.
CREATE TABLE place_part (
  part INTEGER NOT NULL,
  last INTEGER NOT NULL,
  places BLOB NOT NULL,
  PRIMARY KEY (part, last)
) STRICT, WITHOUT ROWID;

-- What lies behind folded_to is folded again at the start.
INSERT INTO place_part (part, last, places)
SELECT id48 >> 38, last, unhex(group_concat(format('%012x%012x', id48, number), ''))
FROM place JOIN (
  SELECT number / 16384 AS layer, max(number) AS last FROM place
  WHERE number <= (SELECT folded_to FROM store_state) GROUP BY layer) ON number / 16384 = layer AND number <= last
GROUP BY id48 >> 38, last;

DROP TABLE place;
