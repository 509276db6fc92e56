INSERT INTO tally (c, seq, count, s0, s1, s2, s3, s4, s5, s6, s7)
SELECT c, $1::bigint, count, s0, s1, s2, s3, s4, s5, s6, s7
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
    AS added (c, count, s0, s1, s2, s3, s4, s5, s6, s7)
