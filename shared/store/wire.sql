-- Whoever runs the hub's machine manages by the credential beside the file; nobody else does by a device's alone.
ALTER TABLE devices ADD COLUMN is_operator INTEGER NOT NULL DEFAULT 0
    CHECK (is_operator = 0 OR (is_operator = 1 AND role = 'manager'));

-- Founding a hall has always enrolled the operator first.
UPDATE devices SET is_operator = 1 WHERE id = 1 AND role = 'manager' AND name = 'operator';

CREATE UNIQUE INDEX one_operator ON devices (is_operator) WHERE is_operator = 1;
