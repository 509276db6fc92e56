SELECT n, seq, line, trashed_at,
       envelope, body, sealed, changed_at, changed_by
  FROM record
 ORDER BY n
