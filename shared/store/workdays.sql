-- What the hall changed against the published work calendar, as the text of its file workdays.toml.

CREATE TABLE workdays (                     -- the newest row holds; none means the calendar as published
    n     INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    actor TEXT NOT NULL,
    text  TEXT NOT NULL
) STRICT;
CREATE TRIGGER workdays_are_kept BEFORE UPDATE ON workdays BEGIN
    SELECT RAISE(ABORT, 'workdays are append-only');
END;
CREATE TRIGGER workdays_are_not_cut BEFORE DELETE ON workdays BEGIN
    SELECT RAISE(ABORT, 'workdays are append-only');
END;
