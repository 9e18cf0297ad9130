-- A row a batch instead of a row a submission and a row an event: a batch is written as a few texts, one page after
-- another, and most of what a row cost was being a row. See packed.ts for the JSON in them; an element's place in it and
-- the batch's first number make the submission's number, and likewise an event's seq.

-- `submissions` is never purged from the last row, only emptied, nor is that row removed: numbers go on from it.
CREATE TABLE batch (
  first INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  written_at TEXT NOT NULL,
  submissions TEXT NOT NULL,
  raw TEXT
) STRICT;

-- The last row is emptied, never removed: a seq never comes back, for the relay's place depends on it.
CREATE TABLE batch_events (
  first INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  written_at TEXT NOT NULL,
  events TEXT NOT NULL
) STRICT;

INSERT INTO batch (first, count, written_at, submissions, raw)
SELECT number, 1, written_at, json_array(json_array(id, channel, delivery_id, received_at, json(answer))),
  CASE WHEN raw IS NOT NULL THEN json_array(json(raw)) END
FROM submission ORDER BY number;

INSERT INTO batch_events (first, count, written_at, events)
SELECT seq, 1, written_at, json_array(json_array(topic, key, json(headers), json(data))) FROM outbox ORDER BY seq;
INSERT INTO batch_events (first, count, written_at, events)
SELECT seq, 1, '', '[]' FROM sqlite_sequence WHERE name = 'outbox' AND seq > (SELECT coalesce(max(first), 0) FROM batch_events);

-- Where a submission is, by the first 48 bits of its id: some three times as many stand on a page as of whole ids, and
-- pages are what a fold writes. Two ids may share them; the submission itself says which it is.
CREATE TABLE place (
  id48 INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (id48, number)
) STRICT, WITHOUT ROWID;
INSERT INTO place (id48, number)
SELECT unhex48, number FROM (
  SELECT number, (
    WITH RECURSIVE digit (at, sum) AS (
      SELECT 0, 0 UNION ALL
      SELECT at + 1, sum * 16 + instr('0123456789abcdef', substr(replace(id, '-', ''), at + 1, 1)) - 1 FROM digit WHERE at < 12
    ) SELECT sum FROM digit WHERE at = 12) AS unhex48
  FROM once);

DROP TABLE once;
DROP TABLE submission;
DROP TABLE outbox;
