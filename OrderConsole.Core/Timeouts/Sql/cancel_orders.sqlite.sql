-- Cancels the orders that are still pending at the expected version. '+' keeps the planner off the index of all pending
-- orders, which it would walk for every batch. @rows: [[order id, expected version]]; @at (ms), @reason.
-- Out: the ids of the orders cancelled.
UPDATE orders SET status = 2, version = version + 1, cancelled_at = @at, cancel_reason = @reason
FROM (SELECT CAST(value ->> 0 AS integer) AS id, CAST(value ->> 1 AS integer) AS expected FROM json_each(@rows)) AS target
WHERE orders.id = target.id AND +orders.status = 0 AND +orders.version = target.expected
RETURNING id;
