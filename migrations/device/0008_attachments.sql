-- Photos and files. The ciphertext lies in a folder of its own beside this file, under its hash; its key stands in the record
-- that names it and nowhere else. Here stands what the device has of it and what is still to be done.
CREATE TABLE attachment (
    hash       TEXT    PRIMARY KEY CHECK (length(hash) = 64),   -- SHA-256 of the ciphertext, hex
    record     BLOB,                                            -- NULL while only a draft names it
    held       INTEGER NOT NULL,                                -- 1: all of it lies in the folder
    to_send    INTEGER NOT NULL,                                -- 1: the city may lack it
    total      INTEGER,                                         -- bytes of the ciphertext, once known
    asked_at   INTEGER,                                         -- somebody wanted to see it and it was not here
    absent_at  INTEGER,                                         -- when the city last said that it does not have it yet
    unnamed_at INTEGER,                                         -- when a round first found that nothing names it
    named      INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_by_record ON attachment (record) WHERE record IS NOT NULL;

-- Ciphertext that is to leave the folder: written with what forgets it, so that a crash leaves nothing behind.
CREATE TABLE attachment_gone (
    hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The records that have any, newest first: what is fetched in the background. An envelope writes an empty set so.
CREATE INDEX record_with_blobs ON record (position) WHERE instr(envelope, '"blobs":[]') = 0;
