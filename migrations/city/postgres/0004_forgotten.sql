-- As in ../sqlite/0004_forgotten.sql.

CREATE TABLE barred_field (
    id    uuid NOT NULL,
    field text NOT NULL,
    PRIMARY KEY (id, field)
);

CREATE TABLE brought (
    record uuid NOT NULL,
    person uuid NOT NULL,
    taken  boolean NOT NULL,
    PRIMARY KEY (record, person)
);
