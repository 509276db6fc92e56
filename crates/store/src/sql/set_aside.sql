INSERT OR REPLACE INTO untransferable (mutation_id, id, code, envelope, body, sealed, by, at, aside_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
