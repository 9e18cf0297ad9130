-- Messages on their way to a chat, and what became of them. `message` is JSON, null (and `recipient` empty) once it is
-- purged. not_before: when it may be handed out. is_out: handed out, and no result yet. result: taken, never, reached
-- (its sender died, a callback of the messenger ended it), expired (purged before it could be sent); null: it waits.
-- AUTOINCREMENT: a seq never comes back, not even after a purge.
CREATE TABLE receipt (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  submission_id TEXT NOT NULL,
  message TEXT,
  written_at TEXT NOT NULL,
  not_before TEXT NOT NULL,
  is_out INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  result TEXT,
  why TEXT,
  provider_id TEXT,
  failed_at TEXT
) STRICT;
CREATE INDEX receipt_waiting ON receipt (channel, recipient, seq) WHERE result IS NULL;
CREATE INDEX receipt_due ON receipt (channel, not_before, seq) WHERE result IS NULL;
CREATE INDEX receipt_taken ON receipt (channel, provider_id) WHERE provider_id IS NOT NULL;

-- The seq up to which messages are purged.
ALTER TABLE store_state ADD COLUMN receipts_purged_to INTEGER NOT NULL DEFAULT 0;
