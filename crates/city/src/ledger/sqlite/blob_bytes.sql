SELECT at, bytes
  FROM blob_piece
 WHERE b = ?1 AND at >= (SELECT max(at) FROM blob_piece WHERE b = ?1 AND at <= ?2) AND at < ?3
 ORDER BY at
