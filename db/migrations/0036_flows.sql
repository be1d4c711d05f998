-- locks: brief
-- Flows: what the bot says and asks. A document is kept as the text that was hashed, never as jsonb, so that it is the
-- same bytes wherever it is read. What was published is never written again; whoever talks to a flow stays on its version.
SET ROLE balcao_owner;

CREATE TABLE flows (
    account_id   bigint NOT NULL REFERENCES accounts,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    key          text NOT NULL CHECK (key ~ '^[a-z][a-z0-9-]{1,39}$'), -- how other flows name it; never changes
    name         text NOT NULL, -- as the draft says it
    channels     text[] NOT NULL, -- the same: kinds that it promises to fit
    is_enabled   boolean NOT NULL DEFAULT true, -- off: those who talk to it finish, nobody begins
    live_number  int, -- of flow_versions; NULL: never published
    search_name  text GENERATED ALWAYS AS (plain(name)) STORED,
    created_at   timestamptz NOT NULL,
    created_by   bigint, -- member; NULL: a program
    removed_at   timestamptz, -- its versions stay, for what was said with them
    PRIMARY KEY (account_id, id),
    CONSTRAINT flow_maker_exists FOREIGN KEY (account_id, created_by) REFERENCES memberships
);
CREATE UNIQUE INDEX flow_key_is_taken ON flows (account_id, key) WHERE removed_at IS NULL;
CREATE INDEX flows_by_name ON flows (account_id, search_name, id) WHERE removed_at IS NULL;
CALL protect('flows', 'SELECT, INSERT, UPDATE');

-- What is being written. Exactly one for each flow.
CREATE TABLE flow_drafts (
    account_id     bigint NOT NULL,
    flow_id        bigint NOT NULL,
    document       text NOT NULL, -- canonical, all of it
    content_hash   text NOT NULL,
    revision       int NOT NULL, -- +1 with each save: who saves says which one they read
    error_count    int NOT NULL, -- as the linter saw it when it was saved
    warning_count  int NOT NULL,
    saved_at       timestamptz NOT NULL,
    saved_by       bigint, -- member; NULL: a program
    PRIMARY KEY (account_id, flow_id),
    CONSTRAINT draft_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES flows,
    CONSTRAINT draft_saver_exists FOREIGN KEY (account_id, saved_by) REFERENCES memberships
);
CALL protect('flow_drafts', 'SELECT, INSERT, UPDATE');

-- What speaks to customers, or did. Only ever added to.
CREATE TABLE flow_versions (
    account_id      bigint NOT NULL,
    flow_id         bigint NOT NULL,
    number          int NOT NULL CHECK (number > 0),
    document        text NOT NULL,
    content_hash    text NOT NULL, -- of all but meta
    logic_hash      text NOT NULL, -- of what decides how it behaves
    note            text NOT NULL,
    published_by    bigint, -- member; NULL: a program
    published_at    timestamptz NOT NULL,
    draft_revision  int, -- of the draft that it was made of
    reverts_to      int, -- the number that it repeats
    PRIMARY KEY (account_id, flow_id, number),
    CONSTRAINT version_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES flows,
    CONSTRAINT version_author_exists FOREIGN KEY (account_id, published_by) REFERENCES memberships,
    CONSTRAINT version_has_one_source CHECK (num_nonnulls(draft_revision, reverts_to) = 1)
);
-- Publishing the same draft twice is publishing it once.
CREATE UNIQUE INDEX draft_is_published_once ON flow_versions (account_id, flow_id, draft_revision)
    WHERE draft_revision IS NOT NULL;
CALL protect('flow_versions', 'SELECT, INSERT');
ALTER TABLE flows ADD CONSTRAINT live_version_exists FOREIGN KEY (account_id, id, live_number) REFERENCES flow_versions;

-- Every outside thing that a draft or a live version names, so that who removes the thing learns of it, and closures
-- are walked without opening documents.
CREATE TABLE flow_refs (
    account_id  bigint NOT NULL,
    flow_id     bigint NOT NULL,
    is_live     boolean NOT NULL, -- of the live version; else of the draft
    ref         text NOT NULL, -- kind:id, as documents write it
    PRIMARY KEY (account_id, flow_id, is_live, ref),
    CONSTRAINT ref_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES flows
);
CREATE INDEX flow_refs_of_thing ON flow_refs (account_id, ref);
CALL protect('flow_refs', 'SELECT, INSERT, DELETE');

-- What begins a flow. Of several that fit, the first text at this channel wins, then the first text anywhere, then the
-- channel; a department's is asked for by itself.
CREATE TABLE flow_starts (
    account_id     bigint NOT NULL,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    flow_id        bigint NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('channel', 'first_text', 'department')),
    channel_id     bigint, -- where; of a first text NULL: at any channel
    department_id  bigint,
    first_text     text, -- folded
    PRIMARY KEY (account_id, id),
    CONSTRAINT start_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES flows,
    CONSTRAINT start_channel_exists FOREIGN KEY (account_id, channel_id) REFERENCES channels,
    CONSTRAINT start_department_exists FOREIGN KEY (account_id, department_id) REFERENCES departments,
    CONSTRAINT start_says_what CHECK ((kind = 'department') = (department_id IS NOT NULL)
        AND (kind = 'first_text') = (first_text IS NOT NULL) AND first_text <> ''
        AND CASE kind WHEN 'channel' THEN channel_id IS NOT NULL WHEN 'department' THEN channel_id IS NULL ELSE true END)
);
CREATE UNIQUE INDEX start_is_of_one_flow ON flow_starts
    (account_id, kind, coalesce(channel_id, department_id, 0), coalesce(first_text, ''));
CREATE INDEX flow_starts_of_flow ON flow_starts (account_id, flow_id);
CALL protect('flow_starts', 'SELECT, INSERT, DELETE');

-- A conversation with a flow. Its state is one document, written as a whole with each step.
CREATE TABLE flow_runs (
    account_id   bigint NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    flow_id      bigint NOT NULL, -- it began with
    number       int NOT NULL, -- and with which version
    ticket_id    bigint NOT NULL,
    channel_id   bigint NOT NULL,
    cause        text NOT NULL CHECK (cause IN ('inbound', 'entry', 'template_reply', 'migrated_call', 'department', 'survey', 'agent', 'api')),
    pins         json NOT NULL, -- [{"flow":…,"version":…}]: all that can be reached, as it was live then
    epoch        bigint NOT NULL, -- changes of control that it knows of
    seq          bigint NOT NULL DEFAULT 0, -- steps done
    phase        text NOT NULL DEFAULT 'running' CHECK (phase IN ('running', 'asking', 'waiting', 'calling', 'held', 'ended')),
    state        text NOT NULL, -- run.h
    started_at   timestamptz NOT NULL,
    stepped_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    end_reason   text,
    PRIMARY KEY (account_id, id),
    CONSTRAINT run_has_version FOREIGN KEY (account_id, flow_id, number) REFERENCES flow_versions,
    CONSTRAINT run_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT run_has_channel FOREIGN KEY (account_id, channel_id) REFERENCES channels,
    CONSTRAINT ended_run_says_why CHECK ((phase = 'ended') = (ended_at IS NOT NULL) AND (phase = 'ended') = (end_reason IS NOT NULL)),
    CONSTRAINT run_state_is_small CHECK (octet_length(state) <= 65536)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX one_live_run ON flow_runs (account_id, ticket_id) WHERE phase <> 'ended';
CREATE INDEX flow_runs_of_ticket ON flow_runs (account_id, ticket_id, id);
CREATE INDEX flow_runs_now ON flow_runs (account_id, flow_id) WHERE phase <> 'ended';
CALL protect('flow_runs', 'SELECT, INSERT, UPDATE');

-- What a run has been told; told again, it changes nothing.
CREATE TABLE flow_run_inputs (
    account_id  bigint NOT NULL,
    run_id      bigint NOT NULL,
    input_id    text NOT NULL, -- msg:9, timer:7, call:12.3.1
    seq         bigint NOT NULL, -- the step that it made
    at          timestamptz NOT NULL,
    PRIMARY KEY (account_id, run_id, input_id),
    CONSTRAINT input_has_run FOREIGN KEY (account_id, run_id) REFERENCES flow_runs
);
CALL protect('flow_run_inputs', 'SELECT, INSERT');

-- What happened on which card. By month, as messages are; readers bound `at` by when the run began.
CREATE TABLE flow_trace (
    account_id   bigint NOT NULL,
    run_id       bigint NOT NULL,
    seq          bigint NOT NULL, -- step
    n            int NOT NULL, -- within it
    at           timestamptz NOT NULL,
    flow_id      bigint NOT NULL, -- of the card: sub-flows have their own
    number       int NOT NULL,
    card         text NOT NULL,
    type         text NOT NULL,
    visit        int NOT NULL,
    event        text NOT NULL, -- enter ask invalid ambiguous ignored remind call result leave interrupt resume end
    via          text, -- what it was entered by
    outlet       text, -- what it was left by
    reason       text,
    matched_by   text,
    attempt      int NOT NULL DEFAULT 0,
    answered_ms  bigint,
    detail       json, -- {"vars":[…],"effects":[…],"call":{…}}: personal data masked, what is sensitive never
    skipped      text,
    error        text,
    PRIMARY KEY (account_id, run_id, seq, n, at)
) PARTITION BY RANGE (at);
CALL protect('flow_trace', 'SELECT, INSERT');
CREATE TABLE flow_trace_default PARTITION OF flow_trace DEFAULT;
ALTER TABLE flow_trace_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE flow_trace_default FORCE ROW LEVEL SECURITY;

-- The funnel: written in the step's own transaction, by the day on which the run began, so that a night may count it
-- again from the trace and must find the same.
CREATE TABLE flow_counters (
    account_id  bigint NOT NULL,
    flow_id     bigint NOT NULL,
    number      int NOT NULL,
    card        text NOT NULL,
    began_on    date NOT NULL, -- of the run, in the account's zone
    what        text NOT NULL CHECK (what IN ('start', 'jump', 'return', 'entry', 'run', 'left', 'abandoned', 'finished',
                                              'interrupted', 'moved', 'invalid', 'answered', 'answered_first', 'sent')),
    outlet      text NOT NULL DEFAULT '', -- of left; reason of abandoned and finished
    n           bigint NOT NULL,
    PRIMARY KEY (account_id, flow_id, number, card, began_on, what, outlet),
    CONSTRAINT counter_has_version FOREIGN KEY (account_id, flow_id, number) REFERENCES flow_versions
) WITH (fillfactor = 50);
CALL protect('flow_counters', 'SELECT, INSERT, UPDATE');

CREATE OR REPLACE PROCEDURE add_partitions(today date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first date;
    parent text;
BEGIN
    FOR first IN SELECT generate_series(date_trunc('month', today::timestamp) - interval '2 months',
                                        date_trunc('month', today::timestamp) + interval '2 months', '1 month')
    LOOP
        FOREACH parent IN ARRAY ARRAY['messages', 'message_words', 'audit_events', 'flow_trace'] LOOP
            CALL public.add_partition(parent, to_char(first, 'YYYYMM'), first, (first + interval '1 month')::date);
        END LOOP;
    END LOOP;
    FOR first IN SELECT generate_series(today - 1, today + 7, '1 day') LOOP
        CALL public.add_partition('account_event', to_char(first, 'YYYYMMDD'), first, first + 1);
    END LOOP;
END $$;
CALL add_partitions(current_date);
RESET ROLE;
