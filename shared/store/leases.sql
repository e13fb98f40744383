-- Numbers lent to kiosks, which give them while the hub is away. A lent number is never given online, used or not.

CREATE TABLE leases (
    id         INTEGER PRIMARY KEY,
    day        TEXT NOT NULL,                           -- the business day the numbers belong to
    series     TEXT NOT NULL REFERENCES lanes (letter),
    first      INTEGER NOT NULL CHECK (first > 0),
    last       INTEGER NOT NULL,
    device     INTEGER NOT NULL REFERENCES devices (id),
    leased_at  INTEGER NOT NULL,
    settled_at INTEGER,                                 -- the rest is a gap; null while they may still be given
    CONSTRAINT lease_not_empty CHECK (last >= first)
) STRICT;
CREATE INDEX leases_of_day ON leases (day, series, first);
CREATE INDEX open_leases ON leases (device, day) WHERE settled_at IS NULL;

ALTER TABLE tickets ADD COLUMN lease INTEGER REFERENCES leases (id);    -- null for a number given by the hub
ALTER TABLE tickets ADD COLUMN entry BLOB;          -- the request id under which a kiosk brought it in

CREATE TRIGGER leases_do_not_overlap BEFORE INSERT ON leases
WHEN EXISTS (SELECT 1 FROM leases
             WHERE day = new.day AND series = new.series AND first <= new.last AND last >= new.first)
    OR EXISTS (SELECT 1 FROM tickets
               WHERE day = new.day AND series = new.series AND number BETWEEN new.first AND new.last) BEGIN
    SELECT RAISE(ABORT, 'a number is lent once, and before it is given');
END;
CREATE TRIGGER leases_stay BEFORE UPDATE OF day, series, first, last, device ON leases BEGIN
    SELECT RAISE(ABORT, 'a lease stays as it was made');
END;
CREATE TRIGGER leases_are_not_cut BEFORE DELETE ON leases BEGIN
    SELECT RAISE(ABORT, 'leases are append-only');
END;
CREATE TRIGGER lent_numbers_are_kept_aside BEFORE INSERT ON tickets
WHEN new.lease IS NOT (SELECT id FROM leases
                       WHERE day = new.day AND series = new.series AND new.number BETWEEN first AND last) BEGIN
    SELECT RAISE(ABORT, 'a lent number is given by its lease only');
END;
