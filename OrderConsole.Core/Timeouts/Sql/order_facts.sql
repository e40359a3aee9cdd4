-- What decides whether a claimed timeout may cancel its order. Texts: order numbers.
SELECT o.no, o.id, o.status, o.version, o.expires_at FROM {texts} AS r JOIN orders o ON o.no = r.value;
