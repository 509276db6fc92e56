-- How many live records of a kind stand on each local day, so that the outline of a list costs its days and not its records.
-- Derived like the other side tables. `day` is the day of the positions (`position >> 20`); 0 holds what has no date.
CREATE TABLE record_day (
    kind  TEXT    NOT NULL,
    day   INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (kind, day)
) STRICT, WITHOUT ROWID;

INSERT INTO record_day (kind, day, count)
SELECT kind, position >> 20, count(*) FROM record WHERE state = 'live' GROUP BY 1, 2;
