-- Releases by token. Texts: order numbers; @token. Out: the order numbers released.
DELETE FROM order_locks WHERE order_no IN (SELECT value FROM {texts}) AND token = @token
RETURNING order_no;
