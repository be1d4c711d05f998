-- locks: brief
-- Many conversations of one flow at the same time.
SET ROLE balcao_owner;
-- A figure was one row, which a conversation held until it had committed: all of a flow went one after the other. Each run
-- has one of a few places to count in (as protocols have); who reads adds them up.
ALTER TABLE flow_counters ADD COLUMN place int NOT NULL DEFAULT 0;
ALTER TABLE flow_counters DROP CONSTRAINT flow_counters_pkey,
    ADD PRIMARY KEY (account_id, flow_id, number, card, began_on, what, outlet, place);
RESET ROLE;
