SELECT a.hash, a.record FROM attachment a
WHERE a.to_send = 1 AND a.held = 1 AND a.named = 1 AND a.record IS NOT NULL
  AND (EXISTS (SELECT 1 FROM base b WHERE b.id = a.record AND instr(b.envelope, a.hash))
       OR EXISTS (SELECT 1 FROM record r WHERE r.id = a.record AND r.version > 0 AND instr(r.envelope, a.hash)
                  AND NOT EXISTS (SELECT 1 FROM base b WHERE b.id = r.id)
                  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = r.id)
                  AND NOT EXISTS (SELECT 1 FROM in_flight f WHERE f.id = r.id)))
ORDER BY a.total
