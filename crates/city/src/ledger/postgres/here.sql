SELECT scope_key.name, placement.seq, placement.since, NULL::bigint
  FROM scope_key
  JOIN placement ON placement.k = scope_key.k
 WHERE scope_key.name = ANY($1) AND placement.seq = $2 AND placement.n = $3
