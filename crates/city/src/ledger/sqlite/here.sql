SELECT placement.since
  FROM scope_key
  JOIN placement ON placement.k = scope_key.k
 WHERE scope_key.name = ?1 AND placement.seq = ?2 AND placement.n = ?3
