SELECT r.envelope, NULL, NULL,
       EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.id) OR EXISTS (SELECT 1 FROM in_flight f WHERE f.id = r.id)
FROM record r
