-- locks: brief
-- Who speaks for us, counted: what a bot was about to say before somebody took over is not said after they gave it back.
SET ROLE balcao_owner;

ALTER TABLE tickets
    ADD COLUMN controller_epoch bigint NOT NULL DEFAULT 0; -- +1 whenever the controller becomes another

-- Whether a department's flow has spoken in a ticket already: it begins once.
CREATE INDEX flow_runs_of_departments ON flow_runs (account_id, ticket_id, flow_id) WHERE cause = 'department';
-- What is counted again at night.
CREATE INDEX flow_counters_by_day ON flow_counters (began_on, account_id);
CREATE INDEX flow_runs_by_begin ON flow_runs (account_id, started_at);
RESET ROLE;
