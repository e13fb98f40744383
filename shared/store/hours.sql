-- Each change of a lane's opening hours, with who made it. The hours that hold stand with the lane.

CREATE TABLE hours_changes (
    n      INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    lane   TEXT NOT NULL REFERENCES lanes (letter),
    before TEXT NOT NULL,                   -- JSON lists in the form of hall.toml
    after  TEXT NOT NULL
) STRICT;
CREATE TRIGGER hours_changes_are_kept BEFORE UPDATE ON hours_changes BEGIN
    SELECT RAISE(ABORT, 'changes of hours are append-only');
END;
CREATE TRIGGER hours_changes_are_not_cut BEFORE DELETE ON hours_changes BEGIN
    SELECT RAISE(ABORT, 'changes of hours are append-only');
END;
