-- Paper slips, beside their submissions. `number` is the order in which they came. `record` is JSON (SlipRecord), null (and
-- `identity` empty) once it is purged. review: why a person looks at it, null: nobody has to. verdict: JSON of what the
-- person read, `null` where nobody can read it. AUTOINCREMENT: the highest number says how many there ever were.
CREATE TABLE slip (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  submission_id TEXT NOT NULL UNIQUE,
  identity TEXT NOT NULL,
  record TEXT,
  written_at TEXT NOT NULL,
  review TEXT,
  reviewed_at TEXT,
  verdict TEXT,
  disagrees INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX slip_identity ON slip (identity, number) WHERE record IS NOT NULL;
CREATE INDEX slip_waiting ON slip (number) WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL;
CREATE INDEX slip_reviewed ON slip (number) WHERE reviewed_at IS NOT NULL;
