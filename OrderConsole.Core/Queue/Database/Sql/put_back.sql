-- Ends claims whose work goes on later or not at all. @token.
-- Rows: [order_no, new state, moment or null, delay (ms), failures to add or null to forget all counts, reason, detail].
UPDATE order_timeouts SET
    state = CAST(r.value ->> 1 AS integer),
    at = coalesce(CAST(r.value ->> 2 AS bigint), {now} + CAST(r.value ->> 3 AS bigint)),
    due_at = coalesce(CAST(r.value ->> 2 AS bigint), due_at),
    failed = coalesce(failed + CAST(r.value ->> 4 AS integer), 0),
    crashed = CASE WHEN r.value ->> 4 IS NULL THEN 0 ELSE crashed END,
    reason = r.value ->> 5,
    detail = r.value ->> 6,
    owner = NULL,
    token = NULL
FROM {rows} AS r
WHERE order_timeouts.order_no = r.value ->> 0 AND order_timeouts.token = @token AND +order_timeouts.state = 2;
