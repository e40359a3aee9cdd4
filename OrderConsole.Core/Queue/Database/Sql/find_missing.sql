-- Of the given order numbers, those in no state. Texts: order numbers.
SELECT value FROM {texts} AS r
WHERE NOT EXISTS (SELECT 1 FROM order_timeouts WHERE order_no = r.value);
