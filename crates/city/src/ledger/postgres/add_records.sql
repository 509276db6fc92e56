INSERT INTO record (id, seq, class, line, changed_at, changed_by, trashed_at, envelope, body, sealed)
SELECT *
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bigint[], $6::uuid[], $7::bigint[],
              $8::text[], $9::text[], $10::text[])
RETURNING id, n
