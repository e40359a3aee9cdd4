-- Cancels the orders that are still pending at the expected version, returns their stock, writes ledger and events:
-- one statement, so one transaction and one round trip. Orders, then stock, each in ascending order: two batches, or a
-- batch and a payment, can wait for one another but not in a circle.
-- @rows: [[order id, expected version, detail]]; @at (ms), @reason, @node. Out: the ids of the orders cancelled.
WITH target AS MATERIALIZED (
    SELECT CAST(value ->> 0 AS bigint) AS id, CAST(value ->> 1 AS bigint) AS version, value ->> 2 AS detail
    FROM json_array_elements(CAST(@rows AS json))
), pending AS MATERIALIZED (
    SELECT o.id, o.version, t.detail
    FROM orders o JOIN target t ON t.id = o.id
    WHERE o.status = 0 AND o.version = t.version
    ORDER BY o.id
    FOR UPDATE OF o
), cancelled AS (
    UPDATE orders o SET status = 2, version = o.version + 1, cancelled_at = @at, cancel_reason = @reason
    FROM pending p
    WHERE o.id = p.id AND o.status = 0 AND o.version = p.version
    RETURNING o.id, o.version, p.detail
), returned AS MATERIALIZED (
    SELECT l.order_id, l.sku, sum(l.quantity) AS quantity
    FROM cancelled c JOIN order_lines l ON l.order_id = c.id
    GROUP BY l.order_id, l.sku
), ledger AS (
    INSERT INTO stock_ledger (order_id, sku, reason, quantity, at)
    SELECT order_id, sku, 3, quantity, @at FROM returned
), event AS (
    INSERT INTO order_events (order_id, version, kind, at, node, detail)
    SELECT id, version, 2, @at, @node, detail FROM cancelled
), back AS (
    SELECT s.sku, r.quantity
    FROM stock s JOIN (SELECT sku, sum(quantity) AS quantity FROM returned GROUP BY sku) r ON r.sku = s.sku
    ORDER BY s.sku
    FOR UPDATE OF s
), stocked AS (
    UPDATE stock s SET available = s.available + b.quantity, reserved = s.reserved - b.quantity
    FROM back b
    WHERE s.sku = b.sku
)
SELECT id FROM cancelled;
