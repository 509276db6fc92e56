-- A draft of a record that exists: what the record was when it was opened, as the base of a merge, and what the fields
-- of the form show where that is no body yet (a half typed date).
ALTER TABLE draft ADD COLUMN base_envelope TEXT;
ALTER TABLE draft ADD COLUMN base_body     TEXT;
ALTER TABLE draft ADD COLUMN base_sealed   TEXT;
ALTER TABLE draft ADD COLUMN form          TEXT;
