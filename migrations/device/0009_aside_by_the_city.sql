-- The 30 days of what cannot be transferred are counted by the city's clock: until the city has said what time it is, an
-- entry carries the device's, and no day of it has counted.

ALTER TABLE untransferable ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
