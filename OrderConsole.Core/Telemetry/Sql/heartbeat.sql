-- A node's sign of life, by the store's clock: a node whose own clock is wrong is no less alive. In: a value a column;
-- @started_ago and @polled_ago (ms), @clock_at: what the node's own clock says.
INSERT INTO nodes (name, started_at, seen_at, polled_at, clock_at, claimed, cancelled, lock_attempts, locks_lost, failed,
    lateness_p50, lateness_p95, lateness_p99, drain_per_second)
VALUES (@name, {now} - @started_ago, {now}, {now} - CAST(@polled_ago AS bigint), CAST(@clock_at AS bigint), @claimed, @cancelled, @lock_attempts, @locks_lost, @failed,
    CAST(@lateness_p50 AS double precision), CAST(@lateness_p95 AS double precision), CAST(@lateness_p99 AS double precision),
    CAST(@drain_per_second AS double precision))
ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at, polled_at = excluded.polled_at, clock_at = excluded.clock_at, claimed = excluded.claimed,
    cancelled = excluded.cancelled, lock_attempts = excluded.lock_attempts, locks_lost = excluded.locks_lost, failed = excluded.failed,
    lateness_p50 = excluded.lateness_p50, lateness_p95 = excluded.lateness_p95, lateness_p99 = excluded.lateness_p99,
    drain_per_second = excluded.drain_per_second;
