-- SQL by name (shared.store.queries). Each block: its name, then what it does.

-- name: read_head
-- The newest fact and its link.
SELECT head_seq, head_link FROM hall;

-- name: move_head
-- Note the newest fact, so that a cut tail of the chain shows.
UPDATE hall SET head_seq = ?, head_link = ?;

-- name: insert_fact
INSERT INTO facts (seq, at, name, actor, data, link) VALUES (?, ?, ?, ?, ?, ?);

-- name: newest_moment
-- When the newest fact was written.
SELECT at FROM facts ORDER BY seq DESC LIMIT 1;

-- name: facts_after
-- A page of facts for a client that was away, oldest first.
SELECT seq, at, name, actor, data FROM facts WHERE seq > ? ORDER BY seq LIMIT ?;

-- name: passed_of_ticket
-- What facts do not keep: whose ticket it is, masked, and what a clerk noted on it.
SELECT holder, note FROM tickets WHERE id = ?;

-- name: find_request
SELECT digest, status, answer FROM requests WHERE id = ?;

-- name: keep_answer
INSERT INTO requests (id, digest, at, status, answer) VALUES (?, ?, ?, ?, ?);

-- name: shift_head
-- There and back, it makes a commit of a page that changes nothing.
UPDATE hall SET head_seq = head_seq + ?;

-- name: take_number
-- The next number of a series on the business day, from the stored counter; numbers lent to kiosks are leapt over.
INSERT INTO counters (day, series, last) VALUES (?, ?, 1)
ON CONFLICT (day, series) DO UPDATE SET last = (
    SELECT min(n) FROM (
        SELECT counters.last + 1 AS n UNION ALL
        SELECT l.last + 1 FROM leases l
        WHERE l.day = counters.day AND l.series = counters.series AND l.last > counters.last
    ) WHERE NOT EXISTS (
        SELECT 1 FROM leases l WHERE l.day = counters.day AND l.series = counters.series AND n BETWEEN l.first AND l.last
    )
) RETURNING last;

-- name: insert_ticket
INSERT INTO tickets (day, series, number, lane, state, sort_at, due_at, booked_for, taken_at, moved_at, priority,
                     channel, matter, person, masked_id, holder, sealed_name, secret, ahead, likely_ms,
                     rolled_ms, method, low_minutes, high_minutes, told_long, lease, entry)
VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id;

-- name: newest_waiting
-- When the last of those who wait joined; numbers that kiosks gave by themselves carry the kiosk's own moment.
SELECT taken_at FROM tickets INDEXED BY live
WHERE state IN ('waiting', 'called', 'serving', 'held', 'missed') AND state = 'waiting' AND lease IS NULL
ORDER BY id DESC LIMIT 1;

-- name: count_sorted_after
-- Waiting tickets of a lane that stand behind a newcomer in line: few, whatever the length of the line.
SELECT count(*) FROM tickets
WHERE state = 'waiting' AND lane = ? AND (sort_at, number, series) > (?, ?, ?);

-- name: count_sorted_before
SELECT count(*) FROM tickets
WHERE state = 'waiting' AND lane = ? AND (sort_at, number, series) < (?, ?, ?);

-- name: count_due_sorted_after
-- The due of a lane that go before a ticket although their sort time is later.
SELECT count(*) FROM tickets INDEXED BY due_line
WHERE state = 'waiting' AND lane = ? AND due_at <= ? AND (sort_at, number, series) > (?, ?, ?);

-- name: count_due_before
-- The due of a lane before one that is due itself.
SELECT count(*) FROM tickets INDEXED BY due_line
WHERE state = 'waiting' AND lane = ? AND due_at IS NOT NULL AND (due_at, number, series) < (?, ?, ?);

-- name: first_due_of_lane
-- The first due of a lane that a window may call.
SELECT sort_at, due_at, number, series, id FROM tickets INDEXED BY due_line
WHERE state = 'waiting' AND lane = ? AND due_at <= ? AND (for_window IS NULL OR for_window = ?)
ORDER BY due_at, number, series LIMIT 1;

-- name: first_in_line
-- The first of a lane by sort time that a window may call: not meant for another window.
SELECT sort_at, due_at, number, series, id FROM tickets
WHERE state = 'waiting' AND lane = ? AND (for_window IS NULL OR for_window = ?)
ORDER BY sort_at, number, series LIMIT 1;

-- name: sent_to_window
-- Those that were sent to this window, from whatever lane: few.
SELECT sort_at, due_at, number, series, id FROM tickets WHERE state = 'waiting' AND for_window = ?;

-- name: places_of_waiting
-- Everyone who waits, with the constants of the place.
SELECT id, lane, for_window, sort_at, due_at, number, series FROM tickets WHERE state = 'waiting';

-- name: called_at_windows
-- Who is at each window, of which lane, and since when.
SELECT window, lane, called_at FROM tickets INDEXED BY one_ticket_per_window
WHERE state IN ('called', 'serving');

-- name: open_windows
SELECT no FROM windows WHERE state = 'open' ORDER BY no;

-- name: recent_legs
-- How long the latest stays at windows took, newest tickets first.
SELECT lane, outcome, ended_at - called_at FROM legs
WHERE outcome IN ('finish', 'send_back', 'transfer', 'miss') ORDER BY ticket DESC, n DESC LIMIT ?;

-- name: credited_since
-- Numbers with a credit, by lane, among those who still wait or were taken lately.
SELECT lane, count(*) FROM tickets
WHERE id > (SELECT max(id) - 2000 FROM tickets) AND taken_at > ? AND priority <> 'none' GROUP BY lane;

-- name: tickets_of_day
SELECT id, series, number, taken_at, priority, booked_for FROM tickets WHERE day = ? ORDER BY id;

-- name: stays_of_day
-- Every stay of a business day's tickets; where a stay from before places were kept has none, the ticket's.
SELECT s.ticket, s.state, s.lane, s.window, s.began, coalesce(s.sort_at, t.sort_at), s.due_at, s.for_window
FROM tickets t JOIN stays s ON s.ticket = t.id WHERE t.day = ? ORDER BY s.ticket, s.n;

-- name: window_facts
-- What happened to windows between two facts.
SELECT at, name, data FROM facts WHERE seq >= ? AND seq < ? AND name GLOB 'window.*' ORDER BY seq;

-- name: moment_of_fact
SELECT at FROM facts WHERE seq = ?;

-- name: taken_since
-- Numbers taken in each lane lately.
SELECT lane, count(*) FROM tickets
WHERE id > (SELECT max(id) - 5000 FROM tickets) AND taken_at > ? GROUP BY lane;

-- name: closed_windows
SELECT no FROM windows WHERE state = 'closed' ORDER BY no;

-- name: insert_advice
INSERT INTO advices (at, until, data) VALUES (?, ?, ?) RETURNING id;

-- name: standing_advice
SELECT data FROM advices WHERE until > ? AND outcome IS NULL;

-- name: unjudged_advice
SELECT id, at, until, data FROM advices WHERE until <= ? AND outcome IS NULL ORDER BY id;

-- name: judge_advice
UPDATE advices SET outcome = ? WHERE id = ? AND outcome IS NULL;

-- name: latest_advice
SELECT at, data, outcome FROM advices ORDER BY at DESC, id DESC LIMIT ?;

-- name: waited_between
-- Walk-ins of the day who waited for their first call at some time of a span: the number, and the call.
SELECT taken_at, called FROM (
    SELECT t.taken_at, t.state, t.moved_at,
           (SELECT min(s.began) FROM stays s WHERE s.ticket = t.id AND s.state = 'called') AS called
    FROM tickets t WHERE t.day = (SELECT day FROM hall) AND t.booked_for IS NULL AND t.taken_at < :end
)
WHERE coalesce(called, CASE WHEN state = 'waiting' THEN :end ELSE moved_at END) >= :start
  AND (called IS NOT NULL OR state = 'waiting');

-- name: live_ticket_of_person
SELECT series, number FROM tickets
WHERE person = ? AND lane = ? AND state IN ('waiting', 'called', 'serving', 'held', 'missed');

-- name: live_tickets_of_person
SELECT id FROM tickets
WHERE person = ? AND state IN ('waiting', 'called', 'serving', 'held', 'missed') ORDER BY id;

-- name: paper_of_ticket
-- Who took a number and what became of its slip, newest first; to be read no further than the taking.
SELECT name, actor FROM facts
WHERE (name = 'ticket.taken' OR name GLOB 'slip.*') AND json_extract(data, '$.ticket') = ? ORDER BY seq DESC;

-- name: live_tickets
SELECT id FROM tickets WHERE state IN ('waiting', 'called', 'serving', 'held', 'missed') ORDER BY id;

-- name: ticket_at_window
SELECT id FROM tickets WHERE window = ? AND state IN ('called', 'serving');

-- name: tickets_at_windows
-- What every window has before it now.
SELECT window, series, number, state FROM tickets INDEXED BY one_ticket_per_window
WHERE state IN ('called', 'serving');

-- name: unfinished_tickets
-- What the end of the day expires: not what a kiosk, whose clock passed midnight first, gave for the new day.
SELECT id FROM tickets WHERE state IN ('waiting', 'held', 'missed') AND day < ? ORDER BY id;

-- name: open_leg
INSERT INTO legs (ticket, n, window, clerk, lane, called_at, chosen) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: start_leg
UPDATE legs SET started_at = ? WHERE ticket = ? AND n = ? AND started_at IS NULL;

-- name: end_leg
UPDATE legs SET ended_at = ?, outcome = ? WHERE ticket = ? AND n = ? AND ended_at IS NULL;

-- name: leg_of
SELECT window, clerk, called_at, started_at FROM legs WHERE ticket = ? AND n = ?;

-- name: add_to_clerk_day
INSERT INTO clerk_days (day, clerk, served, missed, transferred, serving_ms, waiting_ms)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (day, clerk) DO UPDATE SET
    served = served + excluded.served, missed = missed + excluded.missed,
    transferred = transferred + excluded.transferred, serving_ms = serving_ms + excluded.serving_ms,
    waiting_ms = waiting_ms + excluded.waiting_ms;

-- name: clerk_day
SELECT served, missed, transferred, serving_ms, waiting_ms FROM clerk_days WHERE day = ? AND clerk = ?;

-- name: ended_leg
-- The newest leg of a ticket at a window that ended with the service done.
SELECT n, clerk, ended_at FROM legs
WHERE ticket = ? AND window = ? AND outcome IN ('finish', 'send_back') ORDER BY n DESC LIMIT 1;

-- name: was_seated
-- Whether a clerk had a session on a device at a moment.
SELECT 1 FROM sessions
WHERE device = ? AND clerk = ? AND began_at <= ? AND (ended_at IS NULL OR ended_at >= ?) LIMIT 1;

-- name: is_rated
SELECT 1 FROM ratings WHERE ticket = ? AND leg = ?;

-- name: insert_rating
INSERT INTO ratings (day, ticket, leg, window, clerk, level, reasons, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: count_ratings
SELECT count(*) FROM ratings WHERE clerk = ? AND day = ?;

-- name: mean_of_first_ratings
SELECT avg(level) FROM (SELECT level FROM ratings WHERE clerk = ? AND day = ? ORDER BY id LIMIT ?);

-- name: insert_wait
INSERT INTO waits (lane, ahead, waited_ms, likely_ms, ticket, at, rolled_ms, method, low_minutes, high_minutes,
                   told_long)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: recent_waits
-- What the estimate starts from when the hub starts.
SELECT lane, ahead, waited_ms, likely_ms, rolled_ms, at FROM waits ORDER BY id DESC LIMIT ?;

-- name: waits_called_between
-- What was promised to those first called in a span of time, and what they waited; reads that span only.
SELECT lane, ahead, waited_ms, likely_ms, rolled_ms, method, low_minutes, high_minutes, told_long, at
FROM waits INDEXED BY waits_by_call WHERE at >= ? AND at < ? ORDER BY at;

-- name: hall
SELECT name, name_en, sample, public_url, languages, day_change, day FROM hall;

-- name: business_day
SELECT day FROM hall;

-- name: set_business_day
UPDATE hall SET day = ? WHERE day < ?;

-- name: lanes
SELECT letter, name, name_en, place, place_en, hours, minutes_per_person, on_kiosk, closed_reason
FROM lanes ORDER BY position;

-- name: waiting_counts
SELECT letter, waiting FROM lanes;

-- name: waiting_count
SELECT waiting FROM lanes WHERE letter = ?;

-- name: set_lane_closed
UPDATE lanes SET closed_reason = ? WHERE letter = ?;

-- name: windows
SELECT w.no, w.name, w.kind, w.place, w.state, w.clerk, coalesce(c.name, ''), w.reason
FROM windows w LEFT JOIN clerks c ON c.number = w.clerk ORDER BY w.no;

-- name: window
SELECT w.no, w.name, w.kind, w.place, w.state, w.clerk, coalesce(c.name, ''), w.reason
FROM windows w LEFT JOIN clerks c ON c.number = w.clerk WHERE w.no = ?;

-- name: window_lanes
SELECT window, lane, also FROM window_lanes ORDER BY window, also, lane;

-- name: window_takes
SELECT no, takes FROM windows;

-- name: rules
-- The rules that hold now.
SELECT data FROM rules ORDER BY n DESC LIMIT 1;

-- name: workdays
-- What the hall changed against the published work calendar.
SELECT text FROM workdays ORDER BY n DESC LIMIT 1;

-- name: insert_workdays
INSERT INTO workdays (at, actor, text) VALUES (?, ?, ?);

-- name: insert_rules
INSERT INTO rules (at, actor, data) VALUES (?, ?, ?);

-- name: window_of_clerk
SELECT no FROM windows WHERE clerk = ?;

-- name: set_window
-- A conditional update: it changes nothing when the window is no longer as it was read.
UPDATE windows SET state = ?, clerk = ?, reason = ? WHERE no = ? AND state = ? AND clerk IS ?;

-- name: matters
SELECT id, name, name_en, lane, department, materials, promise_days, minutes, bundle, audience, note
FROM matters ORDER BY position;

-- name: clerk
SELECT number, name, role, pin, failures, locked_until FROM clerks WHERE number = ?;

-- name: clerk_names
SELECT number, name FROM clerks;

-- name: clerk_failed
UPDATE clerks SET failures = ?, locked_until = ? WHERE number = ?;

-- name: insert_session
INSERT INTO sessions (token, clerk, device, began_at) VALUES (?, ?, ?, ?) RETURNING id;

-- name: end_session
UPDATE sessions SET ended_at = ? WHERE id = ? AND ended_at IS NULL;

-- name: session_by_token
SELECT s.id, s.clerk, c.role, s.ended_at, d.id, d.window, d.revoked_at
FROM sessions s JOIN clerks c ON c.number = s.clerk JOIN devices d ON d.id = s.device WHERE s.token = ?;

-- name: device_by_token
SELECT id, role, window, revoked_at, is_operator FROM devices WHERE token = ?;

-- name: insert_device
INSERT INTO devices (name, role, window, token, enrolled_at, is_operator) VALUES (?, ?, ?, ?, ?, ?) RETURNING id;

-- name: devices
SELECT id, name, role, window, enrolled_at, revoked_at FROM devices ORDER BY id;

-- name: device
SELECT id, name, role, window, enrolled_at, revoked_at FROM devices WHERE id = ?;

-- name: count_devices
SELECT count(*) FROM devices WHERE revoked_at IS NULL;

-- name: revoke_device
UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL;

-- name: end_sessions_of_device
UPDATE sessions SET ended_at = ? WHERE device = ? AND ended_at IS NULL;

-- name: insert_offer
INSERT INTO offers (code, role, name, window, expires_at) VALUES (?, ?, ?, ?, ?);

-- name: use_offer
UPDATE offers SET used_at = ? WHERE code = ? AND used_at IS NULL AND expires_at > ?
RETURNING role, name, window;

-- name: drop_old_offers
DELETE FROM offers WHERE expires_at < ?;

-- name: insert_notice
INSERT INTO notices (zh, en) VALUES (?, ?) RETURNING id;

-- name: withdraw_notice
UPDATE notices SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL;

-- name: notices
SELECT id, zh, en FROM notices WHERE withdrawn_at IS NULL ORDER BY id;

-- name: latest_calls
-- The latest calls of the board, newest first; read once at start, then kept from the facts.
SELECT seq, at, data FROM facts WHERE name IN ('ticket.called', 'ticket.recalled') AND seq > ?
ORDER BY seq DESC LIMIT ?;

-- name: waits_of_day
-- Who stood in a line between two moments of a day, at which place, and how each of those waits ended.
SELECT t.id, t.series, t.number, t.priority, t.booked_for, t.taken_at,
       w.n, w.lane, w.began, coalesce(w.sort_at, t.sort_at),
       CASE WHEN w.sort_at IS NULL THEN t.due_at ELSE w.due_at END, w.for_window,
       e.state, e.began, e.window, coalesce(l.chosen, 0)
FROM tickets t
JOIN stays w ON w.ticket = t.id AND w.state = 'waiting'
LEFT JOIN stays e ON e.ticket = w.ticket AND e.n = w.n + 1
LEFT JOIN legs l ON l.ticket = e.ticket AND l.called_at = e.began
WHERE t.day = :day AND (t.state = 'waiting' OR t.moved_at > :since) AND t.taken_at <= :until
  AND w.began <= :until AND (e.began IS NULL OR e.began > :since);

-- name: stays_of_ticket
-- What a ticket went through, up to a stay.
SELECT state, lane, window, began, sort_at, due_at FROM stays WHERE ticket = ? AND n <= ? ORDER BY n;

-- name: stay_at
-- How a ticket stood at a moment.
SELECT state, began, window FROM stays WHERE ticket = ? AND began <= ? ORDER BY n DESC LIMIT 1;

-- name: ticket_by_number
SELECT id FROM tickets WHERE day = ? AND series = ? AND number = ?;

-- name: rules_history
-- Every change of the rules, oldest first; the first row is the founding.
SELECT at, actor, data FROM rules ORDER BY n;

-- name: rota_people
-- Who is in the rota, with what they can do; nulls where nothing was said.
SELECT c.number, c.name, r.lanes, r.leads, r.days FROM clerks c LEFT JOIN rota_clerks r ON r.clerk = c.number
WHERE c.role = 'clerk' OR r.clerk IS NOT NULL ORDER BY c.number;

-- name: set_rota_clerk
INSERT INTO rota_clerks (clerk, lanes, leads, days) VALUES (?, ?, ?, ?)
ON CONFLICT (clerk) DO UPDATE SET lanes = excluded.lanes, leads = excluded.leads, days = excluded.days;

-- name: leaves_between
SELECT clerk, day FROM leaves WHERE day BETWEEN ? AND ?;

-- name: insert_leave
INSERT INTO leaves (clerk, day, kind) VALUES (?, ?, ?);

-- name: delete_leave
DELETE FROM leaves WHERE clerk = ? AND day = ?;

-- name: rota
SELECT id, first, last, state, at, plan, shifts, goals FROM rotas WHERE id = ?;

-- name: published_rotas
-- Those that hold on any day of a span, given as its last and its first day.
SELECT id, first, last, state, at, plan, shifts, goals FROM rotas
WHERE state = 'published' AND first <= ? AND last >= ? ORDER BY first;

-- name: rota_before
-- The newest that held before a day, and not longer ago than another.
SELECT id, first, last, state, at, plan, shifts, goals FROM rotas
WHERE state = 'published' AND last < ? AND last >= ? ORDER BY last DESC LIMIT 1;

-- name: newest_draft
SELECT id, first, last, state, at, plan, shifts, goals FROM rotas
WHERE state = 'draft' ORDER BY id DESC LIMIT 1;

-- name: insert_rota
INSERT INTO rotas (first, last, state, at, actor, plan, shifts, goals)
VALUES (?, ?, 'draft', ?, ?, ?, ?, ?) RETURNING id;

-- name: set_rota_state
UPDATE rotas SET state = ? WHERE id = ?;

-- name: drop_drafts
UPDATE rotas SET state = 'dropped' WHERE state = 'draft';

-- name: insert_duty
INSERT INTO duties (clerk, day, start, "end", kind, access, shift, place, rota) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: delete_duties
DELETE FROM duties WHERE rota = ?;

-- name: duties_of_rota
SELECT clerk, day, start, "end", kind, access, shift, place FROM duties WHERE rota = ?;

-- name: duties_between
SELECT clerk, day, start, "end", kind, access, shift, place FROM duties
WHERE day BETWEEN ? AND ? ORDER BY day, start, clerk;

-- name: insert_rest
INSERT INTO owed_rests (clerk, day, earned, rota) VALUES (?, ?, ?, ?);

-- name: delete_rests
DELETE FROM owed_rests WHERE rota = ?;

-- name: rests_of_rota
SELECT clerk, day, earned FROM owed_rests WHERE rota = ?;
