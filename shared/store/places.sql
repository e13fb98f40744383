-- How places are worked out, each change with who made it (the last row holds), and which were set by hand.

ALTER TABLE slots ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1));

CREATE TABLE place_terms (
    n            INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    automatic    INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 10 AND 20),
    booked_share INTEGER NOT NULL CHECK (booked_share BETWEEN 0 AND 100)
) STRICT;
CREATE TRIGGER place_terms_are_kept BEFORE UPDATE ON place_terms BEGIN
    SELECT RAISE(ABORT, 'changes of how places are worked out are append-only');
END;
CREATE TRIGGER place_terms_are_not_cut BEFORE DELETE ON place_terms BEGIN
    SELECT RAISE(ABORT, 'changes of how places are worked out are append-only');
END;
