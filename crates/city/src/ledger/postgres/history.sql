SELECT version, to_at, from_seq, to_seq, rights
  FROM scope
 WHERE person = $1
 ORDER BY version
