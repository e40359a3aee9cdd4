-- Makes a dead letter or a retrying entry due now. @order_no.
UPDATE order_timeouts SET state = 0, at = {now}, due_at = {now}, failed = 0, crashed = 0, reason = NULL, detail = NULL
WHERE order_no = @order_no AND +state IN (1, 3);
