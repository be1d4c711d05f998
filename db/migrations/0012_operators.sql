-- locks: brief
-- Operators keep the installation, not anybody's conversations: they open, suspend and count accounts.
-- People of their own, apart from users, at their own door, with a database role that was given
-- figures and a few functions, and no table of any account.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'balcao_operator') THEN
        CREATE ROLE balcao_operator LOGIN NOINHERIT;
    END IF;
    ALTER ROLE balcao_operator SET search_path = public;
    ALTER ROLE balcao_operator SET statement_timeout = '10s';
    ALTER ROLE balcao_operator SET lock_timeout = '3s';
    ALTER ROLE balcao_operator SET idle_in_transaction_session_timeout = '10s';
    ALTER ROLE balcao_operator SET plan_cache_mode = force_generic_plan;
    ALTER ROLE balcao_operator SET jit = off;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO balcao_operator', current_database());
END $$;
GRANT USAGE ON SCHEMA public, gate TO balcao_operator;

SET ROLE balcao_owner;
CREATE TABLE operators (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email          text NOT NULL CONSTRAINT operator_email_is_taken UNIQUE, -- trimmed, lower case
    name           text NOT NULL,
    password_hash  text NOT NULL, -- PHC string, argon2id
    networks       cidr[] NOT NULL CONSTRAINT operator_comes_from_somewhere CHECK (cardinality(networks) > 0),
    factor         bytea, -- sealed seed of the second factor
    is_active      boolean NOT NULL DEFAULT true,
    created_at     timestamptz NOT NULL DEFAULT now()
);

-- Half an hour without a request, eight hours at most.
CREATE TABLE operator_sessions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operator_id  bigint NOT NULL REFERENCES operators,
    token_hash   bytea NOT NULL CONSTRAINT operator_token_is_new UNIQUE, -- SHA-256 of what the cookie holds
    created_at   timestamptz NOT NULL,
    active_at    timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    address      text NOT NULL,
    agent        text NOT NULL, -- User-Agent, cut at 200
    ended_at     timestamptz
);
CREATE INDEX operator_sessions_of_operator ON operator_sessions (operator_id) WHERE ended_at IS NULL;

-- Failed sign-ins at this door. Keys are keyed hashes, as everywhere.
CREATE UNLOGGED TABLE operator_throttle (
    key           bigint PRIMARY KEY,
    fails         int NOT NULL,
    closed_until  timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);
GRANT SELECT ON operators TO balcao_operator;
GRANT UPDATE (password_hash) ON operators TO balcao_operator;
GRANT SELECT, INSERT, UPDATE ON operator_sessions TO balcao_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON operator_throttle TO balcao_operator;

-- What operators do to an account is in its trail; what else stands there is none of theirs.
ALTER DOMAIN audit_actor DROP CONSTRAINT audit_actor_check;
ALTER DOMAIN audit_actor ADD CONSTRAINT audit_actor_check CHECK (VALUE IN
    ('system', 'user', 'token', 'job', 'provider', 'visitor', 'operator', 'ctl'));
CREATE POLICY by_operator ON audit_events FOR INSERT TO balcao_operator
    WITH CHECK (account_id = current_setting('balcao.account')::bigint AND actor_kind = 'operator');
GRANT INSERT ON audit_events TO balcao_operator;

GRANT INSERT ON accounts, companies, departments, close_reasons, users, memberships TO balcao_gate;
GRANT UPDATE (state) ON accounts TO balcao_gate;
GRANT SELECT ON companies, close_reasons, attachments, protocol_counters, dead_jobs TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;

-- An account with what one cannot begin without: a company, a department, a reason to close, an owner.
-- A person who is known already keeps their password.
CREATE FUNCTION gate.account_open(account_name text, account_slug text, owner_email text, owner_name text,
                                  owner_hash text, OUT account bigint, OUT is_known boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    owner bigint := (SELECT u.id FROM public.users u WHERE u.email = owner_email);
    company bigint;
BEGIN
    is_known := owner IS NOT NULL;
    IF NOT is_known THEN
        INSERT INTO public.users (email, name, password_hash) VALUES (owner_email, owner_name, owner_hash)
        RETURNING id INTO owner;
    END IF;
    INSERT INTO public.accounts (name, slug) VALUES (account_name, account_slug) RETURNING id INTO account;
    INSERT INTO public.companies (account_id, name) VALUES (account, account_name) RETURNING id INTO company;
    INSERT INTO public.departments (account_id, company_id, name, position) VALUES (account, company, 'Atendimento', 1);
    INSERT INTO public.close_reasons (account_id, name, position) VALUES (account, 'Resolvido', 1);
    INSERT INTO public.memberships (account_id, user_id, group_id, display_name)
    SELECT account, owner, g.id, owner_name FROM public.groups g WHERE g.account_id = account AND g.builtin = 'owner';
END $$;

-- What it was before; nothing when there is no such account.
CREATE FUNCTION gate.account_set_state(account bigint, new_state text) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.accounts a SET state = new_state
      FROM (SELECT x.id, x.state FROM public.accounts x WHERE x.id = account FOR UPDATE) was
     WHERE a.id = was.id RETURNING was.state
$$;

-- Accounts in figures: how many and how much, never what.
CREATE FUNCTION gate.account_figures(at timestamptz)
RETURNS TABLE (id bigint, name text, slug text, state text, created_at timestamptz, members bigint,
               tickets_today bigint, storage_bytes bigint, channels bigint, channels_failing bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, a.name, a.slug, a.state, a.created_at,
           (SELECT count(*) FROM public.memberships m WHERE m.account_id = a.id AND m.is_active),
           -- Each counter gives out every 64th number, from its place on.
           (SELECT coalesce(sum((p.next - p.place) / 64), 0)::bigint FROM public.protocol_counters p
             WHERE p.account_id = a.id AND p.counted_on = (at AT TIME ZONE a.time_zone)::date),
           (SELECT coalesce(sum(f.size_bytes), 0)::bigint FROM public.attachments f WHERE f.account_id = a.id AND f.state = 'ready'),
           (SELECT count(*) FROM public.channels c WHERE c.account_id = a.id AND c.is_active),
           (SELECT count(*) FROM public.channels c WHERE c.account_id = a.id AND c.is_active AND c.state = 'failing')
      FROM public.accounts a ORDER BY a.name, a.id LIMIT 1000
$$;

CREATE FUNCTION gate.dead_jobs_by_kind() RETURNS TABLE (kind text, dead bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.kind, count(*) FROM public.dead_jobs d GROUP BY d.kind ORDER BY d.kind
$$;

GRANT EXECUTE ON FUNCTION gate.account_open(text, text, text, text, text), gate.account_set_state(bigint, text),
    gate.account_figures(timestamptz), gate.dead_jobs_by_kind(), gate.queue_depths(), gate.inbound_backlog() TO balcao_operator;

-- Candidates by a word that many names hold cost half a second over 40 thousand contacts: what was
-- typed was made plain again for each of them. Once now, and always from the index of parts.
CREATE OR REPLACE FUNCTION gate.search_contacts(q text, n int, by_part_of_phone boolean) RETURNS TABLE (contact_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100 AS $$
    (WITH found AS MATERIALIZED (
        SELECT c.id FROM public.contacts c
         WHERE c.account_id = current_setting('balcao.account')::bigint
           AND (by_part_of_phone OR c.name !~ '^[+0-9 ().-]{8,}$')
           AND c.search_name OPERATOR(pg_catalog.~~) (SELECT '%' || replace(replace(replace(public.plain(q), '\', '\\'), '%', '\%'), '_', '\_') || '%'))
     SELECT id FROM found ORDER BY id DESC LIMIT least(n, 500))
    UNION
    (SELECT i.contact_id FROM public.contact_identities i
      WHERE by_part_of_phone AND i.account_id = current_setting('balcao.account')::bigint
        AND length(regexp_replace(q, '\D', '', 'g')) >= 4
        AND i.key OPERATOR(pg_catalog.~~) (SELECT '%' || regexp_replace(q, '\D', '', 'g') || '%')
      LIMIT least(n, 500))
    UNION
    (SELECT i.contact_id FROM public.contact_identities i
      WHERE NOT by_part_of_phone AND i.account_id = current_setting('balcao.account')::bigint AND i.kind = 'phone'
        AND i.key IN (regexp_replace(q, '\D', '', 'g'), '55' || regexp_replace(q, '\D', '', 'g')))
$$;
RESET ROLE;

-- People who signed in at the operators' door half a year ago are forgotten with their addresses.
SET ROLE balcao_owner;
CREATE PROCEDURE forget_operator_sessions(today date)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM public.operator_sessions WHERE expires_at < today - 180;
    DELETE FROM public.operator_throttle WHERE updated_at < today - 1;
$$;
GRANT EXECUTE ON PROCEDURE forget_operator_sessions(date) TO balcao_worker;
RESET ROLE;
