SELECT pg_current_xact_id()::text::bigint + fact.value::bigint
  FROM fact
 WHERE fact.name = 'xid_base'
