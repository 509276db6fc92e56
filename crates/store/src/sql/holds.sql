SELECT r.version = ?2 AND r.envelope = ?3 AND r.body IS ?4 AND r.sealed IS ?5
   AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.id)
   AND NOT EXISTS (SELECT 1 FROM in_flight f WHERE f.id = r.id)
FROM record r
WHERE r.id = ?1
