-- A kiosk's own file: the numbers lent to it, and what it gave of them. Nothing personal stands here.
-- The hall's day and clock, and whose file it is, stand in shared/client/spool.sql.
-- Moments are milliseconds since 1970-01-01T00:00Z by the hub's clock; days are ISO dates.

CREATE TABLE IF NOT EXISTS blocks (
    lease  INTEGER PRIMARY KEY,
    day    TEXT NOT NULL,
    lane   TEXT NOT NULL,
    last   INTEGER NOT NULL,
    unused INTEGER NOT NULL,                -- the first number that was not given
    CHECK (unused <= last + 1)
) STRICT;

CREATE TABLE IF NOT EXISTS openings (
    day      TEXT NOT NULL,
    lane     TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS entries (        -- numbers given, in the order of issue
    n          INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,        -- the request id under which it is brought in
    lease      INTEGER NOT NULL,
    day        TEXT NOT NULL,
    lane       TEXT NOT NULL,
    number     INTEGER NOT NULL,
    taken_at   INTEGER NOT NULL,
    matter     TEXT,
    priority   TEXT NOT NULL,
    instead_of TEXT NOT NULL UNIQUE,        -- the citizen's order: asked for again, it is the same number
    slip       TEXT,                        -- what became of the slip; null while that is open
    ended      TEXT,                        -- 'joined', or the hub's refusal; null until it was brought in
    ticket     INTEGER,                     -- its id at the hub, once it joined
    UNIQUE (day, lane, number)
) STRICT;
CREATE INDEX IF NOT EXISTS pending ON entries (n) WHERE ended IS NULL;
