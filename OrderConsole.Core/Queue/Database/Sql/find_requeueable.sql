-- Of the given order numbers, dead letters and retrying entries. Texts: order numbers.
SELECT order_no FROM order_timeouts WHERE order_no IN (SELECT value FROM {texts}) AND +state IN (1, 3);
