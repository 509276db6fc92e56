INSERT OR REPLACE INTO draft (key, record, kind, body, at, base_envelope, base_body, base_sealed, form)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
