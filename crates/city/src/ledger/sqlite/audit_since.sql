SELECT at, person, action, subject, detail
  FROM audit
 WHERE ?1 IS NULL OR at >= ?1
 ORDER BY n
