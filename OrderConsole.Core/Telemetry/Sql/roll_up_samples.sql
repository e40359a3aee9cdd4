-- Makes long spans of short ones: what ended, from the last long span on, which is made anew. The same again changes nothing.
-- In: @source, @target (s), @until (ms): the end of the last long span that is over.
INSERT INTO metric_samples (resolution, at, covered, claimed, cancelled, failed, lock_attempts, locks_lost, expired_pending, oldest_overdue, active_locks, queue_size, scheduled, due, in_work, retrying, dead, lateness_p50, lateness_p95, lateness_p99, drain_per_second)
SELECT @target, at - at % (@target * 1000),
    sum(covered),
    sum(claimed),
    sum(cancelled),
    sum(failed),
    sum(lock_attempts),
    sum(locks_lost),
    max(expired_pending),
    max(oldest_overdue),
    max(active_locks),
    max(queue_size),
    max(scheduled),
    max(due),
    max(in_work),
    max(retrying),
    max(dead),
    max(lateness_p50),
    max(lateness_p95),
    max(lateness_p99),
    max(drain_per_second)
FROM metric_samples
WHERE resolution = @source AND at < @until AND at >= COALESCE((SELECT max(at) FROM metric_samples WHERE resolution = @target), 0)
GROUP BY 2
ON CONFLICT (resolution, at) DO UPDATE SET
    covered = excluded.covered, claimed = excluded.claimed, cancelled = excluded.cancelled, failed = excluded.failed, lock_attempts = excluded.lock_attempts, locks_lost = excluded.locks_lost, expired_pending = excluded.expired_pending, oldest_overdue = excluded.oldest_overdue, active_locks = excluded.active_locks, queue_size = excluded.queue_size, scheduled = excluded.scheduled, due = excluded.due, in_work = excluded.in_work, retrying = excluded.retrying, dead = excluded.dead, lateness_p50 = excluded.lateness_p50, lateness_p95 = excluded.lateness_p95, lateness_p99 = excluded.lateness_p99, drain_per_second = excluded.drain_per_second;
