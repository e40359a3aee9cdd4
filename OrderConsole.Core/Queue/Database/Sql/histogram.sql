-- Entries by the bucket in which they fall due. @from (ms), @bucket (ms), @until (ms). Out: bucket, count.
SELECT (at - @from) / @bucket AS bucket, count(*) FROM order_timeouts
WHERE state IN (0, 1) AND at >= @from AND at < @until
GROUP BY 1;
