SELECT at, person, action, subject, detail
  FROM audit
 WHERE $1::bigint IS NULL OR at >= $1
 ORDER BY n
