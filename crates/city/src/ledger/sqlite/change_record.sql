UPDATE record
   SET seq = ?2, class = ?3, line = ?4, changed_at = ?5, changed_by = ?6,
       trashed_at = ?7, envelope = ?8, body = ?9, sealed = ?10
 WHERE id = ?1
