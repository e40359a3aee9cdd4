-- Of the given order numbers, dead letters, retrying entries and claims whose lease is over. Texts: order numbers.
SELECT order_no FROM order_timeouts WHERE order_no IN (SELECT value FROM {texts}) AND (+state IN (1, 3) OR (+state = 2 AND at <= {now}));
