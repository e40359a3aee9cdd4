-- Ends claims whose work is done. Rows: [order_no]; @token.
DELETE FROM order_timeouts WHERE order_no IN (SELECT value ->> 0 FROM {rows}) AND token = @token AND +state = 2;
