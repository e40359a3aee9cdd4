-- Keeps the @most commits of a day with the least of the lease left. Rows: [order_no, left ms, lease ms, share, at ms]; @day, @node.
INSERT INTO near_misses (day, order_no, node, "left", lease, share, at)
SELECT @day, value ->> 0, @node, CAST(value ->> 1 AS bigint), CAST(value ->> 2 AS bigint), CAST(value ->> 3 AS double precision), CAST(value ->> 4 AS bigint) FROM {rows} WHERE true
ON CONFLICT (day, order_no) DO UPDATE SET node = excluded.node, "left" = excluded."left", lease = excluded.lease, share = excluded.share, at = excluded.at
WHERE excluded.share < near_misses.share;

DELETE FROM near_misses WHERE day = @day AND order_no NOT IN (SELECT order_no FROM near_misses WHERE day = @day ORDER BY share, order_no LIMIT @most);
