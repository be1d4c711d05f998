-- locks: brief
-- Timers of tickets: automatic transfer, closing of what the customer left, promised times (SLA). Nothing of it is
-- decided where messages are written: a chore follows the account's log of what happened, as the search does, and
-- looks at the tickets of accounts that have rules; what is due is found by the instant at which somebody must look.
SET ROLE balcao_owner;

-- Where a ticket goes that nobody answered. A department's own rule stands in place of the account's, on or off.
CREATE TABLE transfer_rules (
    account_id        bigint NOT NULL REFERENCES accounts,
    id                bigint GENERATED ALWAYS AS IDENTITY,
    department_id     bigint, -- NULL: of every department without its own
    is_on             boolean NOT NULL,
    wait_min          int NOT NULL CHECK (wait_min BETWEEN 1 AND 10080), -- open minutes
    to_department_id  bigint,
    to_member_id      bigint,
    message           text NOT NULL, -- told to the customer
    PRIMARY KEY (account_id, id),
    CONSTRAINT transfer_rule_department_exists FOREIGN KEY (account_id, department_id) REFERENCES departments,
    CONSTRAINT transfer_target_department_exists FOREIGN KEY (account_id, to_department_id) REFERENCES departments,
    CONSTRAINT transfer_target_member_exists FOREIGN KEY (account_id, to_member_id) REFERENCES memberships,
    CONSTRAINT transfer_has_one_target CHECK (num_nonnulls(to_department_id, to_member_id) <= 1
                                              AND (NOT is_on OR num_nonnulls(to_department_id, to_member_id) = 1)),
    CONSTRAINT transfer_says_so CHECK (NOT is_on OR message <> '')
);
CREATE UNIQUE INDEX transfer_rule_of_department ON transfer_rules (account_id, coalesce(department_id, 0));
CALL protect('transfer_rules', 'SELECT, INSERT, DELETE');

-- When a ticket ends whose customer does not come back. Off until somebody wants it: it speaks in the company's name.
CREATE TABLE idle_rules (
    account_id       bigint NOT NULL REFERENCES accounts,
    id               bigint GENERATED ALWAYS AS IDENTITY,
    department_id    bigint,
    is_on            boolean NOT NULL,
    close_after_min  int NOT NULL DEFAULT 4320 CHECK (close_after_min BETWEEN 10 AND 129600), -- by the clock on the wall
    warn_before_min  int NOT NULL CHECK (warn_before_min >= 0), -- 0: closes without a warning
    warn_text        text NOT NULL,
    reason_id        bigint,
    message          text NOT NULL, -- '': what the reason, or else the account, says
    PRIMARY KEY (account_id, id),
    CONSTRAINT idle_rule_department_exists FOREIGN KEY (account_id, department_id) REFERENCES departments,
    CONSTRAINT idle_reason_exists FOREIGN KEY (account_id, reason_id) REFERENCES close_reasons,
    CONSTRAINT idle_warns_before CHECK (warn_before_min < close_after_min),
    CONSTRAINT idle_warning_says_so CHECK (NOT is_on OR warn_before_min = 0 OR warn_text <> '')
);
CREATE UNIQUE INDEX idle_rule_of_department ON idle_rules (account_id, coalesce(department_id, 0));
CALL protect('idle_rules', 'SELECT, INSERT, DELETE');

-- What is promised, the first that fits in order of position. Empty lists fit everything.
CREATE TABLE sla_policies (
    account_id        bigint NOT NULL REFERENCES accounts,
    id                bigint GENERATED ALWAYS AS IDENTITY,
    name              text NOT NULL CHECK (name <> ''),
    position          int NOT NULL,
    is_active         boolean NOT NULL,
    department_ids    bigint[] NOT NULL,
    channel_ids       bigint[] NOT NULL,
    priorities        smallint[] NOT NULL,
    first_answer_min  int CHECK (first_answer_min BETWEEN 1 AND 129600), -- open minutes; NULL: not promised
    next_answer_min   int CHECK (next_answer_min BETWEEN 1 AND 129600),
    resolution_min    int CHECK (resolution_min BETWEEN 1 AND 129600),
    warn_percent      int CHECK (warn_percent BETWEEN 1 AND 99), -- of the time that has passed
    warn_min          int CHECK (warn_min BETWEEN 1 AND 129600), -- before it is over
    valid_from        timestamptz NOT NULL, -- last saved: clocks that began before run on as they were
    PRIMARY KEY (account_id, id),
    CONSTRAINT policy_promises_something CHECK (num_nonnulls(first_answer_min, next_answer_min, resolution_min) > 0),
    CONSTRAINT policy_warns_one_way CHECK (num_nonnulls(warn_percent, warn_min) = 1)
);
CREATE UNIQUE INDEX policy_name_is_taken ON sla_policies (account_id, lower(name));
CALL protect('sla_policies');

-- What was understood of a ticket's thread so far, up to seq; no row: nothing yet.
CREATE TABLE ticket_timers (
    account_id        bigint NOT NULL,
    ticket_id         bigint NOT NULL,
    seen_seq          int NOT NULL,
    unanswered_since  timestamptz, -- the customer's first message that no person has answered
    answered_at       timestamptz, -- the last answer of a person
    awake_from        timestamptz, -- it slept until then: nothing is counted of before
    is_settled        boolean NOT NULL, -- it was closed: opened again, it has no resolution to keep any more
    PRIMARY KEY (account_id, ticket_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CALL protect('ticket_timers', 'SELECT, INSERT, UPDATE');

CREATE TABLE ticket_clocks (
    account_id     bigint NOT NULL,
    ticket_id      bigint NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('first_answer', 'next_answer', 'resolution', 'transfer', 'idle')),
    rule_id        bigint NOT NULL, -- policy or rule, which may be gone by now
    stands_for     timestamptz NOT NULL, -- the instant of the ticket that it was set for
    target_us      bigint NOT NULL CHECK (target_us > 0),
    lead_us        bigint NOT NULL, -- it warns so much before; -1: it does not
    spent_us       bigint NOT NULL, -- open time before the last pause
    running_since  timestamptz, -- NULL: paused
    warn_at        timestamptz,
    due_at         timestamptz,
    warned_at      timestamptz,
    breached_at    timestamptz,
    look_at        timestamptz, -- when somebody must look next; NULL: when the ticket moves
    PRIMARY KEY (account_id, ticket_id, kind),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CREATE INDEX clocks_to_look_at ON ticket_clocks (look_at) WHERE look_at IS NOT NULL;
CALL protect('ticket_clocks');

-- What became of each promise: kept for reports, so it names what it was by then.
CREATE TABLE sla_results (
    account_id     bigint NOT NULL,
    ticket_id      bigint NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('first_answer', 'next_answer', 'resolution')),
    started_at     timestamptz NOT NULL,
    policy_id      bigint NOT NULL,
    policy_name    text NOT NULL,
    department_id  bigint,
    assignee_id    bigint,
    target_s       int NOT NULL,
    due_at         timestamptz NOT NULL, -- as it stood at the end
    breached_at    timestamptz,
    ended_at       timestamptz, -- NULL: breached, and still running
    spent_s        int, -- open time
    outcome        text NOT NULL CHECK (outcome IN ('met', 'breached', 'dropped')), -- dropped: closed unanswered, in time
    PRIMARY KEY (account_id, ticket_id, kind, started_at),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT breached_says_when CHECK ((outcome = 'breached') = (breached_at IS NOT NULL))
);
CREATE INDEX sla_results_of_time ON sla_results (account_id, started_at);
CALL protect('sla_results', 'SELECT, INSERT, UPDATE');

-- What timers did, each at most once for what it stood for.
CREATE TABLE timer_acts (
    account_id     bigint NOT NULL,
    ticket_id      bigint NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('transfer', 'idle_warning', 'idle_closing')),
    stands_for     timestamptz NOT NULL,
    department_id  bigint NOT NULL, -- where the ticket was; 0: nowhere
    done_at        timestamptz NOT NULL,
    slug           text, -- why it could not be done
    PRIMARY KEY (account_id, ticket_id, kind, stands_for, department_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CALL protect('timer_acts', 'SELECT, INSERT, UPDATE');

-- The list shows a promise without asking for it: a row carries the nearest one.
ALTER TABLE tickets
    ADD COLUMN sla          text, -- {"kind":…,"warn_at":…,"due_at":…,"open":[…]}
    ADD COLUMN sla_warn_at  timestamptz,
    ADD COLUMN sla_due_at   timestamptz;
CREATE INDEX tickets_by_promise ON tickets (account_id, state, sla_due_at, id) WHERE sla_due_at IS NOT NULL;

-- How far the chore is in the log.
CREATE TABLE timers_state (
    is_one    boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    xid       xid8 NOT NULL,
    event_id  bigint NOT NULL
);
INSERT INTO timers_state (xid, event_id) VALUES ('0', 0);
REVOKE ALL ON timers_state FROM PUBLIC;

GRANT SELECT ON transfer_rules, idle_rules, sla_policies TO balcao_gate;
GRANT SELECT, UPDATE ON ticket_clocks, timers_state TO balcao_gate;

-- The chore, and its first run.
INSERT INTO lanes (queue, lane, run_at) VALUES ('chores', 28, now());
INSERT INTO jobs (queue, lane, kind, subject_id) VALUES ('chores', 28, 'timers.tick', 0);
RESET ROLE;

SET ROLE balcao_gate;

-- Tickets that somebody must look at now: those that moved, in accounts that have rules or clocks, and those that are
-- due. What is handed out comes again after a minute unless whoever looked said otherwise.
CREATE FUNCTION gate.timers_due(at timestamptz, most int) RETURNS TABLE (account_id bigint, ticket_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100 AS $$
#variable_conflict use_column
DECLARE
    place    public.timers_state;
    watched  bigint[];
    log      record;
BEGIN
    SELECT * INTO place FROM public.timers_state FOR UPDATE;
    watched := ARRAY(SELECT r.account_id FROM public.transfer_rules r WHERE r.is_on
                     UNION SELECT i.account_id FROM public.idle_rules i WHERE i.is_on
                     UNION SELECT p.account_id FROM public.sla_policies p WHERE p.is_active
                     UNION SELECT c.account_id FROM public.ticket_clocks c WHERE c.look_at IS NOT NULL);
    -- Nobody watches: what happened meanwhile concerns no timer. Nor does what a restored cluster did elsewhere.
    IF cardinality(watched) = 0 OR place.xid > pg_snapshot_xmax(pg_current_snapshot()) THEN
        UPDATE public.timers_state SET xid = pg_snapshot_xmin(pg_current_snapshot()), event_id = 0;
    ELSE
        SELECT array_agg(e.account_id) AS accounts, array_agg(e.ticket_id) AS tickets,
               array_agg(e.xid) AS xids, array_agg(e.id) AS ids, count(*)::int AS n INTO log
          FROM (SELECT e.account_id, e.ticket_id, e.xid, e.id FROM public.account_event e
                 WHERE (e.xid, e.id) > (place.xid, place.event_id)
                   AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
                 ORDER BY e.xid, e.id LIMIT most) e;
        IF log.n > 0 THEN
            UPDATE public.timers_state SET xid = log.xids[log.n], event_id = log.ids[log.n];
            RETURN QUERY SELECT DISTINCT x.a, x.t FROM unnest(log.accounts, log.tickets) x (a, t)
                          WHERE x.t IS NOT NULL AND x.a = ANY (watched);
        END IF;
    END IF;
    RETURN QUERY UPDATE public.ticket_clocks c SET look_at = at + interval '1 minute'
                  WHERE c.ctid = ANY (ARRAY(SELECT d.ctid FROM public.ticket_clocks d WHERE d.look_at <= at
                                             ORDER BY d.look_at LIMIT most FOR UPDATE SKIP LOCKED))
              RETURNING c.account_id, c.ticket_id;
END $$;
GRANT EXECUTE ON FUNCTION gate.timers_due(timestamptz, int) TO balcao_worker;
RESET ROLE;
