-- What decides whether a claimed timeout may cancel its order. Rows: [order_no].
SELECT o.no, o.id, o.status, o.version, o.expires_at FROM {rows} AS r JOIN orders o ON o.no = r.value ->> 0;
