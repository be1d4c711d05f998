-- locks: brief
-- What flows do besides talking: satisfaction surveys, registrations that a ticket is about, secrets of calls, files that
-- they send, and answers that nobody may read.
SET ROLE balcao_owner;

-- Held, and going on as soon as a person who served has closed the ticket.
ALTER TABLE flow_runs ADD COLUMN awaits_end boolean NOT NULL DEFAULT false;

-- A satisfaction flow begins when a person closes a ticket of its department; without one, of any that has none of its own.
ALTER TABLE flow_starts DROP CONSTRAINT flow_starts_kind_check, DROP CONSTRAINT start_says_what,
    ADD CONSTRAINT flow_starts_kind_check CHECK (kind IN ('channel', 'first_text', 'department', 'survey')),
    ADD CONSTRAINT start_says_what CHECK ((kind = 'first_text') = (first_text IS NOT NULL) AND first_text <> ''
        AND CASE kind WHEN 'channel' THEN channel_id IS NOT NULL AND department_id IS NULL
                      WHEN 'first_text' THEN department_id IS NULL
                      WHEN 'department' THEN channel_id IS NULL AND department_id IS NOT NULL
                      ELSE channel_id IS NULL END);

-- What a customer was asked about a ticket, and said. Who served is who did so last, when it was asked.
CREATE TABLE surveys (
    account_id     bigint NOT NULL,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    ticket_id      bigint NOT NULL,
    run_id         bigint NOT NULL,
    step           bigint NOT NULL, -- of the run, that asked
    channel_id     bigint NOT NULL,
    department_id  bigint,
    member_id      bigint, -- NULL: nobody had served
    counts_for     text NOT NULL CHECK (counts_for IN ('company', 'agent', 'both')),
    state          text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'answered', 'unanswered')),
    score          int CHECK (score BETWEEN 0 AND 10),
    label          text, -- of the score, as it was offered
    comment        text,
    asked_at       timestamptz NOT NULL,
    answered_at    timestamptz,
    PRIMARY KEY (account_id, id),
    CONSTRAINT survey_is_asked_once UNIQUE (account_id, run_id, step),
    CONSTRAINT survey_has_run FOREIGN KEY (account_id, run_id) REFERENCES flow_runs,
    CONSTRAINT survey_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT survey_agent_exists FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT survey_department_exists FOREIGN KEY (account_id, department_id) REFERENCES departments,
    CONSTRAINT answered_survey_has_score CHECK ((state = 'answered') = (score IS NOT NULL)
        AND (state = 'answered') = (answered_at IS NOT NULL)),
    CONSTRAINT agent_is_someone CHECK (counts_for = 'company' OR member_id IS NOT NULL)
);
CREATE INDEX surveys_by_time ON surveys (account_id, asked_at DESC);
CREATE INDEX surveys_of_member ON surveys (account_id, member_id, id DESC);
CREATE INDEX surveys_running ON surveys (account_id, run_id) WHERE state = 'asked';
CREATE INDEX surveys_of_ticket ON surveys (account_id, ticket_id);
CALL protect('surveys', 'SELECT, INSERT, UPDATE');

-- The registration that a ticket is about, and why that is believed. A document that was typed says nothing for ever:
-- it is of the ticket, and only a number that its network vouches for is of the contact.
CREATE TABLE ticket_customers (
    account_id   bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    customer_id  bigint NOT NULL,
    proof        text NOT NULL CHECK (proof IN ('document', 'phone', 'login')),
    linked_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, ticket_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT ticket_customer_exists FOREIGN KEY (account_id, customer_id) REFERENCES customers
);
CALL protect('ticket_customers', 'SELECT, INSERT, UPDATE');

CREATE INDEX customers_by_phone ON customers (account_id, (regexp_replace(phone, '[^0-9]', '', 'g'))) WHERE phone IS NOT NULL;

-- What calls of flows are let in by. Written and replaced, never read back.
CREATE TABLE flow_secrets (
    account_id  bigint NOT NULL REFERENCES accounts,
    name        text NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]{0,39}$'), -- {{secret.name}}
    value       bytea NOT NULL, -- sealed
    set_by      bigint, -- member; NULL: a program
    set_at      timestamptz NOT NULL,
    PRIMARY KEY (account_id, name),
    CONSTRAINT secret_setter_exists FOREIGN KEY (account_id, set_by) REFERENCES memberships
);
CALL protect('flow_secrets');

-- Answers that only a call may hold. Gone with their run, or after their time.
CREATE TABLE flow_seals (
    account_id  bigint NOT NULL,
    run_id      bigint NOT NULL,
    slot        text NOT NULL,
    value       bytea NOT NULL, -- sealed
    until       timestamptz NOT NULL,
    PRIMARY KEY (account_id, run_id, slot),
    CONSTRAINT seal_has_run FOREIGN KEY (account_id, run_id) REFERENCES flow_runs
);
CREATE INDEX flow_seals_by_age ON flow_seals (until);
CALL protect('flow_seals');

-- Files that flows send, by what is in them: file:<hash> in documents. Each sending is a copy of its attachment.
CREATE TABLE flow_files (
    account_id     bigint NOT NULL,
    sha256         text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    attachment_id  bigint NOT NULL,
    added_by       bigint, -- member; NULL: a program
    added_at       timestamptz NOT NULL,
    PRIMARY KEY (account_id, sha256),
    CONSTRAINT file_is_attachment FOREIGN KEY (account_id, attachment_id) REFERENCES attachments,
    CONSTRAINT file_adder_exists FOREIGN KEY (account_id, added_by) REFERENCES memberships
);
CREATE UNIQUE INDEX flow_file_of_attachment ON flow_files (account_id, attachment_id);
CALL protect('flow_files', 'SELECT, INSERT');

CREATE OR REPLACE FUNCTION sweep_uploads(before timestamptz) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM public.attachments WHERE ctid = ANY (ARRAY(
        SELECT a.ctid FROM public.attachments a
         WHERE a.ticket_id IS NULL AND a.created_at < before
           AND NOT EXISTS (SELECT FROM public.memberships m WHERE m.account_id = a.account_id AND m.photo_id = a.id)
           AND NOT EXISTS (SELECT FROM public.answer_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.scheduled_messages s WHERE s.account_id = a.account_id AND s.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.chat_messages m WHERE m.account_id = a.account_id AND m.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.flow_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
         LIMIT 5000))
    RETURNING path
$$;
RESET ROLE;
