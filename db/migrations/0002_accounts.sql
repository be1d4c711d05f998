-- locks: none
-- Who is served, how they are organised, who works there, and who is signed in.
SET ROLE balcao_owner;

CREATE TABLE accounts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL,
    slug        text NOT NULL CONSTRAINT account_slug_is_taken UNIQUE,
    locale      text NOT NULL DEFAULT 'pt-BR',
    time_zone   text NOT NULL DEFAULT 'America/Sao_Paulo',
    currency    text NOT NULL DEFAULT 'BRL',
    state       text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'closed')),
    created_at  timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY account ON accounts TO balcao_api, balcao_worker
    USING (id = (SELECT current_setting('balcao.account')::bigint));
GRANT SELECT, UPDATE (name, locale, time_zone) ON accounts TO balcao_api, balcao_worker;

CREATE TABLE companies (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    name        text NOT NULL,
    legal_name  text,
    document    text, -- CNPJ, 14 characters without punctuation
    PRIMARY KEY (account_id, id)
);
CALL protect('companies');

CREATE TABLE branches (
    account_id  bigint NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    company_id  bigint NOT NULL,
    name        text NOT NULL,
    city        text,
    PRIMARY KEY (account_id, id),
    CONSTRAINT branch_has_company FOREIGN KEY (account_id, company_id) REFERENCES companies
);
CALL protect('branches');

CREATE TABLE departments (
    account_id   bigint NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    company_id   bigint NOT NULL,
    name         text NOT NULL,
    description  text NOT NULL DEFAULT '',
    position     int NOT NULL DEFAULT 0,
    is_active    boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    CONSTRAINT department_has_company FOREIGN KEY (account_id, company_id) REFERENCES companies,
    CONSTRAINT department_name_is_taken UNIQUE (account_id, name)
);
CALL protect('departments');

-- A person, known by e-mail everywhere. Programs reach it through the gate only.
CREATE TABLE users (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email          text NOT NULL CONSTRAINT email_is_taken UNIQUE, -- trimmed, lower case
    name           text NOT NULL,
    password_hash  text, -- PHC string, argon2id; NULL: cannot sign in with a password
    locale         text NOT NULL DEFAULT 'pt-BR',
    theme          text NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
    enter_sends    boolean, -- NULL: not asked yet
    plays_sound    boolean NOT NULL DEFAULT true,
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE memberships (
    account_id    bigint NOT NULL REFERENCES accounts,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    user_id       bigint NOT NULL REFERENCES users,
    role          text NOT NULL CHECK (role IN ('owner', 'administrator', 'manager', 'agent',
                                                'finance', 'integrator')),
    display_name  text NOT NULL,
    is_agent      boolean NOT NULL DEFAULT true,
    is_active     boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    CONSTRAINT member_is_in_account_once UNIQUE (account_id, user_id)
);
CREATE INDEX memberships_of_user ON memberships (user_id);
CALL protect('memberships');

CREATE TABLE department_members (
    account_id     bigint NOT NULL,
    department_id  bigint NOT NULL,
    member_id      bigint NOT NULL,
    PRIMARY KEY (account_id, department_id, member_id),
    FOREIGN KEY (account_id, department_id) REFERENCES departments,
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CREATE INDEX department_members_of_member ON department_members (account_id, member_id);
CALL protect('department_members');

-- A sign-in. Hot: fillfactor leaves room so that touching a row stays in its page.
CREATE TABLE sessions (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint NOT NULL REFERENCES users,
    gen           int NOT NULL DEFAULT 1,  -- rises with each refresh; access tokens name theirs
    refresh_hash  bytea NOT NULL,          -- SHA-256 of the token in force
    prev_hash     bytea,                   -- the one before: another tab, or an answer that got lost
    rotated_at    timestamptz NOT NULL DEFAULT now(),
    created_at    timestamptz NOT NULL DEFAULT now(),
    seen_at       timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    address       text NOT NULL,
    agent         text NOT NULL,           -- User-Agent, cut at 200
    ended_at      timestamptz,
    end_reason    text,
    CONSTRAINT ended_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX sessions_of_user ON sessions (user_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;

-- Failed sign-ins. Keys are keyed hashes of e-mail or address, so the table names nobody.
CREATE UNLOGGED TABLE signin_throttle (
    key           bigint PRIMARY KEY,
    fails         int NOT NULL,
    closed_until  timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON signin_throttle TO balcao_api, balcao_worker;

GRANT SELECT ON accounts, memberships, users, sessions TO balcao_gate;
GRANT INSERT, UPDATE ON sessions TO balcao_gate;
GRANT UPDATE ON users TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;

-- What the request gate reads: no hash leaves this schema.
CREATE VIEW gate.session AS
    SELECT id, user_id, gen, seen_at, expires_at, ended_at, end_reason FROM public.sessions;
CREATE VIEW gate.access AS
    SELECT m.account_id, m.user_id, m.id AS member_id, m.role, m.is_active, a.state AS account_state
      FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id;
CREATE VIEW gate.session_ends AS
    SELECT id, ended_at, end_reason FROM public.sessions WHERE ended_at IS NOT NULL;
GRANT SELECT ON gate.session, gate.access TO balcao_api;
GRANT SELECT ON gate.session_ends TO balcao_live;

-- Why a request was not admitted. When nothing speaks against it, what the asking process
-- remembered of the member was stale: it starts over.
CREATE FUNCTION gate.refuse_request(account bigint, session bigint, token_gen int, roles text[], at timestamptz)
RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s gate.session;
    m gate.access;
BEGIN
    SELECT * INTO s FROM gate.session x WHERE x.id = session;
    SELECT * INTO m FROM gate.access x WHERE x.account_id = account AND x.user_id = s.user_id;
    RETURN CASE
        WHEN s.id IS NULL OR token_gen NOT IN (s.gen, s.gen - 1) THEN gate.refuse('401', 'session_unknown')
        WHEN s.end_reason IS NOT NULL         THEN gate.refuse('401', 'session_' || s.end_reason)
        WHEN s.expires_at <= at               THEN gate.refuse('401', 'session_expired')
        WHEN m.member_id IS NULL OR NOT m.is_active THEN gate.refuse('404', 'account_unknown')
        WHEN m.account_state <> 'active'      THEN gate.refuse('403', 'account_' || m.account_state)
        WHEN NOT m.role = ANY (roles)         THEN gate.refuse('403', 'permission_denied')
        ELSE gate.ask_again()
    END;
END $$;
GRANT EXECUTE ON FUNCTION gate.refuse_request(bigint, bigint, int, text[], timestamptz) TO balcao_api;

-- The person behind an e-mail. Always one row: unknown e-mails get NULLs, so that
-- the caller does the same work for both.
CREATE FUNCTION gate.signin_person(email text)
RETURNS TABLE (user_id bigint, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.id, u.password_hash FROM (VALUES (1)) one
      LEFT JOIN public.users u ON u.email = signin_person.email
$$;

CREATE FUNCTION gate.password_rehash(user_id bigint, hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.users SET password_hash = hash WHERE id = user_id
$$;

CREATE FUNCTION gate.session_start(user_id bigint, refresh_hash bytea, expires timestamptz,
                                   address text, agent text)
RETURNS TABLE (id bigint, gen int)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.sessions (user_id, refresh_hash, expires_at, address, agent)
    VALUES (session_start.user_id, session_start.refresh_hash, expires, session_start.address,
            left(session_start.agent, 200))
    RETURNING sessions.id, sessions.gen
$$;

-- Trades a refresh token for the next one.
--   rotated       the current token: gen rises, the presented one becomes "previous"
--   access_only   the previous token within 30 s: another tab was faster; it gets an
--                 access token of the present generation and keeps waiting for its cookie
--   reused        the previous token later: somebody kept a copy; the session ends
--   unknown       no such live session or token; nothing changes (else anybody could
--                 end a session by its number)
CREATE FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamptz)
RETURNS TABLE (outcome text, user_id bigint, gen int, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s public.sessions;
BEGIN
    SELECT * INTO s FROM public.sessions WHERE sessions.id = session FOR UPDATE;
    IF s.id IS NULL OR s.ended_at IS NOT NULL OR s.expires_at <= at THEN
        RETURN QUERY SELECT 'unknown', NULL::bigint, NULL::int, NULL::timestamptz;
    ELSIF s.refresh_hash = presented THEN
        UPDATE public.sessions SET gen = sessions.gen + 1, prev_hash = sessions.refresh_hash,
               refresh_hash = next, rotated_at = at, seen_at = at
         WHERE sessions.id = session;
        RETURN QUERY SELECT 'rotated', s.user_id, s.gen + 1, s.expires_at;
    ELSIF s.prev_hash = presented AND s.rotated_at > at - interval '30 s' THEN
        RETURN QUERY SELECT 'access_only', s.user_id, s.gen, s.expires_at;
    ELSIF s.prev_hash = presented THEN
        UPDATE public.sessions SET ended_at = at, end_reason = 'reused' WHERE sessions.id = session;
        RETURN QUERY SELECT 'reused', s.user_id, s.gen, s.expires_at;
    ELSE
        RETURN QUERY SELECT 'unknown', NULL::bigint, NULL::int, NULL::timestamptz;
    END IF;
END $$;

CREATE FUNCTION gate.session_end(session bigint, reason text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.sessions SET ended_at = at, end_reason = reason
     WHERE id = session AND ended_at IS NULL
$$;

-- Who am I: the person and the accounts they may enter.
CREATE FUNCTION gate.session_person(session bigint)
RETURNS TABLE (user_id bigint, email text, name text, locale text, theme text,
               enter_sends boolean, plays_sound boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.id, u.email, u.name, u.locale, u.theme, u.enter_sends, u.plays_sound
      FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.id = session
$$;
CREATE FUNCTION gate.session_accounts(session bigint)
RETURNS TABLE (account_id bigint, name text, slug text, locale text, time_zone text,
               member_id bigint, role text, display_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, a.name, a.slug, a.locale, a.time_zone, m.id, m.role, m.display_name
      FROM public.sessions s
      JOIN public.memberships m ON m.user_id = s.user_id AND m.is_active
      JOIN public.accounts a ON a.id = m.account_id AND a.state = 'active'
     WHERE s.id = session ORDER BY a.name, a.id
$$;
CREATE FUNCTION gate.preferences_save(session bigint, locale text, theme text,
                                      enter_sends boolean, plays_sound boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.users u
       SET locale = coalesce(preferences_save.locale, u.locale),
           theme = coalesce(preferences_save.theme, u.theme),
           enter_sends = coalesce(preferences_save.enter_sends, u.enter_sends),
           plays_sound = coalesce(preferences_save.plays_sound, u.plays_sound)
      FROM public.sessions s WHERE s.id = session AND u.id = s.user_id
$$;
GRANT EXECUTE ON FUNCTION
    gate.signin_person(text), gate.password_rehash(bigint, text),
    gate.session_start(bigint, bytea, timestamptz, text, text),
    gate.session_rotate(bigint, bytea, bytea, timestamptz),
    gate.session_end(bigint, text, timestamptz), gate.session_person(bigint),
    gate.session_accounts(bigint), gate.preferences_save(bigint, text, text, boolean, boolean)
    TO balcao_api;
RESET ROLE;
