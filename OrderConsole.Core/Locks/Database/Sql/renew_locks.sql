-- Prolongs locks that are still held. Rows: [order_no, token]; @lease (ms). Out: the order numbers prolonged.
UPDATE order_locks SET lease_until = {now} + @lease, renewals = renewals + 1
FROM {rows} AS r
WHERE order_locks.order_no = r.value ->> 0 AND order_locks.token = r.value ->> 1
RETURNING order_locks.order_no;
