-- What was received and what was said to it. `number` is the order of acceptance; `id` is the UUIDv5 of channel and
-- delivery id, and its key makes a delivery count once.
CREATE TABLE submission (
  number bigint PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  channel text NOT NULL,
  delivery_id text NOT NULL,
  received_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL,
  answer text NOT NULL
);

-- The raw input, JSON {"delivery"}: beside the submission, since it goes much earlier.
CREATE TABLE raw_input (
  number bigint PRIMARY KEY,
  written_at timestamptz NOT NULL,
  raw text NOT NULL
);

-- The standing reading of each meter and period; `registers` is JSON, `order_at` an ISO instant as it came.
CREATE TABLE reading (
  branch text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  meter text COLLATE "C" NOT NULL,
  registers text NOT NULL,
  order_at text NOT NULL,
  event_id text NOT NULL,
  by_operator boolean NOT NULL,
  PRIMARY KEY (branch, account, period, meter)
);

-- `state` and `accounts` are JSON, `expires_at` an ISO instant as it came.
CREATE TABLE conversation (
  channel text COLLATE "C" NOT NULL,
  sender text COLLATE "C" NOT NULL,
  state text NOT NULL,
  accounts text NOT NULL,
  expires_at text NOT NULL,
  PRIMARY KEY (channel, sender)
);

-- Text, not jsonb: Kafka gets the data to the letter.
CREATE TABLE outbox (
  seq bigint PRIMARY KEY,
  topic text NOT NULL,
  key text NOT NULL,
  headers text NOT NULL,
  data text NOT NULL,
  written_at timestamptz NOT NULL
);

-- Asked, with a reading in it. held_at: nobody answered in time, an operator's turn.
CREATE TABLE open_question (
  submission_id uuid PRIMARY KEY,
  opened_at timestamptz NOT NULL,
  held_at timestamptz
);
CREATE INDEX open_question_waiting ON open_question (opened_at) WHERE held_at IS NULL;

-- One row, locked by who writes a batch until it is committed: so one batch is written at a time, by whichever gateway,
-- and a seq that can be seen has all lower ones before it.
CREATE TABLE turn (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  last_seq bigint NOT NULL DEFAULT 0,
  last_number bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO turn DEFAULT VALUES;

-- One row, which no batch locks. position: how far the relay was.
CREATE TABLE store_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  store_id uuid NOT NULL DEFAULT gen_random_uuid(),
  position bigint NOT NULL DEFAULT 0,
  probed_at timestamptz
) WITH (fillfactor = 10);
INSERT INTO store_state DEFAULT VALUES;

-- At most one row: which registry_account_N is the registry. Every import makes a table of its own.
CREATE TABLE registry (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  generation integer NOT NULL,
  digest text NOT NULL,
  accounts integer NOT NULL,
  meters integer NOT NULL,
  registers integer NOT NULL,
  imported_at timestamptz NOT NULL
);
