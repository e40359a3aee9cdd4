-- Takes the locks that are free. Texts: order numbers; @owner, @token, @lease (ms). Out: order numbers taken | held: order_no, ms left.
INSERT INTO order_locks (order_no, owner, token, acquired_at, lease_until, renewals)
SELECT value, @owner, @token, {now}, {now} + @lease, 0 FROM {texts} WHERE true ORDER BY 1
ON CONFLICT (order_no) DO UPDATE
SET owner = excluded.owner, token = excluded.token, acquired_at = excluded.acquired_at, lease_until = excluded.lease_until, renewals = 0
WHERE order_locks.lease_until <= {now}
RETURNING order_no;

SELECT l.order_no, l.lease_until - {now} FROM {texts} AS r JOIN order_locks l ON l.order_no = r.value WHERE l.token <> @token;
