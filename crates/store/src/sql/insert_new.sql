INSERT INTO record (position, id, kind, state, version, envelope, body, sealed, changed_at, changed_by, variants)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT DO NOTHING
