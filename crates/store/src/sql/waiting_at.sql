SELECT min(waiting_at)
FROM (SELECT waiting_at FROM outbox WHERE id = ?1 UNION ALL SELECT waiting_at FROM in_flight WHERE id = ?1)
HAVING min(waiting_at) IS NOT NULL
