SELECT r.envelope, r.body, r.sealed, r.changed_at, r.changed_by, r.position,
       o.id IS NOT NULL OR f.id IS NOT NULL, o.refused
FROM record r
LEFT JOIN outbox o ON o.id = r.id
LEFT JOIN in_flight f ON f.id = r.id
