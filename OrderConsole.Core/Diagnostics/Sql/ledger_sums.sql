-- What a stretch of the ledger adds up to. In: @from (not included), @until (included): ids of movements.
-- Out: the newest id | for each SKU: available, reserved, sold, the latest moment (ms).
SELECT COALESCE(max(id), 0) FROM stock_ledger;

SELECT sku,
    CAST(sum(CASE reason WHEN 0 THEN quantity WHEN 1 THEN -quantity WHEN 3 THEN quantity WHEN 4 THEN -quantity ELSE 0 END) AS bigint),
    CAST(sum(CASE reason WHEN 1 THEN quantity WHEN 2 THEN -quantity WHEN 3 THEN -quantity ELSE 0 END) AS bigint),
    CAST(sum(CASE reason WHEN 2 THEN quantity WHEN 4 THEN quantity ELSE 0 END) AS bigint),
    max(at)
FROM stock_ledger WHERE id > @from AND id <= @until GROUP BY sku;
