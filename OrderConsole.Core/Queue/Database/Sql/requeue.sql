-- Makes dead letters, retrying entries and claims whose lease is over due now. Texts: order numbers. Out: those that were.
UPDATE order_timeouts SET state = 0, at = {now}, due_at = {now}, failed = 0, crashed = 0, reason = NULL, detail = NULL, owner = NULL, token = NULL
WHERE order_no IN (SELECT value FROM {texts}) AND (+state IN (1, 3) OR (+state = 2 AND at <= {now}))
RETURNING order_no;
