  WITH taken AS (DELETE FROM tally RETURNING *)
INSERT INTO tally
SELECT c, max(seq), sum(count)::bigint, sum(s0)::bigint, sum(s1)::bigint, sum(s2)::bigint, sum(s3)::bigint,
       sum(s4)::bigint, sum(s5)::bigint, sum(s6)::bigint, sum(s7)::bigint
  FROM taken
 GROUP BY c
