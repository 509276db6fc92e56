INSERT OR REPLACE INTO untransferable (id, mutation_id, code, envelope, body, sealed, by, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
