SELECT r.id
FROM record r
WHERE NOT EXISTS (SELECT 1 FROM shown s WHERE s.id = r.id)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.id)
  AND NOT EXISTS (SELECT 1 FROM in_flight f WHERE f.id = r.id)
  AND r.state <> 'erased'
