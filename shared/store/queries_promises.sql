-- Promises, by name (shared.store.queries). Each block: its name, then what it does.

-- name: promises_running
-- Matters that were accepted since a moment, have a promise in days, and are not settled.
SELECT t.id, t.series, t.number, t.matter, t.moved_at FROM tickets AS t JOIN matters AS m ON m.id = t.matter
WHERE t.state = 'done' AND t.matter IS NOT NULL AND t.moved_at >= ? AND m.promise_days > 0
  AND NOT EXISTS (SELECT 1 FROM settled AS s WHERE s.ticket = t.id)
ORDER BY t.moved_at LIMIT ?;

-- name: insert_settled
INSERT INTO settled (ticket, at, actor) VALUES (?, ?, ?) ON CONFLICT (ticket) DO NOTHING RETURNING ticket;
