-- As in ../sqlite/0002_barred.sql.

CREATE TABLE barred (
    id uuid PRIMARY KEY
);
