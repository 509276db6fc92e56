INSERT OR REPLACE INTO mutation (person, id, hash, record, version, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
