SELECT CASE
         WHEN EXISTS (SELECT FROM placement WHERE NOT EXISTS (SELECT FROM record WHERE record.n = placement.n))
         THEN 'a place in the feed names no record'
         WHEN EXISTS (SELECT FROM record
                       WHERE NOT EXISTS (SELECT FROM placement
                                          WHERE placement.n = record.n AND placement.left_class IS NULL))
         THEN 'a record stands nowhere in the feed'
         WHEN EXISTS (SELECT FROM record WHERE NOT EXISTS (SELECT FROM class WHERE class.c = record.class))
         THEN 'a record is of no class'
         ELSE 'ok'
       END
