SELECT coalesce(typed_id, mutation_id) FROM outbox WHERE id = ?1
UNION ALL
SELECT coalesce(typed_id, mutation_id) FROM in_flight WHERE id = ?1
LIMIT 1
