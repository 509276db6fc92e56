INSERT INTO in_flight (id, mutation_id, base_version, envelope, body, sealed, by, at, waiting_at, typed_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT typed_id FROM outbox WHERE id = ?1 AND mutation_id = ?2))
