-- Puts entries in or moves them, but not claimed ones. Rows: [order_no, due_at].
INSERT INTO order_timeouts (order_no, state, at, due_at, failed, crashed)
SELECT value ->> 0, 0, CAST(value ->> 1 AS bigint), CAST(value ->> 1 AS bigint), 0, 0 FROM {rows} WHERE true
ON CONFLICT (order_no) DO UPDATE
SET state = 0, at = excluded.at, due_at = excluded.due_at, reason = NULL, detail = NULL,
    failed = CASE WHEN order_timeouts.state = 3 THEN 0 ELSE order_timeouts.failed END,
    crashed = CASE WHEN order_timeouts.state = 3 THEN 0 ELSE order_timeouts.crashed END
WHERE order_timeouts.state <> 2;
