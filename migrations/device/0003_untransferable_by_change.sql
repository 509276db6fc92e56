-- A record may leave a person's scope more than once, and each time something typed on it may be set aside: an entry of
-- "Nicht übertragbar" is one change, no longer one record. Its 30 days count from `aside_at`, when it was set aside,
-- because a change may have waited for weeks before. For entries that are there already that is not known: they get
-- the whole span from now on.
CREATE TABLE untransferable_by_change (
    mutation_id BLOB    PRIMARY KEY,
    id          BLOB    NOT NULL,
    code        TEXT    NOT NULL,
    envelope    TEXT    NOT NULL,
    body        TEXT,
    sealed      TEXT,
    by          BLOB    NOT NULL,
    at          INTEGER NOT NULL,
    aside_at    INTEGER NOT NULL                        -- UTC milliseconds
) STRICT;
INSERT INTO untransferable_by_change (mutation_id, id, code, envelope, body, sealed, by, at, aside_at)
SELECT mutation_id, id, code, envelope, body, sealed, by, at, CAST(unixepoch('subsec') * 1000 AS INTEGER)
FROM untransferable;
DROP TABLE untransferable;
ALTER TABLE untransferable_by_change RENAME TO untransferable;
