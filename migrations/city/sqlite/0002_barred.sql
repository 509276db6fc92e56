-- Ids of records that were erased after the backup was made from which this database came back, and that the backup did not
-- know: whoever still holds one is answered `gone`.

CREATE TABLE barred (
    id BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
