-- Counts by state. Out: waiting scheduled, due scheduled, waiting retrying, due retrying, claimed, dead, oldest due, next due, clock.
SELECT
    (SELECT count(*) FROM order_timeouts WHERE state = 0 AND at > {now}),
    (SELECT count(*) FROM order_timeouts WHERE state = 0 AND at <= {now}),
    (SELECT count(*) FROM order_timeouts WHERE state = 1 AND at > {now}),
    (SELECT count(*) FROM order_timeouts WHERE state = 1 AND at <= {now}),
    (SELECT count(*) FROM order_timeouts WHERE state = 2),
    (SELECT count(*) FROM order_timeouts WHERE state = 3),
    (SELECT min(at) FROM (SELECT min(at) AS at FROM order_timeouts WHERE state = 0 AND at <= {now} UNION ALL SELECT min(at) AS at FROM order_timeouts WHERE state = 1 AND at <= {now}) due),
    (SELECT min(at) FROM (SELECT min(at) AS at FROM order_timeouts WHERE state = 0 AND at > {now} UNION ALL SELECT min(at) AS at FROM order_timeouts WHERE state = 1 AND at > {now}) waiting),
    {now};
