DELETE FROM blob_piece
 WHERE (b, at) IN (SELECT blob_piece.b, blob_piece.at
                     FROM blob
                     JOIN blob_piece ON blob_piece.b = blob.b
                    WHERE blob.n IS NULL
                    LIMIT $1)
