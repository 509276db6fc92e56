INSERT INTO scope_key (name)
SELECT *
  FROM unnest($1::text[])
RETURNING name, k
