DELETE FROM blob_piece
 WHERE rowid IN (SELECT blob_piece.rowid
                   FROM blob
                   JOIN blob_piece ON blob_piece.b = blob.b
                  WHERE blob.n IS NULL
                  LIMIT ?1)
