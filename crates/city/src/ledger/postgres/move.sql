UPDATE placement
   SET seq = moved.seq, left_class = moved.left_class
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
    AS moved (k, was, seq, n, left_class)
 WHERE placement.k = moved.k AND placement.seq = moved.was AND placement.n = moved.n
