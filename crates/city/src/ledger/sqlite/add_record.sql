INSERT INTO record (id, seq, class, line, changed_at, changed_by, trashed_at, envelope, body, sealed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
