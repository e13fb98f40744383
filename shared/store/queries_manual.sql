-- Calls by hand.

-- name: manual_by_key
SELECT id, key, day, series, number, window, clerk, proved, state, ticket, conflict FROM manual_calls WHERE key = ?;

-- name: manual_by_id
SELECT id, key, day, series, number, window, clerk, proved, state, ticket, conflict FROM manual_calls WHERE id = ?;

-- name: insert_manual
INSERT INTO manual_calls (key, day, series, number, window, clerk, proved, device, state)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id, key, day, series, number, window, clerk, proved, state, ticket, conflict;

-- name: manual_steps
SELECT n, step, at, carried FROM manual_steps WHERE call = ? ORDER BY n;

-- name: insert_manual_step
-- The next step of a call; nothing when it was noted before.
INSERT INTO manual_steps (call, n, step, at)
VALUES (?1, (SELECT count(*) FROM manual_steps WHERE call = ?1), ?2, ?3)
ON CONFLICT (call, step) DO NOTHING RETURNING n;

-- name: manual_carried
UPDATE manual_steps SET carried = 1 WHERE call = ? AND n = ?;

-- name: set_manual
UPDATE manual_calls SET state = ?, ticket = coalesce(ticket, ?), conflict = ? WHERE id = ?;

-- name: manual_undecided
-- What all windows noted and nobody judged yet, in the order in which it happened.
SELECT s.call, s.n FROM manual_calls AS m INDEXED BY manual_open JOIN manual_steps AS s ON s.call = m.id
WHERE m.state = 'noted' AND m.state IN ('noted', 'awaits', 'conflict') AND s.carried = 0
ORDER BY s.at, s.call, s.n LIMIT ?;

-- name: manual_awaiting
-- Calls of numbers that nobody knew yet.
SELECT id FROM manual_calls
WHERE day = ? AND series = ? AND number BETWEEN ? AND ? AND state = 'awaits' ORDER BY id;

-- name: manual_of_state
SELECT id, key, day, series, number, window, clerk, proved, state, ticket, conflict
FROM manual_calls INDEXED BY manual_open
WHERE state = ? AND state IN ('noted', 'awaits', 'conflict') ORDER BY id LIMIT ?;

-- name: manual_count
SELECT count(*) FROM manual_calls INDEXED BY manual_open
WHERE state = ? AND state IN ('noted', 'awaits', 'conflict');

-- name: manual_settled_last
-- What was settled, newest first.
SELECT m.id, m.key, m.day, m.series, m.number, m.window, m.clerk, m.proved, m.state, m.ticket, m.conflict
FROM manual_settlements AS s JOIN manual_calls AS m ON m.id = s.call ORDER BY s.at DESC, s.call DESC LIMIT ?;

-- name: settlement_of
SELECT at, actor, verdict, reason FROM manual_settlements WHERE call = ?;

-- name: insert_settlement
INSERT INTO manual_settlements (call, at, actor, verdict, reason) VALUES (?, ?, ?, ?, ?);

-- name: is_lent
-- Whether a number may still be brought in by the kiosk that it was lent to.
SELECT EXISTS (SELECT 1 FROM leases
               WHERE day = ? AND series = ? AND ? BETWEEN first AND last AND settled_at IS NULL);

-- name: clerk_exists
SELECT EXISTS (SELECT 1 FROM clerks WHERE number = ?);

-- name: stay_before
-- Where a ticket stood before its newest stay, and since when.
SELECT state, began FROM stays WHERE ticket = ? ORDER BY n DESC LIMIT 1 OFFSET 1;
