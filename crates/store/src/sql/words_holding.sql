SELECT v.word
FROM part p
JOIN vocabulary v ON v.id = p.rowid
WHERE p.part MATCH ?1 AND instr(v.word, ?2) > 0
LIMIT ?3
