UPDATE record
SET position = ?1, kind = ?3, state = ?4, version = ?5, day = ?6, envelope = ?7, body = ?8, sealed = ?9,
    changed_at = ?10, changed_by = ?11, variants = ?12
WHERE id = ?2
