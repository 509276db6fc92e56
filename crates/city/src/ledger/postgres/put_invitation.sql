INSERT INTO invitation (code_hash, person, valid_until, device, token_hash)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (code_hash) DO UPDATE SET person = $2, valid_until = $3, device = $4, token_hash = $5
