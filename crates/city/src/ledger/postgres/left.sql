SELECT scope_key.name, placement.seq, placement.since, placement.left_class
  FROM placement
  JOIN scope_key ON scope_key.k = placement.k
 WHERE placement.n = $1 AND placement.left_class IS NOT NULL
