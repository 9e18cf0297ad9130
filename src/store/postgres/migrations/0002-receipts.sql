-- Messages on their way to a chat, and what became of them. `seq` is given in the turn, so that one that can be seen has
-- all lower ones before it. `message` is JSON, null (and `recipient` empty) once it is purged. not_before: when it may be
-- handed out. is_out: handed out, and no result yet. result: taken, never, reached (its sender died, a callback of the
-- messenger ended it), expired (purged before it could be sent); null: it waits.
CREATE TABLE receipt (
  seq bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  channel text COLLATE "C" NOT NULL,
  recipient text COLLATE "C" NOT NULL,
  submission_id uuid NOT NULL,
  message text,
  written_at timestamptz NOT NULL,
  not_before timestamptz NOT NULL,
  is_out boolean NOT NULL DEFAULT false,
  tries integer NOT NULL DEFAULT 0,
  result text,
  why text,
  provider_id text COLLATE "C",
  failed_at timestamptz
);
CREATE INDEX receipt_waiting ON receipt (channel, recipient, seq) WHERE result IS NULL;
CREATE INDEX receipt_due ON receipt (channel, not_before, seq) WHERE result IS NULL;
CREATE INDEX receipt_taken ON receipt (channel, provider_id) WHERE provider_id IS NOT NULL;

-- The seq up to which messages are purged.
ALTER TABLE store_state ADD COLUMN receipts_purged_to bigint NOT NULL DEFAULT 0;
