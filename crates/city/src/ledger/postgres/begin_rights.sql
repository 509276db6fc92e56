INSERT INTO scope (person, version, from_at, from_seq, rights)
SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4
  FROM scope
 WHERE person = $1
