-- The posted order as data: when a ticket is due, where each stay stood, what a general window also takes,
-- the rules with their history, and every promised wait with what came of it.

DROP INDEX line;
DROP INDEX sent_to_window;
DROP TRIGGER ticket_joins;
DROP TRIGGER ticket_moves;

ALTER TABLE tickets DROP COLUMN precedence;
ALTER TABLE tickets ADD COLUMN due_at INTEGER;      -- from then on it goes first; null for never
ALTER TABLE tickets ADD COLUMN booked_for INTEGER;  -- the appointment's time; null for a walk-in
ALTER TABLE tickets ADD COLUMN rolled_ms INTEGER;   -- the wait that the rollout foresaw; null without one
ALTER TABLE tickets ADD COLUMN method TEXT NOT NULL DEFAULT 'pace' CHECK (method IN ('pace', 'rollout'));
ALTER TABLE tickets ADD COLUMN told_long INTEGER NOT NULL DEFAULT 0 CHECK (told_long IN (0, 1));

CREATE INDEX line ON tickets (lane, sort_at, number, series) WHERE state = 'waiting';
CREATE INDEX due_line ON tickets (lane, due_at, number, series)
    WHERE state = 'waiting' AND due_at IS NOT NULL;
CREATE INDEX sent_to_window ON tickets (for_window, sort_at, number, series)
    WHERE state = 'waiting' AND for_window IS NOT NULL;

-- A stay knows the place it gave, so that the line of any past moment is a query.
ALTER TABLE stays ADD COLUMN sort_at INTEGER;       -- null in stays from before this step
ALTER TABLE stays ADD COLUMN due_at INTEGER;
ALTER TABLE stays ADD COLUMN for_window INTEGER;

-- 1+X: lanes that are not the window's own, and the rule by which it takes them.
ALTER TABLE window_lanes ADD COLUMN also INTEGER NOT NULL DEFAULT 0 CHECK (also IN (0, 1));
ALTER TABLE windows ADD COLUMN takes TEXT NOT NULL DEFAULT 'always';

CREATE TABLE rules (                        -- the newest row holds; none means the rules as they ship
    n     INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    actor TEXT NOT NULL,
    data  TEXT NOT NULL
) STRICT;
CREATE TRIGGER rules_are_kept BEFORE UPDATE ON rules BEGIN SELECT RAISE(ABORT, 'rules are append-only'); END;
CREATE TRIGGER rules_are_not_cut BEFORE DELETE ON rules BEGIN SELECT RAISE(ABORT, 'rules are append-only'); END;

ALTER TABLE waits ADD COLUMN ticket INTEGER REFERENCES tickets (id);
ALTER TABLE waits ADD COLUMN at INTEGER;            -- the call; null in waits from before this step
ALTER TABLE waits ADD COLUMN rolled_ms INTEGER;
ALTER TABLE waits ADD COLUMN method TEXT NOT NULL DEFAULT 'pace';
ALTER TABLE waits ADD COLUMN low_minutes INTEGER;   -- what was promised; null when no minutes were
ALTER TABLE waits ADD COLUMN high_minutes INTEGER;
ALTER TABLE waits ADD COLUMN told_long INTEGER NOT NULL DEFAULT 0;   -- words, no minutes
CREATE INDEX waits_by_call ON waits (at) WHERE at IS NOT NULL;

CREATE TABLE advices (                      -- what was advised, and afterwards whether it came true
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    data      TEXT NOT NULL,                -- the action and both forecasts, as JSON
    outcome   TEXT                          -- what came of it, once `until` has passed
) STRICT;
CREATE INDEX advices_by_time ON advices (at);

CREATE TRIGGER ticket_joins AFTER INSERT ON tickets BEGIN
    UPDATE lanes SET waiting = waiting + 1 WHERE letter = new.lane AND new.state = 'waiting';
    INSERT INTO stays (ticket, n, state, lane, window, began, sort_at, due_at, for_window)
    VALUES (new.id, new.moves, new.state, new.lane, new.window, new.taken_at, new.sort_at, new.due_at, new.for_window);
END;
CREATE TRIGGER ticket_moves AFTER UPDATE OF moves ON tickets BEGIN
    UPDATE lanes SET waiting = waiting - 1 WHERE letter = old.lane AND old.state = 'waiting';
    UPDATE lanes SET waiting = waiting + 1 WHERE letter = new.lane AND new.state = 'waiting';
    INSERT INTO stays (ticket, n, state, lane, window, began, sort_at, due_at, for_window)
    VALUES (new.id, new.moves, new.state, new.lane, new.window, new.moved_at, new.sort_at, new.due_at, new.for_window);
END;
