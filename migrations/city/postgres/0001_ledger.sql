-- The city's ledger on PostgreSQL: the tables of ../sqlite/0001_ledger.sql, where their meaning is told. What differs
-- follows from several instances writing at once.
--
-- Places     A place in the feed is (transaction, turn in it) as one number: (xid8 + fact 'xid_base') * 2^20 + n. Nobody
--            draws from a sequence, so no place can become visible after a reader went past it: the feed is whole
--            below the oldest transaction that is still open, pg_snapshot_xmin(pg_current_snapshot()).
-- turn       Never holds a row. Who writes locks it first: alone (SHARE ROW EXCLUSIVE) or beside others (ROW EXCLUSIVE).
-- tally      What transactions added to a class, one row each, so that two who write under one class never wait for
--            each other; gathered into one row now and then. s0..s7 are the digest's sum in digits of 32 bits, most
--            significant first, each added up for itself.
-- stride     The last place of each transaction that took one; the greatest is how far the database has come.
-- class.mark SHA-256 of kind and placement: a placement of many districts is longer than an index takes.
--
-- Ids are uuid, hashes bytea, instants milliseconds.

CREATE TABLE fact (
    name  text PRIMARY KEY,
    value text NOT NULL
);

INSERT INTO fact VALUES ('xid_base', '0');

CREATE TABLE turn ();

CREATE TABLE record (
    n          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         uuid NOT NULL UNIQUE,
    seq        bigint NOT NULL,
    class      bigint NOT NULL,
    line       bytea,
    changed_at bigint NOT NULL,
    changed_by uuid NOT NULL,
    trashed_at bigint,
    envelope   text NOT NULL,
    body       text,
    sealed     text
);

CREATE INDEX record_trashed ON record (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX record_class ON record (class);

CREATE TABLE class (
    c            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mark         bytea NOT NULL UNIQUE,
    kind         text NOT NULL,
    placement    text NOT NULL,
    organisation uuid
);

CREATE INDEX class_organisation ON class (organisation);

CREATE TABLE tally (
    c     bigint NOT NULL,
    seq   bigint NOT NULL,
    count bigint NOT NULL,
    s0    bigint NOT NULL,
    s1    bigint NOT NULL,
    s2    bigint NOT NULL,
    s3    bigint NOT NULL,
    s4    bigint NOT NULL,
    s5    bigint NOT NULL,
    s6    bigint NOT NULL,
    s7    bigint NOT NULL
);

CREATE INDEX tally_class ON tally (c);

CREATE TABLE stride (
    seq bigint PRIMARY KEY
);

CREATE TABLE scope_key (
    k    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE placement (
    k          bigint NOT NULL,
    seq        bigint NOT NULL,
    n          bigint NOT NULL,
    since      bigint NOT NULL,
    left_class bigint,
    PRIMARY KEY (k, seq, n)
);

CREATE INDEX placement_left ON placement (n) WHERE left_class IS NOT NULL;

CREATE TABLE mutation (
    person     uuid NOT NULL,
    id         uuid NOT NULL,
    hash       bytea NOT NULL,
    record     uuid NOT NULL,
    version    bigint NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (person, id)
);

CREATE TABLE organisation (
    id     uuid PRIMARY KEY,
    name   text NOT NULL,
    id_key bytea NOT NULL
);

CREATE TABLE person (
    id            uuid PRIMARY KEY,
    name          text NOT NULL,
    leaving_since bigint
);

CREATE TABLE scope (
    person   uuid NOT NULL,
    version  bigint NOT NULL,
    from_at  bigint NOT NULL,
    to_at    bigint,
    from_seq bigint NOT NULL,
    to_seq   bigint,
    rights   text NOT NULL,
    PRIMARY KEY (person, version)
);

CREATE TABLE invitation (
    code_hash   bytea PRIMARY KEY,
    person      uuid NOT NULL,
    valid_until bigint NOT NULL,
    device      uuid,
    token_hash  bytea
);

CREATE TABLE device (
    id                uuid PRIMARY KEY,
    person            uuid NOT NULL,
    token_hash        bytea NOT NULL UNIQUE,
    code              text NOT NULL UNIQUE,
    name              text NOT NULL,
    app_version       text NOT NULL,
    enrolled_at       bigint NOT NULL,
    enrolled_seq      bigint NOT NULL,
    revoked_at        bigint,
    wiped_at          bigint,
    seen_at           bigint,
    seen_seq          bigint NOT NULL DEFAULT 0,
    forgotten_seq     bigint NOT NULL DEFAULT 0,
    waiting           bigint NOT NULL DEFAULT 0,
    oldest_waiting_at bigint
);

CREATE INDEX device_person ON device (person);

CREATE TABLE erasure (
    id           uuid PRIMARY KEY,
    at           bigint NOT NULL,
    organisation uuid,
    seq          bigint NOT NULL,
    ground       text NOT NULL,
    case_no      text NOT NULL,
    fields       text
);

CREATE TABLE erasure_record (
    erasure uuid NOT NULL,
    record  uuid NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (erasure, record)
);

CREATE TABLE audit (
    n       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      bigint NOT NULL,
    person  uuid,
    action  text NOT NULL,
    subject text,
    detail  text
);

CREATE INDEX audit_at ON audit (at);
