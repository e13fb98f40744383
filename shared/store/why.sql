-- Whether a clerk chose the ticket of a leg out of order: an explanation of the day asks, and facts have no index.

ALTER TABLE legs ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1));

UPDATE legs SET chosen = 1 WHERE (ticket, called_at) IN (
    SELECT json_extract(data, '$.ticket'), at FROM facts
    WHERE name = 'ticket.called' AND json_extract(data, '$.reason') IS NOT NULL
);
