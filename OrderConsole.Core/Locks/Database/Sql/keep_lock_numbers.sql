-- Adds to a console's numbers of a day. In: a value a column; @hold_p99 (ms) may be null.
INSERT INTO lock_numbers (day, node, at, attempts, lost, waited, cancelled, commits, near_misses, late_refused, hold_p99)
VALUES (@day, @node, @at, @attempts, @lost, @waited, @cancelled, @commits, @near_misses, @late_refused, CAST(@hold_p99 AS double precision))
ON CONFLICT (day, node) DO UPDATE SET at = excluded.at, attempts = lock_numbers.attempts + excluded.attempts,
    lost = lock_numbers.lost + excluded.lost, waited = lock_numbers.waited + excluded.waited, cancelled = lock_numbers.cancelled + excluded.cancelled,
    commits = lock_numbers.commits + excluded.commits, near_misses = lock_numbers.near_misses + excluded.near_misses,
    late_refused = lock_numbers.late_refused + excluded.late_refused, hold_p99 = COALESCE(excluded.hold_p99, lock_numbers.hold_p99);
