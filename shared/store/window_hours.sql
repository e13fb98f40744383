-- A window's own hours, and each change of them with who made it.

ALTER TABLE windows ADD COLUMN hours TEXT NOT NULL DEFAULT '[]';    -- JSON list; empty: all its lanes' hours

CREATE TABLE window_hours_changes (
    n      INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    window INTEGER NOT NULL REFERENCES windows (no),
    before TEXT NOT NULL,                   -- JSON lists in the form of hall.toml
    after  TEXT NOT NULL
) STRICT;
CREATE TRIGGER window_hours_changes_are_kept BEFORE UPDATE ON window_hours_changes BEGIN
    SELECT RAISE(ABORT, 'changes of hours are append-only');
END;
CREATE TRIGGER window_hours_changes_are_not_cut BEFORE DELETE ON window_hours_changes BEGIN
    SELECT RAISE(ABORT, 'changes of hours are append-only');
END;
