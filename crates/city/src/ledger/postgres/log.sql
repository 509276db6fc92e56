INSERT INTO mutation (person, id, hash, record, version, changed_at)
SELECT $1, id, hash, record, version, changed_at
  FROM unnest($2::uuid[], $3::bytea[], $4::uuid[], $5::bigint[], $6::bigint[])
    AS logged (id, hash, record, version, changed_at)
    ON CONFLICT (person, id) DO UPDATE
   SET hash = excluded.hash, record = excluded.record, version = excluded.version, changed_at = excluded.changed_at
