-- Connections of this database and how many it may have: its own limit, or the server's, whichever is nearer to its end.
-- PostgreSQL only. Out: used, allowed.
SELECT used, allowed FROM (
    SELECT count(*) AS used, (SELECT datconnlimit FROM pg_database WHERE datname = current_database())::bigint AS allowed
    FROM pg_stat_activity WHERE datname = current_database()
    UNION ALL
    SELECT count(*), (SELECT setting::bigint FROM pg_settings WHERE name = 'max_connections') FROM pg_stat_activity WHERE backend_type = 'client backend') limits
WHERE allowed >= 0 ORDER BY used::float / greatest(allowed, 1) DESC LIMIT 1;
