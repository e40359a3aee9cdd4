-- Forgets entries that nobody has claimed. Texts: order numbers.
DELETE FROM order_timeouts WHERE order_no IN (SELECT value FROM {texts}) AND +state <> 2;
