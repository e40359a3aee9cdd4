-- Of the given order numbers, those in no state. Rows: [order_no].
SELECT value ->> 0 FROM {rows} AS r
WHERE NOT EXISTS (SELECT 1 FROM order_timeouts WHERE order_no = r.value ->> 0);
