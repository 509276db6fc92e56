SELECT b.id FROM base b WHERE NOT EXISTS (SELECT 1 FROM shown s WHERE s.id = b.id)
