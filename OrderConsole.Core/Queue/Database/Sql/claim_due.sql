-- Claims due entries in one step. In: @max, @retries (of which retrying ones, while scheduled ones wait too), @lease (ms), @owner, @token.
-- Out, one result after the other: entries that no order can have | claimed entries | next due time, clock.
UPDATE order_timeouts SET state = 3, at = {now}, reason = 'absurd_score'
WHERE order_no IN (
    SELECT order_no FROM (SELECT order_no FROM order_timeouts WHERE state = 0 AND at < 1000000000000 ORDER BY at LIMIT 100) past
    UNION ALL
    SELECT order_no FROM (SELECT order_no FROM order_timeouts WHERE state = 0 AND at > 10000000000000 ORDER BY at DESC LIMIT 100) future)
RETURNING order_no;

WITH due AS (
    SELECT order_no FROM (SELECT order_no FROM order_timeouts WHERE state = 1 AND at <= {now} ORDER BY at LIMIT @retries {skip_locked}) retrying
    UNION ALL
    SELECT order_no FROM (SELECT order_no FROM order_timeouts WHERE state = 0 AND at <= {now} ORDER BY at LIMIT @max {skip_locked}) scheduled
    UNION ALL
    SELECT order_no FROM (SELECT order_no FROM order_timeouts WHERE state = 1 AND at <= {now} ORDER BY at LIMIT @max OFFSET @retries {skip_locked}) other_retrying
    LIMIT @max)
UPDATE order_timeouts SET state = 2, at = {now} + @lease, owner = @owner, token = @token
WHERE order_no IN (SELECT order_no FROM due)
RETURNING order_no, due_at, failed, crashed, reason;

SELECT min(at), {now} FROM (
    SELECT min(at) AS at FROM order_timeouts WHERE state = 0
    UNION ALL
    SELECT min(at) AS at FROM order_timeouts WHERE state = 1) waiting;
