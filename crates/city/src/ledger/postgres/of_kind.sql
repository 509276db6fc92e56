SELECT record.envelope, record.body, record.sealed, record.changed_at, record.changed_by
  FROM class
  JOIN record ON record.class = class.c
 WHERE class.kind = $1
 ORDER BY record.n
