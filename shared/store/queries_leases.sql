-- Numbers lent to kiosks.

-- name: open_leases
-- What a device may still give, oldest first.
SELECT id, day, series, first, last, device FROM leases WHERE device = ? AND settled_at IS NULL ORDER BY id;

-- name: open_leases_before
-- Lent for days before one, and never settled: their kiosk did not come back.
SELECT id, day, series, first, last, device FROM leases WHERE settled_at IS NULL AND day < ? ORDER BY id;

-- name: lease_by_id
SELECT id, day, series, first, last, device FROM leases WHERE id = ?;

-- name: last_number_of_day
-- The highest number of a series that is spoken for: given by the hub, or lent.
SELECT max(coalesce((SELECT last FROM counters WHERE day = ?1 AND series = ?2), 0),
           coalesce((SELECT max(last) FROM leases WHERE day = ?1 AND series = ?2), 0));

-- name: busiest_day
-- The most numbers that a series gave on one day since another.
SELECT coalesce(max(last), 0) FROM counters WHERE series = ? AND day >= ?;

-- name: insert_lease
INSERT INTO leases (day, series, first, last, device, leased_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id;

-- name: settle_lease
UPDATE leases SET settled_at = ? WHERE id = ? AND settled_at IS NULL;

-- name: given_by_lease
SELECT number FROM tickets WHERE day = ? AND series = ? AND number BETWEEN ? AND ? ORDER BY number;

-- name: withdraw_request
-- A request that was given up is not to be carried out if it still comes; its digest fits none.
INSERT INTO requests (id, digest, at, status, answer) VALUES (?, x'', ?, 409, x'');
