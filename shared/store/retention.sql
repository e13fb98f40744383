-- What keeps the hall safe and forgetful: which rows the last commits touched, how the nightly work went, and
-- up to which day people are forgotten.

CREATE TABLE touched (                      -- a ring of the last commits, for the journal (shared/store/touched.py)
    slot INTEGER PRIMARY KEY,               -- n modulo the size of the ring; -1: the lineage
    n    INTEGER NOT NULL,                  -- commits of this lineage, counted from 1
    rows BLOB NOT NULL                      -- CRC-32, then MessagePack: table -> primary keys
) STRICT;

CREATE TABLE upkeep (                       -- the newest outcome of each nightly work
    work    TEXT PRIMARY KEY CHECK (work IN ('backup', 'check', 'drill', 'purge')),
    at      INTEGER NOT NULL,
    is_good INTEGER NOT NULL CHECK (is_good IN (0, 1)),
    said    TEXT NOT NULL,                  -- in words
    good_at INTEGER                         -- when it last went well
) STRICT;

CREATE TABLE forgotten (                    -- people are forgotten in these rows up to this day
    what TEXT PRIMARY KEY CHECK (what IN ('tickets', 'bookings', 'wishes')),
    day  TEXT NOT NULL
) STRICT;
CREATE INDEX wishes_by_day ON wishes (day);
