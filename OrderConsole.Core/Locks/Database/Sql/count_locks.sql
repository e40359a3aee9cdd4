-- How many locks are held. Out: count.
SELECT count(*) FROM order_locks WHERE lease_until > {now};
