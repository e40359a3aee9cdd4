-- A chart's spans. In: @resolution (s), @step (s) of the chart, @from (ms). Out: a row a span, in order.
-- What is not rolled up yet is taken from the shortest spans.
SELECT at - at % (@step * 1000), sum(covered), sum(cancelled), max(expired_pending), max(oldest_overdue), max(queue_size), max(lateness_p50), max(lateness_p95), max(lateness_p99)
FROM metric_samples
WHERE at >= @from AND (
    resolution = @resolution AND at < COALESCE((SELECT max(at) FROM metric_samples WHERE resolution = @resolution), 0) + @resolution * 1000
    OR resolution = 10 AND at >= COALESCE((SELECT max(at) FROM metric_samples WHERE resolution = @resolution), 0) + @resolution * 1000)
GROUP BY 1 ORDER BY 1;
