-- Places from capacity, by name (shared.store.queries). Each block: its name, then what it does.

-- name: place_terms
SELECT automatic, minutes, booked_share FROM place_terms ORDER BY n DESC LIMIT 1;

-- name: insert_place_terms
INSERT INTO place_terms (at, actor, automatic, minutes, booked_share) VALUES (?, ?, ?, ?, ?);

-- name: set_places_by_hand
UPDATE slots SET offered = ?, places = max(?, taken), by_hand = 1 WHERE id = ?;

-- name: leave_places_to_capacity
UPDATE slots SET by_hand = 0 WHERE id = ?;

-- name: recent_services
-- Minutes that the last tickets kept a clerk of each lane, from the call to the end.
SELECT lane, (ended_at - called_at) / 60000.0 FROM legs
WHERE ticket > (SELECT coalesce(max(id), 0) FROM tickets) - ? AND outcome IN ('finish', 'send_back', 'transfer');

-- name: rota_spans
-- The days for which a published rota says who is on duty, given as a last and a first day.
SELECT first, last FROM rotas WHERE state = 'published' AND first <= ? AND last >= ?;

-- name: slots_with_places
-- Slots of a day of one lane with free places ahead.
SELECT id FROM slots WHERE lane = ? AND day = ? AND start > ? AND taken < offered ORDER BY start;

-- name: newest_cause
-- The newest fact after one that changes who is on duty when, or how places are worked out.
SELECT max(seq) FROM facts WHERE seq > ? AND name IN (
    'hall.configured', 'rota.published', 'rota.swapped', 'rota.stood_in', 'leave.taken', 'leave.cancelled',
    'clerk.rostered', 'hours.changed', 'hours.window_changed', 'workdays.changed', 'rules.changed', 'day.rolled', 'places.terms_changed');
