-- locks: brief
-- Who holds a lane, so that whoever comes in its place knows which to take up at once, instead of when their leases end.
SET ROLE balcao_owner;
ALTER TABLE lanes ADD COLUMN holder bigint NOT NULL DEFAULT 0;
RESET ROLE;
