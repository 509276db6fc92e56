INSERT INTO outbox (id, mutation_id, by, at, waiting_at, typed_id)
VALUES (?1, ?2, ?3, ?4, coalesce((SELECT waiting_at FROM in_flight WHERE id = ?1), ?5),
        (SELECT typed_id FROM in_flight WHERE id = ?1 AND mutation_id = ?2))
ON CONFLICT (id) DO UPDATE
SET mutation_id = excluded.mutation_id, by = excluded.by, at = excluded.at, typed_id = excluded.typed_id, refused = NULL
