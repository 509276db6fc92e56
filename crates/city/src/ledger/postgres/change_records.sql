UPDATE record
   SET seq = new.seq, class = new.class, line = new.line, changed_at = new.changed_at, changed_by = new.changed_by,
       trashed_at = new.trashed_at, envelope = new.envelope, body = new.body, sealed = new.sealed
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bigint[], $6::uuid[], $7::bigint[],
              $8::text[], $9::text[], $10::text[])
    AS new (id, seq, class, line, changed_at, changed_by, trashed_at, envelope, body, sealed)
 WHERE record.id = new.id
RETURNING record.id, record.n
