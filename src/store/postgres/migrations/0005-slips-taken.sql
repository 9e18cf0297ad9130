-- How many slips were ever taken, in one row. Numbers of `slip` don't tell: each attempt to write a slip takes one, and the
-- last slips may be purged.
CREATE TABLE slips_taken (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  count bigint NOT NULL
);
INSERT INTO slips_taken (count) SELECT count(*) FROM slip;
