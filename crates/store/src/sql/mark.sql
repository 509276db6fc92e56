INSERT INTO outbox (id, mutation_id, by, at, waiting_at)
VALUES (?1, ?2, ?3, ?4, coalesce((SELECT waiting_at FROM in_flight WHERE id = ?1), ?5))
ON CONFLICT (id) DO UPDATE
SET mutation_id = excluded.mutation_id, by = excluded.by, at = excluded.at, refused = NULL
