-- A node's sign of life. In: a value a column.
INSERT INTO nodes (name, started_at, seen_at, polled_at, claimed, cancelled, lock_attempts, locks_lost, failed,
    lateness_p50, lateness_p95, lateness_p99, drain_per_second)
VALUES (@name, @started_at, @seen_at, CAST(@polled_at AS bigint), @claimed, @cancelled, @lock_attempts, @locks_lost, @failed,
    CAST(@lateness_p50 AS double precision), CAST(@lateness_p95 AS double precision), CAST(@lateness_p99 AS double precision),
    CAST(@drain_per_second AS double precision))
ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at, polled_at = excluded.polled_at, claimed = excluded.claimed,
    cancelled = excluded.cancelled, lock_attempts = excluded.lock_attempts, locks_lost = excluded.locks_lost, failed = excluded.failed,
    lateness_p50 = excluded.lateness_p50, lateness_p95 = excluded.lateness_p95, lateness_p99 = excluded.lateness_p99,
    drain_per_second = excluded.drain_per_second;
