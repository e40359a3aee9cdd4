-- Notes that holders came back whose lock was taken from them. Rows: [order_no, token]; @at (ms), @node, @late.
UPDATE force_unlocks SET late_at = @at, late_node = @node, late = @late
FROM {rows} AS r
WHERE force_unlocks.order_no = r.value ->> 0 AND force_unlocks.token = r.value ->> 1 AND force_unlocks.late_at IS NULL;
