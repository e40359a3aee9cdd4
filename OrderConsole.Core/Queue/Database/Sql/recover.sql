-- Takes back claims whose lease has ended. @max, @max_crashes. Out: order_no, state, crashed.
UPDATE order_timeouts SET
    state = CASE WHEN crashed + 1 >= @max_crashes THEN 3 ELSE 1 END,
    at = {now}, crashed = crashed + 1, owner = NULL, token = NULL,
    reason = CASE WHEN crashed + 1 >= @max_crashes THEN 'crashed' ELSE 'lease_ended' END
WHERE order_no IN (SELECT order_no FROM order_timeouts WHERE state = 2 AND at <= {now} ORDER BY at LIMIT @max {skip_locked})
RETURNING order_no, state, crashed;
