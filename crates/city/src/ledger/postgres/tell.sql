SELECT pg_notify('city', coalesce(pg_current_xact_id_if_assigned()::text, '0') || ' ' || $1::bigint || $2::text)
