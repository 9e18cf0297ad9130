-- What was received, what was said to it, and what it left behind: the journal of the store, appended to by every batch.
-- `number` is the order of acceptance; `answer` and `raw` (the delivery, and the readings and conversation that it left)
-- are JSON with places instead of names, see packed.ts.
CREATE TABLE submission (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  channel TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  received_at TEXT NOT NULL,
  written_at TEXT NOT NULL,
  answer TEXT NOT NULL,
  raw TEXT
) STRICT;

-- The tables once, reading and conversation are folded from the journal, some thousand submissions at a time; what is not
-- yet folded is known by number (store_state.folded_to) and folded at start.

-- A delivery counts once: the id is the UUIDv5 of channel and delivery id.
CREATE TABLE once (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The standing reading of each meter and period. The newest periods of an account stand together.
CREATE TABLE reading (
  branch TEXT NOT NULL,
  account TEXT NOT NULL,
  period TEXT NOT NULL,
  meter TEXT NOT NULL,
  registers TEXT NOT NULL,
  order_at TEXT NOT NULL,
  event_id TEXT NOT NULL,
  by_operator INTEGER NOT NULL,
  PRIMARY KEY (branch, account, period DESC, meter)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation (
  channel TEXT NOT NULL,
  sender TEXT NOT NULL,
  state TEXT NOT NULL,
  accounts TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (channel, sender)
) STRICT, WITHOUT ROWID;

-- `headers`: see packed.ts. AUTOINCREMENT: a seq never comes back, not even after a purge; the relay's place depends on it.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  headers TEXT NOT NULL,
  data TEXT NOT NULL,
  written_at TEXT NOT NULL
) STRICT;

-- Asked, with a reading in it. held_at: nobody answered in time, an operator's turn.
CREATE TABLE open_question (
  submission_id TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL,
  held_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX open_question_waiting ON open_question (opened_at) WHERE held_at IS NULL;

-- One row. folded_to: the submission number up to which the journal is folded. raw_purged_to: the submission number up to which raw input is gone.
CREATE TABLE store_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  store_id TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  folded_to INTEGER NOT NULL DEFAULT 0,
  raw_purged_to INTEGER NOT NULL DEFAULT 0,
  probed_at TEXT
) STRICT;
