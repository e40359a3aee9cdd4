-- Appends rows to the audit. Rows: [seq, at (ms), who, role, source, address, credential, action, target, before, after,
-- reason, outcome, code, operation or null, key id, hash].
INSERT INTO audit (seq, at, who, role, source, address, credential, action, target, before, after, reason, outcome, code, operation_id, key_id, hash)
SELECT CAST(value ->> 0 AS bigint), CAST(value ->> 1 AS bigint), value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
    value ->> 9, value ->> 10, value ->> 11, CAST(value ->> 12 AS integer), value ->> 13, CAST(value ->> 14 AS bigint), value ->> 15, value ->> 16
FROM {rows};
