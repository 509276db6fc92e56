-- The change in which what waits was typed, where a merge has given it a new id since: a variant keeps the first one,
-- however often it is merged. NULL: the row's own mutation_id.
ALTER TABLE outbox    ADD COLUMN typed_id BLOB;
ALTER TABLE in_flight ADD COLUMN typed_id BLOB;
