SELECT r.envelope, r.body, r.sealed,
       coalesce(o.mutation_id, f.mutation_id), coalesce(o.by, f.by), coalesce(o.at, f.at),
       f.id IS NOT NULL, o.refused
FROM record r
LEFT JOIN outbox o ON o.id = r.id
LEFT JOIN in_flight f ON f.id = r.id
WHERE r.id = ?1 AND (o.id IS NOT NULL OR f.id IS NOT NULL)
