SELECT seq, n, since, left_class
  FROM placement
 WHERE k = ?1 AND seq > ?2 AND seq <= ?3
 ORDER BY seq
 LIMIT ?4
