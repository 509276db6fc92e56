SELECT step.seq, step.n, step.since, step.left_class, asked.at
  FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, at)
  JOIN scope_key ON scope_key.name = asked.name
 CROSS JOIN LATERAL (
       SELECT seq, n, since, left_class
         FROM placement
        WHERE placement.k = scope_key.k AND placement.seq > $2 AND placement.seq <= $3
        ORDER BY placement.seq
        LIMIT $4
       ) AS step
 ORDER BY step.seq
 FETCH FIRST $4 ROWS WITH TIES
