UPDATE record
SET position = ?1, kind = ?3, state = ?4, version = ?5, envelope = ?6, body = ?7, sealed = ?8,
    changed_at = ?9, changed_by = ?10, variants = ?11
WHERE id = ?2
