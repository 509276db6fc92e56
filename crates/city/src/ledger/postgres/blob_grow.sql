UPDATE blob
   SET held = $3, waits_since = $4
 WHERE b = $1 AND held = $2 AND n IS NOT NULL
