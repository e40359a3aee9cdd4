-- Makes dead letters and retrying entries due now. Texts: order numbers. Out: those that were.
UPDATE order_timeouts SET state = 0, at = {now}, due_at = {now}, failed = 0, crashed = 0, reason = NULL, detail = NULL
WHERE order_no IN (SELECT value FROM {texts}) AND +state IN (1, 3)
RETURNING order_no;
