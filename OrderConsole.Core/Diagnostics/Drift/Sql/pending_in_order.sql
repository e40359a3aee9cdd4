-- Pending orders after a place, in ascending order of their deadlines. @at (ms), @id, @count. Out: id, no, expires_at, created_at.
SELECT id, no, expires_at, created_at FROM orders
WHERE status = 0 AND expires_at >= @at AND (expires_at > @at OR id > @id)
ORDER BY expires_at, id LIMIT @count;
