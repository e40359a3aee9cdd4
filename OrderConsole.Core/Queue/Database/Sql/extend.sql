-- Prolongs claims that are still held. Rows: [order_no, token]; @lease (ms). Out: the order numbers prolonged.
UPDATE order_timeouts SET at = {now} + @lease
FROM {rows} AS r
WHERE order_timeouts.order_no = r.value ->> 0 AND order_timeouts.token = r.value ->> 1 AND +order_timeouts.state = 2
RETURNING order_timeouts.order_no;
