-- Orders that are paid and cancelled at once, at most 1,000. By the row itself, and by a payment that paid (outcome 0) an
-- order which is not paid. Out: the order's number.
SELECT no FROM orders WHERE (status = 2 AND paid_at IS NOT NULL) OR (status = 1 AND cancelled_at IS NOT NULL)
UNION
SELECT o.no FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.outcome = 0 AND o.status <> 1
LIMIT 1000;
