-- The city's ledger. The city orders changes and never merges; it decides from the envelope alone.
--
-- record      one row a record, for ever: deleted and erased rows stay without body, so that a later push finds them.
-- placement   who may see a record, as rows (scope key, seq): the feed of a person is the merge of their keys in the
--             order of seq. A change moves the rows of its record to its own seq, so each record stands once a key.
--             A key that a record left keeps a row with `left_class`: whoever held the record under that key between
--             `since` and `seq` is told that it left, and nobody else learns its id.
-- class       every kind and placement that occurs, with count and digest of its live and trashed records. The slices
--             of /v1/verify are sums of classes.
-- scope       what a person could see, from when to when, in time and in seq. The row without end is today's.
-- mutation    which change of whom was accepted as which version. No bodies.
--
-- Ids are 16 bytes, hashes 32, instants milliseconds. seq and epoch stand in fact.

CREATE TABLE fact (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    n          INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE,
    seq        INTEGER NOT NULL,
    class      INTEGER NOT NULL REFERENCES class (c),
    line       BLOB,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    trashed_at INTEGER,
    envelope   TEXT NOT NULL,
    body       TEXT,
    sealed     TEXT
) STRICT;

CREATE INDEX record_trashed ON record (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX record_class ON record (class);

CREATE TABLE class (
    c         INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    placement TEXT NOT NULL,
    organisation BLOB,
    count     INTEGER NOT NULL DEFAULT 0,
    sum       BLOB NOT NULL,
    seq       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, placement)
) STRICT;

CREATE INDEX class_organisation ON class (organisation);

CREATE TABLE scope_key (
    k    INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE placement (
    k          INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    left_class INTEGER,
    PRIMARY KEY (k, seq, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX placement_left ON placement (n) WHERE left_class IS NOT NULL;

CREATE TABLE mutation (
    person     BLOB NOT NULL,
    id         BLOB NOT NULL,
    hash       BLOB NOT NULL,
    record     BLOB NOT NULL,
    version    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
    id     BLOB PRIMARY KEY,
    name   TEXT NOT NULL,
    id_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id            BLOB PRIMARY KEY,
    name          TEXT NOT NULL,
    leaving_since INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE scope (
    person   BLOB NOT NULL,
    version  INTEGER NOT NULL,
    from_at  INTEGER NOT NULL,
    to_at    INTEGER,
    from_seq INTEGER NOT NULL,
    to_seq   INTEGER,
    rights   TEXT NOT NULL,
    PRIMARY KEY (person, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
    code_hash   BLOB PRIMARY KEY,
    person      BLOB NOT NULL,
    valid_until INTEGER NOT NULL,
    device      BLOB,
    token_hash  BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id                BLOB PRIMARY KEY,
    person            BLOB NOT NULL,
    token_hash        BLOB NOT NULL UNIQUE,
    code              TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    app_version       TEXT NOT NULL,
    enrolled_at       INTEGER NOT NULL,
    enrolled_seq      INTEGER NOT NULL,
    revoked_at        INTEGER,
    wiped_at          INTEGER,
    seen_at           INTEGER,
    seen_seq          INTEGER NOT NULL DEFAULT 0,
    forgotten_seq     INTEGER NOT NULL DEFAULT 0,
    waiting           INTEGER NOT NULL DEFAULT 0,
    oldest_waiting_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX device_person ON device (person);

CREATE TABLE erasure (
    id           BLOB PRIMARY KEY,
    at           INTEGER NOT NULL,
    organisation BLOB,
    seq          INTEGER NOT NULL,
    ground       TEXT NOT NULL,
    case_no      TEXT NOT NULL,
    fields       TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure_record (
    erasure BLOB NOT NULL,
    record  BLOB NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (erasure, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    n       INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    person  BLOB,
    action  TEXT NOT NULL,
    subject TEXT,
    detail  TEXT
) STRICT;

CREATE INDEX audit_at ON audit (at);
