-- Booking, by name (shared.store.queries). Each block: its name, then what it does.

-- name: booking_calendar
-- Days with slots still ahead of one lane, and the places free on each.
SELECT day, sum(max(offered - taken, 0)) FROM slots
WHERE lane = ? AND day BETWEEN ? AND ? AND start > ? AND offered > 0 GROUP BY day ORDER BY day;

-- name: booking_times
-- The slots of a day with free places.
SELECT id, start, minutes, offered - taken FROM slots
WHERE lane = ? AND day = ? AND start > ? AND taken < offered ORDER BY start;

-- name: slot
SELECT id, lane, day, start, minutes, offered, taken, by_hand FROM slots WHERE id = ?;

-- name: slots_of_day
SELECT id, lane, day, start, minutes, offered, taken, by_hand FROM slots WHERE day = ? ORDER BY lane, start;

-- name: put_slot
-- What the capacity gives now; those who have a place keep it.
INSERT INTO slots (lane, day, start, minutes, offered, places) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (lane, start) DO UPDATE
SET minutes = excluded.minutes, offered = excluded.offered, places = max(excluded.offered, taken)
WHERE (minutes, offered) IS NOT (excluded.minutes, excluded.offered);

-- name: offer_places
UPDATE slots SET offered = ?, places = max(?, taken) WHERE id = ?;

-- name: take_place
-- One place, if there is one: the only statement by which places go.
UPDATE slots SET taken = taken + 1 WHERE id = ? AND taken < offered;

-- name: give_back_place
UPDATE slots SET taken = taken - 1, places = max(offered, taken - 1) WHERE id = ?;

-- name: insert_booking
INSERT INTO bookings (slot, matter, state, person, masked_id, holder, sealed_name, channel, contact, address, made_at,
                      hold_until, changed_at, wish)
VALUES (?, ?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id;

-- name: booking
SELECT b.id, b.slot, b.matter, b.state, b.person, b.masked_id, b.holder, b.sealed_name, b.channel, b.contact,
       b.version, b.hold_until, b.asked_at, b.wish, b.ticket, s.lane, s.day, s.start, s.minutes
FROM bookings AS b JOIN slots AS s ON s.id = b.slot WHERE b.id = ?;

-- name: live_bookings_of_person
SELECT b.id, b.slot, b.matter, b.state, b.person, b.masked_id, b.holder, b.sealed_name, b.channel, b.contact,
       b.version, b.hold_until, b.asked_at, b.wish, b.ticket, s.lane, s.day, s.start, s.minutes
FROM bookings AS b JOIN slots AS s ON s.id = b.slot
WHERE b.person = ? AND b.state IN ('reserved', 'confirmed') ORDER BY s.start;

-- name: bookings_of_day
SELECT b.id, b.slot, b.matter, b.state, b.person, b.masked_id, b.holder, b.sealed_name, b.channel, b.contact,
       b.version, b.hold_until, b.asked_at, b.wish, b.ticket, s.lane, s.day, s.start, s.minutes
FROM slots AS s JOIN bookings AS b ON b.slot = s.id WHERE s.day = ? AND b.state NOT IN ('cancelled', 'lapsed')
ORDER BY s.start, s.lane, b.id;

-- name: bookings_over
-- Of each slot with more taken than offered the newest bookings, as many as are too many.
SELECT id FROM (
    SELECT b.id, s.start, s.taken - s.offered AS too_many,
           row_number() OVER (PARTITION BY s.id ORDER BY b.id DESC) AS n
    FROM slots AS s JOIN bookings AS b ON b.slot = s.id
    WHERE s.day = ? AND s.taken > s.offered AND b.state IN ('reserved', 'confirmed'))
WHERE n <= too_many ORDER BY start, id;

-- name: bookings_made_from
-- Reservations from one network address since a moment.
SELECT count(*) FROM bookings WHERE address = ? AND made_at > ?;

-- name: set_booking_state
UPDATE bookings SET state = ?, hold_until = NULL, changed_at = ?, ticket = ? WHERE id = ?;

-- name: change_booking
UPDATE bookings SET slot = ?, version = min(version + 1, 255), asked_at = NULL, changed_at = ? WHERE id = ?;

-- name: set_booking_contact
UPDATE bookings SET contact = ? WHERE id = ?;

-- name: note_asked
UPDATE bookings SET asked_at = ? WHERE id = ?;

-- name: holds_over
-- Reservations that nobody confirmed in time.
SELECT id FROM bookings WHERE state = 'reserved' AND hold_until <= ? ORDER BY hold_until LIMIT 200;

-- name: bookings_missed
-- Promises of days that are over.
SELECT b.id FROM slots AS s JOIN bookings AS b ON b.slot = s.id WHERE s.day < ? AND b.state = 'confirmed';

-- name: booking_attendance
-- Who came and who did not, in one lane since a day.
SELECT coalesce(sum(b.state = 'missed'), 0), coalesce(sum(b.state IN ('missed', 'checked_in')), 0)
FROM slots AS s JOIN bookings AS b ON b.slot = s.id WHERE s.lane = ? AND s.day >= ?;

-- name: insert_wish
INSERT INTO wishes (lane, day, matter, state, person, masked_id, holder, sealed_name, channel, contact, made_at)
VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?) RETURNING id;

-- name: wish_of_person
SELECT id FROM wishes WHERE person = ? AND matter = ? AND state IN ('waiting', 'offered');

-- name: wishes_ahead
SELECT count(*) FROM wishes WHERE lane = ? AND day = ? AND state = 'waiting' AND id < ?;

-- name: wishes_of_day
SELECT count(*) FROM wishes WHERE day = ? AND state = 'waiting';

-- name: next_wish
-- Who is first on the list and may hold a place now.
SELECT w.id, w.matter, w.person, w.masked_id, w.holder, w.sealed_name, w.channel, w.contact FROM wishes AS w
WHERE w.lane = ? AND w.day = ? AND w.state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM bookings AS b WHERE b.person = w.person
      AND (b.state = 'reserved' OR (b.state = 'confirmed' AND b.matter = w.matter)))
ORDER BY w.id LIMIT 1;

-- name: set_wish_state
UPDATE wishes SET state = ? WHERE id = ?;

-- name: days_waited_for
-- Days with somebody on the waiting list and a free place ahead.
SELECT DISTINCT w.lane, w.day FROM wishes AS w WHERE w.state = 'waiting' AND EXISTS (
    SELECT 1 FROM slots AS s WHERE s.lane = w.lane AND s.day = w.day AND s.taken < s.offered AND s.start > ?);

-- name: wishes_over
UPDATE wishes SET state = 'over' WHERE state = 'waiting' AND day < ?;

-- name: proofs_sent_to
SELECT count(*) FROM contact_proofs WHERE recipient = ? AND made_at > ?;

-- name: proofs_asked_from
SELECT count(*) FROM contact_proofs WHERE address = ? AND made_at > ?;

-- name: insert_proof
INSERT INTO contact_proofs (recipient, code, address, made_at) VALUES (?, ?, ?, ?);

-- name: newest_proof
SELECT id, code, tries FROM contact_proofs
WHERE recipient = ? AND made_at > ? AND used_at IS NULL ORDER BY id DESC LIMIT 1;

-- name: proof_tried
UPDATE contact_proofs SET tries = tries + 1 WHERE id = ?;

-- name: proof_used
UPDATE contact_proofs SET used_at = ? WHERE id = ?;

-- name: forget_proofs
DELETE FROM contact_proofs WHERE made_at < ?;
