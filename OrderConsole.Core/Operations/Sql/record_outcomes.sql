-- Writes what became of items; one that has its outcome already keeps it.
-- Rows: [no, state, code, detail]; @operation, @at (ms). Out: the number of each item written.
UPDATE operation_items SET state = CAST(r.value ->> 1 AS integer), code = r.value ->> 2, detail = r.value ->> 3, at = @at
FROM {rows} AS r
WHERE operation_items.operation_id = @operation AND operation_items.no = CAST(r.value ->> 0 AS integer) AND operation_items.state = 0
RETURNING operation_items.no;
