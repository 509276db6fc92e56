SELECT count(DISTINCT id), min(waiting_at)
FROM (SELECT id, waiting_at FROM outbox UNION ALL SELECT id, waiting_at FROM in_flight)
