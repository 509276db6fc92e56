SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + fact.value::bigint
  FROM fact
 WHERE fact.name = 'xid_base'
