-- Ends claims whose work is done. Texts: order numbers; @token.
DELETE FROM order_timeouts WHERE order_no IN (SELECT value FROM {texts}) AND token = @token AND +state = 2;
