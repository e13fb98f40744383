-- The outbox, by name (shared.store.queries). Each block: its name, then what it does.

-- name: gateway_host
-- Whom messages go to; null for nobody.
SELECT host FROM gateway;

-- name: set_gateway_host
UPDATE gateway SET host = ?, since = ?;

-- name: insert_message
-- A message, unless it was told on this occasion already.
INSERT INTO outbox (name, kind, about, occasion, channel, language, recipient, address, masked, fields, made_at,
                    not_before, next_at, deadline)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, about, occasion) DO NOTHING RETURNING id;

-- name: messages_due
-- What may go now: of each recipient the first that is due, also while that one waits for its next attempt.
SELECT id, name, kind, channel, language, address, fields, attempts, made_at, deadline FROM outbox AS m
WHERE state = 'waiting' AND next_at <= :now AND deadline > :now AND NOT EXISTS (
    SELECT 1 FROM outbox AS o
    WHERE o.state = 'waiting' AND o.recipient = m.recipient AND o.not_before <= :now AND o.deadline > :now
      AND (o.not_before, o.id) < (m.not_before, m.id))
ORDER BY next_at, id LIMIT :most;

-- name: message_sent
UPDATE outbox SET state = 'sent', attempts = attempts + 1, reason = '', status = ?, ended_at = ?, address = NULL,
                  recipient = NULL, fields = '{}'
WHERE id = ? AND state = 'waiting';

-- name: message_again
-- It failed, and is tried again.
UPDATE outbox SET attempts = attempts + 1, reason = ?, status = ?, next_at = ? WHERE id = ? AND state = 'waiting';

-- name: message_dead
-- It failed for good, unless a manager sends it again before its deadline.
UPDATE outbox SET state = 'dead', attempts = attempts + 1, reason = ?, status = ?, ended_at = ?
WHERE id = ? AND state = 'waiting';

-- name: message_requeued
UPDATE outbox SET state = 'waiting', attempts = 0, next_at = ?, ended_at = NULL
WHERE id = ? AND state = 'dead' AND deadline > ?;

-- name: message_dropped
UPDATE outbox SET state = 'dropped', ended_at = ?, address = NULL, recipient = NULL, fields = '{}'
WHERE id = ? AND state IN ('waiting', 'dead');

-- name: drop_messages
-- Nobody is there to send them.
UPDATE outbox SET state = 'dropped', ended_at = ?, address = NULL, recipient = NULL, fields = '{}'
WHERE state IN ('waiting', 'dead') RETURNING id, kind, about;

-- name: withdraw_messages
-- What would no longer be true is not sent.
UPDATE outbox SET state = 'withdrawn', ended_at = ?, address = NULL, recipient = NULL, fields = '{}'
WHERE about = ? AND kind IN (SELECT value FROM json_each(?)) AND state IN ('waiting', 'dead')
RETURNING id, kind, about;

-- name: overdue_messages
SELECT 1 FROM outbox WHERE state IN ('waiting', 'dead') AND deadline <= ? LIMIT 1;

-- name: expire_messages
UPDATE outbox SET state = 'expired', ended_at = ?, address = NULL, recipient = NULL, fields = '{}'
WHERE state IN ('waiting', 'dead') AND deadline <= ? RETURNING id, kind, about;

-- name: forget_messages
DELETE FROM outbox WHERE ended_at < ? AND state NOT IN ('waiting', 'dead');

-- name: message_state
SELECT state, kind, about FROM outbox WHERE id = ?;

-- name: messages_by_state
SELECT state, count(*) FROM outbox GROUP BY state;

-- name: messages_listed
-- What is over, the latest first.
SELECT id, kind, about, channel, language, masked, state, attempts, reason, status, made_at, not_before, next_at,
       deadline, ended_at
FROM outbox WHERE state IN (SELECT value FROM json_each(?)) ORDER BY ended_at DESC, id DESC LIMIT ?;

-- name: messages_waiting
-- What waits, the soonest first.
SELECT id, kind, about, channel, language, masked, state, attempts, reason, status, made_at, not_before, next_at,
       deadline, ended_at
FROM outbox WHERE state = 'waiting' ORDER BY next_at, id LIMIT ?;

-- name: oldest_due
-- Since when the message that waits longest could have gone.
SELECT min(not_before) FROM outbox WHERE state = 'waiting' AND not_before <= ? AND deadline > ?;

-- name: put_ticket_contact
INSERT INTO ticket_contacts VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET channel = excluded.channel, language = excluded.language, address = excluded.address,
    masked = excluded.masked, forget_at = excluded.forget_at;

-- name: ticket_contact
SELECT channel, language, address, masked FROM ticket_contacts WHERE ticket = ? AND purpose = ?;

-- name: drop_ticket_contact
DELETE FROM ticket_contacts WHERE ticket = ? AND purpose = ?;

-- name: turn_contacts
-- Tickets whose holders asked to be told of their turn, with what has become of the ticket.
SELECT t.id, t.lane, t.state FROM ticket_contacts AS c JOIN tickets AS t ON t.id = c.ticket
WHERE c.purpose = 'turn';

-- name: forgettable_contact
SELECT 1 FROM ticket_contacts WHERE forget_at <= ? LIMIT 1;

-- name: forget_contacts
DELETE FROM ticket_contacts WHERE forget_at <= ?;

-- name: first_due_ids
-- The first of those whose appointment's time has come.
SELECT id FROM tickets WHERE lane = ? AND state = 'waiting' AND due_at IS NOT NULL AND due_at <= ?
ORDER BY due_at, number, series LIMIT ?;

-- name: first_in_line_ids
-- The first of everybody else.
SELECT id FROM tickets WHERE lane = ? AND state = 'waiting' AND (due_at IS NULL OR due_at > ?)
ORDER BY sort_at, number, series LIMIT ?;

-- name: moot_turns
-- What would call somebody back who was called meanwhile, or has gone.
SELECT about FROM outbox WHERE kind = 'three_ahead' AND state IN ('waiting', 'dead') AND NOT EXISTS (
    SELECT 1 FROM tickets AS t WHERE 'ticket:' || t.id = outbox.about AND t.state = 'waiting');

-- name: turn_message
SELECT 1 FROM outbox WHERE kind = ? AND about = ?;
