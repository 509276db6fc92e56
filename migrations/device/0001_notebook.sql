-- The notebook on a device: one encrypted file, one table of records, and beside it what the device must remember.
--
-- A record of any kind is one row of `record`: what a person sees and edits on this device. Its envelope, body and
-- sealed part rest byte for byte as they were received or typed; the plain columns repeat what lists filter by.
-- Nobody edits the plain columns, the side tables or the index by hand: the store derives them from the record in
-- the transaction that writes it, so that they can always be derived anew.
--
-- `position` orders time: the local day (20 bits to the left), the second of that day times 8, and a place within that
-- second. It is the row id of the record and of its entry in the index. "Newest first" is therefore the index's own
-- order, walked backwards, and nothing is ever sorted; a span of days is a span of positions. A record whose time is
-- corrected moves to another position. What has no date (the catalogue) stands before the first day.
--
-- What the city last confirmed and what a person typed since are kept apart:
--   record     what the window shows: the confirmed state, or the edit on top of it
--   base       what the city last confirmed, kept from the first edit until that edit is confirmed
--   outbox     an edit waits for transfer (`refused`: it was refused and waits visibly)
--   in_flight  the frozen copy of an edit that was sent; repeated word for word until its outcome is known
--   draft      text that is being typed; it never leaves the device and is no edit yet
-- A record without base, outbox and in-flight row is what the city confirmed. A version of 0 was never confirmed.
--
-- Forgetting takes a record or a field out of every one of these tables, out of the index and out of the vocabulary.
-- `secure_delete` overwrites the freed pages, the index's own `secure-delete` cuts entries out of its blocks, and the
-- store truncates the WAL afterwards.

CREATE TABLE record (
    position   INTEGER PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    kind       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    envelope   TEXT    NOT NULL,                        -- JSON, members in their fixed order
    body       TEXT,                                    -- JSON text exactly as received; NULL when deleted or erased
    sealed     TEXT,                                    -- base64url, opaque
    changed_at INTEGER NOT NULL,                        -- UTC milliseconds: the city's time, or the device's for an edit
    changed_by BLOB    NOT NULL,
    variants   INTEGER NOT NULL,                        -- how many fields stand in two versions
    status     TEXT GENERATED ALWAYS AS (CASE WHEN kind IN ('request','referral','meeting','task') THEN body ->> '$.status' END) VIRTUAL,
    due_on     TEXT GENERATED ALWAYS AS (CASE WHEN kind IN ('request','task') THEN body ->> '$.due_on' END) VIRTUAL
) STRICT;
CREATE INDEX record_by_kind   ON record (kind, position, state);
CREATE INDEX record_by_status ON record (kind, status, position) WHERE status IS NOT NULL;
CREATE INDEX record_in_two_versions ON record (position) WHERE variants > 0;
CREATE INDEX record_by_due    ON record (kind, due_on) WHERE due_on IS NOT NULL;

-- Side tables: one row for each district, each topic and each cell of the people matrix. They hold live records only.
CREATE TABLE record_district (
    kind TEXT NOT NULL, district BLOB NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (kind, district, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE record_topic (
    kind TEXT NOT NULL, topic TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (kind, topic, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE record_count (
    position INTEGER NOT NULL, age_band TEXT NOT NULL, gender TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (position, age_band, gender)
) STRICT, WITHOUT ROWID;

-- The index of words. Tokens are made by the store (text.rs): `=word` for a whole word, three letters for a part of a
-- word (`<wo` begins one), `^kind` for the kind. They arrive folded and apart by blanks, so the plain tokenizer is enough. `content=''`
-- keeps no second copy of the text, entries leave by an explicit 'delete' (`contentless_delete` would leave them in
-- the file), and no positions are kept, because a hit is verified on the text itself.
CREATE VIRTUAL TABLE found USING fts5(
    tokens, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '=^<'"
);
INSERT INTO found(found, rank) VALUES ('automerge', 0), ('crisismerge', 1000), ('secure-delete', 1), ('hashsize', 16777216), ('usermerge', 8);

-- The distinct words of the index, each indexed by its own parts: a search asks first which words hold what was typed.
-- A word leaves with the last record that holds it.
CREATE TABLE vocabulary (
    id   INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE part USING fts5(tokens, content='', columnsize=0, detail=none, tokenize="ascii");
INSERT INTO part(part, rank) VALUES ('automerge', 0), ('crisismerge', 1000), ('secure-delete', 1), ('usermerge', 8);

CREATE TABLE base (
    id         BLOB PRIMARY KEY REFERENCES record (id) DEFERRABLE INITIALLY DEFERRED,
    version    INTEGER NOT NULL,
    envelope   TEXT    NOT NULL,
    body       TEXT,
    sealed     TEXT,
    changed_at INTEGER NOT NULL,
    changed_by BLOB    NOT NULL
) STRICT;

CREATE TABLE outbox (
    place       INTEGER PRIMARY KEY,                    -- the order in which edits began to wait
    id          BLOB    NOT NULL UNIQUE REFERENCES record (id) DEFERRABLE INITIALLY DEFERRED,
    mutation_id BLOB    NOT NULL UNIQUE,
    by          BLOB    NOT NULL,
    at          INTEGER NOT NULL,
    waiting_at  INTEGER NOT NULL,                       -- since when this record has something that the city lacks
    refused     TEXT
) STRICT;

CREATE TABLE in_flight (
    place        INTEGER PRIMARY KEY,
    id           BLOB    NOT NULL UNIQUE REFERENCES record (id) DEFERRABLE INITIALLY DEFERRED,
    mutation_id  BLOB    NOT NULL UNIQUE,
    base_version INTEGER NOT NULL,
    envelope     TEXT    NOT NULL,
    body         TEXT,
    sealed       TEXT,
    by           BLOB    NOT NULL,
    at           INTEGER NOT NULL,
    waiting_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE draft (
    key    TEXT PRIMARY KEY,                            -- the editor's name for it
    record BLOB,                                        -- the record it will change; NULL for a new one
    kind   TEXT    NOT NULL,
    body   TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_by_record ON draft (record) WHERE record IS NOT NULL;

-- "Nicht übertragbar": what a person typed on a record that left their scope. Kept until handed over, at most 30 days.
CREATE TABLE untransferable (
    id          BLOB PRIMARY KEY,
    mutation_id BLOB    NOT NULL,
    code        TEXT    NOT NULL,
    envelope    TEXT    NOT NULL,
    body        TEXT,
    sealed      TEXT,
    by          BLOB    NOT NULL,
    at          INTEGER NOT NULL
) STRICT;

-- What the person is to be told once: a revived record, an erasure. Ids and counts, never words.
CREATE TABLE notice (
    place  INTEGER PRIMARY KEY,
    what   TEXT    NOT NULL,
    record BLOB    NOT NULL,
    kind   TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

-- A full pull in progress: which records it has shown.
CREATE TABLE shown (
    id      BLOB PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Single facts: the cursor, who this device is, the pass in progress, when sync last went well.
CREATE TABLE fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
