-- What citizens said, one rating for a leg at most; kept as given.

CREATE TABLE ratings (
    id      INTEGER PRIMARY KEY,
    day     TEXT NOT NULL,                  -- the business day on which it was given
    ticket  INTEGER NOT NULL,
    leg     INTEGER NOT NULL,
    window  INTEGER NOT NULL REFERENCES windows (no),
    clerk   TEXT NOT NULL REFERENCES clerks (number),
    level   INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    reasons TEXT NOT NULL,                  -- JSON list of codes, in the order of the table
    at      INTEGER NOT NULL,
    CONSTRAINT rated_once UNIQUE (ticket, leg),
    FOREIGN KEY (ticket, leg) REFERENCES legs (ticket, n)
) STRICT;
CREATE INDEX ratings_of_clerk ON ratings (clerk, day, id);

CREATE TRIGGER ratings_are_kept BEFORE UPDATE ON ratings BEGIN SELECT RAISE(ABORT, 'ratings stand as given'); END;
CREATE TRIGGER ratings_are_not_cut BEFORE DELETE ON ratings BEGIN SELECT RAISE(ABORT, 'ratings stand as given'); END;
