SELECT id FROM untransferable
UNION
SELECT id FROM outbox WHERE refused IS NOT NULL
UNION
SELECT record FROM draft d
WHERE record IS NOT NULL AND NOT EXISTS (SELECT 1 FROM record r WHERE r.id = d.record)
