-- Releases by token. Rows: [order_no, token]. Out: the order numbers released.
DELETE FROM order_locks
WHERE (order_no, token) IN (SELECT value ->> 0, value ->> 1 FROM {rows})
RETURNING order_no;
