-- Attachments: ciphertext whose key stands in the record that names it.
--
-- blob        one row for a record and a hash that its envelope names, once a first piece came; `n` is the record's row, and
--             NULL once nobody is to find it any more: its pieces are destroyed a few at a time. `held` bytes are here from
--             the first one on; the last piece is added only when the hash is right, so held = total is a whole attachment.
--             `waits_since` is when the last piece came, NULL for a whole one.
-- blob_piece  the bytes in the pieces in which they came, `at` the place of the first.

CREATE TABLE blob (
    b           INTEGER PRIMARY KEY AUTOINCREMENT,
    n           INTEGER REFERENCES record (n),
    hash        BLOB NOT NULL,
    total       INTEGER NOT NULL,
    held        INTEGER NOT NULL DEFAULT 0,
    waits_since INTEGER,
    UNIQUE (n, hash)
) STRICT;

CREATE INDEX blob_waits ON blob (waits_since) WHERE waits_since IS NOT NULL;

CREATE TABLE blob_piece (
    b     INTEGER NOT NULL,
    at    INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (b, at)
) STRICT;
