-- As in ../sqlite/0003_blobs.sql.

CREATE TABLE blob (
    b           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    n           bigint,
    hash        bytea NOT NULL,
    total       bigint NOT NULL,
    held        bigint NOT NULL DEFAULT 0,
    waits_since bigint,
    UNIQUE (n, hash)
);

CREATE INDEX blob_waits ON blob (waits_since) WHERE waits_since IS NOT NULL;

CREATE TABLE blob_piece (
    b     bigint NOT NULL,
    at    bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (b, at)
);

-- Ciphertext does not shrink.
ALTER TABLE blob_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
