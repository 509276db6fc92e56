SELECT id, person, token_hash, code, name, app_version, enrolled_at, enrolled_seq,
       revoked_at, wiped_at, seen_at, seen_seq, forgotten_seq, waiting, oldest_waiting_at
  FROM device
