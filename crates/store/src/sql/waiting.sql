SELECT id, mutation_id, by, at, waiting_at
FROM outbox
WHERE refused IS NULL AND NOT EXISTS (SELECT 1 FROM in_flight WHERE in_flight.id = outbox.id)
ORDER BY place
LIMIT ?1
