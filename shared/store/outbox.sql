-- What is to be told to citizens who are not there. A message is written in the transaction of what causes it,
-- and its address is gone from the file as soon as nothing can come of it any more.

CREATE TABLE gateway (                      -- whom messages go to; no host: nobody, and nothing is kept to be sent
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    host  TEXT,
    since INTEGER
) STRICT;
INSERT INTO gateway VALUES (1, NULL, NULL);

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,        -- under which the gateway knows it, however often it is sent
    kind       TEXT NOT NULL,
    about      TEXT NOT NULL,               -- ticket:17, booking:4
    occasion   TEXT NOT NULL,
    channel    TEXT NOT NULL CHECK (channel IN ('sms', 'wechat')),
    language   TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    recipient  BLOB CHECK (length(recipient) = 16),         -- keyed digest of the address: order per recipient
    address    BLOB,                        -- sealed with the hall's key
    masked     TEXT NOT NULL,
    fields     TEXT NOT NULL,               -- JSON; no person's name among them
    made_at    INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,            -- when it is tried next
    deadline   INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    state      TEXT NOT NULL DEFAULT 'waiting'
               CHECK (state IN ('waiting', 'sent', 'dead', 'expired', 'withdrawn', 'dropped')),
    reason     TEXT NOT NULL DEFAULT '',    -- of the last attempt that failed
    status     INTEGER,                     -- what the gateway answered to it, if it did
    ended_at   INTEGER,
    CONSTRAINT told_once UNIQUE (kind, about, occasion),
    CONSTRAINT in_time CHECK (not_before < deadline),
    CONSTRAINT address_ends_with_message CHECK (
        (state IN ('waiting', 'dead')) = (address IS NOT NULL) AND (address IS NULL) = (recipient IS NULL)),
    CONSTRAINT end_has_moment CHECK ((state = 'waiting') = (ended_at IS NULL))
) STRICT;
CREATE INDEX outbox_next ON outbox (next_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_line ON outbox (recipient, not_before, id) WHERE state = 'waiting';
CREATE INDEX outbox_deadline ON outbox (deadline) WHERE state IN ('waiting', 'dead');
CREATE INDEX outbox_about ON outbox (about) WHERE state IN ('waiting', 'dead');
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE ticket_contacts (              -- who asked to be told of a ticket, until they were
    ticket    INTEGER NOT NULL REFERENCES tickets (id),
    purpose   TEXT NOT NULL CHECK (purpose IN ('turn', 'result')),
    channel   TEXT NOT NULL CHECK (channel IN ('sms', 'wechat')),
    language  TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    address   BLOB NOT NULL,                -- sealed with the hall's key
    masked    TEXT NOT NULL,
    forget_at INTEGER NOT NULL,
    PRIMARY KEY (ticket, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_contacts_by_end ON ticket_contacts (forget_at);
