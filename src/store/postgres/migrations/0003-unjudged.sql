-- Submissions that came while there was no registry, until they are judged (rule 25). `number` is the submission's.
CREATE TABLE unjudged (
  number bigint PRIMARY KEY,
  submission_id uuid NOT NULL UNIQUE
);
