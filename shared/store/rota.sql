-- The rota: what clerks can do, their leave, drafts that do not hold, and the duties that do.

CREATE TABLE rota_clerks (                  -- who has no row can serve every lane, and does not lead
    clerk TEXT PRIMARY KEY REFERENCES clerks (number),
    lanes TEXT NOT NULL CHECK (lanes GLOB '[A-Z]*'),
    leads INTEGER NOT NULL CHECK (leads IN (0, 1)),
    days  INTEGER NOT NULL CHECK (days BETWEEN 0 AND 5)     -- a week; 0: not in the rota
) STRICT;

CREATE TABLE leaves (
    clerk TEXT NOT NULL REFERENCES clerks (number),
    day   TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    kind  TEXT NOT NULL CHECK (kind IN ('leave', 'sick')),
    PRIMARY KEY (clerk, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE rotas (
    id    INTEGER PRIMARY KEY,
    first TEXT NOT NULL,
    last  TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'replaced', 'dropped')),
    at    INTEGER NOT NULL,
    actor TEXT NOT NULL,
    plan  TEXT NOT NULL,                    -- what it was made for, as JSON
    shifts TEXT NOT NULL,                   -- the draft itself: clerk -> a shift a day, as JSON
    goals TEXT NOT NULL,                    -- how good it was found to be, as JSON
    CHECK (first <= last)
) STRICT;
CREATE TRIGGER rotas_do_not_overlap BEFORE UPDATE OF state ON rotas
WHEN NEW.state = 'published' AND EXISTS (
    SELECT 1 FROM rotas WHERE state = 'published' AND id <> NEW.id AND first <= NEW.last AND last >= NEW.first
) BEGIN
    SELECT RAISE(ABORT, 'rotas_do_not_overlap');
END;

CREATE TABLE duties (                       -- of published rotas alone: a draft holds nobody
    clerk  TEXT NOT NULL REFERENCES clerks (number),
    day    TEXT NOT NULL,
    start  INTEGER NOT NULL CHECK (start >= 0),
    "end"  INTEGER NOT NULL CHECK ("end" <= 1440),
    kind   TEXT NOT NULL CHECK (kind IN ('regular', 'lunch', 'evening', 'weekend')),
    access TEXT NOT NULL CHECK (access IN ('walk_in', 'booked')),
    shift  TEXT NOT NULL,
    place  TEXT NOT NULL,                   -- letters of lanes; empty in reserve
    rota   INTEGER NOT NULL REFERENCES rotas (id),
    PRIMARY KEY (clerk, day, start),
    CHECK (start < "end")
) STRICT, WITHOUT ROWID;
CREATE INDEX duties_of_day ON duties (day);
CREATE INDEX duties_of_rota ON duties (rota);
CREATE TRIGGER one_place_at_a_time BEFORE INSERT ON duties WHEN EXISTS (
    SELECT 1 FROM duties WHERE clerk = NEW.clerk AND day = NEW.day AND start < NEW."end" AND "end" > NEW.start
) BEGIN
    SELECT RAISE(ABORT, 'one_place_at_a_time');
END;
CREATE TRIGGER nobody_on_leave_works BEFORE INSERT ON duties WHEN EXISTS (
    SELECT 1 FROM leaves WHERE clerk = NEW.clerk AND day = NEW.day
) BEGIN
    SELECT RAISE(ABORT, 'nobody_on_leave_works');
END;
CREATE TRIGGER leave_frees_from_duty BEFORE INSERT ON leaves WHEN EXISTS (
    SELECT 1 FROM duties WHERE clerk = NEW.clerk AND day = NEW.day
) BEGIN
    SELECT RAISE(ABORT, 'nobody_on_leave_works');
END;

CREATE TABLE owed_rests (
    clerk  TEXT NOT NULL REFERENCES clerks (number),
    day    TEXT NOT NULL,
    earned TEXT NOT NULL,
    rota   INTEGER NOT NULL REFERENCES rotas (id),
    PRIMARY KEY (clerk, day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rest_is_no_duty BEFORE INSERT ON owed_rests WHEN EXISTS (
    SELECT 1 FROM duties WHERE clerk = NEW.clerk AND day = NEW.day
) BEGIN
    SELECT RAISE(ABORT, 'rest_is_no_duty');
END;
