INSERT INTO class (mark, kind, placement, organisation)
SELECT *
  FROM unnest($1::bytea[], $2::text[], $3::text[], $4::uuid[])
RETURNING mark, c
