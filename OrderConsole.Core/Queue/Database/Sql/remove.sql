-- Forgets entries that nobody has claimed. Texts: names. Out: those that were.
DELETE FROM order_timeouts WHERE order_no IN (SELECT value FROM {texts}) AND +state <> 2
RETURNING order_no;
