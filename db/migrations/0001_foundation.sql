-- locks: none
-- Roles, schemas, and the fence around every account. Applied as a superuser:
-- roles and extensions belong to the cluster, everything else to balcao_owner.

DO $$
DECLARE
    role_name text;
BEGIN
    -- Owners cannot log in. They bypass row-level security because FORCE would
    -- otherwise make their backfills touch no row, in silence.
    FOREACH role_name IN ARRAY ARRAY['balcao_owner', 'balcao_gate'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN BYPASSRLS', role_name);
        END IF;
    END LOOP;
    -- Programs log in and never bypass.
    FOREACH role_name IN ARRAY ARRAY['balcao_api', 'balcao_worker', 'balcao_live'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', role_name);
        END IF;
        EXECUTE format('ALTER ROLE %I SET search_path = public', role_name);
        EXECUTE format('ALTER ROLE %I SET statement_timeout = ''10s''', role_name);
        EXECUTE format('ALTER ROLE %I SET lock_timeout = ''3s''', role_name);
        EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''10s''', role_name);
        -- Custom plans look cheaper for ever and are planned again on each call.
        EXECUTE format('ALTER ROLE %I SET plan_cache_mode = force_generic_plan', role_name);
        EXECUTE format('ALTER ROLE %I SET jit = off', role_name);
    END LOOP;
    -- Its one question is always answered by the index; a fresh partition without
    -- statistics would tempt the planner otherwise.
    ALTER ROLE balcao_live SET enable_seqscan = off;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO balcao_api, balcao_worker, balcao_live',
                   current_database());
    EXECUTE format('ALTER DATABASE %I SET timezone = ''UTC''', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO balcao_owner;
GRANT USAGE ON SCHEMA public TO balcao_api, balcao_worker, balcao_live, balcao_gate;

-- The only place that looks across accounts: narrow views and functions.
CREATE SCHEMA gate AUTHORIZATION balcao_gate;
GRANT USAGE ON SCHEMA gate TO balcao_api, balcao_worker, balcao_live, balcao_owner;

CREATE SCHEMA ext AUTHORIZATION balcao_owner;
GRANT USAGE ON SCHEMA ext TO balcao_gate, balcao_api, balcao_worker;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION unaccent SCHEMA ext;

ALTER DEFAULT PRIVILEGES FOR ROLE balcao_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE balcao_gate REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SET ROLE balcao_owner;

-- Puts a table behind the fence: rows of the account in balcao.account, and no others.
-- A setting that was never made raises instead of showing nothing: it is our bug.
CREATE PROCEDURE protect(t regclass, verbs text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY account ON %s TO balcao_api, balcao_worker '
                   'USING (account_id = (SELECT current_setting(''balcao.account'')::bigint)) '
                   'WITH CHECK (account_id = current_setting(''balcao.account'')::bigint)', t);
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', t);
    EXECUTE format('GRANT %s ON %s TO balcao_api, balcao_worker', verbs, t);
END $$;

-- Lower case, no accents: what people type when they look for somebody.
CREATE FUNCTION plain(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT lower(ext.unaccent('ext.unaccent', t))
$$;
GRANT EXECUTE ON FUNCTION plain(text) TO balcao_api, balcao_worker, balcao_gate;

RESET ROLE;
SET ROLE balcao_gate;

-- Ends the transaction with a reason the browser understands. The SQLSTATE carries
-- the HTTP status (BA403 is 403), the message is the slug.
CREATE FUNCTION gate.refuse(status text, slug text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'BA' || status, MESSAGE = slug;
END $$;

-- Ends the transaction as a serialization failure does: the caller starts over.
CREATE FUNCTION gate.ask_again() RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = 'what the process remembered is stale';
END $$;
GRANT EXECUTE ON FUNCTION gate.refuse(text, text), gate.ask_again() TO balcao_api, balcao_worker;

RESET ROLE;
