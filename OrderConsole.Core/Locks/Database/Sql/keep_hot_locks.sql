-- Adds to how often orders' locks were lost, and keeps the @most hottest of the day. Rows: [order_no, lost]; @day, @at (ms).
INSERT INTO hot_locks (day, order_no, lost, at)
SELECT @day, value ->> 0, CAST(value ->> 1 AS bigint), @at FROM {rows} WHERE true
ON CONFLICT (day, order_no) DO UPDATE SET lost = hot_locks.lost + excluded.lost, at = excluded.at;

DELETE FROM hot_locks WHERE day = @day AND order_no NOT IN (SELECT order_no FROM hot_locks WHERE day = @day ORDER BY lost DESC, at DESC, order_no LIMIT @most);
