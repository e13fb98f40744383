-- Opening hours, by name (shared.store.queries). Each block: its name, then what it does.

-- name: set_lane_hours
UPDATE lanes SET hours = ? WHERE letter = ?;

-- name: window_hours
-- The windows that have hours of their own.
SELECT no, hours FROM windows WHERE hours <> '[]';

-- name: set_window_hours
UPDATE windows SET hours = ? WHERE no = ?;

-- name: insert_window_hours_change
INSERT INTO window_hours_changes (at, actor, window, before, after) VALUES (?, ?, ?, ?, ?);

-- name: insert_hours_change
INSERT INTO hours_changes (at, actor, lane, before, after) VALUES (?, ?, ?, ?, ?);

-- name: hours_history
-- The latest changes of opening hours, of lanes by letter and windows by number.
SELECT at, actor, lane AS whose, before, after, n FROM hours_changes
UNION ALL SELECT at, actor, window, before, after, n FROM window_hours_changes ORDER BY at DESC, n DESC LIMIT ?;

-- name: booked_within
-- Who holds a place in a lane that touches a span.
SELECT b.id FROM slots AS s JOIN bookings AS b ON b.slot = s.id
WHERE s.lane = ? AND s.start < ? AND s.start + s.minutes * 60000 > ? AND b.state IN ('reserved', 'confirmed');

-- name: slots_ahead
-- What is still offered in a lane.
SELECT id, day, start, minutes, offered FROM slots WHERE lane = ? AND start > ? AND offered > 0 ORDER BY start;
