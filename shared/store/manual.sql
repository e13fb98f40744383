-- Calls that windows made by hand while they could not reach the hub, what they noted of each, and how a
-- person settled those that contradict the hall. What was noted stays as it was noted.

CREATE TABLE manual_calls (
    id       INTEGER PRIMARY KEY,
    key      BLOB NOT NULL UNIQUE CHECK (length(key) = 16),     -- the window's own name for it
    day      TEXT NOT NULL,
    series   TEXT NOT NULL CHECK (series GLOB '[A-Z]'),         -- as typed: need not be a lane
    number   INTEGER NOT NULL CHECK (number > 0),
    window   INTEGER NOT NULL REFERENCES windows (no),
    clerk    TEXT NOT NULL,                                     -- as noted: need not be a clerk
    proved   INTEGER NOT NULL CHECK (proved IN (0, 1)),         -- the clerk had signed in with a PIN
    device   INTEGER NOT NULL REFERENCES devices (id),
    state    TEXT NOT NULL CHECK (state IN ('noted', 'awaits', 'done', 'withdrawn', 'conflict', 'settled')),
    ticket   INTEGER REFERENCES tickets (id),                   -- null while nobody knows such a number
    conflict TEXT,                                              -- why it was not carried out
    CONSTRAINT conflicts_say_why CHECK ((state IN ('conflict', 'settled')) = (conflict IS NOT NULL)),
    CONSTRAINT done_with_a_ticket CHECK (state <> 'done' OR ticket IS NOT NULL)
) STRICT;
CREATE INDEX manual_of_number ON manual_calls (day, series, number) WHERE state = 'awaits';
CREATE INDEX manual_open ON manual_calls (state, id) WHERE state IN ('noted', 'awaits', 'conflict');

CREATE TABLE manual_steps (
    call    INTEGER NOT NULL REFERENCES manual_calls (id),
    n       INTEGER NOT NULL,
    step    TEXT NOT NULL CHECK (step IN ('called', 'started', 'finished', 'missed', 'withdrawn')),
    at      INTEGER NOT NULL,                                   -- by the window's clock
    carried INTEGER NOT NULL DEFAULT 0 CHECK (carried IN (0, 1)),
    PRIMARY KEY (call, n),
    CONSTRAINT noted_once UNIQUE (call, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE manual_settlements (
    call    INTEGER PRIMARY KEY REFERENCES manual_calls (id),
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('noted', 'hall')),
    reason  TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TRIGGER manual_calls_stay BEFORE UPDATE OF key, day, series, number, window, clerk, proved, device
ON manual_calls BEGIN SELECT RAISE(ABORT, 'a call by hand stays as it was noted'); END;
CREATE TRIGGER manual_calls_keep_their_ticket BEFORE UPDATE OF ticket ON manual_calls
WHEN old.ticket IS NOT NULL AND new.ticket IS NOT old.ticket BEGIN
    SELECT RAISE(ABORT, 'a call by hand is of one ticket');
END;
CREATE TRIGGER manual_conflicts_are_settled BEFORE UPDATE OF state, conflict ON manual_calls
WHEN (old.state = 'settled' AND new.state <> 'settled')
  OR (old.state = 'conflict' AND new.state NOT IN ('conflict', 'settled'))
  OR (old.conflict IS NOT NULL AND new.conflict IS NOT old.conflict) BEGIN
    SELECT RAISE(ABORT, 'only a person ends a conflict, once');
END;
CREATE TRIGGER manual_calls_are_not_cut BEFORE DELETE ON manual_calls BEGIN
    SELECT RAISE(ABORT, 'calls by hand are append-only');
END;
CREATE TRIGGER manual_steps_stay BEFORE UPDATE OF call, n, step, at ON manual_steps BEGIN
    SELECT RAISE(ABORT, 'what was noted by hand is append-only');
END;
CREATE TRIGGER manual_steps_are_carried_out_once BEFORE UPDATE OF carried ON manual_steps
WHEN old.carried = 1 BEGIN SELECT RAISE(ABORT, 'a step is carried out once'); END;
CREATE TRIGGER manual_steps_are_not_cut BEFORE DELETE ON manual_steps BEGIN
    SELECT RAISE(ABORT, 'what was noted by hand is append-only');
END;
CREATE TRIGGER manual_settlements_stay BEFORE UPDATE ON manual_settlements BEGIN
    SELECT RAISE(ABORT, 'a conflict is settled once');
END;
CREATE TRIGGER manual_settlements_are_not_cut BEFORE DELETE ON manual_settlements BEGIN
    SELECT RAISE(ABORT, 'a conflict is settled once');
END;
