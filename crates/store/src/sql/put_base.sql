INSERT OR REPLACE INTO base (id, version, envelope, body, sealed, changed_at, changed_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
