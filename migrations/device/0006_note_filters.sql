-- What lists of conversations filter by besides district and topic: a follow-up that is still open, and one's own records.
-- Both are read off an index in the order of positions, so that a list and its count never read a body.
ALTER TABLE record ADD COLUMN follow_up TEXT GENERATED ALWAYS AS (CASE WHEN kind = 'note' AND body ->> '$.follow_up.done_on' IS NULL THEN body ->> '$.follow_up.on' END) VIRTUAL;
ALTER TABLE record ADD COLUMN owner TEXT GENERATED ALWAYS AS (envelope ->> '$.owner') VIRTUAL;
CREATE INDEX record_by_follow_up ON record (kind, position, state) WHERE follow_up IS NOT NULL;
CREATE INDEX record_by_owner     ON record (owner, kind, position, state);
