-- All stock beside what the newest movements add up to, in one statement: both of the same moment. In: @from: the last id
-- that was added up before. Out, for each SKU: available, reserved, sold; the same of the movements after @from.
SELECT s.sku, s.available, s.reserved, s.sold, COALESCE(l.available, 0), COALESCE(l.reserved, 0), COALESCE(l.sold, 0)
FROM stock s LEFT JOIN (
    SELECT sku,
        CAST(sum(CASE reason WHEN 0 THEN quantity WHEN 1 THEN -quantity WHEN 3 THEN quantity WHEN 4 THEN -quantity ELSE 0 END) AS bigint) AS available,
        CAST(sum(CASE reason WHEN 1 THEN quantity WHEN 2 THEN -quantity WHEN 3 THEN -quantity ELSE 0 END) AS bigint) AS reserved,
        CAST(sum(CASE reason WHEN 2 THEN quantity WHEN 4 THEN quantity ELSE 0 END) AS bigint) AS sold
    FROM stock_ledger WHERE id > @from GROUP BY sku) l ON l.sku = s.sku;
