SELECT envelope, body, sealed FROM base
UNION ALL
SELECT envelope, body, sealed FROM record r
WHERE version > 0
  AND NOT EXISTS (SELECT 1 FROM base b WHERE b.id = r.id)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.id)
