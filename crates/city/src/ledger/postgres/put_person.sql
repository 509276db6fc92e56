INSERT INTO person (id, name, leaving_since)
VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET name = $2, leaving_since = $3
