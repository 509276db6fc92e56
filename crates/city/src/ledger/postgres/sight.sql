UPDATE device
   SET seen_at = $2, seen_seq = $3, forgotten_seq = $4, waiting = $5,
       oldest_waiting_at = $6, app_version = $7, wiped_at = coalesce(wiped_at, $8::bigint)
 WHERE id = $1
