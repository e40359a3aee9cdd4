-- Pending orders past their deadline: a range of the index of pending orders. Out: count, earliest deadline.
SELECT count(*), min(expires_at) FROM orders WHERE status = 0 AND expires_at <= {now};
