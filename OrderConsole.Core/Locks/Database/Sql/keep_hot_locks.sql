-- Adds to what happened to orders' locks, and keeps the @most that were lost most often today. Rows: [order_no, attempts, lost, waited]; @day, @at (ms).
INSERT INTO hot_locks (day, order_no, attempts, lost, waited, at)
SELECT @day, value ->> 0, CAST(value ->> 1 AS bigint), CAST(value ->> 2 AS bigint), CAST(value ->> 3 AS bigint), @at FROM {rows} WHERE true
ON CONFLICT (day, order_no) DO UPDATE
SET attempts = hot_locks.attempts + excluded.attempts, lost = hot_locks.lost + excluded.lost, waited = hot_locks.waited + excluded.waited, at = excluded.at;

DELETE FROM hot_locks WHERE day = @day AND order_no NOT IN (SELECT order_no FROM hot_locks WHERE day = @day ORDER BY lost DESC, at DESC, order_no LIMIT @most);
