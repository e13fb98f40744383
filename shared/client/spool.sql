-- What every machine's own file holds beside its entries (shared/client/spool.py). Nothing personal stands here.
-- Moments are milliseconds since 1970-01-01T00:00Z by the hub's clock; days are ISO dates.

CREATE TABLE IF NOT EXISTS hall (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    day        TEXT NOT NULL,               -- the business day, as the hub last said
    day_change TEXT NOT NULL,
    ahead_ms   INTEGER NOT NULL,            -- how far the hub's clock is ahead of this machine's
    board      BLOB                         -- the hall as its screens last showed it, as JSON
) STRICT;

CREATE TABLE IF NOT EXISTS owner (          -- whose file this is: another device's is of no use
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL
) STRICT;
