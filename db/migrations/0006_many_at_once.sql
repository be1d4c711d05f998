-- locks: long
-- Many writing at once: a plan made while a queue was empty serves it when it is full, those who
-- open tickets do not queue up behind one counter, and what every post and delivery writes is
-- checked without parsing the rule each time.

-- Plans are generic and kept (0001): made while a table was empty, a walk through it looked cheapest,
-- and still was the plan when the table had grown.
ALTER ROLE balcao_api SET enable_seqscan = off;
ALTER ROLE balcao_worker SET enable_seqscan = off;

SET ROLE balcao_owner;

-- A CHECK is read from its stored form and planned by each statement that writes the table. Words
-- with a fixed meaning are domains, as in the ticket; its rules over several columns are one
-- function, whose call is all that is left to read: a tenth of what a post cost the database.
CREATE DOMAIN event_audience AS text CHECK (VALUE IN ('members', 'visitor'));
CREATE DOMAIN audit_actor AS text CHECK (VALUE IN ('system', 'user', 'token', 'job', 'provider', 'visitor'));
CREATE DOMAIN inbound_verdict AS text CHECK (VALUE IN ('valid', 'invalid', 'missing'));
CREATE DOMAIN inbound_state AS text CHECK (VALUE IN ('pending', 'done', 'rejected', 'unreadable'));

ALTER TABLE account_event DROP CONSTRAINT account_event_audience_check,
    ALTER COLUMN audience TYPE event_audience;
ALTER TABLE audit_events DROP CONSTRAINT audit_events_actor_kind_check,
    ALTER COLUMN actor_kind TYPE audit_actor;
ALTER TABLE inbound_events DROP CONSTRAINT inbound_events_verdict_check,
    DROP CONSTRAINT inbound_events_state_check,
    ALTER COLUMN verdict TYPE inbound_verdict,
    ALTER COLUMN state TYPE inbound_state;

-- PL/pgSQL, because a function in SQL would be unfolded into each statement's plan again.
CREATE FUNCTION ticket_agrees(state text, controller text, closed_at timestamptz, assignee_id bigint)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (state = 'closed') = (closed_at IS NOT NULL)
       AND (state <> 'serving' OR assignee_id IS NOT NULL)
       AND (state, controller) IN (('bot', 'bot'), ('waiting', 'queue'), ('serving', 'user'),
                                   ('surveying', 'bot'), ('surveying', 'none'), ('closed', 'none'));
END $$;
GRANT EXECUTE ON FUNCTION ticket_agrees(text, text, timestamptz, bigint) TO balcao_api, balcao_worker, balcao_gate;
ALTER TABLE tickets DROP CONSTRAINT closed_has_closed_at, DROP CONSTRAINT serving_has_assignee,
    DROP CONSTRAINT controller_fits_state,
    ADD CONSTRAINT ticket_agrees CHECK (ticket_agrees(state, controller, closed_at, assignee_id));

-- One index serves everything that is asked of a job (base/jobs.sql says why it matters), and one
-- less is written for each.
DROP INDEX jobs_of_lane;
ALTER TABLE jobs DROP CONSTRAINT jobs_pkey, ADD PRIMARY KEY (queue, lane, id);

-- The predicate is always true and nothing but a claim says it, so a lane is never looked for here
-- by the queue alone, which costs the same as its key while there is one lane.
DROP INDEX lanes_due;
CREATE INDEX lanes_due ON lanes (queue, run_at) WHERE run_at > '-infinity';

-- Several counters for each account and day, each giving out every 64th number: whoever opens a
-- ticket takes the smallest number whose counter nobody holds, so nobody waits for another's commit.
ALTER TABLE protocol_counters RENAME TO single_counters;
CREATE TABLE protocol_counters (
    account_id  bigint NOT NULL REFERENCES accounts,
    counted_on  date NOT NULL,
    place       int NOT NULL,
    next        int NOT NULL,
    PRIMARY KEY (account_id, counted_on, place)
) WITH (fillfactor = 50);
CALL protect('protocol_counters');
INSERT INTO protocol_counters (account_id, counted_on, place, next)
SELECT account_id, counted_on, place, n + place
  FROM single_counters CROSS JOIN generate_series(1, 64) place WHERE counted_on >= current_date - 1;
DROP TABLE single_counters;
RESET ROLE;
