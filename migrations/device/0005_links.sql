-- Which live records name another: a request shows the conversation it came from, a contact everything that names it.
-- Derived like the other side tables; one row for each record that is named.
CREATE TABLE record_link (
    target   BLOB    NOT NULL CHECK (length(target) = 16),
    position INTEGER NOT NULL,
    PRIMARY KEY (target, position)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO record_link (target, position)
SELECT unhex(replace(named.value, '-', '')), named.position
FROM (
    SELECT e.value AS value, r.position AS position
    FROM record r, json_each(r.body, '$.links') e
    WHERE r.state = 'live' AND r.body IS NOT NULL AND e.type = 'text'
    UNION ALL
    SELECT body ->> '$.contact', position FROM record WHERE state = 'live' AND kind = 'request'
    UNION ALL
    SELECT body ->> '$.duplicate_of', position FROM record WHERE state = 'live' AND kind = 'request'
) named
WHERE length(unhex(replace(named.value, '-', ''))) = 16;
