UPDATE fact
   SET value = greatest(value::bigint, $1::bigint - pg_current_xact_id()::text::bigint)::text
 WHERE name = 'xid_base'
