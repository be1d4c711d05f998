-- locks: none
-- Letters that the house writes to people. They are about persons, so they belong to no account; the
-- API can only drop one into the box, the worker alone opens it.
SET ROLE balcao_owner;
CREATE TABLE mails (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient   text NOT NULL,
    locale      text NOT NULL,
    template    text NOT NULL,
    params      bytea, -- sealed: links open doors. Gone once the letter went out
    state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'no_smtp', 'failed')),
    why         text, -- of the last attempt that failed
    created_at  timestamptz NOT NULL,
    sent_at     timestamptz,
    CONSTRAINT sent_has_time CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX mails_waiting ON mails (id) WHERE state <> 'sent';
GRANT SELECT, UPDATE, DELETE ON mails TO balcao_worker;
GRANT SELECT, INSERT, UPDATE ON mails TO balcao_gate;
GRANT INSERT ON jobs TO balcao_gate;
GRANT SELECT, INSERT, UPDATE ON lanes TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;
-- A letter and the job that sends it, in the caller's transaction.
CREATE FUNCTION gate.mail_add(recipient text, locale text, template text, params bytea, lane bigint, at timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH letter AS (
        INSERT INTO public.mails (recipient, locale, template, params, created_at)
        VALUES (mail_add.recipient, mail_add.locale, mail_add.template, mail_add.params, at)
        RETURNING id
    ), way AS (
        INSERT INTO public.lanes AS l (queue, lane, run_at) VALUES ('delivery', mail_add.lane, at)
            ON CONFLICT (queue, lane) DO UPDATE SET run_at = least(l.run_at, excluded.run_at)
        RETURNING l.queue, l.lane
    )
    INSERT INTO public.jobs (queue, lane, kind, subject_id)
    SELECT way.queue, way.lane, 'mail.send', letter.id FROM letter, way
$$;

-- What waits for a server or was given up goes out again. For the operator.
CREATE FUNCTION gate.mail_again(mail bigint, at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH letter AS (
        UPDATE public.mails SET state = 'queued', why = NULL
         WHERE id = mail AND state IN ('no_smtp', 'failed') RETURNING id
    ), way AS (
        INSERT INTO public.lanes AS l (queue, lane, run_at)
        SELECT 'delivery', -id, at FROM letter
            ON CONFLICT (queue, lane) DO UPDATE SET run_at = least(l.run_at, excluded.run_at)
        RETURNING l.queue, l.lane
    ), job AS (
        INSERT INTO public.jobs (queue, lane, kind, subject_id)
        SELECT way.queue, way.lane, 'mail.send', letter.id FROM letter, way RETURNING id
    )
    SELECT EXISTS (SELECT FROM job)
$$;
GRANT EXECUTE ON FUNCTION gate.mail_add(text, text, text, bytea, bigint, timestamptz) TO balcao_api, balcao_worker;
GRANT EXECUTE ON FUNCTION gate.mail_again(bigint, timestamptz) TO balcao_worker;
RESET ROLE;
