-- locks: brief
-- How people come in and stay in: one live session for each, a second factor, devices that are
-- known, what is remembered of attempts that failed. All of it belongs to persons, who are global,
-- so programs reach it through the gate only.
SET ROLE balcao_owner;

ALTER TABLE users
    ADD COLUMN password_set_at       timestamptz,
    ADD COLUMN must_change_password  boolean NOT NULL DEFAULT false,
    ADD COLUMN factor_epoch          int NOT NULL DEFAULT 0; -- rises when somebody else takes the factor away

-- The secret behind the six digits of an authenticator. Only confirmed ones are here: until then
-- it travels sealed in the ticket of the enrolment.
CREATE TABLE factors (
    user_id      bigint PRIMARY KEY REFERENCES users,
    version      bigint NOT NULL,            -- bound into the seal, never given twice
    secret       bytea NOT NULL,             -- sealed with totp|<person>|<version>
    enrolled_at  timestamptz NOT NULL,
    last_step    bigint NOT NULL,            -- of the code used last: none at or before it is taken again
    drift        int NOT NULL DEFAULT 0 CHECK (drift BETWEEN -2 AND 2) -- steps its clock is ahead of ours
);

CREATE TABLE recovery_codes (
    user_id  bigint NOT NULL REFERENCES users,
    number   int NOT NULL CHECK (number BETWEEN 0 AND 9), -- the code's own first digit
    hash     text NOT NULL,
    used_at  timestamptz,
    PRIMARY KEY (user_id, number)
);

-- A browser in which somebody signed in completely. Trusted ones stand for the second factor.
CREATE TABLE devices (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id        bigint NOT NULL REFERENCES users,
    known_hash     bytea NOT NULL, -- SHA-256 of what its cookie holds
    trust_hash     bytea,
    trusted_until  timestamptz,
    agent          text NOT NULL,
    address        text NOT NULL,
    created_at     timestamptz NOT NULL,
    used_at        timestamptz NOT NULL,
    CONSTRAINT trusted_has_end CHECK ((trust_hash IS NULL) = (trusted_until IS NULL))
);
CREATE INDEX devices_of_user ON devices (user_id);

ALTER TABLE sessions ADD COLUMN ended_by bigint; -- the session that took over
CREATE UNIQUE INDEX one_live_session ON sessions (user_id) WHERE ended_at IS NULL AND is_exclusive;
-- The gateway's question: which ended by themselves just now?
CREATE INDEX sessions_run_out ON sessions (least(idles_at, expires_at)) WHERE ended_at IS NULL;

-- How often the tickets between the steps of signing in were tried. They are sealed and say the
-- rest themselves.
CREATE UNLOGGED TABLE signin_tickets (
    id          bigint PRIMARY KEY,
    tries       int NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX signin_tickets_expired ON signin_tickets (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON signin_tickets TO balcao_api, balcao_gate;

ALTER TABLE signin_throttle
    ADD COLUMN since  timestamptz NOT NULL DEFAULT now(), -- the first failure that counts
    ADD COLUMN names  bigint[] NOT NULL DEFAULT '{}';     -- different e-mails tried, as keyed hashes
GRANT SELECT, DELETE ON signin_throttle TO balcao_gate;

-- Who tried to come in, and why they could not.
CREATE TABLE signin_attempts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    user_id     bigint,         -- NULL: nobody we know
    email_hash  bigint,         -- keyed
    refused_by  bigint,         -- the account at whose fence they were; NULL: before any
    address     text NOT NULL,
    agent       text NOT NULL,
    step        text NOT NULL,  -- password, factor, enrolment, account
    reason      text NOT NULL,  -- signed_in, password, factor, throttled …
    request_id  text,
    retry_at    timestamptz
);
CREATE INDEX signin_attempts_of_user ON signin_attempts (user_id, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX signin_attempts_by_time ON signin_attempts (at);

GRANT SELECT, INSERT, UPDATE, DELETE ON factors, recovery_codes, devices TO balcao_gate;
GRANT SELECT, INSERT, DELETE ON signin_attempts TO balcao_gate;
GRANT DELETE ON sessions TO balcao_gate;
GRANT SELECT, UPDATE ON memberships TO balcao_gate;
GRANT INSERT ON audit_events TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;

-- Sessions that end by themselves are ended at that moment, whoever writes it down later.
CREATE OR REPLACE VIEW gate.session_ends AS
    SELECT id, ended_at, end_reason FROM public.sessions WHERE ended_at IS NOT NULL
    UNION ALL
    SELECT id, least(idles_at, expires_at), CASE WHEN idles_at < expires_at THEN 'idle' ELSE 'expired' END
      FROM public.sessions WHERE ended_at IS NULL AND least(idles_at, expires_at) <= now();

-- What all accounts of a person together demand: the strictest of each.
CREATE FUNCTION gate.signin_policy(person bigint, at timestamptz)
RETURNS TABLE (idle_s int, absolute_s int, is_exclusive boolean, trusted_days int, demands_factor boolean,
               password_min int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(min(s.session_idle_s), 3600), coalesce(min(s.session_absolute_s), 43200),
           NOT coalesce(bool_and(s.allows_several_sessions), false), coalesce(min(s.trusted_device_days), 0),
           coalesce(bool_and(g.factor_from IS NOT NULL AND g.factor_from <= at), false),
           coalesce(max(s.password_min), 12)
      FROM public.memberships m
      JOIN public.account_security s ON s.account_id = m.account_id
      JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
     WHERE m.user_id = person AND m.is_active
$$;

-- The person behind an e-mail, as this browser knows them. Always one row: unknown e-mails get NULLs,
-- so that the caller does the same work for both.
DROP FUNCTION gate.signin_person(text);
CREATE FUNCTION gate.signin_person(email text, device bigint, device_hash bytea)
RETURNS TABLE (user_id bigint, password_hash text, device_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.id, u.password_hash, d.id FROM (VALUES (1)) one
      LEFT JOIN public.users u ON u.email = signin_person.email
      LEFT JOIN public.devices d ON d.id = device AND d.known_hash = device_hash AND d.user_id = u.id
$$;

-- What signing in has to know once the password was right.
CREATE FUNCTION gate.signin_state(person bigint)
RETURNS TABLE (email text, name text, locale text, password_hash text, must_change boolean, has_factor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.email, u.name, u.locale, u.password_hash, u.must_change_password,
           EXISTS (SELECT FROM public.factors f WHERE f.user_id = u.id)
      FROM public.users u WHERE u.id = person
$$;

-- Begins a session, if no other stands in the way.
--   started    a row of its own
--   elsewhere  the person is in already and may be so only once: where, and nothing changed
DROP FUNCTION gate.session_start(bigint, bytea, timestamptz, text, text);
CREATE FUNCTION gate.session_start(person bigint, refresh_hash bytea, at timestamptz, address text, agent text,
                                   device bigint, has_factor boolean, takes_over boolean)
RETURNS TABLE (outcome text, id bigint, gen int, expires_at timestamptz, other_agent text, other_address text,
               other_since timestamptz, other_active_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    policy record;
    other public.sessions;
    fresh public.sessions;
BEGIN
    PERFORM FROM public.users u WHERE u.id = person FOR UPDATE; -- two at once are served in order
    SELECT * INTO policy FROM gate.signin_policy(person, at);
    UPDATE public.sessions s SET ended_at = at, end_reason = CASE WHEN s.idles_at <= at THEN 'idle' ELSE 'expired' END
     WHERE s.user_id = person AND s.ended_at IS NULL AND (s.idles_at <= at OR s.expires_at <= at);
    IF policy.is_exclusive AND NOT takes_over THEN
        SELECT * INTO other FROM public.sessions s WHERE s.user_id = person AND s.ended_at IS NULL
         ORDER BY s.active_at DESC LIMIT 1;
        IF other.id IS NOT NULL THEN
            RETURN QUERY SELECT 'elsewhere', NULL::bigint, NULL::int, NULL::timestamptz, other.agent, other.address,
                                other.created_at, other.active_at;
            RETURN;
        END IF;
    END IF;
    IF takes_over THEN
        UPDATE public.sessions s SET ended_at = at, end_reason = 'taken_over'
         WHERE s.user_id = person AND s.ended_at IS NULL;
    END IF;
    INSERT INTO public.sessions (user_id, refresh_hash, rotated_at, created_at, seen_at, active_at, idle_s,
                                 idles_at, expires_at, address, agent, device_id, factor_at, is_exclusive)
    VALUES (person, session_start.refresh_hash, at, at, at, at, policy.idle_s,
            at + policy.idle_s * interval '1 s', at + policy.absolute_s * interval '1 s',
            session_start.address, left(session_start.agent, 200), device,
            CASE WHEN has_factor THEN at END, policy.is_exclusive)
    RETURNING * INTO fresh;
    UPDATE public.sessions s SET ended_by = fresh.id
     WHERE takes_over AND s.user_id = person AND s.ended_at = at AND s.end_reason = 'taken_over';
    RETURN QUERY SELECT 'started', fresh.id, fresh.gen, fresh.expires_at, NULL::text, NULL::text,
                        NULL::timestamptz, NULL::timestamptz;
END $$;

-- Trades a refresh token for the next one. A rotation is confirmed when a request of its generation
-- arrives: both cookies come in one answer, so that browser has the new token too.
--   rotated      the current token; or the one before, when the answer that carried the current one
--                seems lost: more than 10 s old and never confirmed
--   access_only  the one before, and another tab is ahead: within 10 s of the rotation or 30 s of
--                its confirmation. Of the generation before, or it would confirm what this tab may
--                never get
--   reused       an older one, or later: somebody kept a copy; the session ends
--   ended        a token of this session, but the session is over: why, and by whom
--   unknown      no such session or token; nothing changes (else anybody could end a session by its
--                number)
DROP FUNCTION gate.session_rotate(bigint, bytea, bytea, timestamptz);
CREATE FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamptz)
RETURNS TABLE (outcome text, user_id bigint, gen int, expires_at timestamptz, reason text, by_agent text,
               by_address text, by_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    s public.sessions;
    by_whom public.sessions;
    is_confirmed boolean;
    is_lost boolean;
    is_ours boolean;
BEGIN
    SELECT * INTO s FROM public.sessions x WHERE x.id = session FOR UPDATE;
    is_ours := coalesce(s.refresh_hash = presented OR s.prev_hash = presented OR presented = ANY (s.dead_hashes), false);
    IF NOT is_ours THEN
        RETURN QUERY SELECT 'unknown', NULL::bigint, NULL::int, NULL::timestamptz, NULL::text, NULL::text, NULL::text, NULL::timestamptz;
        RETURN;
    END IF;
    IF s.ended_at IS NULL AND least(s.idles_at, s.expires_at) <= at THEN
        UPDATE public.sessions x SET ended_at = at, end_reason = CASE WHEN s.idles_at < s.expires_at THEN 'idle' ELSE 'expired' END
         WHERE x.id = session RETURNING * INTO s;
    END IF;
    IF s.ended_at IS NOT NULL THEN
        SELECT * INTO by_whom FROM public.sessions x WHERE x.id = s.ended_by;
        RETURN QUERY SELECT 'ended', s.user_id, s.gen, s.expires_at, s.end_reason, by_whom.agent, by_whom.address, by_whom.created_at;
        RETURN;
    END IF;

    is_confirmed := s.confirmed_gen >= s.gen;
    is_lost := NOT is_confirmed AND s.rotated_at <= at - interval '10 s';
    IF s.refresh_hash = presented OR (s.prev_hash = presented AND is_lost) THEN
        UPDATE public.sessions x
           SET gen = s.gen + 1, prev_hash = presented, refresh_hash = next, rotated_at = at, seen_at = at,
               dead_hashes = (ARRAY(SELECT h FROM unnest(CASE WHEN s.refresh_hash = presented THEN s.prev_hash ELSE s.refresh_hash END || s.dead_hashes) h
                                     WHERE h IS NOT NULL))[1:8]
         WHERE x.id = session;
        RETURN QUERY SELECT 'rotated', s.user_id, s.gen + 1, s.expires_at, NULL::text, NULL::text, NULL::text, NULL::timestamptz;
    ELSIF s.prev_hash = presented AND (NOT is_confirmed OR s.confirmed_at > at - interval '30 s') THEN
        RETURN QUERY SELECT 'access_only', s.user_id, s.gen - 1, s.expires_at, NULL::text, NULL::text, NULL::text, NULL::timestamptz;
    ELSE
        UPDATE public.sessions x SET ended_at = at, end_reason = 'reused' WHERE x.id = session;
        RETURN QUERY SELECT 'reused', s.user_id, s.gen, s.expires_at, NULL::text, NULL::text, NULL::text, NULL::timestamptz;
    END IF;
END $$;

-- New tokens for a session whose person has just shown once more that it is them. Two generations
-- at once: no access token from before is good any more.
CREATE FUNCTION gate.session_renew(session bigint, next bytea, at timestamptz, steps_up boolean, shows_factor boolean)
RETURNS TABLE (gen int, expires_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.sessions s
       SET gen = s.gen + 2, prev_hash = s.refresh_hash, refresh_hash = next, rotated_at = at,
           dead_hashes = (ARRAY(SELECT h FROM unnest(s.prev_hash || s.dead_hashes) h WHERE h IS NOT NULL))[1:8],
           stepped_up_at = CASE WHEN steps_up THEN at ELSE s.stepped_up_at END,
           factor_at = CASE WHEN shows_factor THEN at ELSE s.factor_at END
     WHERE s.id = session AND s.ended_at IS NULL
    RETURNING s.gen, s.expires_at
$$;

-- The person did something. Nothing else keeps a session from idling.
CREATE FUNCTION gate.session_activity(session bigint, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.sessions s SET active_at = at, idles_at = at + s.idle_s * interval '1 s'
     WHERE s.id = session AND s.ended_at IS NULL AND s.active_at < at - interval '30 s'
$$;

CREATE FUNCTION gate.person_sessions(person bigint, at timestamptz)
RETURNS TABLE (id bigint, agent text, address text, created_at timestamptz, active_at timestamptz,
               seen_at timestamptz, is_trusted boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.id, s.agent, s.address, s.created_at, s.active_at, s.seen_at, coalesce(d.trusted_until > at, false)
      FROM public.sessions s LEFT JOIN public.devices d ON d.id = s.device_id AND d.user_id = s.user_id
     WHERE s.user_id = person AND s.ended_at IS NULL AND s.idles_at > at AND s.expires_at > at
     ORDER BY s.active_at DESC, s.id DESC LIMIT 100
$$;

-- Ends one session of a person, or all but one; says how many.
CREATE FUNCTION gate.person_sessions_end(person bigint, session bigint, except_session bigint, reason text, at timestamptz)
RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH ended AS (
        UPDATE public.sessions s SET ended_at = at, end_reason = reason
         WHERE s.user_id = person AND s.ended_at IS NULL AND (session IS NULL OR s.id = session)
           AND (except_session IS NULL OR s.id <> except_session)
        RETURNING 1)
    SELECT count(*) FROM ended
$$;

-- --- devices ----------------------------------------------------------------

CREATE FUNCTION gate.device_trusted(person bigint, device bigint, presented bytea, next bytea, at timestamptz)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH used AS (
        UPDATE public.devices d SET trust_hash = next, used_at = at
         WHERE d.id = device AND d.user_id = person AND d.trust_hash = presented AND d.trusted_until > at
        RETURNING 1)
    SELECT EXISTS (SELECT FROM used)
$$;

-- A complete sign-in: the browser is known from now on, under a new secret.
CREATE FUNCTION gate.device_keep(person bigint, device bigint, next bytea, agent text, address text, at timestamptz)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept bigint;
BEGIN
    UPDATE public.devices d SET known_hash = next, used_at = at, agent = left(device_keep.agent, 200), address = device_keep.address
     WHERE d.id = device AND d.user_id = person RETURNING d.id INTO kept;
    IF kept IS NULL THEN
        INSERT INTO public.devices (user_id, known_hash, agent, address, created_at, used_at)
        VALUES (person, next, left(device_keep.agent, 200), device_keep.address, at, at) RETURNING id INTO kept;
        DELETE FROM public.devices d WHERE d.user_id = person
           AND d.id NOT IN (SELECT x.id FROM public.devices x WHERE x.user_id = person ORDER BY x.used_at DESC, x.id DESC LIMIT 20);
    END IF;
    RETURN kept;
END $$;

CREATE FUNCTION gate.device_trust(person bigint, device bigint, next bytea, until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.devices d SET trust_hash = next, trusted_until = until WHERE d.id = device AND d.user_id = person
$$;

CREATE FUNCTION gate.person_devices(person bigint, at timestamptz)
RETURNS TABLE (id bigint, agent text, address text, created_at timestamptz, used_at timestamptz, trusted_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.id, d.agent, d.address, d.created_at, d.used_at, d.trusted_until FROM public.devices d
     WHERE d.user_id = person AND d.trusted_until > at ORDER BY d.used_at DESC, d.id DESC
$$;

-- One device, or all of them, is a stranger again.
CREATE FUNCTION gate.person_devices_forget(person bigint, device bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (DELETE FROM public.devices d WHERE d.user_id = person AND (device IS NULL OR d.id = device) RETURNING 1)
    SELECT count(*) FROM gone
$$;

-- --- the second factor --------------------------------------------------------

CREATE FUNCTION gate.factor_find(person bigint)
RETURNS TABLE (version bigint, secret bytea, drift int, enrolled_at timestamptz, codes_left bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.version, f.secret, f.drift, f.enrolled_at,
           (SELECT count(*) FROM public.recovery_codes r WHERE r.user_id = person AND r.used_at IS NULL)
      FROM public.factors f WHERE f.user_id = person
$$;

-- A right code counts once, in parallel too: the second finds its step used.
CREATE FUNCTION gate.factor_use(person bigint, version bigint, step bigint, drift int) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH used AS (
        UPDATE public.factors f SET last_step = step, drift = factor_use.drift
         WHERE f.user_id = person AND f.version = factor_use.version AND f.last_step < step
        RETURNING 1)
    SELECT EXISTS (SELECT FROM used)
$$;

CREATE FUNCTION gate.factor_enrol(person bigint, version bigint, secret bytea, step bigint, drift int, at timestamptz,
                                  codes text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.factors AS f (user_id, version, secret, enrolled_at, last_step, drift)
    VALUES (person, version, secret, at, step, drift)
        ON CONFLICT (user_id) DO UPDATE SET version = EXCLUDED.version, secret = EXCLUDED.secret,
           enrolled_at = EXCLUDED.enrolled_at, last_step = EXCLUDED.last_step, drift = EXCLUDED.drift;
    DELETE FROM public.recovery_codes r WHERE r.user_id = person;
    INSERT INTO public.recovery_codes (user_id, number, hash)
    SELECT person, c.n - 1, c.hash FROM unnest(codes) WITH ORDINALITY c (hash, n);
$$;

CREATE FUNCTION gate.recovery_replace(person bigint, codes text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.recovery_codes r WHERE r.user_id = person;
    INSERT INTO public.recovery_codes (user_id, number, hash)
    SELECT person, c.n - 1, c.hash FROM unnest(codes) WITH ORDINALITY c (hash, n);
$$;

CREATE FUNCTION gate.recovery_find(person bigint, number int) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.hash FROM public.recovery_codes r
     WHERE r.user_id = person AND r.number = recovery_find.number AND r.used_at IS NULL
$$;

CREATE FUNCTION gate.recovery_use(person bigint, number int, at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH used AS (
        UPDATE public.recovery_codes r SET used_at = at
         WHERE r.user_id = person AND r.number = recovery_use.number AND r.used_at IS NULL
        RETURNING 1)
    SELECT EXISTS (SELECT FROM used)
$$;

CREATE FUNCTION gate.factor_remove(person bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.recovery_codes r WHERE r.user_id = person;
    WITH gone AS (DELETE FROM public.factors f WHERE f.user_id = person RETURNING 1)
    SELECT EXISTS (SELECT FROM gone);
$$;

-- An account's administrator took the factor away: that account trusts what comes next; others that
-- demand one wait until one of theirs says so too.
CREATE FUNCTION gate.factor_reset(person bigint, account bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT gate.factor_remove(person);
    UPDATE public.users u SET factor_epoch = u.factor_epoch + 1 WHERE u.id = person;
    UPDATE public.memberships m SET factor_epoch = u.factor_epoch FROM public.users u
     WHERE u.id = person AND m.user_id = person AND m.account_id = account;
    SELECT gate.compile_access(m.account_id, m.id)
      FROM (SELECT account_id, id FROM public.memberships WHERE user_id = person ORDER BY account_id) m;
$$;

CREATE FUNCTION gate.factor_confirm_reset(person bigint, account bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH changed AS (
        UPDATE public.memberships m SET factor_epoch = u.factor_epoch FROM public.users u
         WHERE u.id = person AND m.user_id = person AND m.account_id = account AND m.factor_epoch <> u.factor_epoch
        RETURNING 1)
    SELECT EXISTS (SELECT FROM changed)
$$;

-- --- passwords ----------------------------------------------------------------

-- What a password of this person must not be made of.
CREATE FUNCTION gate.password_context(person bigint, at timestamptz)
RETURNS TABLE (email text, name text, locale text, accounts text[], password_min int, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.email, u.name, u.locale,
           ARRAY(SELECT a.name FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
                  WHERE m.user_id = person AND m.is_active ORDER BY a.id),
           (SELECT p.password_min FROM gate.signin_policy(person, at) p), u.password_hash
      FROM public.users u WHERE u.id = person
$$;

CREATE FUNCTION gate.password_set(person bigint, hash text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.users SET password_hash = hash, password_set_at = at, must_change_password = false WHERE id = person
$$;

-- --- what is remembered of attempts --------------------------------------------

CREATE FUNCTION gate.attempt_note(at timestamptz, person bigint, email_hash bigint, account bigint, address text,
                                  agent text, step text, reason text, request_id text, retry_at timestamptz)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.signin_attempts (at, user_id, email_hash, refused_by, address, agent, step, reason, request_id, retry_at)
    VALUES (at, person, email_hash, account, address, left(agent, 200), step, reason, request_id, retry_at)
$$;

-- What this account may know: what happened before any account, and its own refusals.
CREATE FUNCTION gate.attempts_of(account bigint, person bigint, n int)
RETURNS TABLE (id bigint, at timestamptz, address text, agent text, step text, reason text, request_id text, retry_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, a.at, a.address, a.agent, a.step, a.reason, a.request_id, a.retry_at
      FROM public.signin_attempts a
     WHERE a.user_id = person AND (a.refused_by IS NULL OR a.refused_by = account)
     ORDER BY a.id DESC LIMIT least(n, 200)
$$;

-- A little housekeeping with each sign-in: what is too old to help anybody.
CREATE FUNCTION gate.signin_sweep(now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.signin_tickets WHERE expires_at < now;
    DELETE FROM public.signin_throttle WHERE updated_at < now - interval '2 days' AND closed_until < now;
    DELETE FROM public.signin_attempts WHERE id IN
        (SELECT a.id FROM public.signin_attempts a WHERE a.at < now - interval '90 days' ORDER BY a.at LIMIT 100);
    DELETE FROM public.sessions WHERE id IN
        (SELECT s.id FROM public.sessions s WHERE s.ended_at < now - interval '6 months' ORDER BY s.ended_at LIMIT 100);
$$;

-- What a person did to themselves is in the trail of every account they work in.
CREATE FUNCTION gate.audit_person(person bigint, at timestamptz, action text, session bigint, address text,
                                  request_id text, subject_kind text, detail text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.audit_events (account_id, at, action, actor_kind, actor_id, session_id, address, request_id,
                                     subject_kind, subject_id, detail)
    SELECT m.account_id, at, action, 'user', person, session, address, request_id, subject_kind, person, detail
      FROM public.memberships m WHERE m.user_id = person AND m.is_active ORDER BY m.account_id
$$;

-- The same as before, and a factor that somebody else took away holds up accounts that demand one.
CREATE OR REPLACE FUNCTION gate.member_access_now(account bigint, member bigint) RETURNS SETOF public.member_access
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.account_id, m.user_id, m.id, 1::bigint, m.is_active, p.permissions, g.scope,
           CASE WHEN g.scope IN ('department', 'branch') THEN d.ids ELSE '{}' END,
           CASE WHEN g.scope = 'branch' THEN b.ids ELSE '{}' END,
           CASE WHEN gate.has_permission(p.permissions, 'tickets.pick') THEN d.ids ELSE '{}' END,
           CASE WHEN g.channels IS NULL THEN m.channels WHEN m.channels IS NULL THEN g.channels
                ELSE ARRAY(SELECT unnest(g.channels) INTERSECT SELECT unnest(m.channels) ORDER BY 1) END,
           g.scope = 'account', gate.has_permission(p.permissions, 'tickets.view_bot'),
           gate.has_permission(p.permissions, 'tickets.view_history'),
           gate.has_permission(p.permissions, 'contacts.view_all'), g.masks,
           gate.networks_in_both(
               (SELECT array_agg(n.network ORDER BY n.network) FROM public.networks n
                 WHERE n.account_id = m.account_id AND n.group_id IS NULL),
               (SELECT array_agg(n.network ORDER BY n.network) FROM public.networks n
                 WHERE n.account_id = m.account_id AND n.group_id = m.group_id)),
           a.state, g.factor_from,
           CASE WHEN g.factor_from IS NOT NULL AND m.factor_epoch <> u.factor_epoch THEN 'factor_reset_unconfirmed' END
      FROM public.memberships m
      JOIN public.accounts a ON a.id = m.account_id
      JOIN public.users u ON u.id = m.user_id
      JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
     CROSS JOIN LATERAL (SELECT gate.group_permissions(g) AS permissions) p
     CROSS JOIN LATERAL (SELECT ARRAY(SELECT x.department_id FROM public.department_members x
                                       WHERE x.account_id = m.account_id AND x.member_id = m.id
                                       ORDER BY 1) AS ids) d
     CROSS JOIN LATERAL (SELECT ARRAY(SELECT x.branch_id FROM public.member_branches x
                                       WHERE x.account_id = m.account_id AND x.member_id = m.id
                                       ORDER BY 1) AS ids) b
     WHERE m.account_id = account AND m.id = member
$$;

GRANT EXECUTE ON FUNCTION
    gate.signin_policy(bigint, timestamptz), gate.signin_person(text, bigint, bytea), gate.signin_state(bigint),
    gate.session_start(bigint, bytea, timestamptz, text, text, bigint, boolean, boolean),
    gate.session_rotate(bigint, bytea, bytea, timestamptz),
    gate.session_renew(bigint, bytea, timestamptz, boolean, boolean), gate.session_activity(bigint, timestamptz),
    gate.person_sessions(bigint, timestamptz),
    gate.person_sessions_end(bigint, bigint, bigint, text, timestamptz),
    gate.device_trusted(bigint, bigint, bytea, bytea, timestamptz),
    gate.device_keep(bigint, bigint, bytea, text, text, timestamptz),
    gate.device_trust(bigint, bigint, bytea, timestamptz), gate.person_devices(bigint, timestamptz),
    gate.person_devices_forget(bigint, bigint), gate.factor_find(bigint),
    gate.factor_use(bigint, bigint, bigint, int),
    gate.factor_enrol(bigint, bigint, bytea, bigint, int, timestamptz, text[]),
    gate.recovery_replace(bigint, text[]), gate.recovery_find(bigint, int),
    gate.recovery_use(bigint, int, timestamptz), gate.factor_remove(bigint), gate.factor_reset(bigint, bigint),
    gate.factor_confirm_reset(bigint, bigint), gate.password_context(bigint, timestamptz),
    gate.password_set(bigint, text, timestamptz),
    gate.attempt_note(timestamptz, bigint, bigint, bigint, text, text, text, text, text, timestamptz),
    gate.attempts_of(bigint, bigint, int), gate.signin_sweep(timestamptz),
    gate.audit_person(bigint, timestamptz, text, bigint, text, text, text, text)
    TO balcao_api, balcao_worker;
RESET ROLE;
