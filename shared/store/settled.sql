-- Matters with a promise that were settled after their citizen had left: who noted it, and when.

CREATE TABLE settled (
    ticket INTEGER PRIMARY KEY REFERENCES tickets (id),
    at     INTEGER NOT NULL,
    actor  TEXT NOT NULL
) STRICT;
CREATE INDEX served ON tickets (moved_at) WHERE state = 'done' AND matter IS NOT NULL;
