-- What a database that came back from a backup has to know of records that the backup did not hold, and who knows of a record
-- that was never in their sight.

-- Fields that were forgotten after the backup was made: whoever gives such a record back gives it without them.
CREATE TABLE barred_field (
    id    BLOB NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (id, field)
) STRICT, WITHOUT ROWID;

-- Who brought a record and does not see it: it was taken under rights that had ended by then, or refused. Either way they hold
-- words of it.
CREATE TABLE brought (
    record BLOB NOT NULL,
    person BLOB NOT NULL,
    taken  INTEGER NOT NULL,
    PRIMARY KEY (record, person)
) STRICT, WITHOUT ROWID;
