SELECT blob.b, blob.total, blob.held, record.id, blob.hash
  FROM blob
  JOIN record ON record.n = blob.n
 WHERE blob.held = blob.total
 ORDER BY blob.b
