SELECT class.kind, class.placement, coalesce(sum(tally.count), 0)::bigint, coalesce(max(tally.seq), 0),
       coalesce(sum(s0), 0)::bigint, coalesce(sum(s1), 0)::bigint, coalesce(sum(s2), 0)::bigint,
       coalesce(sum(s3), 0)::bigint, coalesce(sum(s4), 0)::bigint, coalesce(sum(s5), 0)::bigint,
       coalesce(sum(s6), 0)::bigint, coalesce(sum(s7), 0)::bigint
  FROM class
  LEFT JOIN tally ON tally.c = class.c
