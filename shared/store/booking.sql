-- Booking: places in slots, who holds them, and who waits for one. A place is taken by one conditional
-- update of its slot; the CHECK is the last word on overselling.

CREATE TABLE slots (
    id      INTEGER PRIMARY KEY,
    lane    TEXT NOT NULL REFERENCES lanes (letter),
    day     TEXT NOT NULL,
    start   INTEGER NOT NULL,               -- ms since 1970
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 60),
    offered INTEGER NOT NULL CHECK (offered >= 0),          -- what the capacity gives now
    places  INTEGER NOT NULL CHECK (places >= offered),     -- never below what is taken
    taken   INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT never_oversold CHECK (taken BETWEEN 0 AND places),
    CONSTRAINT one_slot_at_a_time UNIQUE (lane, start)
) STRICT;
CREATE INDEX free_slots ON slots (lane, day, start, offered, taken) WHERE taken < offered;
CREATE INDEX slots_over ON slots (day, lane) WHERE taken > offered;
CREATE INDEX slots_by_day ON slots (day, lane, start);

CREATE TABLE bookings (
    id          INTEGER PRIMARY KEY,
    slot        INTEGER NOT NULL REFERENCES slots (id),
    matter      TEXT NOT NULL REFERENCES matters (id),
    state       TEXT NOT NULL CHECK (state IN ('reserved', 'confirmed', 'checked_in', 'cancelled', 'lapsed',
                                               'missed')),
    person      BLOB NOT NULL CHECK (length(person) = 32),  -- keyed HMAC of the ID number
    masked_id   TEXT NOT NULL,
    holder      TEXT NOT NULL DEFAULT '',                   -- masked name
    sealed_name BLOB,
    channel     TEXT NOT NULL CHECK (channel IN ('kiosk', 'desk', 'phone')),
    contact     BLOB,                                       -- sealed: where to tell the holder
    address     BLOB,                                       -- keyed digest of the network address
    version     INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN 0 AND 255),   -- how often it moved
    made_at     INTEGER NOT NULL,
    hold_until  INTEGER,                                    -- a reservation lapses then
    changed_at  INTEGER NOT NULL,
    asked_at    INTEGER,                                    -- when its holder was asked to move
    wish        INTEGER REFERENCES wishes (id),             -- the waiting-list entry it was offered to
    ticket      INTEGER UNIQUE REFERENCES tickets (id),
    CONSTRAINT a_reservation_ends CHECK ((state = 'reserved') = (hold_until IS NOT NULL)),
    CONSTRAINT a_ticket_is_a_check_in CHECK ((state = 'checked_in') = (ticket IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX one_booking_per_person_and_matter ON bookings (person, matter)
    WHERE state IN ('reserved', 'confirmed');
CREATE UNIQUE INDEX one_reservation_per_person ON bookings (person) WHERE state = 'reserved';
CREATE INDEX bookings_of_slot ON bookings (slot, state);
CREATE INDEX holds ON bookings (hold_until) WHERE state = 'reserved';
CREATE INDEX bookings_of_address ON bookings (address, made_at) WHERE address IS NOT NULL;

CREATE TABLE wishes (                       -- the waiting list of a full day
    id          INTEGER PRIMARY KEY,
    lane        TEXT NOT NULL REFERENCES lanes (letter),
    day         TEXT NOT NULL,
    matter      TEXT NOT NULL REFERENCES matters (id),
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'taken', 'over')),
    person      BLOB NOT NULL CHECK (length(person) = 32),
    masked_id   TEXT NOT NULL,
    holder      TEXT NOT NULL DEFAULT '',
    sealed_name BLOB,
    channel     TEXT NOT NULL CHECK (channel IN ('kiosk', 'desk', 'phone')),
    contact     BLOB,
    made_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_wish_per_person_and_matter ON wishes (person, matter)
    WHERE state IN ('waiting', 'offered');
CREATE INDEX waiting_list ON wishes (lane, day, id) WHERE state = 'waiting';

CREATE TABLE contact_proofs (               -- codes sent to a telephone that somebody says is theirs
    id        INTEGER PRIMARY KEY,
    recipient BLOB NOT NULL,                -- keyed digest of the address
    code      BLOB NOT NULL,                -- keyed HMAC
    address   BLOB,                         -- keyed digest of the network address that asked
    made_at   INTEGER NOT NULL,
    tries     INTEGER NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
    used_at   INTEGER
) STRICT;
CREATE INDEX proofs_of_recipient ON contact_proofs (recipient, made_at);
CREATE INDEX proofs_of_address ON contact_proofs (address, made_at) WHERE address IS NOT NULL;
