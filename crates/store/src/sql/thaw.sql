INSERT INTO outbox (id, mutation_id, by, at, waiting_at)
SELECT id, mutation_id, by, at, waiting_at FROM in_flight WHERE true ORDER BY place
ON CONFLICT (id) DO NOTHING;
DELETE FROM in_flight;
