-- The hall's whole state. Moments are milliseconds since 1970-01-01T00:00Z; days are ISO dates.
-- Every invariant stands here; breaking one becomes a refusal by the name of its constraint
-- (shared/store/constraints.py).

CREATE TABLE hall (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    name         TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    sample       INTEGER NOT NULL CHECK (sample IN (0, 1)),
    public_url   TEXT,
    languages    TEXT NOT NULL,             -- spoken in calls, in order: zh,en
    day_change   TEXT NOT NULL,             -- local time at which the hub asks for the rollover
    day          TEXT NOT NULL,             -- the business day; moved on by an explicit rollover only
    head_seq     INTEGER NOT NULL,          -- the newest fact and its link: a cut tail shows
    head_link    BLOB NOT NULL,
    config       BLOB NOT NULL              -- digest of the loaded configuration
) STRICT;

CREATE TABLE lanes (
    letter             TEXT PRIMARY KEY CHECK (letter GLOB '[A-Z]'),
    position           INTEGER NOT NULL,
    name               TEXT NOT NULL,
    name_en            TEXT NOT NULL,
    place              TEXT NOT NULL,
    place_en           TEXT NOT NULL,
    hours              TEXT NOT NULL,       -- JSON list in the form of hall.toml
    minutes_per_person REAL NOT NULL CHECK (minutes_per_person > 0),
    on_kiosk           INTEGER NOT NULL CHECK (on_kiosk IN (0, 1)),
    closed_reason      TEXT,                -- set by a manager; null when open
    waiting            INTEGER NOT NULL DEFAULT 0 CONSTRAINT waiting_not_negative CHECK (waiting >= 0)
) STRICT;

CREATE TABLE clerks (
    number       TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('clerk', 'manager')),
    pin          TEXT NOT NULL,             -- argon2id
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER
) STRICT;

CREATE TABLE windows (
    no      INTEGER PRIMARY KEY CHECK (no BETWEEN 1 AND 999),
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('general', 'zone', 'video', 'assisted')),
    place   TEXT NOT NULL,
    state   TEXT NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'paused')),
    clerk   TEXT REFERENCES clerks (number),
    reason  TEXT NOT NULL DEFAULT '',
    CONSTRAINT open_window_has_clerk CHECK ((state = 'closed') = (clerk IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_window_per_clerk ON windows (clerk) WHERE clerk IS NOT NULL;

CREATE TABLE window_lanes (
    window INTEGER NOT NULL REFERENCES windows (no),
    lane   TEXT NOT NULL REFERENCES lanes (letter),
    PRIMARY KEY (window, lane)
) STRICT, WITHOUT ROWID;

CREATE TABLE matters (
    id           TEXT PRIMARY KEY,
    position     INTEGER NOT NULL,
    lane         TEXT NOT NULL REFERENCES lanes (letter),
    name         TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    department   TEXT NOT NULL,
    materials    TEXT NOT NULL,             -- JSON list
    promise_days INTEGER CHECK (promise_days >= 0),
    minutes      INTEGER NOT NULL CHECK (minutes > 0),
    bundle       INTEGER NOT NULL CHECK (bundle IN (0, 1)),
    audience     TEXT NOT NULL CHECK (audience IN ('citizen', 'business', 'both')),
    note         TEXT NOT NULL
) STRICT;

CREATE TABLE counters (                     -- the last number given, per business day and series
    day    TEXT NOT NULL,
    series TEXT NOT NULL REFERENCES lanes (letter),
    last   INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (day, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE tickets (
    id           INTEGER PRIMARY KEY,
    day          TEXT NOT NULL,
    series       TEXT NOT NULL REFERENCES lanes (letter),   -- the letter it was printed with
    number       INTEGER NOT NULL CHECK (number > 0),
    lane         TEXT NOT NULL REFERENCES lanes (letter),   -- the line it stands in now
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'serving', 'held', 'missed',
                                                'done', 'cancelled', 'expired')),
    precedence   INTEGER NOT NULL CHECK (precedence IN (0, 1)),
    sort_at      INTEGER NOT NULL,
    taken_at     INTEGER NOT NULL,
    moved_at     INTEGER NOT NULL,
    moves        INTEGER NOT NULL DEFAULT 0,                -- how often it moved: the number of its stay
    priority     TEXT NOT NULL,
    channel      TEXT NOT NULL CHECK (channel IN ('kiosk', 'desk', 'phone')),
    matter       TEXT REFERENCES matters (id),
    person       BLOB CHECK (length(person) = 32),          -- keyed HMAC of the ID number
    masked_id    TEXT NOT NULL DEFAULT '',
    holder       TEXT NOT NULL DEFAULT '',                  -- masked name
    sealed_name  BLOB,                                      -- full name, sealed with the hall's key
    window       INTEGER REFERENCES windows (no),           -- the window that has or had it
    for_window   INTEGER REFERENCES windows (no),           -- the only one that may call it
    back_to      INTEGER REFERENCES windows (no),           -- where it returns after this leg
    calls        INTEGER NOT NULL DEFAULT 0 CHECK (calls >= 0),
    called_at    INTEGER,
    started_at   INTEGER,
    leg          INTEGER NOT NULL DEFAULT 0,
    returned     INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1)),
    note         TEXT NOT NULL DEFAULT '',
    secret       TEXT NOT NULL,                             -- the second half of its phone address
    ahead        INTEGER NOT NULL CHECK (ahead >= 0),       -- people ahead when taken
    likely_ms    INTEGER NOT NULL,                          -- the wait that was likely then
    low_minutes  INTEGER,                                   -- what was promised, null when nothing was
    high_minutes INTEGER,
    CONSTRAINT at_a_window CHECK (state NOT IN ('called', 'serving', 'held') OR window IS NOT NULL),
    CONSTRAINT number_given_once UNIQUE (day, series, number)
) STRICT;
CREATE INDEX line ON tickets (lane, precedence, sort_at, number, series) WHERE state = 'waiting';
CREATE INDEX sent_to_window ON tickets (for_window, precedence, sort_at, number, series)
    WHERE state = 'waiting' AND for_window IS NOT NULL;
CREATE INDEX live ON tickets (state, id) WHERE state IN ('waiting', 'called', 'serving', 'held', 'missed');
CREATE UNIQUE INDEX one_ticket_per_window ON tickets (window) WHERE state IN ('called', 'serving');
CREATE UNIQUE INDEX one_live_ticket_per_person_and_lane ON tickets (person, lane)
    WHERE person IS NOT NULL AND state IN ('waiting', 'called', 'serving', 'held', 'missed');

CREATE TABLE stays (                        -- each stay of a ticket in a state; ends where the next begins
    ticket INTEGER NOT NULL REFERENCES tickets (id),
    n      INTEGER NOT NULL,
    state  TEXT NOT NULL,
    lane   TEXT NOT NULL,
    window INTEGER,
    began  INTEGER NOT NULL,
    PRIMARY KEY (ticket, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE legs (                         -- each stay at a window: from the call to its outcome
    ticket     INTEGER NOT NULL REFERENCES tickets (id),
    n          INTEGER NOT NULL,
    window     INTEGER NOT NULL REFERENCES windows (no),
    clerk      TEXT NOT NULL REFERENCES clerks (number),
    lane       TEXT NOT NULL REFERENCES lanes (letter),
    called_at  INTEGER NOT NULL,
    started_at INTEGER,
    ended_at   INTEGER,
    outcome    TEXT CHECK (outcome IN ('finish', 'send_back', 'miss', 'transfer', 'cancel', 'expire')),
    PRIMARY KEY (ticket, n),
    CONSTRAINT leg_ends_with_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE waits (                        -- what each first call taught about waiting
    id        INTEGER PRIMARY KEY,
    lane      TEXT NOT NULL REFERENCES lanes (letter),
    ahead     INTEGER NOT NULL,
    waited_ms INTEGER NOT NULL,
    likely_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE clerk_days (                   -- a clerk's own figures, kept as counters
    day         TEXT NOT NULL,
    clerk       TEXT NOT NULL REFERENCES clerks (number),
    served      INTEGER NOT NULL DEFAULT 0,
    missed      INTEGER NOT NULL DEFAULT 0,
    transferred INTEGER NOT NULL DEFAULT 0,
    serving_ms  INTEGER NOT NULL DEFAULT 0,
    waiting_ms  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, clerk)
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
    seq   INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    name  TEXT NOT NULL,
    actor TEXT NOT NULL,
    data  TEXT NOT NULL,
    link  BLOB NOT NULL                     -- keyed hash of this fact and the link before it
) STRICT;

CREATE TABLE requests (                     -- request ids and their first answers
    id     BLOB PRIMARY KEY CHECK (length(id) = 16),
    digest BLOB NOT NULL,
    at     INTEGER NOT NULL,
    status INTEGER NOT NULL,
    answer BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('citizen-kiosk', 'counter', 'display', 'manager')),
    window      INTEGER REFERENCES windows (no),
    token       BLOB NOT NULL UNIQUE,       -- SHA-256 of the credential
    enrolled_at INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;

CREATE TABLE offers (                       -- codes for one enrolment each
    code       BLOB PRIMARY KEY,            -- keyed HMAC
    role       TEXT NOT NULL,
    name       TEXT NOT NULL,
    window     INTEGER REFERENCES windows (no),
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id       INTEGER PRIMARY KEY,
    token    BLOB NOT NULL UNIQUE,
    clerk    TEXT NOT NULL REFERENCES clerks (number),
    device   INTEGER NOT NULL REFERENCES devices (id),
    began_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE notices (
    id           INTEGER PRIMARY KEY,
    zh           TEXT NOT NULL,
    en           TEXT NOT NULL,
    withdrawn_at INTEGER
) STRICT;

-- The line's count is kept, never counted.
CREATE TRIGGER ticket_joins AFTER INSERT ON tickets BEGIN
    UPDATE lanes SET waiting = waiting + 1 WHERE letter = new.lane AND new.state = 'waiting';
    INSERT INTO stays VALUES (new.id, new.moves, new.state, new.lane, new.window, new.taken_at);
END;
CREATE TRIGGER ticket_moves AFTER UPDATE OF moves ON tickets BEGIN
    UPDATE lanes SET waiting = waiting - 1 WHERE letter = old.lane AND old.state = 'waiting';
    UPDATE lanes SET waiting = waiting + 1 WHERE letter = new.lane AND new.state = 'waiting';
    INSERT INTO stays VALUES (new.id, new.moves, new.state, new.lane, new.window, new.moved_at);
END;

-- A ticket changes state only by a counted move, and history only grows.
CREATE TRIGGER state_needs_move BEFORE UPDATE OF state, lane ON tickets
WHEN new.moves <> old.moves + 1 AND (new.state <> old.state OR new.lane <> old.lane) BEGIN
    SELECT RAISE(ABORT, 'a ticket changes only by a move');
END;
CREATE TRIGGER facts_are_kept BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER facts_are_not_cut BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER stays_are_kept BEFORE UPDATE ON stays BEGIN SELECT RAISE(ABORT, 'stays are append-only'); END;
CREATE TRIGGER stays_are_not_cut BEFORE DELETE ON stays BEGIN SELECT RAISE(ABORT, 'stays are append-only'); END;
