-- Prolongs locks that are still held. Texts: order numbers; @token, @lease (ms). Out: the order numbers prolonged.
UPDATE order_locks SET lease_until = {now} + @lease, renewals = renewals + 1
WHERE order_no IN (SELECT value FROM {texts}) AND token = @token
RETURNING order_no;
