-- Forgets entries that nobody has claimed. Rows: [order_no].
DELETE FROM order_timeouts WHERE order_no IN (SELECT value ->> 0 FROM {rows}) AND +state <> 2;
