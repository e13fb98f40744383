-- What the hub does at night, by name (shared.store.queries).

-- name: put_upkeep
-- The newest outcome of a work; when it last went well stays.
INSERT INTO upkeep (work, at, is_good, said, good_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (work) DO UPDATE SET at = excluded.at, is_good = excluded.is_good, said = excluded.said,
    good_at = coalesce(excluded.good_at, good_at);

-- name: upkeep
SELECT work, at, is_good, said, good_at FROM upkeep;

-- name: upkeep_good_at
-- When a work last went well; the first fact's moment if it never did.
SELECT coalesce((SELECT good_at FROM upkeep WHERE work = ?), (SELECT at FROM facts WHERE seq = 1));

-- name: forgotten_until
-- Up to which day people are forgotten; the empty day when none is.
SELECT coalesce((SELECT day FROM forgotten WHERE what = ?), '');

-- name: forgot_until
INSERT INTO forgotten (what, day) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET day = excluded.day;

-- name: next_day_of_tickets
SELECT min(day) FROM tickets WHERE day > ?;

-- name: next_day_of_bookings
SELECT min(day) FROM slots WHERE day > ? AND EXISTS (SELECT 1 FROM bookings WHERE slot = slots.id);

-- name: next_day_of_wishes
SELECT min(day) FROM wishes WHERE day > ?;

-- name: forget_tickets
-- Some tickets of a day no longer know whose they were.
UPDATE tickets SET person = NULL, masked_id = '', holder = '', sealed_name = NULL, note = '' WHERE id IN (
    SELECT id FROM tickets WHERE day = ? AND (
        person IS NOT NULL OR masked_id <> '' OR holder <> '' OR sealed_name IS NOT NULL OR note <> '')
    LIMIT ?);

-- name: forget_bookings
-- The schema wants a person of 32 bytes: zeros are nobody's pseudonym.
UPDATE bookings SET person = zeroblob(32), masked_id = '', holder = '', sealed_name = NULL, contact = NULL,
                    address = NULL
WHERE id IN (
    SELECT b.id FROM bookings AS b JOIN slots AS s ON s.id = b.slot
    WHERE s.day = ? AND b.state NOT IN ('reserved', 'confirmed') AND (
        b.person <> zeroblob(32) OR b.masked_id <> '' OR b.holder <> '' OR b.sealed_name IS NOT NULL
        OR b.contact IS NOT NULL OR b.address IS NOT NULL)
    LIMIT ?);

-- name: forget_wishes
-- Nobody waits for a day that is over.
UPDATE wishes SET state = iif(state = 'taken', 'taken', 'over'), person = zeroblob(32), masked_id = '', holder = '', sealed_name = NULL, contact = NULL
WHERE id IN (
    SELECT id FROM wishes WHERE day = ? AND (
        person <> zeroblob(32) OR masked_id <> '' OR holder <> '' OR sealed_name IS NOT NULL OR contact IS NOT NULL)
    LIMIT ?);

-- name: requests_after
-- The next request ids, in the order of the table: the moment of each, whether it made something, and whether
-- its id alone is left.
SELECT id, at, status = 201, digest = x'' FROM requests WHERE id > ? ORDER BY id LIMIT ?;

-- name: forget_answer
-- What made something keeps its id alone, with a digest that fits no request.
UPDATE requests SET digest = x'', status = 409, answer = x'' WHERE id = ?;

-- name: forget_request
DELETE FROM requests WHERE id = ?;
