INSERT INTO erasure_record (erasure, record, version)
SELECT $1, record, version
  FROM unnest($2::uuid[], $3::bigint[]) AS erased (record, version)
    ON CONFLICT DO NOTHING
