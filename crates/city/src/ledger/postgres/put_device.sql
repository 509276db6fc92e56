INSERT INTO device (id, person, token_hash, code, name, app_version, enrolled_at, enrolled_seq, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (id) DO UPDATE SET revoked_at = $9, name = $5, app_version = $6
