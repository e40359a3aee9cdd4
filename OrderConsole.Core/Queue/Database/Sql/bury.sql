-- Makes claimed entries that are not possible order numbers dead letters. Texts: order numbers; @token.
UPDATE order_timeouts SET state = 3, at = {now}, reason = 'malformed', owner = NULL, token = NULL
WHERE order_no IN (SELECT value FROM {texts}) AND token = @token AND +state = 2;
