-- Paper slips, beside their submissions. `number` is the order in which they came. `record` is JSON (SlipRecord), null (and
-- `identity` empty) once it is purged. review: why a person looks at it, null: nobody has to. verdict: JSON of what the
-- person read, `null` where nobody can read it.
CREATE TABLE slip (
  number bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  submission_id uuid NOT NULL UNIQUE,
  identity text COLLATE "C" NOT NULL,
  record text,
  written_at timestamptz NOT NULL,
  review text,
  reviewed_at timestamptz,
  verdict text,
  disagrees boolean NOT NULL DEFAULT false
);
CREATE INDEX slip_identity ON slip (identity, number) WHERE record IS NOT NULL;
CREATE INDEX slip_waiting ON slip (number) WHERE review IS NOT NULL AND reviewed_at IS NULL AND record IS NOT NULL;
CREATE INDEX slip_reviewed ON slip (number) WHERE reviewed_at IS NOT NULL;
