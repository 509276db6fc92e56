INSERT INTO placement (k, seq, n, since)
SELECT k, seq, n, seq
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS entered (k, seq, n)
