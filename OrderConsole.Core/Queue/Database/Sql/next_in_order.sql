-- The next entries in a state in the order of their moments. @state, @at (ms) and @name of the last one, @count. Out: order_no, at.
SELECT order_no, at FROM order_timeouts
WHERE state = @state AND at >= @at AND (at > @at OR order_no > @name)
ORDER BY at, order_no LIMIT @count;
