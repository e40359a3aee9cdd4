-- What every console looks at all the time. In: @silence (ms) after which a node is not live.
-- Out, one result after the other: clock, newest event, undecided payments, operations that wait for a second person | the pause, if there is one | live nodes by name.
SELECT {now}, COALESCE((SELECT max(id) FROM order_events), 0), (SELECT count(*) FROM payments WHERE outcome <> 0 AND decision IS NULL),
    (SELECT count(*) FROM operations WHERE state = 3);

SELECT id, at, "by", reason FROM processing_pauses;

SELECT name, started_at, seen_at, polled_at, claimed, cancelled, lock_attempts, locks_lost, failed,
    lateness_p50, lateness_p95, lateness_p99, drain_per_second, clock_at
FROM nodes WHERE seen_at > {now} - @silence ORDER BY name;
