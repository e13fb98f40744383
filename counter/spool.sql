-- A counter's own file: who sat here last, and what was noted by hand while the hub was away. No citizen's name
-- stands here. The hall's day and clock, and whose file it is, stand in shared/client/spool.sql.
-- Moments are milliseconds since 1970-01-01T00:00Z by the hub's clock; days are ISO dates.

CREATE TABLE IF NOT EXISTS seat (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    window  INTEGER NOT NULL,
    clerk   TEXT NOT NULL,                  -- the last who sat here
    name    TEXT NOT NULL,
    proved  INTEGER NOT NULL CHECK (proved IN (0, 1)),      -- with a PIN that the hub checked
    present INTEGER NOT NULL CHECK (present IN (0, 1)),     -- 0: signed out
    ticket  TEXT,                           -- before the window, as the hub last said: A012
    state   TEXT CHECK (state IN ('called', 'serving')),
    since   INTEGER,
    lost_at INTEGER,                        -- when the hub was lost; null while it is heard
    CONSTRAINT ticket_has_a_state CHECK ((ticket IS NULL) = (state IS NULL) AND (ticket IS NULL) = (since IS NULL))
) STRICT;

CREATE TABLE IF NOT EXISTS calls (          -- calls by hand, in order
    n      INTEGER PRIMARY KEY AUTOINCREMENT,
    key    TEXT NOT NULL UNIQUE,            -- the name under which the hub takes it in, once
    day    TEXT NOT NULL,
    series TEXT NOT NULL,
    number INTEGER NOT NULL,
    window INTEGER NOT NULL,
    clerk  TEXT NOT NULL,
    proved INTEGER NOT NULL CHECK (proved IN (0, 1)),
    state  TEXT CHECK (state IN ('called', 'serving')),     -- now; null when it left the window, or the hub has it
    since  INTEGER NOT NULL,                -- of that state
    before INTEGER NOT NULL CHECK (before IN (0, 1)),       -- it stood before the window when the hub was lost
    fate   TEXT,                            -- what the hub made of it, or its refusal; null until it was asked
    zh     TEXT NOT NULL DEFAULT '',        -- why it was not carried out
    en     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS one_before_the_window ON calls (window) WHERE state IS NOT NULL;

CREATE TABLE IF NOT EXISTS steps (
    call INTEGER NOT NULL REFERENCES calls (n),
    n    INTEGER NOT NULL,
    step TEXT NOT NULL,
    at   INTEGER NOT NULL,
    id   TEXT NOT NULL UNIQUE,              -- the request id under which the call is told up to here
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    PRIMARY KEY (call, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS untold ON steps (call) WHERE told = 0;
