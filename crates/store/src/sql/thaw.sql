INSERT INTO outbox (id, mutation_id, by, at, waiting_at, typed_id)
SELECT id, mutation_id, by, at, waiting_at, typed_id FROM in_flight WHERE true ORDER BY place
ON CONFLICT (id) DO NOTHING;
DELETE FROM in_flight;
