-- Releases by token. Rows: [order_no, token]. Out: the order numbers released.
DELETE FROM order_locks
WHERE order_no IN (SELECT value ->> 0 FROM {rows}) AND token IN (SELECT value ->> 1 FROM {rows})
RETURNING order_no;
