INSERT INTO base (id, version, envelope, body, sealed, changed_at, changed_by)
SELECT id, version, envelope, body, sealed, changed_at, changed_by FROM record WHERE id = ?1
ON CONFLICT (id) DO NOTHING
