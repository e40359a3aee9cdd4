-- Freezes an operation's list. Rows: [no, target, what was seen, why refused or null]; @operation, @at (ms).
INSERT INTO operation_items (operation_id, no, target, seen, state, code, at)
SELECT @operation, CAST(value ->> 0 AS integer), value ->> 1, value ->> 2,
    CASE WHEN value ->> 3 IS NULL THEN 0 ELSE 2 END, value ->> 3, CASE WHEN value ->> 3 IS NULL THEN NULL ELSE @at END
FROM {rows};
