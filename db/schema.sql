-- The sum of db/migrations: written by make -C backend schema, checked by schema-check.

CREATE SCHEMA ext;

CREATE SCHEMA gate;

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA ext;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA ext;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA ext;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA ext;

CREATE DOMAIN public.audit_actor AS text
	CONSTRAINT audit_actor_check CHECK ((VALUE = ANY (ARRAY['system'::text, 'user'::text, 'token'::text, 'job'::text, 'provider'::text, 'visitor'::text, 'operator'::text, 'ctl'::text])));

CREATE DOMAIN public.department_color AS text
	CONSTRAINT department_color_check CHECK ((VALUE = ANY (ARRAY['sand'::text, 'blue'::text, 'green'::text, 'clay'::text, 'violet'::text, 'teal'::text])));

CREATE DOMAIN public.event_audience AS text
	CONSTRAINT event_audience_check CHECK ((VALUE = ANY (ARRAY['members'::text, 'visitor'::text])));

CREATE DOMAIN public.inbound_state AS text
	CONSTRAINT inbound_state_check CHECK ((VALUE = ANY (ARRAY['pending'::text, 'done'::text, 'rejected'::text, 'unreadable'::text])));

CREATE DOMAIN public.inbound_verdict AS text
	CONSTRAINT inbound_verdict_check CHECK ((VALUE = ANY (ARRAY['valid'::text, 'invalid'::text, 'missing'::text])));

CREATE DOMAIN public.message_author AS text
	CONSTRAINT message_author_check CHECK ((VALUE = ANY (ARRAY['contact'::text, 'member'::text, 'bot'::text, 'system'::text])));

CREATE DOMAIN public.message_direction AS text
	CONSTRAINT message_direction_check CHECK ((VALUE = ANY (ARRAY['in'::text, 'out'::text, 'note'::text, 'system'::text])));

CREATE DOMAIN public.message_state AS text
	CONSTRAINT message_state_check CHECK ((VALUE = ANY (ARRAY['received'::text, 'queued'::text, 'sending'::text, 'accepted'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'unknown'::text, 'internal'::text])));

CREATE DOMAIN public.presence_state AS text
	CONSTRAINT presence_state_check CHECK ((VALUE = ANY (ARRAY['online'::text, 'away'::text, 'break'::text, 'offline'::text])));

CREATE DOMAIN public.ticket_controller AS text
	CONSTRAINT ticket_controller_check CHECK ((VALUE = ANY (ARRAY['bot'::text, 'queue'::text, 'user'::text, 'none'::text])));

CREATE DOMAIN public.ticket_state AS text
	CONSTRAINT ticket_state_check CHECK ((VALUE = ANY (ARRAY['bot'::text, 'waiting'::text, 'serving'::text, 'surveying'::text, 'closed'::text])));

CREATE FUNCTION gate.account_figures(at timestamp with time zone) RETURNS TABLE(id bigint, name text, slug text, state text, created_at timestamp with time zone, members bigint, tickets_today bigint, storage_bytes bigint, channels bigint, channels_failing bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.account_open(account_name text, account_slug text, owner_email text, owner_name text, owner_hash text, OUT account bigint, OUT is_known boolean) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.account_set_state(account bigint, new_state text) RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.accounts a SET state = new_state
      FROM (SELECT x.id, x.state FROM public.accounts x WHERE x.id = account FOR UPDATE) was
     WHERE a.id = was.id RETURNING was.state
$$;

CREATE FUNCTION gate.ask_again() RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = 'what the process remembered is stale';
END $$;

CREATE FUNCTION gate.attempt_note(at timestamp with time zone, person bigint, email_hash bigint, account bigint, address text, agent text, step text, reason text, request_id text, retry_at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.signin_attempts (at, user_id, email_hash, refused_by, address, agent, step, reason, request_id, retry_at)
    VALUES (at, person, email_hash, account, address, left(agent, 200), step, reason, request_id, retry_at)
$$;

CREATE FUNCTION gate.attempts_of(account bigint, person bigint, n integer) RETURNS TABLE(id bigint, at timestamp with time zone, address text, agent text, step text, reason text, request_id text, retry_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT a.id, a.at, a.address, a.agent, a.step, a.reason, a.request_id, a.retry_at
      FROM public.signin_attempts a
     WHERE a.user_id = person AND (a.refused_by IS NULL OR a.refused_by = account)
     ORDER BY a.id DESC LIMIT least(n, 200)
$$;

CREATE FUNCTION gate.audit_backlog() RETURNS TABLE(oldest_s bigint, broken bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT coalesce((SELECT extract(epoch FROM now() - e.at)::bigint
                       FROM public.audit_cursor p
                      CROSS JOIN LATERAL (SELECT x.at FROM public.audit_events x
                                           WHERE (x.xid, x.id) > (p.xid, p.event_id) AND x.id > p.base_id
                                           ORDER BY x.xid, x.id LIMIT 1) e), 0),
           (SELECT count(*) FROM public.audit_heads h WHERE h.fault IS NOT NULL)
$$;

CREATE FUNCTION gate.audit_inserted(account bigint) RETURNS TABLE(event_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT e.id FROM public.audit_events e CROSS JOIN public.audit_cursor p
     WHERE e.account_id = account
       AND (e.id <= p.base_id OR (e.xid, e.id) <= (p.xid, p.event_id))
       AND NOT EXISTS (SELECT FROM public.audit_chain c WHERE c.account_id = account AND c.event_id = e.id)
     ORDER BY e.id LIMIT 1
$$;

CREATE FUNCTION gate.audit_oldest_unsealed() RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT min(e.at) FROM public.audit_events e CROSS JOIN public.audit_cursor p
     WHERE (e.xid, e.id) > (p.xid, p.event_id) AND e.id > p.base_id
       AND e.account_id = current_setting('balcao.account')::bigint
$$;

CREATE FUNCTION gate.audit_person(person bigint, at timestamp with time zone, action text, session bigint, address text, request_id text, subject_kind text, detail text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.audit_events (account_id, at, action, actor_kind, actor_id, session_id, address, request_id,
                                     subject_kind, subject_id, detail)
    SELECT m.account_id, at, action, 'user', person, session, address, request_id, subject_kind, person, detail
      FROM public.memberships m WHERE m.user_id = person AND m.is_active ORDER BY m.account_id
$$;

CREATE FUNCTION gate.audit_seal(accounts bigint[], seqs bigint[], ats timestamp with time zone[], ids bigint[], hashes text[], last_xid xid8, last_id bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.audit_chain (account_id, seq, event_at, event_id, hash)
    SELECT l.account, l.seq, l.at, l.id, decode(l.hash, 'hex')
      FROM unnest(accounts, seqs, ats, ids, hashes) l (account, seq, at, id, hash);
    INSERT INTO public.audit_heads AS h (account_id, seq, hash, event_at)
    SELECT DISTINCT ON (l.account) l.account, l.seq, decode(l.hash, 'hex'), l.at
      FROM unnest(accounts, seqs, ats, hashes) l (account, seq, at, hash)
     ORDER BY l.account, l.seq DESC
        ON CONFLICT (account_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, event_at = excluded.event_at;
    UPDATE public.audit_cursor SET xid = last_xid, event_id = last_id;
$$;

CREATE FUNCTION gate.audit_sign(account bigint, at_seq bigint, signed text, key bytea, proof bytea, now_is timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.audit_checkpoints (account_id, seq, statement, public_key, signature)
    VALUES (account, at_seq, signed, key, proof);
    UPDATE public.audit_heads SET checkpoint_seq = at_seq, checkpoint_at = now_is WHERE account_id = account;
$$;

CREATE FUNCTION gate.audit_unsealed(n integer) RETURNS TABLE(account_id bigint, id bigint, at timestamp with time zone, action text, actor_kind text, actor_id bigint, session_id bigint, token_id bigint, address text, port integer, request_id text, subject_kind text, subject_id bigint, detail text, xid text, head_seq bigint, head_hash bytea)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    place public.audit_cursor;
BEGIN
    SELECT * INTO place FROM public.audit_cursor FOR UPDATE;
    RETURN QUERY
        SELECT e.account_id, e.id, e.at, e.action, e.actor_kind::text, e.actor_id, e.session_id, e.token_id,
               e.address, e.port, e.request_id, e.subject_kind, e.subject_id, e.detail, e.xid::text,
               h.seq, h.hash
          FROM public.audit_events e LEFT JOIN public.audit_heads h ON h.account_id = e.account_id
         WHERE (e.xid, e.id) > (place.xid, place.event_id) AND e.id > place.base_id
           AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY e.xid, e.id LIMIT n;
END $$;

CREATE FUNCTION gate.audit_unsigned(now_is timestamp with time zone, n integer) RETURNS TABLE(account_id bigint, seq bigint, hash bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT h.account_id, h.seq, h.hash FROM public.audit_heads h
     WHERE h.seq > h.checkpoint_seq AND coalesce(h.checkpoint_at <= now_is - interval '1 hour', true)
     ORDER BY h.account_id LIMIT n
$$;

CREATE FUNCTION gate.audit_unverified(now_is timestamp with time zone) RETURNS TABLE(account_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT h.account_id FROM public.audit_heads h
     WHERE coalesce(h.verified_at <= now_is - interval '1 day', true)
     ORDER BY h.verified_at NULLS FIRST, h.account_id LIMIT 1
$$;

CREATE FUNCTION gate.audit_verified(account bigint, until_seq bigint, found text, found_at bigint, now_is timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.audit_heads SET verified_seq = until_seq, verified_at = now_is, fault = found, fault_seq = found_at
     WHERE account_id = account
$$;

CREATE FUNCTION gate.channel_silence(n integer) RETURNS TABLE(channel_id bigint, kind text, silent_s bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT c.id, c.kind, extract(epoch FROM now() - e.received_at)::bigint
      FROM public.channels c
     CROSS JOIN LATERAL (SELECT i.received_at FROM public.inbound_events i
                          WHERE i.account_id = c.account_id AND i.channel_id = c.id
                          ORDER BY i.id DESC LIMIT 1) e
     WHERE c.is_active ORDER BY e.received_at LIMIT n
$$;

CREATE FUNCTION gate.compile_access(account bigint, member bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    now_is public.member_access;
    was public.member_access;
BEGIN
    SELECT * INTO now_is FROM gate.member_access_now(account, member);
    IF now_is.member_id IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO was FROM public.member_access x
     WHERE x.account_id = account AND x.user_id = now_is.user_id FOR UPDATE;
    now_is.epoch := coalesce(was.epoch, 1);
    IF was IS NOT DISTINCT FROM now_is THEN
        RETURN;
    END IF;
    IF was.member_id IS NULL THEN
        INSERT INTO public.member_access SELECT now_is.*;
        RETURN;
    END IF;
    now_is.epoch := was.epoch + 1;
    UPDATE public.member_access x
       SET epoch = now_is.epoch, is_active = now_is.is_active, permissions = now_is.permissions,
           scope = now_is.scope, departments = now_is.departments, branches = now_is.branches,
           pick_departments = now_is.pick_departments, channels = now_is.channels,
           sees_account = now_is.sees_account, sees_bot = now_is.sees_bot,
           sees_history = now_is.sees_history, sees_contacts = now_is.sees_contacts,
           masks = now_is.masks, networks = now_is.networks, account_state = now_is.account_state,
           factor_from = now_is.factor_from, block = now_is.block
     WHERE x.account_id = account AND x.user_id = now_is.user_id;
    INSERT INTO public.account_event (account_id, kind, audience, user_id, facts, payload)
    VALUES (account, 'access.changed', 'members', now_is.user_id, now_is.epoch::text, '{}');
END $$;

CREATE FUNCTION gate.compile_accesses(account bigint, grp bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT gate.compile_access(m.account_id, m.id)
      FROM (SELECT account_id, id FROM public.memberships
             WHERE account_id = account AND (grp IS NULL OR group_id = grp) ORDER BY id) m
$$;

CREATE FUNCTION gate.compile_everything() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT gate.compile_accesses(a.id, NULL) FROM (SELECT id FROM public.accounts ORDER BY id) a
$$;

CREATE FUNCTION gate.dead_jobs() RETURNS TABLE(queue text, dead bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT d.queue, count(*) FROM public.dead_jobs d GROUP BY d.queue ORDER BY d.queue
$$;

CREATE FUNCTION gate.dead_jobs_by_kind() RETURNS TABLE(kind text, dead bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT d.kind, count(*) FROM public.dead_jobs d GROUP BY d.kind ORDER BY d.kind
$$;

CREATE FUNCTION gate.device_keep(person bigint, device bigint, next bytea, agent text, address text, at timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.device_trust(person bigint, device bigint, next bytea, until timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.devices d SET trust_hash = next, trusted_until = until WHERE d.id = device AND d.user_id = person
$$;

CREATE FUNCTION gate.device_trusted(person bigint, device bigint, presented bytea, next bytea, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH used AS (
        UPDATE public.devices d SET trust_hash = next, used_at = at
         WHERE d.id = device AND d.user_id = person AND d.trust_hash = presented AND d.trusted_until > at
        RETURNING 1)
    SELECT EXISTS (SELECT FROM used)
$$;

CREATE FUNCTION gate.email_ask(person bigint, email text, good_for interval, lane bigint, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    wish bigint;
BEGIN
    PERFORM FROM public.users u WHERE u.id = person FOR UPDATE; -- two at once are served in order
    UPDATE public.email_changes c SET ended_at = at WHERE c.user_id = person AND c.confirmed_at IS NULL AND c.ended_at IS NULL;
    INSERT INTO public.email_changes (user_id, email, created_at, expires_at)
    VALUES (person, email_ask.email, at, at + good_for) RETURNING id INTO wish;
    INSERT INTO public.lanes AS l (queue, lane, run_at) VALUES ('delivery', email_ask.lane, at);
    INSERT INTO public.jobs (queue, lane, kind, subject_id) VALUES ('delivery', email_ask.lane, 'email.confirm', wish);
END $$;

CREATE FUNCTION gate.email_confirm(hash bytea, undo bytea, undo_for interval, at timestamp with time zone) RETURNS TABLE(outcome text, user_id bigint, name text, locale text, old_email text, email text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    c public.email_changes;
    u public.users;
BEGIN
    SELECT * INTO c FROM public.email_changes x WHERE x.token_hash = hash FOR UPDATE;
    outcome := CASE WHEN c.confirmed_at IS NOT NULL THEN 'used'
                    WHEN c.id IS NULL OR c.ended_at IS NOT NULL OR c.expires_at <= at THEN 'expired' ELSE 'good' END;
    IF outcome = 'good' THEN
        SELECT * INTO u FROM public.users x WHERE x.id = c.user_id FOR UPDATE;
        BEGIN
            UPDATE public.users x SET email = c.email WHERE x.id = u.id;
        EXCEPTION WHEN unique_violation THEN
            outcome := 'expired';
        END;
    END IF;
    IF outcome = 'good' THEN
        UPDATE public.email_changes x SET confirmed_at = at, old_email = u.email, undo_hash = undo, undo_until = at + undo_for
         WHERE x.id = c.id;
        UPDATE public.password_resets r SET ended_at = at WHERE r.user_id = u.id AND r.used_at IS NULL AND r.ended_at IS NULL;
    END IF;
    RETURN QUERY SELECT outcome, u.id, u.name, u.locale, u.email, c.email;
END $$;

CREATE FUNCTION gate.email_link(wish bigint, hash bytea, at timestamp with time zone) RETURNS TABLE(email text, name text, locale text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.email_changes c SET token_hash = hash FROM public.users u
     WHERE c.id = wish AND c.ended_at IS NULL AND c.confirmed_at IS NULL AND c.expires_at > at AND u.id = c.user_id
       AND NOT EXISTS (SELECT FROM public.users o WHERE o.email = c.email)
    RETURNING c.email, u.name, u.locale
$$;

CREATE FUNCTION gate.email_undo(undo bytea, lane bigint, at timestamp with time zone) RETURNS TABLE(outcome text, user_id bigint, lost_email text, email text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    c public.email_changes;
    u public.users;
BEGIN
    SELECT * INTO c FROM public.email_changes x WHERE x.undo_hash = undo FOR UPDATE;
    outcome := CASE WHEN c.undone_at IS NOT NULL THEN 'used'
                    WHEN c.id IS NULL OR c.ended_at IS NOT NULL OR c.undo_until <= at THEN 'expired' ELSE 'good' END;
    IF outcome = 'good' THEN
        SELECT * INTO u FROM public.users x WHERE x.id = c.user_id FOR UPDATE;
        BEGIN
            UPDATE public.users x SET email = c.old_email, password_hash = NULL, password_set_at = NULL WHERE x.id = u.id;
        EXCEPTION WHEN unique_violation THEN
            outcome := 'expired';
        END;
    END IF;
    IF outcome = 'good' THEN
        UPDATE public.email_changes x SET undone_at = at WHERE x.id = c.id;
        UPDATE public.email_changes x SET ended_at = at WHERE x.user_id = u.id AND x.id <> c.id AND x.ended_at IS NULL AND x.undone_at IS NULL;
        UPDATE public.password_resets r SET ended_at = at WHERE r.user_id = u.id AND r.used_at IS NULL AND r.ended_at IS NULL;
        INSERT INTO public.lanes AS l (queue, lane, run_at) VALUES ('delivery', email_undo.lane, at);
        INSERT INTO public.jobs (queue, lane, kind, subject_id, arg) VALUES ('delivery', email_undo.lane, 'password.reset', 0, c.old_email);
    END IF;
    RETURN QUERY SELECT outcome, u.id, u.email, c.old_email;
END $$;

CREATE FUNCTION gate.equip_account(account bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.groups (account_id, builtin, name, scope, masks)
    SELECT account, b.word, b.word, b.scope, b.masks
      FROM (VALUES ('owner', 'account', 0), ('administrator', 'account', 0), ('manager', 'department', 0),
                   ('agent', 'own', 4), ('finance', 'account', 0), ('integrator', 'account', 4)) b (word, scope, masks);
    INSERT INTO public.account_security (account_id) VALUES (account);
    INSERT INTO public.account_settings (account_id) VALUES (account);
$$;

CREATE FUNCTION gate.factor_confirm_reset(person bigint, account bigint) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH changed AS (
        UPDATE public.memberships m SET factor_epoch = u.factor_epoch FROM public.users u
         WHERE u.id = person AND m.user_id = person AND m.account_id = account AND m.factor_epoch <> u.factor_epoch
        RETURNING 1)
    SELECT EXISTS (SELECT FROM changed)
$$;

CREATE FUNCTION gate.factor_enrol(person bigint, version bigint, secret bytea, step bigint, drift integer, at timestamp with time zone, codes text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.factors AS f (user_id, version, secret, enrolled_at, last_step, drift)
    VALUES (person, version, secret, at, step, drift)
        ON CONFLICT (user_id) DO UPDATE SET version = EXCLUDED.version, secret = EXCLUDED.secret,
           enrolled_at = EXCLUDED.enrolled_at, last_step = EXCLUDED.last_step, drift = EXCLUDED.drift;
    DELETE FROM public.recovery_codes r WHERE r.user_id = person;
    INSERT INTO public.recovery_codes (user_id, number, hash)
    SELECT person, c.n - 1, c.hash FROM unnest(codes) WITH ORDINALITY c (hash, n);
$$;

CREATE FUNCTION gate.factor_find(person bigint) RETURNS TABLE(version bigint, secret bytea, drift integer, enrolled_at timestamp with time zone, codes_left bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT f.version, f.secret, f.drift, f.enrolled_at,
           (SELECT count(*) FROM public.recovery_codes r WHERE r.user_id = person AND r.used_at IS NULL)
      FROM public.factors f WHERE f.user_id = person
$$;

CREATE FUNCTION gate.factor_remove(person bigint) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    DELETE FROM public.recovery_codes r WHERE r.user_id = person;
    WITH gone AS (DELETE FROM public.factors f WHERE f.user_id = person RETURNING 1)
    SELECT EXISTS (SELECT FROM gone);
$$;

CREATE FUNCTION gate.factor_reset(person bigint, account bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT gate.factor_remove(person);
    UPDATE public.users u SET factor_epoch = u.factor_epoch + 1 WHERE u.id = person;
    UPDATE public.memberships m SET factor_epoch = u.factor_epoch FROM public.users u
     WHERE u.id = person AND m.user_id = person AND m.account_id = account;
    SELECT gate.compile_access(m.account_id, m.id)
      FROM (SELECT account_id, id FROM public.memberships WHERE user_id = person ORDER BY account_id) m;
$$;

CREATE FUNCTION gate.factor_use(person bigint, version bigint, step bigint, drift integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH used AS (
        UPDATE public.factors f SET last_step = step, drift = factor_use.drift
         WHERE f.user_id = person AND f.version = factor_use.version AND f.last_step < step
        RETURNING 1)
    SELECT EXISTS (SELECT FROM used)
$$;

CREATE TABLE public.groups (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    builtin text,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    permissions text[] DEFAULT '{}'::text[] NOT NULL,
    scope text NOT NULL,
    channels bigint[],
    masks integer DEFAULT 0 NOT NULL,
    factor_from timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT groups_builtin_check CHECK ((builtin = ANY (ARRAY['owner'::text, 'administrator'::text, 'manager'::text, 'agent'::text, 'finance'::text, 'integrator'::text]))),
    CONSTRAINT groups_masks_check CHECK (((masks >= 0) AND (masks <= 31))),
    CONSTRAINT groups_scope_check CHECK ((scope = ANY (ARRAY['own'::text, 'department'::text, 'branch'::text, 'account'::text])))
);

ALTER TABLE ONLY public.groups FORCE ROW LEVEL SECURITY;

CREATE FUNCTION gate.group_permissions(grp public.groups) RETURNS bit
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT CASE WHEN grp.builtin = 'owner' THEN ~ 0::bit(256)
                ELSE coalesce(bit_or(set_bit(0::bit(256), p.number, 1)), 0::bit(256)) END
      FROM public.permissions p
     WHERE CASE WHEN grp.builtin IS NULL THEN p.name = ANY (grp.permissions)
                ELSE grp.builtin = ANY (p.builtins) END
$$;

CREATE FUNCTION gate.has_permission(permissions bit, permission text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT coalesce((SELECT get_bit(permissions, p.number) = 1 FROM public.permissions p WHERE p.name = permission), false)
$$;

CREATE FUNCTION gate.ids_in_both(a bigint[], b bigint[]) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a
                ELSE ARRAY(SELECT unnest(a) INTERSECT SELECT unnest(b) ORDER BY 1) END
$$;

CREATE FUNCTION gate.inbound_backlog() RETURNS TABLE(pending bigint, oldest_s bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT count(*), coalesce(extract(epoch FROM now() - min(received_at))::bigint, 0)
      FROM public.inbound_events WHERE state = 'pending'
$$;

CREATE FUNCTION gate.invite_find(hash bytea) RETURNS TABLE(account_id bigint, id bigint, account_name text, account_state text, email text, display_name text, group_id bigint, group_name text, group_builtin text, departments text, branches text, channels text, is_agent boolean, expires_at timestamp with time zone, accepted_at timestamp with time zone, ended_at timestamp with time zone, inviter_user bigint, inviter_name text, person bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT i.account_id, i.id, a.name, a.state, i.email, i.display_name, i.group_id, g.name, g.builtin,
           i.departments::text, i.branches::text, i.channels::text, i.is_agent, i.expires_at, i.accepted_at, i.ended_at,
           m.user_id, m.display_name, (SELECT u.id FROM public.users u WHERE u.email = i.email)
      FROM public.invites i
      JOIN public.accounts a ON a.id = i.account_id
      JOIN public.groups g ON g.account_id = i.account_id AND g.id = i.group_id
      JOIN public.memberships m ON m.account_id = i.account_id AND m.id = i.invited_by
     WHERE i.token_hash = hash
$$;

CREATE FUNCTION gate.mail_add(recipient text, locale text, template text, params bytea, lane bigint, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.mail_again(mail bigint, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE TABLE public.member_access (
    account_id bigint NOT NULL,
    user_id bigint NOT NULL,
    member_id bigint NOT NULL,
    epoch bigint DEFAULT 1 NOT NULL,
    is_active boolean NOT NULL,
    permissions bit(256) NOT NULL,
    scope text NOT NULL,
    departments bigint[] NOT NULL,
    branches bigint[] NOT NULL,
    pick_departments bigint[] NOT NULL,
    channels bigint[],
    sees_account boolean NOT NULL,
    sees_bot boolean NOT NULL,
    sees_history boolean NOT NULL,
    sees_contacts boolean NOT NULL,
    masks integer NOT NULL,
    networks cidr[],
    account_state text NOT NULL,
    factor_from timestamp with time zone,
    block text
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.member_access FORCE ROW LEVEL SECURITY;

CREATE FUNCTION gate.member_access_now(account bigint, member bigint) RETURNS SETOF public.member_access
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.networks_in_both(a cidr[], b cidr[]) RETURNS cidr[]
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a ELSE
        ARRAY(SELECT DISTINCT CASE WHEN x <<= y THEN x ELSE y END
                FROM unnest(a) x, unnest(b) y WHERE x <<= y OR y <<= x ORDER BY 1) END
$$;

CREATE FUNCTION gate.notices_follow(n integer) RETURNS TABLE(account_id bigint, notice_id bigint, done integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    place   public.notice_state;
    reached record;
BEGIN
    SELECT * INTO place FROM public.notice_state FOR UPDATE;
    -- Nobody to tell, asleep for long, or a log of another cluster (a restore): what was is no news.
    IF place.looked_at < now() - interval '10 minutes' OR place.xid > pg_snapshot_xmax(pg_current_snapshot())
       OR NOT EXISTS (SELECT FROM public.push_subscriptions) THEN
        IF place.looked_at < now() - interval '1 minute' THEN
            UPDATE public.notice_state SET xid = pg_snapshot_xmin(pg_current_snapshot()), event_id = 0, looked_at = now();
        END IF;
        RETURN QUERY SELECT NULL::bigint, NULL::bigint, 0;
        RETURN;
    END IF;

    SELECT (array_agg(b.xid ORDER BY b.xid DESC, b.id DESC))[1] AS xid, (array_agg(b.id ORDER BY b.xid DESC, b.id DESC))[1] AS id,
           count(*)::int AS n INTO reached
      FROM (SELECT e.xid, e.id FROM public.account_event e
             WHERE (e.xid, e.id) > (place.xid, place.event_id) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
             ORDER BY e.xid, e.id LIMIT n) b;
    IF reached.n = 0 THEN
        IF place.looked_at < now() - interval '1 minute' THEN
            UPDATE public.notice_state SET looked_at = now();
        END IF;
        RETURN QUERY SELECT NULL::bigint, NULL::bigint, 0;
        RETURN;
    END IF;

    -- Several of one conversation are one, as long as the first was not told.
    RETURN QUERY WITH added AS (
        INSERT INTO public.notices AS x (account_id, member_id, kind, ticket_id, protocol, channel_id, is_late, of_at, event_id,
                                         created_at)
        SELECT DISTINCT ON (e.account_id, w.member_id, w.kind, w.ticket_id, w.channel_id, w.is_late)
               e.account_id, w.member_id, w.kind, w.ticket_id, w.protocol, w.channel_id, w.is_late, w.of_at, e.id, e.at
          FROM public.account_event e
         CROSS JOIN LATERAL gate.notices_of(e) w
          LEFT JOIN public.notice_choices c ON c.account_id = e.account_id AND c.member_id = w.member_id
         WHERE (e.xid, e.id) > (place.xid, place.event_id) AND (e.xid, e.id) <= (reached.xid, reached.id)
           AND e.account_id IN (SELECT s.account_id FROM public.push_subscriptions s)
           AND e.kind IN ('message.created', 'ticket.changed', 'ticket.assigned', 'ticket.sla', 'channel.changed', 'chat.message')
           AND e.audience = 'members'
           AND w.kind = ANY (coalesce(c.push, public.notice_defaults('push')))
           AND EXISTS (SELECT FROM public.push_subscriptions s WHERE s.account_id = e.account_id
                          AND s.member_id = w.member_id AND s.created_at <= e.at)
           AND NOT EXISTS (SELECT FROM public.notices o WHERE o.account_id = e.account_id AND o.member_id = w.member_id
                              AND o.kind = w.kind AND o.ticket_id = w.ticket_id AND o.is_late = w.is_late AND o.told_at IS NULL
                              AND o.created_at > e.at - interval '10 seconds')
         ORDER BY e.account_id, w.member_id, w.kind, w.ticket_id, w.channel_id, w.is_late, e.xid, e.id
            ON CONFLICT DO NOTHING
        RETURNING x.account_id, x.id)
        SELECT added.account_id, added.id, NULL::int FROM added;
    UPDATE public.notice_state SET xid = reached.xid, event_id = reached.id, looked_at = now();
    DELETE FROM public.notices WHERE ctid = ANY (ARRAY(
        SELECT o.ctid FROM public.notices o WHERE o.created_at < now() - interval '2 days' LIMIT 1000));
    RETURN QUERY SELECT NULL::bigint, NULL::bigint, reached.n;
END $$;

CREATE TABLE public.account_event (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    audience public.event_audience NOT NULL,
    ticket_id bigint,
    identity_id bigint,
    user_id bigint,
    payload text NOT NULL,
    facts text,
    was text
)
PARTITION BY RANGE (at);

ALTER TABLE ONLY public.account_event FORCE ROW LEVEL SECURITY;

CREATE FUNCTION gate.notices_of(e public.account_event) RETURNS TABLE(member_id bigint, kind text, ticket_id bigint, protocol text, channel_id bigint, is_late boolean, of_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    body     json := e.payload::json;
    facts    text[] := string_to_array(e.facts, ' ');
    number   text := body #>> '{ticket,protocol}';
    queued   timestamptz := (body #>> '{ticket,queued_at}')::timestamptz;
    holder   bigint := nullif(facts[5], '0')::bigint;
BEGIN
    IF e.kind = 'channel.changed' THEN
        RETURN QUERY SELECT x.member_id, 'channel', NULL::bigint, NULL::text, c.id, false, NULL::timestamptz
            FROM public.channels c JOIN public.member_access x ON x.account_id = c.account_id AND x.is_active
             AND gate.has_permission(x.permissions, 'channels.manage')
           WHERE c.account_id = e.account_id AND c.id = (body ->> 'channel_id')::bigint AND c.state = 'failing';
        RETURN;
    END IF;

    -- One event for each hearer, its author among them.
    IF e.kind = 'chat.message' THEN
        RETURN QUERY SELECT x.member_id, 'chat', NULL::bigint, NULL::text, NULL::bigint, false, NULL::timestamptz
            FROM public.member_access x WHERE x.account_id = e.account_id AND x.user_id = e.user_id
             AND x.member_id IS DISTINCT FROM (body #>> '{message,author_id}')::bigint;
        RETURN;
    END IF;

    -- These two are made for notices: whoever takes a ticket is in none, whoever can do something about a promise is.
    IF e.kind = 'ticket.assigned' THEN
        RETURN QUERY SELECT (body ->> 'member_id')::bigint, 'assigned', e.ticket_id, body ->> 'protocol', NULL::bigint, false,
                            NULL::timestamptz;
        RETURN;
    END IF;
    IF e.kind = 'ticket.sla' THEN
        RETURN QUERY SELECT m.id::bigint, 'sla', e.ticket_id, body ->> 'protocol', NULL::bigint, (body ->> 'is_late')::boolean,
                            NULL::timestamptz
            FROM json_array_elements_text(body -> 'member_ids') m (id);
        RETURN;
    END IF;

    IF e.kind = 'message.created' THEN
        RETURN QUERY SELECT m.id::bigint, 'mention', e.ticket_id, number, NULL::bigint, false, NULL::timestamptz
            FROM json_array_elements_text(CASE WHEN json_typeof(body #> '{message,detail,mentions}') = 'array'
                                               THEN body #> '{message,detail,mentions}' ELSE '[]' END) m (id)
           WHERE m.id::bigint IS DISTINCT FROM (body #>> '{message,author_id}')::bigint;
        IF holder IS NOT NULL AND body #>> '{message,direction}' = 'in' THEN
            RETURN QUERY SELECT holder, 'reply', e.ticket_id, number, NULL::bigint, false, NULL::timestamptz;
        END IF;
    END IF;

    -- Just come into the queue: its agents.
    IF holder IS NULL AND facts[6] = 'waiting' AND queued = e.at THEN
        RETURN QUERY SELECT x.member_id, 'queue', e.ticket_id, number, NULL::bigint, false, queued FROM public.member_access x
           WHERE x.account_id = e.account_id AND x.is_active AND facts[4]::bigint = ANY (x.pick_departments)
             AND (x.channels IS NULL OR facts[2]::bigint = ANY (x.channels));
    END IF;
END $$;

CREATE TABLE public.messages (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    provider_at timestamp with time zone,
    direction public.message_direction NOT NULL,
    author_kind public.message_author NOT NULL,
    author_id bigint,
    kind text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    detail json,
    reactions json,
    quoted_seq integer,
    client_key text,
    attachments smallint DEFAULT 0 NOT NULL,
    state public.message_state NOT NULL,
    error_code text,
    error_slug text,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    tag_ids bigint[],
    CONSTRAINT failed_has_error CHECK ((((state)::text <> 'failed'::text) OR (error_slug IS NOT NULL)))
)
PARTITION BY RANGE (created_at);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;

CREATE FUNCTION gate.offered_words(m public.messages) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT string_agg(concat_ws(' ', '', o ->> 'label', o ->> 'description'), '')
      FROM json_array_elements(CASE WHEN m.kind IN ('question', 'template') AND json_typeof(m.detail -> 'options') = 'array'
                                    THEN m.detail -> 'options' ELSE '[]' END) o
$$;

CREATE FUNCTION gate.oldest_transaction() RETURNS TABLE(age_s bigint, xmin_age bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT coalesce(max(extract(epoch FROM now() - xact_start)::bigint), 0), coalesce(max(age(backend_xmin)), 0)
      FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type <> 'walsender' AND xact_start IS NOT NULL
$$;

CREATE FUNCTION gate.on_account() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM gate.equip_account(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_account_state() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM gate.compile_accesses(NEW.id, NULL);
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_group() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM gate.compile_accesses(NEW.account_id, NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_member() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM gate.compile_access(NEW.account_id, NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_members_place() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM gate.compile_access(coalesce(NEW.account_id, OLD.account_id), coalesce(NEW.member_id, OLD.member_id));
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_network() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM gate.compile_accesses(coalesce(NEW.account_id, OLD.account_id), coalesce(NEW.group_id, OLD.group_id));
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_owner_left() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM public.groups g WHERE g.account_id = OLD.account_id AND g.id = OLD.group_id AND g.builtin = 'owner') THEN
        PERFORM FROM public.accounts a WHERE a.id = OLD.account_id FOR UPDATE;
        IF NOT EXISTS (SELECT FROM public.memberships m
                         JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
                        WHERE m.account_id = OLD.account_id AND m.is_active AND g.builtin = 'owner') THEN
            PERFORM gate.refuse('409', 'last_owner');
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_reader() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.member_access x SET epoch = x.epoch + 1
     WHERE x.account_id = coalesce(NEW.account_id, OLD.account_id)
       AND x.member_id = coalesce(NEW.member_id, OLD.member_id);
    INSERT INTO public.account_event (account_id, kind, audience, user_id, facts, payload)
    SELECT x.account_id, 'access.changed', 'members', x.user_id, x.epoch::text, '{}'
      FROM public.member_access x
     WHERE x.account_id = coalesce(NEW.account_id, OLD.account_id)
       AND x.member_id = coalesce(NEW.member_id, OLD.member_id);
    RETURN NULL;
END $$;

CREATE FUNCTION gate.on_tokens_surroundings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.api_tokens t SET epoch = t.epoch + 1
     WHERE t.revoked_at IS NULL
       AND t.account_id = CASE TG_TABLE_NAME WHEN 'accounts' THEN (to_jsonb(NEW) ->> 'id')::bigint
                               ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'account_id')::bigint END;
    RETURN NULL;
END $$;

CREATE FUNCTION gate.password_context(person bigint, at timestamp with time zone) RETURNS TABLE(email text, name text, locale text, accounts text[], password_min integer, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT u.email, u.name, u.locale,
           ARRAY(SELECT a.name FROM public.memberships m JOIN public.accounts a ON a.id = m.account_id
                  WHERE m.user_id = person AND m.is_active ORDER BY a.id),
           (SELECT p.password_min FROM gate.signin_policy(person, at) p), u.password_hash
      FROM public.users u WHERE u.id = person
$$;

CREATE FUNCTION gate.password_rehash(user_id bigint, hash text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.users SET password_hash = hash WHERE id = user_id
$$;

CREATE FUNCTION gate.password_set(person bigint, hash text, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.users SET password_hash = hash, password_set_at = at, must_change_password = false WHERE id = person
$$;

CREATE FUNCTION gate.people_of_account() RETURNS TABLE(member_id bigint, user_id bigint, email text, name text, locale text, has_password boolean, has_factor boolean, last_seen_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT m.id, u.id, u.email, u.name, u.locale, u.password_hash IS NOT NULL,
           EXISTS (SELECT FROM public.factors f WHERE f.user_id = u.id),
           (SELECT max(s.seen_at) FROM public.sessions s WHERE s.user_id = u.id)
      FROM public.memberships m JOIN public.users u ON u.id = m.user_id
     WHERE m.account_id = current_setting('balcao.account')::bigint
$$;

CREATE FUNCTION gate.person_add(email text, name text, locale text, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.users (email, name, locale, created_at)
    VALUES (person_add.email, person_add.name, person_add.locale, at)
        ON CONFLICT ON CONSTRAINT email_is_taken DO NOTHING RETURNING id
$$;

CREATE FUNCTION gate.person_devices(person bigint, at timestamp with time zone) RETURNS TABLE(id bigint, agent text, address text, created_at timestamp with time zone, used_at timestamp with time zone, trusted_until timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT d.id, d.agent, d.address, d.created_at, d.used_at, d.trusted_until FROM public.devices d
     WHERE d.user_id = person AND d.trusted_until > at ORDER BY d.used_at DESC, d.id DESC
$$;

CREATE FUNCTION gate.person_devices_forget(person bigint, device bigint) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH gone AS (DELETE FROM public.devices d WHERE d.user_id = person AND (device IS NULL OR d.id = device) RETURNING 1)
    SELECT count(*) FROM gone
$$;

CREATE FUNCTION gate.person_name(session bigint, name text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.users u SET name = person_name.name
      FROM public.sessions s WHERE s.id = session AND s.ended_at IS NULL AND u.id = s.user_id
$$;

CREATE FUNCTION gate.person_notices(person bigint, since timestamp with time zone) RETURNS TABLE(id bigint, account_id bigint, slug text, kind text, ticket_id bigint, protocol text, channel_id bigint, told_at timestamp with time zone, is_late boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT n.id, a.id, a.slug, n.kind, n.ticket_id, n.protocol, n.channel_id, n.told_at, n.is_late
      FROM public.memberships m
      JOIN public.accounts a ON a.id = m.account_id AND a.state = 'active'
     CROSS JOIN LATERAL (SELECT o.* FROM public.notices o
                          WHERE o.account_id = m.account_id AND o.member_id = m.id AND o.told_at >= since
                          ORDER BY o.id DESC LIMIT 20) n
     WHERE m.user_id = person AND m.is_active
     ORDER BY n.id DESC LIMIT 20
$$;

CREATE FUNCTION gate.person_sessions(person bigint, at timestamp with time zone) RETURNS TABLE(id bigint, agent text, address text, created_at timestamp with time zone, active_at timestamp with time zone, seen_at timestamp with time zone, is_trusted boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT s.id, s.agent, s.address, s.created_at, s.active_at, s.seen_at, coalesce(d.trusted_until > at, false)
      FROM public.sessions s LEFT JOIN public.devices d ON d.id = s.device_id AND d.user_id = s.user_id
     WHERE s.user_id = person AND s.ended_at IS NULL AND s.idles_at > at AND s.expires_at > at
     ORDER BY s.active_at DESC, s.id DESC LIMIT 100
$$;

CREATE FUNCTION gate.person_sessions_end(person bigint, session bigint, except_session bigint, reason text, at timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH ended AS (
        UPDATE public.sessions s SET ended_at = at, end_reason = reason
         WHERE s.user_id = person AND s.ended_at IS NULL AND (session IS NULL OR s.id = session)
           AND (except_session IS NULL OR s.id <> except_session)
        RETURNING 1)
    SELECT count(*) FROM ended
$$;

CREATE FUNCTION gate.preferences_save(session bigint, locale text, theme text, enter_sends boolean, plays_sound boolean, density text, keys text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.users u
       SET locale = coalesce(preferences_save.locale, u.locale),
           theme = coalesce(preferences_save.theme, u.theme),
           enter_sends = coalesce(preferences_save.enter_sends, u.enter_sends),
           plays_sound = coalesce(preferences_save.plays_sound, u.plays_sound),
           density = coalesce(preferences_save.density, u.density),
           keys = coalesce(preferences_save.keys, u.keys)
      FROM public.sessions s WHERE s.id = session AND u.id = s.user_id
$$;

CREATE FUNCTION gate.presence_moved() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM gate.settle_presence(OLD.account_id, OLD.member_id);
    ELSE
        PERFORM gate.settle_presence(NEW.account_id, NEW.member_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION gate.queue_depths() RETURNS TABLE(queue text, waiting bigint, oldest_s bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT j.queue, count(*), coalesce(extract(epoch FROM now() - min(j.created_at))::bigint, 0)
      FROM (SELECT * FROM public.jobs LIMIT 100000) j JOIN public.lanes l USING (queue, lane)
     WHERE l.run_at <= now() GROUP BY j.queue ORDER BY j.queue
$$;

CREATE FUNCTION gate.recovery_find(person bigint, number integer) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT r.hash FROM public.recovery_codes r
     WHERE r.user_id = person AND r.number = recovery_find.number AND r.used_at IS NULL
$$;

CREATE FUNCTION gate.recovery_replace(person bigint, codes text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    DELETE FROM public.recovery_codes r WHERE r.user_id = person;
    INSERT INTO public.recovery_codes (user_id, number, hash)
    SELECT person, c.n - 1, c.hash FROM unnest(codes) WITH ORDINALITY c (hash, n);
$$;

CREATE FUNCTION gate.recovery_use(person bigint, number integer, at timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH used AS (
        UPDATE public.recovery_codes r SET used_at = at
         WHERE r.user_id = person AND r.number = recovery_use.number AND r.used_at IS NULL
        RETURNING 1)
    SELECT EXISTS (SELECT FROM used)
$$;

CREATE FUNCTION gate.refuse(status text, slug text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'BA' || status, MESSAGE = slug;
END $$;

CREATE FUNCTION gate.refuse_request(account bigint, session bigint, token_gen integer, held_epoch bigint, verdict text, needs_factor boolean, needs_step_up boolean, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
        WHEN s.idles_at <= at                 THEN gate.refuse('401', 'session_idle')
        WHEN m.member_id IS NULL OR NOT m.is_active THEN gate.refuse('404', 'account_unknown')
        WHEN m.epoch <> held_epoch            THEN gate.ask_again()
        WHEN verdict IN ('network_refused', 'account_suspended', 'account_closed')
            THEN gate.refuse(CASE verdict WHEN 'network_refused' THEN '403' ELSE '402' END, verdict)
        WHEN needs_factor AND s.factor_at IS NULL THEN gate.refuse('403', 'factor_enrolment_required')
        WHEN verdict IS NOT NULL              THEN gate.refuse('403', verdict)
        WHEN needs_step_up AND coalesce(s.stepped_up_at < at - interval '10 min', true)
            THEN gate.refuse('403', 'step_up_required')
        ELSE gate.ask_again()
    END;
END $$;

CREATE FUNCTION gate.refuse_token(account bigint, token bigint, hash bytea, held_epoch bigint, verdict text, at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    t gate.token;
BEGIN
    SELECT * INTO t FROM gate.token x WHERE x.account_id = account AND x.id = token;
    RETURN CASE
        WHEN t.id IS NULL OR t.secret_hash <> hash THEN gate.refuse('401', 'token_invalid')
        WHEN NOT t.is_live                         THEN gate.refuse('401', 'token_revoked')
        WHEN t.expires_at <= at                    THEN gate.refuse('401', 'token_expired')
        WHEN t.epoch <> held_epoch                 THEN gate.ask_again()
        WHEN verdict IN ('account_suspended', 'account_closed') THEN gate.refuse('402', verdict)
        WHEN verdict IS NOT NULL                   THEN gate.refuse('403', verdict)
        ELSE gate.ask_again()
    END;
END $$;

CREATE FUNCTION gate.report_presence(gateway bigint, come_accounts bigint[], come_members bigint[], come_sessions bigint[], gone_accounts bigint[], gone_members bigint[], gone_sessions bigint[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    lease  constant interval := '20 s';
    me     bigint := gateway;
BEGIN
    IF me = 0 THEN
        INSERT INTO public.live_gateways (alive_until) VALUES (now() + lease) RETURNING id INTO me;
    ELSE
        UPDATE public.live_gateways SET alive_until = now() + lease WHERE id = me;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM FROM public.member_presence p
      WHERE (p.account_id, p.member_id) IN (SELECT * FROM unnest(come_accounts || gone_accounts, come_members || gone_members))
      ORDER BY p.account_id, p.member_id FOR NO KEY UPDATE;
    -- A browser that nobody touches does not become busy by changing its gateway.
    INSERT INTO public.presence_connections (account_id, member_id, session_id, gateway_id, idle_since)
    SELECT m.account_id, m.id, x.session, me,
           (SELECT min(c.idle_since) FROM public.presence_connections c
             WHERE c.account_id = m.account_id AND c.member_id = m.id AND c.session_id = x.session)
      FROM unnest(come_accounts, come_members, come_sessions) x (account, member, session)
      JOIN public.memberships m ON m.account_id = x.account AND m.id = x.member
     ORDER BY m.account_id, m.id
        ON CONFLICT DO NOTHING;
    DELETE FROM public.presence_connections c
     USING unnest(gone_accounts, gone_members, gone_sessions) x (account, member, session)
     WHERE c.account_id = x.account AND c.member_id = x.member AND c.session_id = x.session AND c.gateway_id = me;
    PERFORM gate.sweep_presence();
    RETURN me;
END $$;

CREATE FUNCTION gate.reset_ask(email text, email_key bigint, address_key bigint, lane bigint, at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    of_email bigint;
    of_address bigint;
BEGIN
    SELECT count(*) FILTER (WHERE a.email_key = reset_ask.email_key), count(*) FILTER (WHERE a.address_key = reset_ask.address_key)
      INTO of_email, of_address FROM public.reset_asks a WHERE a.at > reset_ask.at - interval '1 hour';
    INSERT INTO public.reset_asks VALUES (reset_ask.at, reset_ask.email_key, reset_ask.address_key);
    DELETE FROM public.reset_asks a WHERE a.at < reset_ask.at - interval '1 day';
    IF of_email < 3 AND of_address < 20 THEN
        INSERT INTO public.lanes AS l (queue, lane, run_at) VALUES ('delivery', reset_ask.lane, reset_ask.at);
        INSERT INTO public.jobs (queue, lane, kind, subject_id, arg) VALUES ('delivery', reset_ask.lane, 'password.reset', 0, reset_ask.email);
    END IF;
END $$;

CREATE FUNCTION gate.reset_find(hash bytea, at timestamp with time zone) RETURNS TABLE(outcome text, id bigint, user_id bigint, email text, name text, locale text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT CASE WHEN r.used_at IS NOT NULL THEN 'used'
                WHEN r.ended_at IS NOT NULL OR r.expires_at <= at THEN 'expired' ELSE 'good' END,
           r.id, u.id, u.email, u.name, u.locale
      FROM public.password_resets r JOIN public.users u ON u.id = r.user_id
     WHERE r.token_hash = hash FOR UPDATE OF r
$$;

CREATE FUNCTION gate.reset_start(email text, hash bytea, at timestamp with time zone, good_for interval) RETURNS TABLE(user_id bigint, name text, locale text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    u public.users;
BEGIN
    SELECT * INTO u FROM public.users x WHERE x.email = reset_start.email FOR UPDATE;
    IF u.id IS NULL THEN
        RETURN;
    END IF;
    UPDATE public.password_resets r SET ended_at = at WHERE r.user_id = u.id AND r.used_at IS NULL AND r.ended_at IS NULL;
    INSERT INTO public.password_resets (user_id, token_hash, created_at, expires_at) VALUES (u.id, hash, at, at + good_for);
    RETURN QUERY SELECT u.id, u.name, u.locale;
END $$;

CREATE FUNCTION gate.reset_use(reset bigint, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.password_resets SET used_at = at WHERE id = reset;
    UPDATE public.sessions s SET ended_at = at, end_reason = 'password_changed'
      FROM public.password_resets r WHERE r.id = reset AND s.user_id = r.user_id AND s.ended_at IS NULL;
$$;

CREATE FUNCTION gate.search_again() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.search_state SET at_account = 0, at_ticket = 0, at_seq = 0, is_whole = false
$$;

CREATE TABLE public.search_state (
    is_one boolean DEFAULT true NOT NULL,
    xid xid8 NOT NULL,
    event_id bigint NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    at_account bigint DEFAULT 0 NOT NULL,
    at_ticket bigint DEFAULT 0 NOT NULL,
    at_seq integer DEFAULT 0 NOT NULL,
    is_whole boolean DEFAULT false NOT NULL,
    CONSTRAINT search_state_is_one_check CHECK (is_one)
);

CREATE FUNCTION gate.search_catch_up(place public.search_state, most integer, OUT account bigint, OUT ticket bigint, OUT at integer, OUT n integer) RETURNS record
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH next AS MATERIALIZED (
        SELECT m AS message, m.account_id, m.ticket_id, m.seq, m.created_at FROM public.messages m
         WHERE (m.account_id, m.ticket_id, m.seq) > (place.at_account, place.at_ticket, place.at_seq)
         ORDER BY m.account_id, m.ticket_id, m.seq LIMIT most),
    added AS (
        INSERT INTO public.message_words (account_id, ticket_id, seq, created_at, words)
        SELECT next.account_id, next.ticket_id, next.seq, next.created_at, said.words
          FROM next CROSS JOIN LATERAL gate.search_words_of(next.message) said (words) WHERE said.words <> ''
            ON CONFLICT DO NOTHING
        RETURNING account_id, month),
    months AS (
        INSERT INTO public.search_months (account_id, month) SELECT DISTINCT account_id, month FROM added
            ON CONFLICT DO NOTHING)
    SELECT last.account_id, last.ticket_id, last.seq, (SELECT count(*)::int FROM next)
      FROM (SELECT account_id, ticket_id, seq FROM next ORDER BY account_id DESC, ticket_id DESC, seq DESC LIMIT 1) last
$$;

CREATE FUNCTION gate.search_contacts(q text, n integer, by_part_of_phone boolean) RETURNS TABLE(contact_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 100
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
$_$;

CREATE FUNCTION gate.search_follow(accounts bigint[], tickets bigint[], most integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH added AS (
        INSERT INTO public.message_words (account_id, ticket_id, seq, created_at, words)
        SELECT m.account_id, m.ticket_id, m.seq, m.created_at, said.words
          FROM (SELECT DISTINCT x.a, x.t FROM unnest(accounts, tickets) x (a, t)) touched
          JOIN public.tickets k ON k.account_id = touched.a AND k.id = touched.t
         CROSS JOIN LATERAL (SELECT coalesce(max(w.seq), 0) AS seq FROM public.message_words w
                              WHERE w.account_id = k.account_id AND w.ticket_id = k.id
                                AND w.created_at >= k.opened_at) known
          JOIN public.messages m ON m.account_id = k.account_id AND m.ticket_id = k.id AND m.seq > known.seq
                                AND m.created_at >= k.opened_at
         CROSS JOIN LATERAL gate.search_words_of(m) said (words)
         WHERE said.words <> ''
         ORDER BY m.account_id, m.ticket_id, m.seq LIMIT most
            ON CONFLICT DO NOTHING
        RETURNING account_id, month),
    months AS (
        INSERT INTO public.search_months (account_id, month) SELECT DISTINCT account_id, month FROM added
            ON CONFLICT DO NOTHING)
    SELECT count(*)::int FROM added
$$;

CREATE FUNCTION gate.search_index(n integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    place    public.search_state;
    accounts bigint[];
    tickets  bigint[];
    xids     xid8[];
    ids      bigint[];
    done     int;
    reached  record;
BEGIN
    SELECT * INTO place FROM public.search_state FOR UPDATE;
    -- The log is kept for a week; and transactions of another cluster (a restore) are not of this log.
    IF place.looked_at < now() - interval '5 days' OR place.xid > pg_snapshot_xmax(pg_current_snapshot()) THEN
        PERFORM gate.search_again();
        UPDATE public.search_state SET xid = '0', event_id = 0 RETURNING * INTO place;
    END IF;

    SELECT array_agg(e.account_id), array_agg(e.ticket_id), array_agg(e.xid), array_agg(e.id), count(*)
      INTO accounts, tickets, xids, ids, done
      FROM (SELECT e.account_id, CASE WHEN e.kind = 'message.created' THEN e.ticket_id END AS ticket_id, e.xid, e.id
              FROM public.account_event e
             WHERE (e.xid, e.id) > (place.xid, place.event_id)
               AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
             ORDER BY e.xid, e.id LIMIT n) e;
    IF done > 0 THEN
        -- A ticket may hold more than the log said of it: then these events come again.
        IF gate.search_follow(accounts, tickets, 2 * n) < 2 * n THEN
            UPDATE public.search_state SET xid = xids[done], event_id = ids[done];
        END IF;
        UPDATE public.search_state SET looked_at = now();
        RETURN done;
    END IF;
    UPDATE public.search_state SET looked_at = now();
    IF place.is_whole THEN
        RETURN 0;
    END IF;

    SELECT * INTO reached FROM gate.search_catch_up(place, n);
    IF reached.n IS NULL THEN
        UPDATE public.search_state SET is_whole = true;
        RETURN 0;
    END IF;
    UPDATE public.search_state SET at_account = reached.account, at_ticket = reached.ticket, at_seq = reached.at;
    RETURN reached.n;
END $$;

CREATE FUNCTION gate.search_is_whole() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT is_whole FROM public.search_state
$$;

CREATE FUNCTION gate.search_messages(typed text, one_ticket bigint, since timestamp with time zone, before_at timestamp with time zone, before_ticket bigint, before_seq integer, n integer) RETURNS TABLE(ticket_id bigint, seq integer, created_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    account bigint := current_setting('balcao.account')::bigint;
    wanted  tsquery := public.search_query(typed);
    began   timestamptz := clock_timestamp();
    reached timestamptz;
    got     int := 0;
    found   int;
    m       int;
    first   timestamptz;
BEGIN
    since := coalesce(since, '-infinity');
    before_at := coalesce(before_at, 'infinity');
    IF one_ticket IS NOT NULL THEN
        RETURN QUERY SELECT w.ticket_id, w.seq, w.created_at FROM public.message_words w
            WHERE w.account_id = account AND w.ticket_id = one_ticket AND w.words @@ wanted
              AND w.created_at >= since AND (w.created_at, w.ticket_id, w.seq) < (before_at, before_ticket, before_seq)
            ORDER BY w.created_at DESC, w.seq DESC LIMIT n;
        GET DIAGNOSTICS found = ROW_COUNT;
        RETURN QUERY SELECT NULL::bigint, NULL::int, CASE WHEN found = n THEN before_at END;
        RETURN;
    END IF;
    FOR m IN SELECT s.month FROM public.search_months s WHERE s.account_id = account ORDER BY s.month DESC LOOP
        first := make_timestamptz(m / 12, m % 12 + 1, 1, 0, 0, 0, 'UTC');
        CONTINUE WHEN first > before_at;
        EXIT WHEN first + interval '1 month' <= since;
        IF got >= n OR clock_timestamp() - began > interval '250 ms' THEN
            RETURN QUERY SELECT NULL::bigint, NULL::int, reached;
            RETURN;
        END IF;
        RETURN QUERY SELECT w.ticket_id, w.seq, w.created_at FROM public.message_words w
            WHERE w.account_id = account AND w.month = m AND w.words @@ wanted
              AND w.created_at >= greatest(first, since) AND w.created_at < first + interval '1 month'
              AND (w.created_at, w.ticket_id, w.seq) < (before_at, before_ticket, before_seq)
            ORDER BY w.created_at DESC, w.ticket_id DESC, w.seq DESC LIMIT n - got;
        GET DIAGNOSTICS found = ROW_COUNT;
        got := got + found;
        reached := first;
    END LOOP;
    RETURN QUERY SELECT NULL::bigint, NULL::int, CASE WHEN got >= n THEN reached END;
END $$;

CREATE FUNCTION gate.search_words_of(m public.messages) RETURNS tsvector
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT public.search_words(m.body || coalesce(gate.offered_words(m), '') || coalesce(
               (SELECT string_agg(' ' || f.filename, '') FROM public.attachments f
                 WHERE m.attachments > 0 AND f.account_id = m.account_id AND f.ticket_id = m.ticket_id AND f.seq = m.seq), ''))
     WHERE m.direction <> 'system' AND m.deleted_at IS NULL
$$;

CREATE FUNCTION gate.session_accounts(session bigint) RETURNS TABLE(account_id bigint, name text, slug text, locale text, time_zone text, member_id bigint, display_name text, group_id bigint, group_name text, builtin text, permissions text, scope text, masks integer, photo_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT a.id, a.name, a.slug, a.locale, a.time_zone, m.id, m.display_name, g.id, g.name, g.builtin,
           x.permissions::text, x.scope, x.masks, m.photo_id
      FROM public.sessions s
      JOIN public.memberships m ON m.user_id = s.user_id AND m.is_active
      JOIN public.accounts a ON a.id = m.account_id AND a.state <> 'closed'
      JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
      JOIN public.member_access x ON x.account_id = m.account_id AND x.user_id = m.user_id
     WHERE s.id = session ORDER BY a.name, a.id
$$;

CREATE FUNCTION gate.session_activity(session bigint, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.sessions s SET active_at = at, idles_at = at + s.idle_s * interval '1 s'
     WHERE s.id = session AND s.ended_at IS NULL AND s.active_at < at - interval '30 s'
$$;

CREATE FUNCTION gate.session_end(session bigint, reason text, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.sessions SET ended_at = at, end_reason = reason
     WHERE id = session AND ended_at IS NULL
$$;

CREATE FUNCTION gate.session_person(session bigint) RETURNS TABLE(user_id bigint, email text, name text, locale text, theme text, enter_sends boolean, plays_sound boolean, density text, keys json)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT u.id, u.email, u.name, u.locale, u.theme, u.enter_sends, u.plays_sound, u.density, to_json(u.keys)
      FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.id = session
$$;

CREATE FUNCTION gate.session_renew(session bigint, next bytea, at timestamp with time zone, steps_up boolean, shows_factor boolean) RETURNS TABLE(gen integer, expires_at timestamp with time zone)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.sessions s
       SET gen = s.gen + 2, prev_hash = s.refresh_hash, refresh_hash = next, rotated_at = at,
           dead_hashes = (ARRAY(SELECT h FROM unnest(s.prev_hash || s.dead_hashes) h WHERE h IS NOT NULL))[1:8],
           stepped_up_at = CASE WHEN steps_up THEN at ELSE s.stepped_up_at END,
           factor_at = CASE WHEN shows_factor THEN at ELSE s.factor_at END
     WHERE s.id = session AND s.ended_at IS NULL
    RETURNING s.gen, s.expires_at
$$;

CREATE FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamp with time zone) RETURNS TABLE(outcome text, user_id bigint, gen integer, expires_at timestamp with time zone, reason text, by_agent text, by_address text, by_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.session_start(person bigint, refresh_hash bytea, at timestamp with time zone, address text, agent text, device bigint, has_factor boolean, takes_over boolean) RETURNS TABLE(outcome text, id bigint, gen integer, expires_at timestamp with time zone, other_agent text, other_address text, other_since timestamp with time zone, other_active_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.session_touch(session bigint, token_gen integer, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.sessions s
       SET seen_at = at, confirmed_gen = greatest(s.confirmed_gen, token_gen),
           confirmed_at = CASE WHEN s.confirmed_gen < token_gen THEN at ELSE s.confirmed_at END
     WHERE s.id = session AND s.ended_at IS NULL AND s.gen >= token_gen
       AND (s.seen_at < at - interval '50 s' OR s.confirmed_gen < token_gen)
$$;

CREATE FUNCTION gate.settle_presence(account bigint, member bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    was     public.member_presence;
    now_is  text;
BEGIN
    LOOP
        SELECT * INTO was FROM public.member_presence p
         WHERE p.account_id = account AND p.member_id = member FOR NO KEY UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO public.member_presence (account_id, member_id) VALUES (account, member) ON CONFLICT DO NOTHING;
    END LOOP;
    SELECT CASE WHEN EXISTS (SELECT FROM public.breaks b
                              WHERE b.account_id = account AND b.member_id = member AND b.ended_at IS NULL) THEN 'break'
                WHEN count(*) = 0 THEN 'offline'
                WHEN was.chosen = 'away' OR bool_and(c.idle_since IS NOT NULL) THEN 'away'
                ELSE 'online' END
      INTO now_is
      FROM public.presence_connections c WHERE c.account_id = account AND c.member_id = member;
    IF now_is = was.state THEN
        RETURN;
    END IF;
    UPDATE public.member_presence p SET state = now_is, since = now()
     WHERE p.account_id = account AND p.member_id = member;
    INSERT INTO public.account_event (account_id, kind, audience, payload)
    VALUES (account, 'presence.changed', 'members',
            json_build_object('member_id', member, 'state', now_is,
                              'since', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
END $$;

CREATE FUNCTION gate.signin_person(email text, device bigint, device_hash bytea) RETURNS TABLE(user_id bigint, password_hash text, device_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT u.id, u.password_hash, d.id FROM (VALUES (1)) one
      LEFT JOIN public.users u ON u.email = signin_person.email
      LEFT JOIN public.devices d ON d.id = device AND d.known_hash = device_hash AND d.user_id = u.id
$$;

CREATE FUNCTION gate.signin_policy(person bigint, at timestamp with time zone) RETURNS TABLE(idle_s integer, absolute_s integer, is_exclusive boolean, trusted_days integer, demands_factor boolean, password_min integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT coalesce(min(s.session_idle_s), 3600), coalesce(min(s.session_absolute_s), 43200),
           NOT coalesce(bool_and(s.allows_several_sessions), false), coalesce(min(s.trusted_device_days), 0),
           coalesce(bool_and(g.factor_from IS NOT NULL AND g.factor_from <= at), false),
           coalesce(max(s.password_min), 12)
      FROM public.memberships m
      JOIN public.account_security s ON s.account_id = m.account_id
      JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
     WHERE m.user_id = person AND m.is_active
$$;

CREATE FUNCTION gate.signin_state(person bigint) RETURNS TABLE(email text, name text, locale text, password_hash text, must_change boolean, has_factor boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT u.email, u.name, u.locale, u.password_hash, u.must_change_password,
           EXISTS (SELECT FROM public.factors f WHERE f.user_id = u.id)
      FROM public.users u WHERE u.id = person
$$;

CREATE FUNCTION gate.signin_sweep(now timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    DELETE FROM public.signin_tickets WHERE expires_at < now;
    DELETE FROM public.signin_throttle WHERE updated_at < now - interval '2 days' AND closed_until < now;
    DELETE FROM public.signin_attempts WHERE id IN
        (SELECT a.id FROM public.signin_attempts a WHERE a.at < now - interval '90 days' ORDER BY a.at LIMIT 100);
    DELETE FROM public.sessions WHERE id IN
        (SELECT s.id FROM public.sessions s WHERE s.ended_at < now - interval '6 months' ORDER BY s.ended_at LIMIT 100);
$$;

CREATE FUNCTION gate.sweep_presence() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    dead  bigint[];
BEGIN
    SELECT array_agg(g.id) INTO dead
      FROM (SELECT id FROM public.live_gateways WHERE alive_until < now() FOR UPDATE SKIP LOCKED) g;
    IF dead IS NULL THEN
        RETURN;
    END IF;
    PERFORM FROM public.member_presence p
      WHERE (p.account_id, p.member_id) IN (SELECT c.account_id, c.member_id FROM public.presence_connections c
                                             WHERE c.gateway_id = ANY (dead))
      ORDER BY p.account_id, p.member_id FOR NO KEY UPDATE;
    DELETE FROM public.live_gateways WHERE id = ANY (dead);
END $$;

CREATE FUNCTION gate.timers_due(at timestamp with time zone, most integer) RETURNS TABLE(account_id bigint, ticket_id bigint)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 100
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.token_access(account bigint, token bigint) RETURNS TABLE(member_id bigint, epoch bigint, is_active boolean, permissions text, scope text, departments text, branches text, pick_departments text, channels text, sees_account boolean, sees_bot boolean, sees_history boolean, sees_contacts boolean, masks integer, networks text, account_state text, factor_from timestamp with time zone, block text, user_id bigint, is_bot boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT t.member_id, t.epoch + coalesce(m.epoch, 0),
           t.revoked_at IS NULL AND (t.member_id IS NULL OR coalesce(m.is_active, false)),
           p.permissions::text,
           CASE WHEN t.kind = 'chatbot' THEN 'own' WHEN m.member_id IS NOT NULL THEN m.scope
                WHEN t.departments IS NULL THEN 'account' ELSE 'department' END,
           (CASE WHEN t.kind = 'chatbot' THEN '{}'::bigint[]
                 WHEN m.member_id IS NULL OR m.sees_account THEN coalesce(t.departments, '{}')
                 ELSE gate.ids_in_both(m.departments, t.departments) END)::text,
           (CASE WHEN m.member_id IS NULL OR t.departments IS NOT NULL THEN '{}'::bigint[] ELSE m.branches END)::text,
           (CASE WHEN m.member_id IS NULL THEN '{}'::bigint[]
                 ELSE gate.ids_in_both(m.pick_departments, t.departments) END)::text,
           gate.ids_in_both(m.channels, t.channels)::text,
           t.kind <> 'chatbot' AND t.departments IS NULL AND coalesce(m.sees_account, true),
           t.kind <> 'chatbot' AND gate.has_permission(p.permissions, 'tickets.view_bot'),
           gate.has_permission(p.permissions, 'tickets.view_history'),
           t.kind <> 'chatbot' AND gate.has_permission(p.permissions, 'contacts.view_all'),
           t.masks | coalesce(m.masks, 0),
           coalesce(t.networks, CASE WHEN m.member_id IS NOT NULL THEN m.networks ELSE
               (SELECT array_agg(n.network ORDER BY n.network) FROM public.networks n
                 WHERE n.account_id = t.account_id AND n.group_id IS NULL) END)::text,
           a.state, NULL::timestamptz, m.block, coalesce(m.user_id, 0), t.kind = 'chatbot'
      FROM public.api_tokens t
      JOIN public.accounts a ON a.id = t.account_id
      LEFT JOIN public.member_access m ON m.account_id = t.account_id AND m.member_id = t.member_id
     CROSS JOIN LATERAL (SELECT coalesce(bit_or(set_bit(0::bit(256), x.number, 1)), 0::bit(256))
                                & coalesce(m.permissions, ~ 0::bit(256)) AS permissions
                           FROM public.permissions x WHERE x.name = ANY (t.permissions)) p
     WHERE t.account_id = account AND t.id = token
$$;

CREATE FUNCTION gate.token_ends(accounts bigint[], tokens bigint[], epochs bigint[]) RETURNS TABLE(account_id bigint, token_id bigint, epoch bigint, reason text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT w.account_id, w.token_id, w.epoch,
           CASE WHEN t.id IS NULL OR NOT t.is_live THEN 'token_revoked'
                WHEN t.expires_at <= now() THEN 'token_expired' END
      FROM unnest(accounts, tokens, epochs) w (account_id, token_id, epoch)
      LEFT JOIN gate.token t ON t.account_id = w.account_id AND t.id = w.token_id
     WHERE t.id IS NULL OR NOT t.is_live OR t.expires_at <= now() OR t.epoch <> w.epoch
$$;

CREATE FUNCTION gate.token_touch(account bigint, token bigint, at timestamp with time zone, address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.api_tokens t SET last_used_at = at, last_address = address
     WHERE t.account_id = account AND t.id = token AND coalesce(t.last_used_at < at - interval '50 s', true)
$$;

CREATE PROCEDURE public.add_partition(IN parent text, IN suffix text, IN lower timestamp with time zone, IN upper timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    name text := parent || '_' || suffix;
BEGIN
    IF to_regclass('public.' || name) IS NULL THEN
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                       name, parent, lower, upper);
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', name);
    END IF;
END $$;

CREATE PROCEDURE public.add_partitions(IN today date)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.audit_forget(account bigint, until_seq bigint, signed text, key bytea, proof bytea) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    kept_from timestamptz := public.audit_kept_from(account);
    gone      bigint;
BEGIN
    IF EXISTS (SELECT FROM public.audit_chain c
                WHERE c.account_id = account AND c.seq <= until_seq AND c.event_at >= kept_from) THEN
        RAISE EXCEPTION 'audit_forget: account % keeps what is younger than %', account, kept_from;
    END IF;
    INSERT INTO public.audit_starts (account_id, seq, statement, public_key, signature)
    VALUES (account, until_seq, signed, key, proof);
    WITH links AS (DELETE FROM public.audit_chain c WHERE c.account_id = account AND c.seq <= until_seq
                   RETURNING c.event_at, c.event_id)
    DELETE FROM public.audit_events e USING links
     WHERE e.account_id = account AND e.at < kept_from AND e.at = links.event_at AND e.id = links.event_id;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM public.audit_checkpoints c WHERE c.account_id = account AND c.seq <= until_seq;
    DELETE FROM public.audit_starts s WHERE s.account_id = account AND s.seq < until_seq;
    RETURN gone;
END $$;

CREATE FUNCTION public.audit_kept_from(account bigint) RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT date_trunc('month', now()) - make_interval(years => coalesce(
               (SELECT r.audit_years FROM public.account_retention r WHERE r.account_id = account), 5))
$$;

CREATE FUNCTION public.audit_outlived() RETURNS TABLE(account_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT h.account_id FROM public.audit_heads h
     CROSS JOIN LATERAL (SELECT c.event_at FROM public.audit_chain c
                          WHERE c.account_id = h.account_id ORDER BY c.seq LIMIT 1) oldest
     WHERE oldest.event_at < public.audit_kept_from(h.account_id) LIMIT 1
$$;

CREATE FUNCTION public.chat_follow_department() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM public.chat_seat_group(d.account_id, d.chat_id)
       FROM public.chat_group_departments d
      WHERE d.account_id = coalesce(NEW.account_id, OLD.account_id)
        AND d.department_id = coalesce(NEW.department_id, OLD.department_id);
    RETURN NULL;
END $$;

CREATE FUNCTION public.chat_seat_group(account bigint, chat bigint) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    INSERT INTO public.chat_seats (account_id, member_id, chat_id, read_seq)
    SELECT account, wanted.member_id, chat, c.last_seq
      FROM public.chats c
     CROSS JOIN LATERAL (
        SELECT p.member_id FROM public.chat_group_people p WHERE p.account_id = account AND p.chat_id = chat
         UNION
        SELECT m.member_id FROM public.chat_group_departments d
          JOIN public.department_members m ON m.account_id = d.account_id AND m.department_id = d.department_id
         WHERE d.account_id = account AND d.chat_id = chat) wanted
     WHERE c.account_id = account AND c.id = chat AND c.member_a IS NULL
        ON CONFLICT DO NOTHING;
    DELETE FROM public.chat_seats s USING public.chats c
     WHERE s.account_id = account AND s.chat_id = chat AND c.account_id = account AND c.id = chat AND c.member_a IS NULL
       AND NOT EXISTS (SELECT FROM public.chat_group_people p
                        WHERE p.account_id = account AND p.chat_id = chat AND p.member_id = s.member_id)
       AND NOT EXISTS (SELECT FROM public.chat_group_departments d
                         JOIN public.department_members m ON m.account_id = d.account_id AND m.department_id = d.department_id
                        WHERE d.account_id = account AND d.chat_id = chat AND m.member_id = s.member_id);
$$;

CREATE FUNCTION public.contact_groups_count() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.contact_groups g SET member_count = g.member_count + CASE TG_OP WHEN 'INSERT' THEN n.n ELSE -n.n END
      FROM (SELECT account_id, group_id, count(*)::int AS n FROM changed GROUP BY 1, 2) n
     WHERE g.account_id = n.account_id AND g.id = n.group_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.contacts_follow_ticket() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.contacts SET active_at = NEW.last_activity_at
     WHERE account_id = NEW.account_id AND id = NEW.contact_id AND active_at < NEW.last_activity_at - interval '1 minute';
    RETURN NULL;
END $$;

CREATE FUNCTION public.departments_of(account bigint, member bigint) RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT coalesce(array_agg(d.department_id), '{}') FROM public.department_members d
     WHERE d.account_id = account AND d.member_id = member
$$;

CREATE FUNCTION public.distribution_follows_hours() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM public.ring_distribution(NEW.account_id, ARRAY(SELECT d.department_id FROM public.distributions d
                                                            WHERE d.account_id = NEW.account_id), now());
    RETURN NULL;
END $$;

CREATE FUNCTION public.distribution_follows_member() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    moved  record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    PERFORM public.ring_distribution(moved.account_id, public.departments_of(moved.account_id, moved.member_id), now());
    RETURN NULL;
END $$;

CREATE FUNCTION public.distribution_follows_settings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM public.ring_distribution(NEW.account_id, ARRAY[NEW.department_id], now());
    RETURN NULL;
END $$;

CREATE FUNCTION public.distribution_follows_ticket() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    places bigint[] := '{}';
BEGIN
    IF NEW.state = 'waiting' AND NEW.department_id IS NOT NULL THEN
        places := ARRAY[NEW.department_id];
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'serving' AND OLD.assignee_id IS NOT NULL
           AND (NEW.state <> 'serving' OR NEW.assignee_id IS DISTINCT FROM OLD.assignee_id OR NEW.snoozed_until IS NOT NULL) THEN
            places := places || public.departments_of(OLD.account_id, OLD.assignee_id);
        END IF;
        IF OLD.state = 'waiting' AND NEW.state = 'serving' AND OLD.department_id IS NOT NULL THEN
            INSERT INTO public.queue_waits (account_id, department_id, taken_at, ticket_id, waited)
            VALUES (OLD.account_id, OLD.department_id, NEW.assigned_at, OLD.id,
                    greatest(NEW.assigned_at - OLD.queued_at, interval '0'))
                ON CONFLICT DO NOTHING;
            DELETE FROM public.queue_waits w
             WHERE w.account_id = OLD.account_id AND w.department_id = OLD.department_id
               AND w.taken_at < NEW.assigned_at - interval '1 day';
        END IF;
        -- Who stands behind moves up, and may be told so.
        IF OLD.state = 'waiting' AND (NEW.state <> 'waiting' OR NEW.department_id IS DISTINCT FROM OLD.department_id) THEN
            places := places || ARRAY(SELECT d.department_id FROM public.distributions d
                                       WHERE d.account_id = OLD.account_id AND d.department_id = OLD.department_id
                                         AND d.tells AND d.tell_again_min > 0);
        END IF;
    END IF;
    IF places <> '{}' THEN
        PERFORM public.ring_distribution(NEW.account_id, places, NEW.last_activity_at);
    END IF;
    RETURN NULL;
END $$;

CREATE PROCEDURE public.drop_empty_months(IN today date)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    month     record;
    is_empty  boolean;
BEGIN
    FOR month IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                  WHERE i.inhparent = 'public.audit_events'::regclass AND c.relname ~ '^audit_events_[0-9]{6}$'
                    AND to_date(right(c.relname, 6), 'YYYYMM') < date_trunc('month', today) - interval '1 year'
    LOOP
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM public.%I)', month.relname) INTO is_empty;
        IF is_empty THEN
            EXECUTE format('DROP TABLE public.%I', month.relname);
        END IF;
    END LOOP;
END $_$;

CREATE FUNCTION public.flow_counters_place(account bigint) RETURNS integer
    LANGUAGE plpgsql
    AS $$
BEGIN
    FOR place IN 0 .. 63 LOOP
        IF pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('flow_counters|' || account, place)) THEN
            RETURN place;
        END IF;
    END LOOP;
    RETURN pg_catalog.pg_backend_pid() % 64;
END $$;

CREATE PROCEDURE public.forget_old(IN today date)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'public.account_event'::regclass AND c.relname ~ '^account_event_[0-9]{8}$'
                  AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - 7
    LOOP
        EXECUTE format('DROP TABLE public.%I', old.relname);
    END LOOP;
    DELETE FROM public.early_statuses WHERE received_at < today - 8;
    DELETE FROM public.signin_throttle WHERE updated_at < today - 1;
    DELETE FROM public.inbound_events WHERE state <> 'pending' AND ctid = ANY (ARRAY(
        SELECT e.ctid FROM public.inbound_events e WHERE e.received_at < today - 90 LIMIT 50000));
END $_$;

CREATE PROCEDURE public.forget_operator_sessions(IN today date)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    DELETE FROM public.operator_sessions WHERE expires_at < today - 180;
    DELETE FROM public.operator_throttle WHERE updated_at < today - 1;
$$;

CREATE FUNCTION public.hours_moved() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    moved  record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    INSERT INTO public.hours_versions (account_id, version)
    VALUES ((to_jsonb(moved) ->> TG_ARGV[0])::bigint, nextval('public.hours_version'))
        ON CONFLICT (account_id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$;

CREATE FUNCTION public.intakes_follow_ticket() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.intakes SET state = 'taken', ended_at = NEW.last_activity_at
     WHERE account_id = NEW.account_id AND ticket_id = NEW.id AND state = 'asking';
    RETURN NULL;
END $$;

CREATE FUNCTION public.like_part(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT '%' || replace(replace(replace(public.plain(words), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

CREATE FUNCTION public.mask_document(document text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT CASE length(document)
        WHEN 11 THEN '•••.' || substr(document, 4, 3) || '.' || substr(document, 7, 3) || '-••'
        WHEN 14 THEN '••.' || substr(document, 3, 3) || '.' || substr(document, 6, 3) || '/••••-••'
        ELSE '•••' END
$$;

CREATE FUNCTION public.mask_email(email text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    SELECT CASE WHEN email !~ '^.+@.+$' THEN '•••'
                ELSE left(email, 1) || '•••@' || left(split_part(email, '@', 2), 1) || '•••'
                     || coalesce(substring(email FROM '\.[^.@]+$'), '') END
$_$;

CREATE FUNCTION public.mask_phone(phone text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT CASE WHEN length(d) >= 12 AND d LIKE '55%' THEN '+55 ' || substr(d, 3, 2) || ' •••••-' || right(d, 4)
                WHEN length(d) >= 8 THEN '+' || left(d, 2) || ' •••••-' || right(d, 4)
                ELSE '•••••' END
      FROM regexp_replace(phone, '\D', '', 'g') d
$$;

CREATE FUNCTION public.message_carries_tags() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    link public.message_tags := coalesce(NEW, OLD);
BEGIN
    UPDATE public.messages m
       SET tag_ids = nullif(ARRAY(SELECT l.tag_id FROM public.message_tags l
                                   WHERE l.account_id = link.account_id AND l.ticket_id = link.ticket_id
                                     AND l.seq = link.seq ORDER BY l.tagged_at, l.tag_id), '{}')
     WHERE m.account_id = link.account_id AND m.ticket_id = link.ticket_id AND m.seq = link.seq
       AND m.created_at = link.message_at;
    RETURN NULL;
END $$;

CREATE FUNCTION public.message_words_follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF NEW.deleted_at IS NULL THEN
        UPDATE public.message_words w SET words = public.search_words(NEW.body)
         WHERE w.account_id = NEW.account_id AND w.ticket_id = NEW.ticket_id AND w.seq = NEW.seq
           AND w.created_at = NEW.created_at;
    ELSE
        DELETE FROM public.message_words w
         WHERE w.account_id = NEW.account_id AND w.ticket_id = NEW.ticket_id AND w.seq = NEW.seq
           AND w.created_at = NEW.created_at;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.notice_defaults(way text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT CASE way WHEN 'page' THEN '{assigned,mention,sla,channel,chat}'
                    WHEN 'sound' THEN '{queue,assigned,reply,mention,sla,channel,chat}'
                    ELSE '{assigned,reply,mention,sla,channel,chat}' END::pg_catalog.text[]
$$;

CREATE FUNCTION public.notice_kinds() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT '{queue,assigned,reply,mention,sla,channel,chat}'::pg_catalog.text[]
$$;

CREATE FUNCTION public.plain(t text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT lower(ext.unaccent('ext.unaccent', t))
$$;

CREATE PROCEDURE public.protect(IN t regclass, IN verbs text DEFAULT 'SELECT, INSERT, UPDATE, DELETE'::text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY account ON %s TO balcao_api, balcao_worker '
                   'USING (account_id = (SELECT current_setting(''balcao.account'')::bigint)) '
                   'WITH CHECK (account_id = current_setting(''balcao.account'')::bigint)', t);
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', t);
    EXECUTE format('GRANT %s ON %s TO balcao_api, balcao_worker', verbs, t);
END $$;

CREATE FUNCTION public.queue_place_seconds(account bigint, department bigint, at timestamp with time zone) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT CASE WHEN count(*) >= 3 THEN least(avg(extract(epoch FROM w.waited)), 3600.0 / count(*)) END
      FROM public.queue_waits w
     WHERE w.account_id = account AND w.department_id = department AND w.taken_at > at - interval '1 hour'
       AND w.taken_at <= at
$$;

CREATE FUNCTION public.ring_distribution(account bigint, departments bigint[], at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH rung AS MATERIALIZED (
        SELECT d.department_id, d.lane FROM public.distributions d
         WHERE d.account_id = account AND d.department_id = ANY (departments) AND d.acts ORDER BY d.lane),
    lanes AS (
        INSERT INTO public.lanes AS l (queue, lane, run_at) SELECT 'flow', lane, at FROM rung
            ON CONFLICT (queue, lane) DO UPDATE
           SET run_at = CASE WHEN l.is_backing_off THEN l.run_at ELSE least(l.run_at, excluded.run_at) END
        RETURNING lane)
    INSERT INTO public.jobs (account_id, queue, lane, kind, subject_id)
    SELECT account, 'flow', lane, 'distribution.run', department_id FROM rung JOIN lanes USING (lane)
$$;

CREATE FUNCTION public.search_query(typed text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    part   text[];
    word   text;
    one    tsquery;
    wanted tsquery;
    without tsquery;
BEGIN
    FOR part IN SELECT regexp_matches(typed, '(-?)(?:"([^"]*)"?|([^\s"]+))', 'g') LIMIT 12 LOOP
        word := public.search_text(coalesce(part[2], part[3]));
        CONTINUE WHEN word = '';
        IF part[2] IS NOT NULL OR length(word) < 3 THEN
            one := phraseto_tsquery('pg_catalog.simple', word);
        ELSE
            one := to_tsquery('pg_catalog.simple', replace(word, ' ', ' <-> ') || ':*');
        END IF;
        IF part[1] = '-' THEN
            without := coalesce(without || one, one);
        ELSE
            wanted := coalesce(wanted && one, one);
        END IF;
    END LOOP;
    RETURN CASE WHEN without IS NULL THEN wanted ELSE wanted && !!without END;
END $$;

CREATE FUNCTION public.search_text(t text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT pg_catalog.btrim(pg_catalog.regexp_replace(public.plain(t), '[^[:alnum:]]+', ' ', 'g'))
$$;

CREATE FUNCTION public.search_words(t text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT pg_catalog.to_tsvector('pg_catalog.simple', public.search_text(t))
$$;

CREATE FUNCTION public.sweep_uploads(before timestamp with time zone) RETURNS SETOF text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    DELETE FROM public.attachments WHERE ctid = ANY (ARRAY(
        SELECT a.ctid FROM public.attachments a
         WHERE a.ticket_id IS NULL AND a.created_at < before
           AND NOT EXISTS (SELECT FROM public.memberships m WHERE m.account_id = a.account_id AND m.photo_id = a.id)
           AND NOT EXISTS (SELECT FROM public.answer_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.scheduled_messages s WHERE s.account_id = a.account_id AND s.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.chat_messages m WHERE m.account_id = a.account_id AND m.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.flow_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.flow_files f WHERE f.account_id = a.account_id AND f.voice_id = a.id)
         LIMIT 5000))
    RETURNING path
$$;

CREATE FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
BEGIN
    RETURN (state = 'closed') = (closed_at IS NOT NULL)
       AND (state <> 'serving' OR assignee_id IS NOT NULL)
       AND (state, controller) IN (('bot', 'bot'), ('waiting', 'queue'), ('serving', 'user'),
                                   ('surveying', 'bot'), ('surveying', 'none'), ('closed', 'none'));
END $$;

CREATE FUNCTION public.ticket_carries_tags() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    link public.ticket_tags := coalesce(NEW, OLD);
BEGIN
    UPDATE public.tickets t
       SET tag_ids = ARRAY(SELECT l.tag_id FROM public.ticket_tags l
                            WHERE l.account_id = link.account_id AND l.ticket_id = link.ticket_id
                            ORDER BY l.tagged_at, l.tag_id)
     WHERE t.account_id = link.account_id AND t.id = link.ticket_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.tickets_follow_contact() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.tickets SET contact_name = NEW.name
     WHERE account_id = NEW.account_id AND contact_id = NEW.id AND contact_name <> NEW.name;
    RETURN NULL;
END $$;

CREATE FUNCTION public.tickets_follow_identity() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.tickets SET contact_address = NEW.address
     WHERE account_id = NEW.account_id AND identity_id = NEW.id;
    RETURN NULL;
END $$;

CREATE VIEW gate.access AS
 SELECT member_access.account_id,
    member_access.user_id,
    member_access.member_id,
    member_access.epoch,
    member_access.is_active,
    member_access.permissions,
    member_access.scope,
    member_access.departments,
    member_access.branches,
    member_access.pick_departments,
    member_access.channels,
    member_access.sees_account,
    member_access.sees_bot,
    member_access.sees_history,
    member_access.sees_contacts,
    member_access.masks,
    member_access.networks,
    member_access.account_state,
    member_access.factor_from,
    member_access.block
   FROM public.member_access;

CREATE TABLE public.channels (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    department_id bigint NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    hook_token text NOT NULL,
    public_key text NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    secrets bytea,
    secrets_set text[] DEFAULT '{}'::text[] NOT NULL,
    welcome_text text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    state_reason text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    branch_id bigint,
    period_id bigint,
    away_text text DEFAULT ''::text NOT NULL,
    CONSTRAINT channels_state_check CHECK ((state = ANY (ARRAY['new'::text, 'connected'::text, 'failing'::text]))),
    CONSTRAINT failing_has_reason CHECK (((state <> 'failing'::text) OR (state_reason IS NOT NULL)))
);

ALTER TABLE ONLY public.channels FORCE ROW LEVEL SECURITY;

CREATE VIEW gate.channel_tokens AS
 SELECT c.id,
    c.kind,
    c.name,
    c.department_id,
    c.is_active,
    c.hook_token,
    c.public_key,
    (c.settings)::text AS settings,
    c.secrets,
    (array_to_json(c.secrets_set))::text AS secrets_set,
    c.welcome_text,
    c.state,
    c.state_reason,
    c.created_at,
    c.account_id
   FROM public.channels c;

CREATE TABLE public.sessions (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    gen integer DEFAULT 1 NOT NULL,
    refresh_hash bytea NOT NULL,
    prev_hash bytea,
    rotated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    address text NOT NULL,
    agent text NOT NULL,
    ended_at timestamp with time zone,
    end_reason text,
    is_exclusive boolean DEFAULT false NOT NULL,
    confirmed_gen integer DEFAULT 0 NOT NULL,
    confirmed_at timestamp with time zone,
    dead_hashes bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    active_at timestamp with time zone DEFAULT now() NOT NULL,
    idle_s integer DEFAULT 43200 NOT NULL,
    idles_at timestamp with time zone DEFAULT (now() + '12:00:00'::interval) NOT NULL,
    factor_at timestamp with time zone,
    stepped_up_at timestamp with time zone,
    port integer,
    device_id bigint,
    ended_by bigint,
    CONSTRAINT ended_has_reason CHECK (((ended_at IS NULL) = (end_reason IS NULL)))
)
WITH (fillfactor='70');

CREATE VIEW gate.session AS
 SELECT sessions.id,
    sessions.user_id,
    sessions.gen,
    sessions.confirmed_gen,
    sessions.seen_at,
    sessions.expires_at,
    sessions.idles_at,
    sessions.factor_at,
    sessions.stepped_up_at,
    sessions.ended_at,
    sessions.end_reason
   FROM public.sessions;

CREATE VIEW gate.session_ends AS
 SELECT sessions.id,
    sessions.ended_at,
    sessions.end_reason
   FROM public.sessions
  WHERE (sessions.ended_at IS NOT NULL)
UNION ALL
 SELECT sessions.id,
    LEAST(sessions.idles_at, sessions.expires_at) AS ended_at,
        CASE
            WHEN (sessions.idles_at < sessions.expires_at) THEN 'idle'::text
            ELSE 'expired'::text
        END AS end_reason
   FROM public.sessions
  WHERE ((sessions.ended_at IS NULL) AND (LEAST(sessions.idles_at, sessions.expires_at) <= now()));

CREATE TABLE public.api_tokens (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    secret_hash bytea NOT NULL,
    member_id bigint,
    created_by bigint NOT NULL,
    permissions text[] NOT NULL,
    departments bigint[],
    channels bigint[],
    masks integer NOT NULL,
    networks cidr[],
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    last_address text,
    revoked_at timestamp with time zone,
    revoked_by bigint,
    epoch bigint DEFAULT 1 NOT NULL,
    CONSTRAINT api_tokens_kind_check CHECK ((kind = ANY (ARRAY['personal'::text, 'service'::text, 'chatbot'::text]))),
    CONSTRAINT api_tokens_masks_check CHECK (((masks >= 0) AND (masks <= 31))),
    CONSTRAINT chatbot_has_channel CHECK (((kind <> 'chatbot'::text) OR COALESCE((cardinality(channels) = 1), false))),
    CONSTRAINT personal_has_member CHECK (((kind = 'personal'::text) = (member_id IS NOT NULL)))
);

ALTER TABLE ONLY public.api_tokens FORCE ROW LEVEL SECURITY;

CREATE VIEW gate.token AS
 SELECT t.account_id,
    t.id,
    t.kind,
    t.secret_hash,
    t.expires_at,
    t.last_used_at,
    (t.epoch + COALESCE(m.epoch, (0)::bigint)) AS epoch,
    ((t.revoked_at IS NULL) AND ((t.member_id IS NULL) OR COALESCE(m.is_active, false))) AS is_live
   FROM (public.api_tokens t
     LEFT JOIN public.member_access m ON (((m.account_id = t.account_id) AND (m.member_id = t.member_id))));

CREATE TABLE public.account_event_default (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    audience public.event_audience NOT NULL,
    ticket_id bigint,
    identity_id bigint,
    user_id bigint,
    payload text NOT NULL,
    facts text,
    was text
);

ALTER TABLE ONLY public.account_event_default FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_hours (
    account_id bigint NOT NULL,
    period_id bigint,
    uf text,
    away_text text DEFAULT ''::text NOT NULL,
    CONSTRAINT account_hours_uf_check CHECK ((uf ~ '^[A-Z]{2}$'::text))
);

ALTER TABLE ONLY public.account_hours FORCE ROW LEVEL SECURITY;

CREATE TABLE public.account_retention (
    account_id bigint NOT NULL,
    audit_years integer DEFAULT 5 NOT NULL,
    CONSTRAINT account_retention_audit_years_check CHECK (((audit_years >= 1) AND (audit_years <= 10)))
);

ALTER TABLE ONLY public.account_retention FORCE ROW LEVEL SECURITY;

CREATE TABLE public.account_security (
    account_id bigint NOT NULL,
    password_min integer DEFAULT 12 NOT NULL,
    session_idle_s integer DEFAULT 3600 NOT NULL,
    session_absolute_s integer DEFAULT 43200 NOT NULL,
    allows_several_sessions boolean DEFAULT false NOT NULL,
    trusted_device_days integer DEFAULT 30 NOT NULL,
    CONSTRAINT account_security_password_min_check CHECK (((password_min >= 8) AND (password_min <= 64))),
    CONSTRAINT account_security_session_absolute_s_check CHECK (((session_absolute_s >= 3600) AND (session_absolute_s <= 86400))),
    CONSTRAINT account_security_session_idle_s_check CHECK (((session_idle_s >= 300) AND (session_idle_s <= 43200))),
    CONSTRAINT account_security_trusted_device_days_check CHECK (((trusted_device_days >= 0) AND (trusted_device_days <= 90)))
);

ALTER TABLE ONLY public.account_security FORCE ROW LEVEL SECURITY;

CREATE TABLE public.account_settings (
    account_id bigint NOT NULL,
    welcome_text text DEFAULT ''::text NOT NULL,
    closing_text text DEFAULT ''::text NOT NULL,
    campaign_interval_s integer DEFAULT 30 NOT NULL,
    requires_reason boolean DEFAULT true NOT NULL,
    saves_contacts boolean DEFAULT true NOT NULL,
    contact_restriction text DEFAULT 'none'::text NOT NULL,
    asks_consent boolean DEFAULT false NOT NULL,
    asks_birth_date boolean DEFAULT false NOT NULL,
    asks_document boolean DEFAULT false NOT NULL,
    request_text text DEFAULT ''::text NOT NULL,
    intake_tries integer DEFAULT 3 NOT NULL,
    consent_version integer DEFAULT 0 NOT NULL,
    terms_url text DEFAULT ''::text NOT NULL,
    requires_terms boolean DEFAULT false NOT NULL,
    terms_version integer DEFAULT 0 NOT NULL,
    CONSTRAINT account_settings_campaign_interval_s_check CHECK (((campaign_interval_s >= 5) AND (campaign_interval_s <= 3600))),
    CONSTRAINT account_settings_contact_restriction_check CHECK ((contact_restriction = ANY (ARRAY['none'::text, 'approve'::text]))),
    CONSTRAINT account_settings_intake_tries_check CHECK (((intake_tries >= 1) AND (intake_tries <= 10))),
    CONSTRAINT required_terms_have_link CHECK (((NOT requires_terms) OR (terms_url <> ''::text)))
);

ALTER TABLE ONLY public.account_settings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.accounts (
    id bigint NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    locale text DEFAULT 'pt-BR'::text NOT NULL,
    time_zone text DEFAULT 'America/Sao_Paulo'::text NOT NULL,
    currency text DEFAULT 'BRL'::text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT accounts_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'closed'::text])))
);

ALTER TABLE ONLY public.accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.accounts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.answer_files (
    account_id bigint NOT NULL,
    answer_id bigint NOT NULL,
    "position" integer NOT NULL,
    attachment_id bigint NOT NULL
);

ALTER TABLE ONLY public.answer_files FORCE ROW LEVEL SECURITY;

CREATE TABLE public.answers (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    scope text NOT NULL,
    member_id bigint,
    department_id bigint,
    title text NOT NULL,
    shortcut text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    use_count bigint DEFAULT 0 NOT NULL,
    last_used_at timestamp with time zone,
    search_title text GENERATED ALWAYS AS (public.plain(title)) STORED,
    search_body text GENERATED ALWAYS AS (public.plain(body)) STORED,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT answer_scope_has_owner CHECK ((((scope = 'own'::text) = (member_id IS NOT NULL)) AND ((scope = 'department'::text) = (department_id IS NOT NULL)))),
    CONSTRAINT answer_shortcut_is_plain CHECK ((shortcut ~ '^[a-z0-9][a-z0-9_-]{0,29}$'::text)),
    CONSTRAINT answers_scope_check CHECK ((scope = ANY (ARRAY['own'::text, 'department'::text, 'account'::text])))
);

ALTER TABLE ONLY public.answers FORCE ROW LEVEL SECURITY;

ALTER TABLE public.answers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.api_tokens ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.api_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.attachments (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    ticket_id bigint,
    seq integer,
    member_id bigint,
    identity_id bigint,
    state text NOT NULL,
    kind text NOT NULL,
    mime text NOT NULL,
    filename text DEFAULT ''::text NOT NULL,
    size_bytes bigint DEFAULT 0 NOT NULL,
    sha256 bytea,
    path text,
    provider_media_id text,
    error_slug text,
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    becomes text,
    is_hidden boolean DEFAULT false NOT NULL,
    token_id bigint,
    CONSTRAINT attachments_becomes_check CHECK ((becomes <> ''::text)),
    CONSTRAINT attachments_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'audio'::text, 'video'::text, 'document'::text, 'sticker'::text]))),
    CONSTRAINT attachments_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text, 'expired'::text]))),
    CONSTRAINT program_is_nobody_else CHECK (((token_id IS NULL) OR ((member_id IS NULL) AND (identity_id IS NULL)))),
    CONSTRAINT ready_has_path CHECK (((state <> 'ready'::text) OR (path IS NOT NULL)))
);

ALTER TABLE ONLY public.attachments FORCE ROW LEVEL SECURITY;

ALTER TABLE public.attachments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.attachments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_chain (
    account_id bigint NOT NULL,
    seq bigint NOT NULL,
    event_at timestamp with time zone NOT NULL,
    event_id bigint NOT NULL,
    hash bytea NOT NULL
);

ALTER TABLE ONLY public.audit_chain FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_checkpoints (
    account_id bigint NOT NULL,
    seq bigint NOT NULL,
    statement text NOT NULL,
    public_key bytea NOT NULL,
    signature bytea NOT NULL
);

ALTER TABLE ONLY public.audit_checkpoints FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_cursor (
    is_only boolean DEFAULT true NOT NULL,
    xid xid8 DEFAULT '0'::xid8 NOT NULL,
    event_id bigint DEFAULT 0 NOT NULL,
    base_id bigint DEFAULT 0 NOT NULL,
    CONSTRAINT audit_cursor_is_only_check CHECK (is_only)
);

CREATE TABLE public.audit_events (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    action text NOT NULL,
    actor_kind public.audit_actor NOT NULL,
    actor_id bigint,
    session_id bigint,
    address text,
    request_id text,
    subject_kind text NOT NULL,
    subject_id bigint,
    detail text,
    token_id bigint,
    port integer
)
PARTITION BY RANGE (at);

ALTER TABLE ONLY public.audit_events FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_events_default (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    action text NOT NULL,
    actor_kind public.audit_actor NOT NULL,
    actor_id bigint,
    session_id bigint,
    address text,
    request_id text,
    subject_kind text NOT NULL,
    subject_id bigint,
    detail text,
    token_id bigint,
    port integer
);

ALTER TABLE ONLY public.audit_events_default FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_heads (
    account_id bigint NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    event_at timestamp with time zone NOT NULL,
    checkpoint_seq bigint DEFAULT 0 NOT NULL,
    checkpoint_at timestamp with time zone,
    verified_seq bigint DEFAULT 0 NOT NULL,
    verified_at timestamp with time zone,
    fault text,
    fault_seq bigint,
    CONSTRAINT audit_heads_fault_check CHECK ((fault = ANY (ARRAY['missing'::text, 'removed'::text, 'changed'::text, 'inserted'::text, 'cut'::text, 'rewritten'::text]))),
    CONSTRAINT fault_has_place CHECK (((fault IS NULL) = (fault_seq IS NULL)))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.audit_heads FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_starts (
    account_id bigint NOT NULL,
    seq bigint NOT NULL,
    statement text NOT NULL,
    public_key bytea NOT NULL,
    signature bytea NOT NULL
);

ALTER TABLE ONLY public.audit_starts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.blocked_messages (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    contact_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    provider_id text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    received_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.blocked_messages FORCE ROW LEVEL SECURITY;

ALTER TABLE public.blocked_messages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.blocked_messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.branches (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    company_id bigint NOT NULL,
    name text NOT NULL,
    city text,
    time_zone text,
    uf text,
    CONSTRAINT branches_uf_check CHECK ((uf ~ '^[A-Z]{2}$'::text))
);

ALTER TABLE ONLY public.branches FORCE ROW LEVEL SECURITY;

ALTER TABLE public.branches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.branches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.break_limits (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    department_id bigint,
    max_people integer NOT NULL,
    CONSTRAINT break_limits_max_people_check CHECK (((max_people >= 1) AND (max_people <= 999)))
);

ALTER TABLE ONLY public.break_limits FORCE ROW LEVEL SECURITY;

ALTER TABLE public.break_limits ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.break_limits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.break_reasons (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    planned_min integer NOT NULL,
    color public.department_color DEFAULT 'sand'::text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT break_reasons_planned_min_check CHECK (((planned_min >= 1) AND (planned_min <= 480)))
);

ALTER TABLE ONLY public.break_reasons FORCE ROW LEVEL SECURITY;

ALTER TABLE public.break_reasons ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.break_reasons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.breaks (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    reason_id bigint NOT NULL,
    planned_min integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by bigint,
    CONSTRAINT break_ends_after_it_starts CHECK ((ended_at >= started_at))
);

ALTER TABLE ONLY public.breaks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.breaks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.breaks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.bulk_items (
    account_id bigint NOT NULL,
    bulk_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    slug text,
    was text,
    became text,
    CONSTRAINT bulk_items_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'done'::text, 'refused'::text, 'undone'::text, 'kept'::text])))
);

ALTER TABLE ONLY public.bulk_items FORCE ROW LEVEL SECURITY;

CREATE TABLE public.bulks (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    act text NOT NULL,
    wish json NOT NULL,
    filter text,
    state text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT bulks_act_check CHECK ((act = ANY (ARRAY['transfer'::text, 'tag'::text, 'untag'::text, 'close'::text, 'snooze'::text, 'read'::text]))),
    CONSTRAINT bulks_state_check CHECK ((state = ANY (ARRAY['collecting'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'access_lost'::text, 'undoing'::text, 'undone'::text])))
);

ALTER TABLE ONLY public.bulks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.bulks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bulks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.channels ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.channels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.chat_group_departments (
    account_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    department_id bigint NOT NULL
);

ALTER TABLE ONLY public.chat_group_departments FORCE ROW LEVEL SECURITY;

CREATE TABLE public.chat_group_people (
    account_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE ONLY public.chat_group_people FORCE ROW LEVEL SECURITY;

CREATE TABLE public.chat_messages (
    account_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    seq integer NOT NULL,
    author_id bigint,
    body text DEFAULT ''::text NOT NULL,
    attachment_id bigint,
    link_kind text,
    link_id bigint,
    client_key text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT chat_message_link_is_whole CHECK (((link_kind IS NULL) = (link_id IS NULL))),
    CONSTRAINT chat_messages_link_kind_check CHECK ((link_kind = ANY (ARRAY['ticket'::text, 'channel'::text])))
);

ALTER TABLE ONLY public.chat_messages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.chat_seats (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    read_seq integer DEFAULT 0 NOT NULL,
    read_at timestamp with time zone
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.chat_seats FORCE ROW LEVEL SECURITY;

CREATE TABLE public.chats (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    member_a bigint,
    member_b bigint,
    name text,
    is_active boolean DEFAULT true NOT NULL,
    last_seq integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT chat_is_a_pair_or_a_group CHECK ((((member_a IS NULL) = (member_b IS NULL)) AND ((member_a IS NULL) = (name IS NOT NULL)))),
    CONSTRAINT chat_pair_is_in_order CHECK ((member_a < member_b))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.chats FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chats ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.chats_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.city_holidays (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    branch_id bigint,
    name text NOT NULL,
    on_date date NOT NULL,
    every_year boolean NOT NULL
);

ALTER TABLE ONLY public.city_holidays FORCE ROW LEVEL SECURITY;

ALTER TABLE public.city_holidays ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.city_holidays_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.close_reasons (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    message text DEFAULT ''::text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    forces_message boolean DEFAULT false NOT NULL,
    CONSTRAINT forced_has_message CHECK (((NOT forces_message) OR (message <> ''::text)))
);

ALTER TABLE ONLY public.close_reasons FORCE ROW LEVEL SECURITY;

ALTER TABLE public.close_reasons ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.close_reasons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.companies (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    legal_name text,
    document text,
    phone text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.companies FORCE ROW LEVEL SECURITY;

ALTER TABLE public.companies ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.companies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.consent_events (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    contact_id bigint NOT NULL,
    kind text NOT NULL,
    act text NOT NULL,
    source text NOT NULL,
    channel_id bigint,
    wording text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    ticket_id bigint,
    seq integer,
    member_id bigint,
    at timestamp with time zone NOT NULL,
    provider_id text DEFAULT ''::text NOT NULL,
    CONSTRAINT consent_events_act_check CHECK ((act = ANY (ARRAY['granted'::text, 'withdrawn'::text]))),
    CONSTRAINT consent_events_kind_check CHECK ((kind = ANY (ARRAY['messages'::text, 'marketing'::text, 'terms'::text, 'data_storage'::text]))),
    CONSTRAINT consent_events_source_check CHECK ((source = ANY (ARRAY['contact'::text, 'member'::text, 'import'::text])))
);

ALTER TABLE ONLY public.consent_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.consent_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.consent_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.consent_wordings (
    account_id bigint NOT NULL,
    kind text NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT consent_wordings_kind_check CHECK ((kind = ANY (ARRAY['terms'::text, 'data_storage'::text])))
);

ALTER TABLE ONLY public.consent_wordings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_customers (
    account_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    source text DEFAULT 'member'::text NOT NULL,
    CONSTRAINT contact_customers_source_check CHECK ((source = ANY (ARRAY['member'::text, 'contact'::text])))
);

ALTER TABLE ONLY public.contact_customers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_exports (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    state text NOT NULL,
    why text,
    format text NOT NULL,
    locale text NOT NULL,
    filter text NOT NULL,
    path text NOT NULL,
    epoch bigint DEFAULT 0 NOT NULL,
    field_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    after_id bigint,
    size_bytes bigint DEFAULT 0 NOT NULL,
    sheet_bytes bigint DEFAULT 0 NOT NULL,
    sheet_crc bigint DEFAULT 0 NOT NULL,
    done_count integer DEFAULT 0 NOT NULL,
    total_count integer,
    member_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT contact_exports_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
    CONSTRAINT contact_exports_locale_check CHECK ((locale = ANY (ARRAY['pt-BR'::text, 'en'::text]))),
    CONSTRAINT contact_exports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'canceled'::text, 'access_lost'::text, 'failed'::text, 'expired'::text]))),
    CONSTRAINT done_export_expires CHECK (((state <> 'done'::text) OR (expires_at IS NOT NULL))),
    CONSTRAINT failed_export_has_reason CHECK (((state <> 'failed'::text) OR (why IS NOT NULL)))
);

ALTER TABLE ONLY public.contact_exports FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_exports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_exports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_fields (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    choices text[] DEFAULT '{}'::text[] NOT NULL,
    is_required boolean DEFAULT false NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT choice_has_choices CHECK (((kind = 'choice'::text) = (cardinality(choices) > 0))),
    CONSTRAINT contact_fields_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'flag'::text, 'choice'::text])))
);

ALTER TABLE ONLY public.contact_fields FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_fields ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_fields_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_group_members (
    account_id bigint NOT NULL,
    group_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    added_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.contact_group_members FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_groups (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    member_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.contact_groups FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_groups ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_identities (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    contact_id bigint NOT NULL,
    alias_of bigint,
    kind text NOT NULL,
    key text NOT NULL,
    address text NOT NULL,
    is_verified boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    tail text GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'phone'::text) THEN "right"(key, 8)
    ELSE NULL::text
END) STORED,
    ending text GENERATED ALWAYS AS (
CASE
    WHEN (kind = 'phone'::text) THEN "right"(key, 4)
    ELSE NULL::text
END) STORED
);

ALTER TABLE ONLY public.contact_identities FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_identities ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_identities_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_import_lines (
    account_id bigint NOT NULL,
    import_id bigint NOT NULL,
    line integer NOT NULL,
    cells text[] NOT NULL,
    outcome text,
    why text DEFAULT ''::text NOT NULL,
    column_no integer DEFAULT 0 NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    key text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    fields json,
    contact_id bigint,
    is_done boolean DEFAULT false NOT NULL,
    CONSTRAINT contact_import_lines_outcome_check CHECK ((outcome = ANY (ARRAY['new'::text, 'same'::text, 'wrong'::text])))
);

ALTER TABLE ONLY public.contact_import_lines FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_imports (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    filename text NOT NULL,
    path text NOT NULL,
    state text NOT NULL,
    why text,
    header text[] DEFAULT '{}'::text[] NOT NULL,
    divider text DEFAULT ''::text NOT NULL,
    mapping text[] DEFAULT '{}'::text[] NOT NULL,
    group_id bigint,
    read_bytes bigint DEFAULT 0 NOT NULL,
    size_bytes bigint NOT NULL,
    line_count integer DEFAULT 0 NOT NULL,
    done_count integer DEFAULT 0 NOT NULL,
    new_count integer DEFAULT 0 NOT NULL,
    same_count integer DEFAULT 0 NOT NULL,
    wrong_count integer DEFAULT 0 NOT NULL,
    kept_count integer DEFAULT 0 NOT NULL,
    member_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    is_unpacked boolean DEFAULT false NOT NULL,
    CONSTRAINT contact_imports_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'mapping'::text, 'trying'::text, 'tried'::text, 'running'::text, 'done'::text, 'canceled'::text, 'undoing'::text, 'undone'::text, 'failed'::text]))),
    CONSTRAINT failed_import_has_reason CHECK (((state <> 'failed'::text) OR (why IS NOT NULL)))
);

ALTER TABLE ONLY public.contact_imports FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_imports ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_imports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_keys (
    account_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    sealed bytea NOT NULL
);

ALTER TABLE ONLY public.contact_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_merge_moves (
    account_id bigint NOT NULL,
    merge_id bigint NOT NULL,
    kind text NOT NULL,
    row_id bigint NOT NULL,
    value text,
    CONSTRAINT contact_merge_moves_kind_check CHECK ((kind = ANY (ARRAY['identity'::text, 'ticket'::text, 'customer'::text, 'group'::text, 'value'::text, 'tag'::text])))
);

ALTER TABLE ONLY public.contact_merge_moves FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_merges (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    kept_id bigint NOT NULL,
    gone_id bigint NOT NULL,
    took_email text,
    took_notes text,
    consent_before text NOT NULL,
    consent_after text NOT NULL,
    blocks boolean NOT NULL,
    merged_by bigint,
    merged_at timestamp with time zone NOT NULL,
    undone_by bigint,
    undone_at timestamp with time zone
);

ALTER TABLE ONLY public.contact_merges FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_merges ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_merges_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_pairs_apart (
    account_id bigint NOT NULL,
    lower_id bigint NOT NULL,
    higher_id bigint NOT NULL,
    said_by bigint,
    said_at timestamp with time zone NOT NULL,
    CONSTRAINT pair_is_in_order CHECK ((lower_id < higher_id))
);

ALTER TABLE ONLY public.contact_pairs_apart FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_reveals (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    field text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.contact_reveals FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_tags (
    account_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    tag_id bigint NOT NULL,
    tagged_by bigint,
    tagged_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.contact_tags FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_values (
    account_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    field_id bigint NOT NULL,
    value text NOT NULL
);

ALTER TABLE ONLY public.contact_values FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contacts (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    is_name_edited boolean DEFAULT false NOT NULL,
    email text,
    notes text DEFAULT ''::text NOT NULL,
    search_name text GENERATED ALWAYS AS (public.plain(name)) STORED,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    active_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by bigint,
    email_key text GENERATED ALWAYS AS (lower(email)) STORED,
    consent text DEFAULT 'none'::text NOT NULL,
    blocked_at timestamp with time zone,
    blocked_by bigint,
    block_reason text DEFAULT ''::text NOT NULL,
    blocked_count integer DEFAULT 0 NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by bigint,
    delete_reason text DEFAULT ''::text NOT NULL,
    merged_into bigint,
    is_saved boolean DEFAULT true NOT NULL,
    asked_at timestamp with time zone,
    terms_version integer DEFAULT 0 NOT NULL,
    birth_on date,
    CONSTRAINT contacts_consent_check CHECK ((consent = ANY (ARRAY['none'::text, 'granted'::text, 'withdrawn'::text]))),
    CONSTRAINT merged_is_deleted CHECK (((merged_into IS NULL) OR (deleted_at IS NOT NULL)))
);

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contacts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    document text NOT NULL,
    name text NOT NULL,
    email text,
    phone text,
    birth_on date,
    street text DEFAULT ''::text NOT NULL,
    city text DEFAULT ''::text NOT NULL,
    state text DEFAULT ''::text NOT NULL,
    created_by bigint,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT customers_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'company'::text]))),
    CONSTRAINT document_fits_kind CHECK ((length(document) =
CASE kind
    WHEN 'person'::text THEN 11
    ELSE 14
END))
);

ALTER TABLE ONLY public.customers FORCE ROW LEVEL SECURITY;

ALTER TABLE public.customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.dead_jobs (
    id bigint NOT NULL,
    queue text NOT NULL,
    lane bigint NOT NULL,
    kind text NOT NULL,
    account_id bigint,
    subject_id bigint NOT NULL,
    arg text NOT NULL,
    attempts integer NOT NULL,
    why text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    died_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.dead_jobs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.department_members (
    account_id bigint NOT NULL,
    department_id bigint NOT NULL,
    member_id bigint NOT NULL,
    is_responsible boolean DEFAULT false NOT NULL,
    notifies_transfer boolean
);

ALTER TABLE ONLY public.department_members FORCE ROW LEVEL SECURITY;

CREATE TABLE public.departments (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    company_id bigint NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    is_confidential boolean DEFAULT false NOT NULL,
    color public.department_color DEFAULT 'sand'::text NOT NULL,
    serves boolean DEFAULT true NOT NULL,
    notifies_transfer boolean DEFAULT true NOT NULL,
    welcome_text text DEFAULT ''::text NOT NULL,
    away_text text DEFAULT ''::text NOT NULL,
    period_id bigint
);

ALTER TABLE ONLY public.departments FORCE ROW LEVEL SECURITY;

ALTER TABLE public.departments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.departments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.devices (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    known_hash bytea NOT NULL,
    trust_hash bytea,
    trusted_until timestamp with time zone,
    agent text NOT NULL,
    address text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone NOT NULL,
    CONSTRAINT trusted_has_end CHECK (((trust_hash IS NULL) = (trusted_until IS NULL)))
);

ALTER TABLE public.devices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.devices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.distribution_decisions (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    department_id bigint NOT NULL,
    member_id bigint,
    outcome text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    why json NOT NULL
);

ALTER TABLE ONLY public.distribution_decisions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.distribution_decisions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.distribution_decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.distribution_turns (
    account_id bigint NOT NULL,
    department_id bigint NOT NULL,
    member_id bigint NOT NULL,
    turn bigint NOT NULL
);

ALTER TABLE ONLY public.distribution_turns FORCE ROW LEVEL SECURITY;

CREATE TABLE public.distributions (
    account_id bigint NOT NULL,
    department_id bigint NOT NULL,
    mode text DEFAULT 'manual'::text NOT NULL,
    returns_days integer DEFAULT 0 NOT NULL,
    agent_limit integer,
    tells boolean DEFAULT false NOT NULL,
    tell_text text DEFAULT ''::text NOT NULL,
    tell_again_min integer DEFAULT 0 NOT NULL,
    lane bigint NOT NULL,
    turn bigint DEFAULT 0 NOT NULL,
    wakes_at timestamp with time zone,
    acts boolean GENERATED ALWAYS AS (((mode <> 'manual'::text) OR (returns_days > 0) OR tells)) STORED NOT NULL,
    CONSTRAINT distributions_agent_limit_check CHECK (((agent_limit >= 1) AND (agent_limit <= 999))),
    CONSTRAINT distributions_mode_check CHECK ((mode = ANY (ARRAY['manual'::text, 'round_robin'::text, 'least_busy'::text]))),
    CONSTRAINT distributions_returns_days_check CHECK (((returns_days >= 0) AND (returns_days <= 365))),
    CONSTRAINT distributions_tell_again_min_check CHECK (((tell_again_min >= 0) AND (tell_again_min <= 240))),
    CONSTRAINT told_in_words CHECK (((NOT tells) OR (tell_text <> ''::text)))
);

ALTER TABLE ONLY public.distributions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.drafts (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    member_id bigint NOT NULL,
    mode text NOT NULL,
    body text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT drafts_mode_check CHECK ((mode = ANY (ARRAY['reply'::text, 'whisper'::text])))
);

ALTER TABLE ONLY public.drafts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_statuses (
    account_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    provider_id text NOT NULL,
    state text NOT NULL,
    error_code text,
    error_slug text,
    received_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.early_statuses FORCE ROW LEVEL SECURITY;

CREATE TABLE public.email_changes (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    email text NOT NULL,
    token_hash bytea,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    old_email text,
    undo_hash bytea,
    undo_until timestamp with time zone,
    undone_at timestamp with time zone,
    CONSTRAINT confirmed_can_be_undone CHECK ((((confirmed_at IS NULL) = (old_email IS NULL)) AND ((confirmed_at IS NULL) = (undo_hash IS NULL)) AND ((confirmed_at IS NULL) = (undo_until IS NULL))))
);

ALTER TABLE public.email_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.email_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exception_ranges (
    account_id bigint NOT NULL,
    period_id bigint NOT NULL,
    on_date date NOT NULL,
    from_min smallint NOT NULL,
    until_min smallint NOT NULL,
    CONSTRAINT exception_ends_within_a_day CHECK (((until_min > from_min) AND (until_min <= (from_min + 1440)))),
    CONSTRAINT exception_ranges_from_min_check CHECK (((from_min >= 0) AND (from_min <= 1439)))
);

ALTER TABLE ONLY public.exception_ranges FORCE ROW LEVEL SECURITY;

CREATE TABLE public.factors (
    user_id bigint NOT NULL,
    version bigint NOT NULL,
    secret bytea NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    last_step bigint NOT NULL,
    drift integer DEFAULT 0 NOT NULL,
    CONSTRAINT factors_drift_check CHECK (((drift >= '-2'::integer) AND (drift <= 2)))
);

CREATE TABLE public.invites (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    email text NOT NULL,
    display_name text DEFAULT ''::text NOT NULL,
    group_id bigint NOT NULL,
    departments bigint[] NOT NULL,
    branches bigint[] NOT NULL,
    channels bigint[],
    is_agent boolean NOT NULL,
    token_hash bytea NOT NULL,
    invited_by bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    ended_at timestamp with time zone
);

ALTER TABLE ONLY public.invites FORCE ROW LEVEL SECURITY;

CREATE TABLE public.memberships (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    display_name text NOT NULL,
    is_agent boolean DEFAULT true NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    group_id bigint NOT NULL,
    channels bigint[],
    signature text DEFAULT ''::text NOT NULL,
    factor_epoch integer DEFAULT 0 NOT NULL,
    photo_id bigint
);

ALTER TABLE ONLY public.memberships FORCE ROW LEVEL SECURITY;

CREATE TABLE public.service_periods (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    branch_id bigint,
    keeps_holidays boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.service_periods FORCE ROW LEVEL SECURITY;

CREATE TABLE public.tickets (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    protocol text NOT NULL,
    channel_id bigint NOT NULL,
    identity_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    contact_name text NOT NULL,
    contact_kind text NOT NULL,
    contact_address text NOT NULL,
    department_id bigint,
    assignee_id bigint,
    state public.ticket_state NOT NULL,
    controller public.ticket_controller NOT NULL,
    last_seq integer DEFAULT 0 NOT NULL,
    unread_count integer DEFAULT 0 NOT NULL,
    shown_seq integer DEFAULT 0 NOT NULL,
    last_kind text,
    last_direction text,
    last_state text,
    last_preview text DEFAULT ''::text NOT NULL,
    last_author_kind text,
    last_author_id bigint,
    last_activity_at timestamp with time zone NOT NULL,
    last_inbound_at timestamp with time zone,
    last_outbound_at timestamp with time zone,
    window_ends_at timestamp with time zone,
    opened_at timestamp with time zone NOT NULL,
    queued_at timestamp with time zone,
    assigned_at timestamp with time zone,
    first_reply_at timestamp with time zone,
    closed_at timestamp with time zone,
    closed_by bigint,
    reason_id bigint,
    branch_id bigint,
    is_confidential boolean DEFAULT false NOT NULL,
    out_of_hours_at timestamp with time zone,
    away_until timestamp with time zone,
    tag_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    snoozed_until timestamp with time zone,
    woken_at timestamp with time zone,
    type_id bigint,
    taken_from_id bigint,
    priority smallint DEFAULT 2 NOT NULL,
    sla text,
    sla_warn_at timestamp with time zone,
    sla_due_at timestamp with time zone,
    merged_into bigint,
    merged_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    controller_epoch bigint DEFAULT 0 NOT NULL,
    is_concluded boolean DEFAULT false NOT NULL,
    origin text,
    CONSTRAINT ticket_agrees CHECK (public.ticket_agrees((state)::text, (controller)::text, closed_at, assignee_id))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.tickets FORCE ROW LEVEL SECURITY;

CREATE VIEW public.first_steps WITH (security_invoker='true') AS
 SELECT a.id AS account_id,
    (EXISTS ( SELECT
           FROM public.channels c
          WHERE ((c.account_id = a.id) AND c.is_active))) AS channel,
    (EXISTS ( SELECT
           FROM (public.department_members x
             JOIN public.departments d ON (((d.account_id = x.account_id) AND (d.id = x.department_id))))
          WHERE ((x.account_id = a.id) AND d.is_active))) AS departments,
    ((( SELECT count(*) AS count
           FROM ( SELECT
                   FROM public.memberships m_1
                  WHERE (m_1.account_id = a.id)
                 LIMIT 2) m) > 1) OR (EXISTS ( SELECT
           FROM public.invites i
          WHERE (i.account_id = a.id)))) AS people,
    (EXISTS ( SELECT
           FROM public.service_periods p
          WHERE (p.account_id = a.id))) AS hours,
    (EXISTS ( SELECT
           FROM public.answers s
          WHERE ((s.account_id = a.id) AND (s.scope <> 'own'::text)))) AS answers,
    (EXISTS ( SELECT
           FROM (public.memberships m
             CROSS JOIN LATERAL ( SELECT
                   FROM public.tickets t
                  WHERE ((t.account_id = m.account_id) AND (t.assignee_id = m.id) AND (t.first_reply_at IS NOT NULL))
                  ORDER BY t.state
                 LIMIT 1) mine)
          WHERE (m.account_id = a.id))) AS served
   FROM public.accounts a;

CREATE TABLE public.first_steps_dismissals (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    dismissed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.first_steps_dismissals FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_agents (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    is_on boolean NOT NULL,
    period_id bigint,
    outside_flow_id bigint,
    CONSTRAINT agent_is_outside_of_something CHECK (((period_id IS NULL) = (outside_flow_id IS NULL))),
    CONSTRAINT flow_agents_name_check CHECK ((name <> ''::text))
);

ALTER TABLE ONLY public.flow_agents FORCE ROW LEVEL SECURITY;

ALTER TABLE public.flow_agents ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.flow_agents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.flow_counters (
    account_id bigint NOT NULL,
    flow_id bigint NOT NULL,
    number integer NOT NULL,
    card text NOT NULL,
    began_on date NOT NULL,
    what text NOT NULL,
    outlet text DEFAULT ''::text NOT NULL,
    n bigint NOT NULL,
    place integer DEFAULT 0 NOT NULL,
    CONSTRAINT flow_counters_what_check CHECK ((what = ANY (ARRAY['start'::text, 'jump'::text, 'return'::text, 'entry'::text, 'run'::text, 'left'::text, 'abandoned'::text, 'finished'::text, 'interrupted'::text, 'moved'::text, 'moved_in'::text, 'invalid'::text, 'answered'::text, 'answered_first'::text, 'sent'::text])))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.flow_counters FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_drafts (
    account_id bigint NOT NULL,
    flow_id bigint NOT NULL,
    document text NOT NULL,
    content_hash text NOT NULL,
    revision integer NOT NULL,
    error_count integer NOT NULL,
    warning_count integer NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by bigint
);

ALTER TABLE ONLY public.flow_drafts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_files (
    account_id bigint NOT NULL,
    sha256 text NOT NULL,
    attachment_id bigint NOT NULL,
    added_by bigint,
    added_at timestamp with time zone NOT NULL,
    sound text,
    duration_s integer,
    voice_id bigint,
    CONSTRAINT flow_files_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT flow_files_sound_check CHECK ((sound = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text]))),
    CONSTRAINT sound_is_measured CHECK ((((sound = 'ready'::text) IS NOT TRUE) OR ((duration_s IS NOT NULL) AND (voice_id IS NOT NULL))))
);

ALTER TABLE ONLY public.flow_files FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_move_items (
    account_id bigint NOT NULL,
    move_id bigint NOT NULL,
    run_id bigint NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    reason text,
    look_at timestamp with time zone NOT NULL,
    CONSTRAINT flow_move_items_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'moved'::text, 'stayed'::text]))),
    CONSTRAINT stayed_says_why CHECK (((state = 'stayed'::text) = (reason IS NOT NULL)))
);

ALTER TABLE ONLY public.flow_move_items FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_moves (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    flow_id bigint NOT NULL,
    number integer NOT NULL,
    member_id bigint,
    state text DEFAULT 'running'::text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT flow_moves_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'overtaken'::text]))),
    CONSTRAINT move_ends CHECK (((state = 'running'::text) = (finished_at IS NULL)))
);

ALTER TABLE ONLY public.flow_moves FORCE ROW LEVEL SECURITY;

ALTER TABLE public.flow_moves ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.flow_moves_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.flow_pages (
    account_id bigint NOT NULL,
    flow_id bigint NOT NULL,
    member_id bigint NOT NULL,
    page bigint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    alive_until timestamp with time zone NOT NULL,
    pencil_at timestamp with time zone,
    asked_at timestamp with time zone,
    CONSTRAINT whoever_holds_does_not_ask CHECK ((num_nonnulls(pencil_at, asked_at) < 2))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.flow_pages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_refs (
    account_id bigint NOT NULL,
    flow_id bigint NOT NULL,
    is_live boolean NOT NULL,
    ref text NOT NULL
);

ALTER TABLE ONLY public.flow_refs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_run_inputs (
    account_id bigint NOT NULL,
    run_id bigint NOT NULL,
    input_id text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.flow_run_inputs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_runs (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    flow_id bigint NOT NULL,
    number integer NOT NULL,
    ticket_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    cause text NOT NULL,
    pins json NOT NULL,
    epoch bigint NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    phase text DEFAULT 'running'::text NOT NULL,
    state text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    stepped_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    end_reason text,
    awaits_end boolean DEFAULT false NOT NULL,
    hides_answer boolean DEFAULT false NOT NULL,
    CONSTRAINT ended_run_says_why CHECK ((((phase = 'ended'::text) = (ended_at IS NOT NULL)) AND ((phase = 'ended'::text) = (end_reason IS NOT NULL)))),
    CONSTRAINT flow_runs_cause_check CHECK ((cause = ANY (ARRAY['inbound'::text, 'entry'::text, 'template_reply'::text, 'migrated_call'::text, 'department'::text, 'survey'::text, 'agent'::text, 'api'::text]))),
    CONSTRAINT flow_runs_phase_check CHECK ((phase = ANY (ARRAY['running'::text, 'asking'::text, 'waiting'::text, 'calling'::text, 'held'::text, 'ended'::text]))),
    CONSTRAINT run_state_is_small CHECK ((octet_length(state) <= 65536))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.flow_runs FORCE ROW LEVEL SECURITY;

ALTER TABLE public.flow_runs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.flow_runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.flow_seals (
    account_id bigint NOT NULL,
    run_id bigint NOT NULL,
    slot text NOT NULL,
    value bytea NOT NULL,
    until timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.flow_seals FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_secrets (
    account_id bigint NOT NULL,
    name text NOT NULL,
    value bytea NOT NULL,
    set_by bigint,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT flow_secrets_name_check CHECK ((name ~ '^[a-z][a-z0-9_]{0,39}$'::text))
);

ALTER TABLE ONLY public.flow_secrets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_starts (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    flow_id bigint NOT NULL,
    kind text NOT NULL,
    channel_id bigint,
    department_id bigint,
    first_text text,
    ad_id text,
    ref text,
    agent_id bigint,
    CONSTRAINT agents_answer_customers CHECK (((agent_id IS NULL) OR (kind <> ALL (ARRAY['department'::text, 'survey'::text])))),
    CONSTRAINT flow_starts_ad_id_check CHECK ((ad_id <> ''::text)),
    CONSTRAINT flow_starts_kind_check CHECK ((kind = ANY (ARRAY['channel'::text, 'first_text'::text, 'ad'::text, 'link'::text, 'department'::text, 'survey'::text]))),
    CONSTRAINT flow_starts_ref_check CHECK ((ref <> ''::text)),
    CONSTRAINT start_says_what CHECK ((((kind = 'first_text'::text) = (first_text IS NOT NULL)) AND (first_text <> ''::text) AND ((kind = 'ad'::text) = (ad_id IS NOT NULL)) AND ((kind = 'link'::text) = (ref IS NOT NULL)) AND
CASE kind
    WHEN 'channel'::text THEN ((channel_id IS NOT NULL) AND (department_id IS NULL))
    WHEN 'department'::text THEN ((channel_id IS NULL) AND (department_id IS NOT NULL))
    WHEN 'survey'::text THEN (channel_id IS NULL)
    ELSE (department_id IS NULL)
END))
);

ALTER TABLE ONLY public.flow_starts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.flow_starts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.flow_starts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.flow_trace (
    account_id bigint NOT NULL,
    run_id bigint NOT NULL,
    seq bigint NOT NULL,
    n integer NOT NULL,
    at timestamp with time zone NOT NULL,
    flow_id bigint NOT NULL,
    number integer NOT NULL,
    card text NOT NULL,
    type text NOT NULL,
    visit integer NOT NULL,
    event text NOT NULL,
    via text,
    outlet text,
    reason text,
    matched_by text,
    attempt integer DEFAULT 0 NOT NULL,
    answered_ms bigint,
    detail json,
    skipped text,
    error text
)
PARTITION BY RANGE (at);

ALTER TABLE ONLY public.flow_trace FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_trace_default (
    account_id bigint NOT NULL,
    run_id bigint NOT NULL,
    seq bigint NOT NULL,
    n integer NOT NULL,
    at timestamp with time zone NOT NULL,
    flow_id bigint NOT NULL,
    number integer NOT NULL,
    card text NOT NULL,
    type text NOT NULL,
    visit integer NOT NULL,
    event text NOT NULL,
    via text,
    outlet text,
    reason text,
    matched_by text,
    attempt integer DEFAULT 0 NOT NULL,
    answered_ms bigint,
    detail json,
    skipped text,
    error text
);

ALTER TABLE ONLY public.flow_trace_default FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flow_versions (
    account_id bigint NOT NULL,
    flow_id bigint NOT NULL,
    number integer NOT NULL,
    document text NOT NULL,
    content_hash text NOT NULL,
    logic_hash text NOT NULL,
    note text NOT NULL,
    published_by bigint,
    published_at timestamp with time zone NOT NULL,
    draft_revision integer,
    reverts_to integer,
    CONSTRAINT flow_versions_number_check CHECK ((number > 0)),
    CONSTRAINT version_has_one_source CHECK ((num_nonnulls(draft_revision, reverts_to) = 1))
);

ALTER TABLE ONLY public.flow_versions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flows (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    channels text[] NOT NULL,
    is_enabled boolean DEFAULT true NOT NULL,
    live_number integer,
    search_name text GENERATED ALWAYS AS (public.plain(name)) STORED,
    created_at timestamp with time zone NOT NULL,
    created_by bigint,
    removed_at timestamp with time zone,
    CONSTRAINT flows_key_check CHECK ((key ~ '^[a-z][a-z0-9-]{1,39}$'::text))
);

ALTER TABLE ONLY public.flows FORCE ROW LEVEL SECURITY;

ALTER TABLE public.flows ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.flows_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.groups ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.holiday_switches (
    account_id bigint NOT NULL,
    code text NOT NULL,
    is_kept boolean NOT NULL
);

ALTER TABLE ONLY public.holiday_switches FORCE ROW LEVEL SECURITY;

CREATE SEQUENCE public.hours_version
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.hours_versions (
    account_id bigint NOT NULL,
    version bigint NOT NULL
);

ALTER TABLE ONLY public.hours_versions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.idle_rules (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    department_id bigint,
    is_on boolean NOT NULL,
    close_after_min integer DEFAULT 4320 NOT NULL,
    warn_before_min integer NOT NULL,
    warn_text text NOT NULL,
    reason_id bigint,
    message text NOT NULL,
    CONSTRAINT idle_rules_close_after_min_check CHECK (((close_after_min >= 10) AND (close_after_min <= 129600))),
    CONSTRAINT idle_rules_warn_before_min_check CHECK ((warn_before_min >= 0)),
    CONSTRAINT idle_warning_says_so CHECK (((NOT is_on) OR (warn_before_min = 0) OR (warn_text <> ''::text))),
    CONSTRAINT idle_warns_before CHECK ((warn_before_min < close_after_min))
);

ALTER TABLE ONLY public.idle_rules FORCE ROW LEVEL SECURITY;

ALTER TABLE public.idle_rules ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.idle_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.inbound_events (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    verdict public.inbound_verdict NOT NULL,
    state public.inbound_state NOT NULL,
    jobs_left integer DEFAULT 0 NOT NULL,
    body bytea NOT NULL,
    request_id text NOT NULL,
    why text,
    processed_at timestamp with time zone,
    holds_secret boolean DEFAULT false NOT NULL,
    CONSTRAINT pending_has_jobs CHECK ((((state)::text = 'pending'::text) = (jobs_left > 0)))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.inbound_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inbound_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.intakes (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    state text NOT NULL,
    asked integer NOT NULL,
    needs integer NOT NULL,
    wrong_count integer DEFAULT 0 NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by bigint,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT asking_is_not_over CHECK (((state = 'asking'::text) = (ended_at IS NULL))),
    CONSTRAINT intakes_state_check CHECK ((state = ANY (ARRAY['asking'::text, 'done'::text, 'given_up'::text, 'refused'::text, 'blocked'::text, 'overridden'::text, 'taken'::text]))),
    CONSTRAINT override_has_reason CHECK (((state <> 'overridden'::text) OR (reason <> ''::text)))
);

ALTER TABLE ONLY public.intakes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.invites ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.invites_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.jobs (
    id bigint NOT NULL,
    queue text NOT NULL,
    lane bigint NOT NULL,
    kind text NOT NULL,
    account_id bigint,
    subject_id bigint NOT NULL,
    arg text DEFAULT ''::text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    unknown_since timestamp with time zone
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_cost_delay='0');

ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.lanes (
    queue text NOT NULL,
    lane bigint NOT NULL,
    run_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    fence bigint DEFAULT 0 NOT NULL,
    is_backing_off boolean DEFAULT false NOT NULL,
    holder bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_cost_delay='0');

CREATE TABLE public.live_gateways (
    id bigint NOT NULL,
    alive_until timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE public.live_gateways ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.live_gateways_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mails (
    id bigint NOT NULL,
    recipient text NOT NULL,
    locale text NOT NULL,
    template text NOT NULL,
    params bytea,
    state text DEFAULT 'queued'::text NOT NULL,
    why text,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT mails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'no_smtp'::text, 'failed'::text]))),
    CONSTRAINT sent_has_time CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL)))
);

ALTER TABLE public.mails ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.mails_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.member_branches (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    branch_id bigint NOT NULL
);

ALTER TABLE ONLY public.member_branches FORCE ROW LEVEL SECURITY;

CREATE TABLE public.member_limits (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    ticket_limit integer NOT NULL,
    CONSTRAINT member_limits_ticket_limit_check CHECK (((ticket_limit >= 1) AND (ticket_limit <= 999)))
);

ALTER TABLE ONLY public.member_limits FORCE ROW LEVEL SECURITY;

CREATE TABLE public.member_presence (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    chosen text DEFAULT 'available'::text NOT NULL,
    state public.presence_state DEFAULT 'offline'::text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT member_presence_chosen_check CHECK ((chosen = ANY (ARRAY['available'::text, 'away'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY public.member_presence FORCE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.memberships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_client_keys (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    client_key text NOT NULL,
    seq integer NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.message_client_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.message_originals (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    body bytea NOT NULL,
    until timestamp with time zone NOT NULL,
    member_id bigint
);

ALTER TABLE ONLY public.message_originals FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_originals ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_originals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_provider_ids (
    account_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    provider_id text NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.message_provider_ids FORCE ROW LEVEL SECURITY;

CREATE TABLE public.message_tags (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    tag_id bigint NOT NULL,
    message_at timestamp with time zone NOT NULL,
    tagged_by bigint,
    tagged_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.message_tags FORCE ROW LEVEL SECURITY;

CREATE TABLE public.message_templates (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    waba_id text NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    provider_id text NOT NULL,
    category text NOT NULL,
    status text NOT NULL,
    quality text NOT NULL,
    shape text NOT NULL,
    search_name text GENERATED ALWAYS AS (public.plain(name)) STORED,
    changed_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone
);

ALTER TABLE ONLY public.message_templates FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_templates ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_templates_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_words (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    month integer GENERATED ALWAYS AS (((((EXTRACT(year FROM (created_at AT TIME ZONE 'UTC'::text)))::integer * 12) + (EXTRACT(month FROM (created_at AT TIME ZONE 'UTC'::text)))::integer) - 1)) STORED NOT NULL,
    words tsvector NOT NULL
)
PARTITION BY RANGE (created_at);

ALTER TABLE ONLY public.message_words FORCE ROW LEVEL SECURITY;

CREATE TABLE public.message_words_default (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    month integer GENERATED ALWAYS AS (((((EXTRACT(year FROM (created_at AT TIME ZONE 'UTC'::text)))::integer * 12) + (EXTRACT(month FROM (created_at AT TIME ZONE 'UTC'::text)))::integer) - 1)) STORED NOT NULL,
    words tsvector NOT NULL
);

ALTER TABLE ONLY public.message_words_default FORCE ROW LEVEL SECURITY;

CREATE TABLE public.messages_default (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    provider_at timestamp with time zone,
    direction public.message_direction NOT NULL,
    author_kind public.message_author NOT NULL,
    author_id bigint,
    kind text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    detail json,
    reactions json,
    quoted_seq integer,
    client_key text,
    attachments smallint DEFAULT 0 NOT NULL,
    state public.message_state NOT NULL,
    error_code text,
    error_slug text,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    tag_ids bigint[],
    CONSTRAINT failed_has_error CHECK ((((state)::text <> 'failed'::text) OR (error_slug IS NOT NULL)))
);

ALTER TABLE ONLY public.messages_default FORCE ROW LEVEL SECURITY;

CREATE TABLE public.networks (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    group_id bigint,
    network cidr NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    expires_at timestamp with time zone
);

ALTER TABLE ONLY public.networks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.networks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.networks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice_choices (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    page text[] NOT NULL,
    sound text[] NOT NULL,
    system text[] NOT NULL,
    push text[] NOT NULL,
    tune text NOT NULL,
    volume integer NOT NULL,
    repeats boolean NOT NULL,
    only_away boolean NOT NULL,
    quiet_from_min integer,
    quiet_until_min integer,
    CONSTRAINT known_kinds CHECK (((((page || sound) || system) || push) <@ public.notice_kinds())),
    CONSTRAINT notice_choices_quiet_from_min_check CHECK (((quiet_from_min >= 0) AND (quiet_from_min <= 1439))),
    CONSTRAINT notice_choices_quiet_until_min_check CHECK (((quiet_until_min >= 0) AND (quiet_until_min <= 1439))),
    CONSTRAINT notice_choices_tune_check CHECK ((tune = ANY (ARRAY['soft'::text, 'bell'::text, 'wood'::text]))),
    CONSTRAINT notice_choices_volume_check CHECK (((volume >= 0) AND (volume <= 100))),
    CONSTRAINT quiet_has_both_ends CHECK (((quiet_from_min IS NULL) = (quiet_until_min IS NULL)))
);

ALTER TABLE ONLY public.notice_choices FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notice_state (
    is_one boolean DEFAULT true NOT NULL,
    xid xid8 NOT NULL,
    event_id bigint NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    CONSTRAINT notice_state_is_one_check CHECK (is_one)
);

CREATE TABLE public.notices (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    kind text NOT NULL,
    ticket_id bigint,
    protocol text,
    channel_id bigint,
    event_id bigint,
    created_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    is_late boolean DEFAULT false NOT NULL,
    of_at timestamp with time zone
);

ALTER TABLE ONLY public.notices FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.operator_events (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    operator_id bigint NOT NULL,
    action text NOT NULL,
    actor_kind public.audit_actor NOT NULL,
    session_id bigint,
    address text,
    request_id text,
    CONSTRAINT operator_event_has_actor CHECK (((actor_kind)::text = ANY (ARRAY['operator'::text, 'ctl'::text])))
);

ALTER TABLE public.operator_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.operator_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.operator_factors (
    operator_id bigint NOT NULL,
    version bigint NOT NULL,
    secret bytea NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    last_step bigint NOT NULL,
    drift integer DEFAULT 0 NOT NULL,
    CONSTRAINT operator_factors_drift_check CHECK (((drift >= '-2'::integer) AND (drift <= 2)))
);

CREATE TABLE public.operator_recovery_codes (
    operator_id bigint NOT NULL,
    number integer NOT NULL,
    hash text NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT operator_recovery_codes_number_check CHECK (((number >= 0) AND (number <= 9)))
);

CREATE TABLE public.operator_sessions (
    id bigint NOT NULL,
    operator_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    active_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    address text NOT NULL,
    agent text NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE public.operator_sessions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.operator_sessions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE UNLOGGED TABLE public.operator_throttle (
    key bigint NOT NULL,
    fails integer NOT NULL,
    closed_until timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

CREATE TABLE public.operators (
    id bigint NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    networks cidr[] NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT operator_comes_from_somewhere CHECK ((cardinality(networks) > 0))
);

ALTER TABLE public.operators ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.operators_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.password_resets (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    ended_at timestamp with time zone
);

ALTER TABLE public.password_resets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.password_resets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.period_exceptions (
    account_id bigint NOT NULL,
    period_id bigint NOT NULL,
    on_date date NOT NULL,
    name text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY public.period_exceptions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.period_ranges (
    account_id bigint NOT NULL,
    period_id bigint NOT NULL,
    day smallint NOT NULL,
    from_min smallint NOT NULL,
    until_min smallint NOT NULL,
    CONSTRAINT period_ranges_day_check CHECK (((day >= 0) AND (day <= 7))),
    CONSTRAINT period_ranges_from_min_check CHECK (((from_min >= 0) AND (from_min <= 1439))),
    CONSTRAINT range_ends_within_a_day CHECK (((until_min > from_min) AND (until_min <= (from_min + 1440))))
);

ALTER TABLE ONLY public.period_ranges FORCE ROW LEVEL SECURITY;

CREATE TABLE public.permissions (
    number integer NOT NULL,
    name text NOT NULL,
    builtins text[] NOT NULL,
    CONSTRAINT permissions_number_check CHECK (((number >= 0) AND (number <= 255)))
);

CREATE TABLE public.presence_connections (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    session_id bigint NOT NULL,
    gateway_id bigint NOT NULL,
    connected_at timestamp with time zone DEFAULT now() NOT NULL,
    idle_since timestamp with time zone
);

ALTER TABLE ONLY public.presence_connections FORCE ROW LEVEL SECURITY;

CREATE TABLE public.protocol_counters (
    account_id bigint NOT NULL,
    counted_on date NOT NULL,
    place integer NOT NULL,
    next integer NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.protocol_counters FORCE ROW LEVEL SECURITY;

CREATE TABLE public.push_sends (
    account_id bigint NOT NULL,
    notice_id bigint NOT NULL,
    subscription_id bigint NOT NULL,
    state text NOT NULL,
    CONSTRAINT push_sends_state_check CHECK ((state = ANY (ARRAY['calling'::text, 'waiting'::text, 'sent'::text, 'lost'::text])))
);

ALTER TABLE ONLY public.push_sends FORCE ROW LEVEL SECURITY;

CREATE TABLE public.push_subscriptions (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    endpoint text NOT NULL,
    agent text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    problem text
);

ALTER TABLE ONLY public.push_subscriptions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.push_subscriptions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.push_subscriptions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.queue_told (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    place integer NOT NULL,
    told_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.queue_told FORCE ROW LEVEL SECURITY;

CREATE TABLE public.queue_waits (
    account_id bigint NOT NULL,
    department_id bigint NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    ticket_id bigint NOT NULL,
    waited interval NOT NULL
);

ALTER TABLE ONLY public.queue_waits FORCE ROW LEVEL SECURITY;

CREATE VIEW public.receiving_members WITH (security_invoker='true') AS
 SELECT d.account_id,
    d.department_id,
    d.member_id,
    p.since
   FROM ((public.department_members d
     JOIN public.member_presence p ON (((p.account_id = d.account_id) AND (p.member_id = d.member_id))))
     JOIN public.memberships m ON (((m.account_id = d.account_id) AND (m.id = d.member_id))))
  WHERE (((p.state)::text = 'online'::text) AND m.is_active AND m.is_agent AND (EXISTS ( SELECT
           FROM (public.presence_connections c
             JOIN public.live_gateways g ON ((g.id = c.gateway_id)))
          WHERE ((c.account_id = d.account_id) AND (c.member_id = d.member_id) AND (g.alive_until > now())))));

CREATE TABLE public.recovery_codes (
    user_id bigint NOT NULL,
    number integer NOT NULL,
    hash text NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT recovery_codes_number_check CHECK (((number >= 0) AND (number <= 9)))
);

CREATE UNLOGGED TABLE public.reset_asks (
    at timestamp with time zone NOT NULL,
    email_key bigint NOT NULL,
    address_key bigint NOT NULL
);

CREATE TABLE public.scheduled_messages (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    member_id bigint NOT NULL,
    client_key text NOT NULL,
    body text NOT NULL,
    attachment_id bigint,
    send_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    error_slug text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT scheduled_failed_has_error CHECK (((state = 'failed'::text) = (error_slug IS NOT NULL))),
    CONSTRAINT scheduled_messages_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sent'::text, 'cancelled'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.scheduled_messages FORCE ROW LEVEL SECURITY;

ALTER TABLE public.scheduled_messages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scheduled_messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    hash text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.search_months (
    account_id bigint NOT NULL,
    month integer NOT NULL
);

ALTER TABLE ONLY public.search_months FORCE ROW LEVEL SECURITY;

ALTER TABLE public.service_periods ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.service_periods_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.sessions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sessions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.shifts (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    from_min smallint NOT NULL,
    until_min smallint NOT NULL,
    CONSTRAINT shift_ends_within_a_day CHECK (((until_min > from_min) AND (until_min <= (from_min + 1440)))),
    CONSTRAINT shifts_from_min_check CHECK (((from_min >= 0) AND (from_min <= 1439)))
);

ALTER TABLE ONLY public.shifts FORCE ROW LEVEL SECURITY;

ALTER TABLE public.shifts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.shifts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.signin_attempts (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id bigint,
    email_hash bigint,
    refused_by bigint,
    address text NOT NULL,
    agent text NOT NULL,
    step text NOT NULL,
    reason text NOT NULL,
    request_id text,
    retry_at timestamp with time zone
);

ALTER TABLE public.signin_attempts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.signin_attempts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE UNLOGGED TABLE public.signin_throttle (
    key bigint NOT NULL,
    fails integer NOT NULL,
    closed_until timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    names bigint[] DEFAULT '{}'::bigint[] NOT NULL
);

CREATE UNLOGGED TABLE public.signin_tickets (
    id bigint NOT NULL,
    tries integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.sla_policies (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    "position" integer NOT NULL,
    is_active boolean NOT NULL,
    department_ids bigint[] NOT NULL,
    channel_ids bigint[] NOT NULL,
    priorities smallint[] NOT NULL,
    first_answer_min integer,
    next_answer_min integer,
    resolution_min integer,
    warn_percent integer,
    warn_min integer,
    valid_from timestamp with time zone NOT NULL,
    CONSTRAINT policy_promises_something CHECK ((num_nonnulls(first_answer_min, next_answer_min, resolution_min) > 0)),
    CONSTRAINT policy_warns_one_way CHECK ((num_nonnulls(warn_percent, warn_min) = 1)),
    CONSTRAINT sla_policies_first_answer_min_check CHECK (((first_answer_min >= 1) AND (first_answer_min <= 129600))),
    CONSTRAINT sla_policies_name_check CHECK ((name <> ''::text)),
    CONSTRAINT sla_policies_next_answer_min_check CHECK (((next_answer_min >= 1) AND (next_answer_min <= 129600))),
    CONSTRAINT sla_policies_resolution_min_check CHECK (((resolution_min >= 1) AND (resolution_min <= 129600))),
    CONSTRAINT sla_policies_warn_min_check CHECK (((warn_min >= 1) AND (warn_min <= 129600))),
    CONSTRAINT sla_policies_warn_percent_check CHECK (((warn_percent >= 1) AND (warn_percent <= 99)))
);

ALTER TABLE ONLY public.sla_policies FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sla_policies ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sla_policies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_results (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    kind text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    policy_id bigint NOT NULL,
    policy_name text NOT NULL,
    department_id bigint,
    assignee_id bigint,
    target_s integer NOT NULL,
    due_at timestamp with time zone NOT NULL,
    breached_at timestamp with time zone,
    ended_at timestamp with time zone,
    spent_s integer,
    outcome text NOT NULL,
    CONSTRAINT breached_says_when CHECK (((outcome = 'breached'::text) = (breached_at IS NOT NULL))),
    CONSTRAINT sla_results_kind_check CHECK ((kind = ANY (ARRAY['first_answer'::text, 'next_answer'::text, 'resolution'::text]))),
    CONSTRAINT sla_results_outcome_check CHECK ((outcome = ANY (ARRAY['met'::text, 'breached'::text, 'dropped'::text])))
);

ALTER TABLE ONLY public.sla_results FORCE ROW LEVEL SECURITY;

CREATE TABLE public.surveys (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    run_id bigint NOT NULL,
    step bigint NOT NULL,
    channel_id bigint NOT NULL,
    department_id bigint,
    member_id bigint,
    counts_for text NOT NULL,
    state text DEFAULT 'asked'::text NOT NULL,
    score integer,
    label text,
    comment text,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    CONSTRAINT agent_is_someone CHECK (((counts_for = 'company'::text) OR (member_id IS NOT NULL))),
    CONSTRAINT answered_survey_has_score CHECK ((((state = 'answered'::text) = (score IS NOT NULL)) AND ((state = 'answered'::text) = (answered_at IS NOT NULL)))),
    CONSTRAINT surveys_counts_for_check CHECK ((counts_for = ANY (ARRAY['company'::text, 'agent'::text, 'both'::text]))),
    CONSTRAINT surveys_score_check CHECK (((score >= 0) AND (score <= 10))),
    CONSTRAINT surveys_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'answered'::text, 'unanswered'::text])))
);

ALTER TABLE ONLY public.surveys FORCE ROW LEVEL SECURITY;

ALTER TABLE public.surveys ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.surveys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.tags (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    color text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    merged_into bigint,
    created_by bigint,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT merged_is_archived CHECK (((merged_into IS NULL) OR (NOT is_active))),
    CONSTRAINT tags_color_check CHECK ((color = ANY (ARRAY['plain'::text, 'accent'::text, 'ok'::text, 'warn'::text, 'bad'::text, 'bot'::text, 'survey'::text, 'note'::text])))
);

ALTER TABLE ONLY public.tags FORCE ROW LEVEL SECURITY;

ALTER TABLE public.tags ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tags_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.template_books (
    account_id bigint NOT NULL,
    waba_id text NOT NULL,
    wanted_at timestamp with time zone,
    read_at timestamp with time zone,
    failed_at timestamp with time zone,
    why text,
    CONSTRAINT failure_has_reason CHECK (((failed_at IS NULL) = (why IS NULL)))
);

ALTER TABLE ONLY public.template_books FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ticket_clocks (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    kind text NOT NULL,
    rule_id bigint NOT NULL,
    stands_for timestamp with time zone NOT NULL,
    target_us bigint NOT NULL,
    lead_us bigint NOT NULL,
    spent_us bigint NOT NULL,
    running_since timestamp with time zone,
    warn_at timestamp with time zone,
    due_at timestamp with time zone,
    warned_at timestamp with time zone,
    breached_at timestamp with time zone,
    look_at timestamp with time zone,
    CONSTRAINT ticket_clocks_kind_check CHECK ((kind = ANY (ARRAY['first_answer'::text, 'next_answer'::text, 'resolution'::text, 'transfer'::text, 'idle'::text]))),
    CONSTRAINT ticket_clocks_target_us_check CHECK ((target_us > 0))
);

ALTER TABLE ONLY public.ticket_clocks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ticket_customers (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    proof text NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    CONSTRAINT ticket_customers_proof_check CHECK ((proof = ANY (ARRAY['document'::text, 'phone'::text, 'login'::text])))
);

ALTER TABLE ONLY public.ticket_customers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ticket_favourites (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    marked_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.ticket_favourites FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ticket_merges (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    source_id bigint NOT NULL,
    target_id bigint NOT NULL,
    merged_by bigint,
    merged_at timestamp with time zone NOT NULL,
    was_state public.ticket_state NOT NULL,
    was_unread_count integer NOT NULL,
    was_taken_from_id bigint,
    was_snoozed_until timestamp with time zone,
    was_away_at timestamp with time zone,
    heard_seq integer DEFAULT 0 NOT NULL,
    undone_by bigint,
    undone_at timestamp with time zone
);

ALTER TABLE ONLY public.ticket_merges FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_merges ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ticket_merges_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ticket_readers (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    member_id bigint NOT NULL,
    invited_by bigint NOT NULL,
    invited_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.ticket_readers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ticket_tags (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    tag_id bigint NOT NULL,
    tagged_by bigint,
    tagged_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.ticket_tags FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ticket_timers (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seen_seq integer NOT NULL,
    unanswered_since timestamp with time zone,
    answered_at timestamp with time zone,
    awake_from timestamp with time zone,
    is_settled boolean NOT NULL
);

ALTER TABLE ONLY public.ticket_timers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ticket_types (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    is_active boolean DEFAULT true NOT NULL
);

ALTER TABLE ONLY public.ticket_types FORCE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_types ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ticket_types_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.tickets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tickets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.timer_acts (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    kind text NOT NULL,
    stands_for timestamp with time zone NOT NULL,
    department_id bigint NOT NULL,
    done_at timestamp with time zone NOT NULL,
    slug text,
    CONSTRAINT timer_acts_kind_check CHECK ((kind = ANY (ARRAY['transfer'::text, 'idle_warning'::text, 'idle_closing'::text])))
);

ALTER TABLE ONLY public.timer_acts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.timers_state (
    is_one boolean DEFAULT true NOT NULL,
    xid xid8 NOT NULL,
    event_id bigint NOT NULL,
    CONSTRAINT timers_state_is_one_check CHECK (is_one)
);

CREATE TABLE public.transfer_rules (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    department_id bigint,
    is_on boolean NOT NULL,
    wait_min integer NOT NULL,
    to_department_id bigint,
    to_member_id bigint,
    message text NOT NULL,
    CONSTRAINT transfer_has_one_target CHECK (((num_nonnulls(to_department_id, to_member_id) <= 1) AND ((NOT is_on) OR (num_nonnulls(to_department_id, to_member_id) = 1)))),
    CONSTRAINT transfer_rules_wait_min_check CHECK (((wait_min >= 1) AND (wait_min <= 10080))),
    CONSTRAINT transfer_says_so CHECK (((NOT is_on) OR (message <> ''::text)))
);

ALTER TABLE ONLY public.transfer_rules FORCE ROW LEVEL SECURITY;

ALTER TABLE public.transfer_rules ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.transfer_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users (
    id bigint NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    locale text DEFAULT 'pt-BR'::text NOT NULL,
    theme text DEFAULT 'auto'::text NOT NULL,
    enter_sends boolean,
    plays_sound boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    password_set_at timestamp with time zone,
    must_change_password boolean DEFAULT false NOT NULL,
    factor_epoch integer DEFAULT 0 NOT NULL,
    density text DEFAULT 'comfortable'::text NOT NULL,
    keys text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT users_density_check CHECK ((density = ANY (ARRAY['comfortable'::text, 'compact'::text]))),
    CONSTRAINT users_theme_check CHECK ((theme = ANY (ARRAY['auto'::text, 'light'::text, 'dark'::text])))
);

ALTER TABLE public.users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.account_event ATTACH PARTITION public.account_event_default DEFAULT;

ALTER TABLE ONLY public.audit_events ATTACH PARTITION public.audit_events_default DEFAULT;

ALTER TABLE ONLY public.flow_trace ATTACH PARTITION public.flow_trace_default DEFAULT;

ALTER TABLE ONLY public.message_words ATTACH PARTITION public.message_words_default DEFAULT;

ALTER TABLE ONLY public.messages ATTACH PARTITION public.messages_default DEFAULT;

ALTER TABLE ONLY public.account_hours
    ADD CONSTRAINT account_hours_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.account_retention
    ADD CONSTRAINT account_retention_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.account_security
    ADD CONSTRAINT account_security_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.account_settings
    ADD CONSTRAINT account_settings_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT account_slug_is_taken UNIQUE (slug);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.flow_agents
    ADD CONSTRAINT agent_is_named_once UNIQUE (account_id, name);

ALTER TABLE ONLY public.breaks
    ADD CONSTRAINT already_on_break EXCLUDE USING gist (account_id WITH =, member_id WITH =, tstzrange(started_at, ended_at) WITH &&);

ALTER TABLE ONLY public.answer_files
    ADD CONSTRAINT answer_file_is_of_one UNIQUE (account_id, attachment_id);

ALTER TABLE ONLY public.answer_files
    ADD CONSTRAINT answer_files_pkey PRIMARY KEY (account_id, answer_id, "position");

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.audit_chain
    ADD CONSTRAINT audit_chain_pkey PRIMARY KEY (account_id, seq);

ALTER TABLE ONLY public.audit_checkpoints
    ADD CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (account_id, seq);

ALTER TABLE ONLY public.audit_cursor
    ADD CONSTRAINT audit_cursor_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY public.audit_heads
    ADD CONSTRAINT audit_heads_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.audit_starts
    ADD CONSTRAINT audit_starts_pkey PRIMARY KEY (account_id, seq);

ALTER TABLE ONLY public.blocked_messages
    ADD CONSTRAINT blocked_message_is_kept_once UNIQUE (account_id, channel_id, provider_id);

ALTER TABLE ONLY public.blocked_messages
    ADD CONSTRAINT blocked_messages_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branch_name_is_taken UNIQUE (account_id, company_id, name);

ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branches_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.break_limits
    ADD CONSTRAINT break_limits_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.break_reasons
    ADD CONSTRAINT break_reason_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.break_reasons
    ADD CONSTRAINT break_reasons_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.breaks
    ADD CONSTRAINT breaks_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_pkey PRIMARY KEY (account_id, bulk_id, ticket_id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_file_is_sent_once UNIQUE (account_id, attachment_id);

ALTER TABLE ONLY public.chat_group_departments
    ADD CONSTRAINT chat_group_departments_pkey PRIMARY KEY (account_id, chat_id, department_id);

ALTER TABLE ONLY public.chat_group_people
    ADD CONSTRAINT chat_group_people_pkey PRIMARY KEY (account_id, chat_id, member_id);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_message_is_sent_once UNIQUE (account_id, chat_id, author_id, client_key);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_messages_pkey PRIMARY KEY (account_id, chat_id, seq);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chat_pair_is_one UNIQUE (account_id, member_a, member_b);

ALTER TABLE ONLY public.chat_seats
    ADD CONSTRAINT chat_seats_pkey PRIMARY KEY (account_id, member_id, chat_id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.city_holidays
    ADD CONSTRAINT city_holidays_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.close_reasons
    ADD CONSTRAINT close_reasons_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.consent_events
    ADD CONSTRAINT consent_events_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.consent_wordings
    ADD CONSTRAINT consent_wordings_pkey PRIMARY KEY (account_id, kind, version);

ALTER TABLE ONLY public.contact_customers
    ADD CONSTRAINT contact_customers_pkey PRIMARY KEY (account_id, contact_id, customer_id);

ALTER TABLE ONLY public.contact_exports
    ADD CONSTRAINT contact_exports_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_fields
    ADD CONSTRAINT contact_fields_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_group_members
    ADD CONSTRAINT contact_group_members_pkey PRIMARY KEY (account_id, group_id, contact_id);

ALTER TABLE ONLY public.contact_groups
    ADD CONSTRAINT contact_group_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.contact_groups
    ADD CONSTRAINT contact_groups_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT contact_identities_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_import_lines
    ADD CONSTRAINT contact_import_lines_pkey PRIMARY KEY (account_id, import_id, line);

ALTER TABLE ONLY public.contact_imports
    ADD CONSTRAINT contact_imports_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_keys
    ADD CONSTRAINT contact_keys_pkey PRIMARY KEY (account_id, contact_id);

ALTER TABLE ONLY public.contact_merge_moves
    ADD CONSTRAINT contact_merge_moves_pkey PRIMARY KEY (account_id, merge_id, kind, row_id);

ALTER TABLE ONLY public.contact_merges
    ADD CONSTRAINT contact_merges_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_pairs_apart
    ADD CONSTRAINT contact_pairs_apart_pkey PRIMARY KEY (account_id, lower_id, higher_id);

ALTER TABLE ONLY public.contact_tags
    ADD CONSTRAINT contact_tags_pkey PRIMARY KEY (account_id, contact_id, tag_id);

ALTER TABLE ONLY public.contact_values
    ADD CONSTRAINT contact_values_pkey PRIMARY KEY (account_id, contact_id, field_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.dead_jobs
    ADD CONSTRAINT dead_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.break_limits
    ADD CONSTRAINT department_is_limited_once UNIQUE NULLS NOT DISTINCT (account_id, department_id);

ALTER TABLE ONLY public.department_members
    ADD CONSTRAINT department_members_pkey PRIMARY KEY (account_id, department_id, member_id);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT department_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT departments_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.distribution_decisions
    ADD CONSTRAINT distribution_decisions_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.distribution_turns
    ADD CONSTRAINT distribution_turns_pkey PRIMARY KEY (account_id, department_id, member_id);

ALTER TABLE ONLY public.distributions
    ADD CONSTRAINT distributions_pkey PRIMARY KEY (account_id, department_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT document_is_taken UNIQUE (account_id, document);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (account_id, ticket_id, member_id, mode);

ALTER TABLE ONLY public.early_statuses
    ADD CONSTRAINT early_statuses_pkey PRIMARY KEY (account_id, channel_id, provider_id, state);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT email_is_taken UNIQUE (email);

ALTER TABLE ONLY public.audit_chain
    ADD CONSTRAINT event_is_sealed_once UNIQUE (account_id, event_id);

ALTER TABLE ONLY public.exception_ranges
    ADD CONSTRAINT exception_ranges_pkey PRIMARY KEY (account_id, period_id, on_date, from_min);

ALTER TABLE ONLY public.factors
    ADD CONSTRAINT factors_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.contact_fields
    ADD CONSTRAINT field_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.first_steps_dismissals
    ADD CONSTRAINT first_steps_dismissals_pkey PRIMARY KEY (account_id, member_id);

ALTER TABLE ONLY public.flow_agents
    ADD CONSTRAINT flow_agents_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.flow_counters
    ADD CONSTRAINT flow_counters_pkey PRIMARY KEY (account_id, flow_id, number, card, began_on, what, outlet, place);

ALTER TABLE ONLY public.flow_drafts
    ADD CONSTRAINT flow_drafts_pkey PRIMARY KEY (account_id, flow_id);

ALTER TABLE ONLY public.flow_files
    ADD CONSTRAINT flow_files_pkey PRIMARY KEY (account_id, sha256);

ALTER TABLE ONLY public.flow_move_items
    ADD CONSTRAINT flow_move_items_pkey PRIMARY KEY (account_id, move_id, run_id);

ALTER TABLE ONLY public.flow_moves
    ADD CONSTRAINT flow_moves_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.flow_pages
    ADD CONSTRAINT flow_pages_pkey PRIMARY KEY (account_id, flow_id, member_id, page);

ALTER TABLE ONLY public.flow_refs
    ADD CONSTRAINT flow_refs_pkey PRIMARY KEY (account_id, flow_id, is_live, ref);

ALTER TABLE ONLY public.flow_run_inputs
    ADD CONSTRAINT flow_run_inputs_pkey PRIMARY KEY (account_id, run_id, input_id);

ALTER TABLE ONLY public.flow_runs
    ADD CONSTRAINT flow_runs_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.flow_seals
    ADD CONSTRAINT flow_seals_pkey PRIMARY KEY (account_id, run_id, slot);

ALTER TABLE ONLY public.flow_secrets
    ADD CONSTRAINT flow_secrets_pkey PRIMARY KEY (account_id, name);

ALTER TABLE ONLY public.flow_starts
    ADD CONSTRAINT flow_starts_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.flow_trace
    ADD CONSTRAINT flow_trace_pkey PRIMARY KEY (account_id, run_id, seq, n, at);

ALTER TABLE ONLY public.flow_trace_default
    ADD CONSTRAINT flow_trace_default_pkey PRIMARY KEY (account_id, run_id, seq, n, at);

ALTER TABLE ONLY public.flow_versions
    ADD CONSTRAINT flow_versions_pkey PRIMARY KEY (account_id, flow_id, number);

ALTER TABLE ONLY public.flows
    ADD CONSTRAINT flows_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT group_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.holiday_switches
    ADD CONSTRAINT holiday_switches_pkey PRIMARY KEY (account_id, code);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT hook_token_is_taken UNIQUE (hook_token);

ALTER TABLE ONLY public.hours_versions
    ADD CONSTRAINT hours_versions_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT identity_is_known_once UNIQUE (account_id, kind, key);

ALTER TABLE ONLY public.idle_rules
    ADD CONSTRAINT idle_rules_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT inbound_events_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.intakes
    ADD CONSTRAINT intakes_pkey PRIMARY KEY (account_id, ticket_id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT internal_group_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (queue, lane, id);

ALTER TABLE ONLY public.lanes
    ADD CONSTRAINT lanes_pkey PRIMARY KEY (queue, lane);

ALTER TABLE ONLY public.live_gateways
    ADD CONSTRAINT live_gateways_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.member_access
    ADD CONSTRAINT member_access_pkey PRIMARY KEY (account_id, user_id);

ALTER TABLE ONLY public.member_branches
    ADD CONSTRAINT member_branches_pkey PRIMARY KEY (account_id, member_id, branch_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT member_is_in_account_once UNIQUE (account_id, user_id);

ALTER TABLE ONLY public.member_limits
    ADD CONSTRAINT member_limits_pkey PRIMARY KEY (account_id, member_id);

ALTER TABLE ONLY public.member_presence
    ADD CONSTRAINT member_presence_pkey PRIMARY KEY (account_id, member_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (account_id, id);

ALTER TABLE public.tickets
    ADD CONSTRAINT merged_is_closed CHECK (((merged_into IS NULL) OR ((state)::text = 'closed'::text))) NOT VALID;

ALTER TABLE ONLY public.message_client_keys
    ADD CONSTRAINT message_client_keys_pkey PRIMARY KEY (account_id, ticket_id, client_key);

ALTER TABLE ONLY public.message_originals
    ADD CONSTRAINT message_originals_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.message_provider_ids
    ADD CONSTRAINT message_provider_ids_pkey PRIMARY KEY (account_id, channel_id, provider_id);

ALTER TABLE ONLY public.message_tags
    ADD CONSTRAINT message_tags_pkey PRIMARY KEY (account_id, ticket_id, seq, tag_id);

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT message_templates_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.message_words
    ADD CONSTRAINT message_words_pkey PRIMARY KEY (account_id, ticket_id, seq, created_at);

ALTER TABLE ONLY public.message_words_default
    ADD CONSTRAINT message_words_default_pkey PRIMARY KEY (account_id, ticket_id, seq, created_at);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (account_id, ticket_id, seq, created_at);

ALTER TABLE ONLY public.messages_default
    ADD CONSTRAINT messages_default_pkey PRIMARY KEY (account_id, ticket_id, seq, created_at);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT network_is_listed_once UNIQUE NULLS NOT DISTINCT (account_id, group_id, network);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT networks_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.notice_choices
    ADD CONSTRAINT notice_choices_pkey PRIMARY KEY (account_id, member_id);

ALTER TABLE ONLY public.notice_state
    ADD CONSTRAINT notice_state_pkey PRIMARY KEY (is_one);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT one_group_per_builtin UNIQUE (account_id, builtin);

ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operator_email_is_taken UNIQUE (email);

ALTER TABLE ONLY public.operator_events
    ADD CONSTRAINT operator_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.operator_factors
    ADD CONSTRAINT operator_factors_pkey PRIMARY KEY (operator_id);

ALTER TABLE ONLY public.operator_recovery_codes
    ADD CONSTRAINT operator_recovery_codes_pkey PRIMARY KEY (operator_id, number);

ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.operator_throttle
    ADD CONSTRAINT operator_throttle_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_token_is_new UNIQUE (token_hash);

ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.password_resets
    ADD CONSTRAINT password_resets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.period_exceptions
    ADD CONSTRAINT period_exceptions_pkey PRIMARY KEY (account_id, period_id, on_date);

ALTER TABLE ONLY public.service_periods
    ADD CONSTRAINT period_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.period_ranges
    ADD CONSTRAINT period_ranges_pkey PRIMARY KEY (account_id, period_id, day, from_min);

ALTER TABLE ONLY public.permissions
    ADD CONSTRAINT permissions_name_key UNIQUE (name);

ALTER TABLE ONLY public.permissions
    ADD CONSTRAINT permissions_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.presence_connections
    ADD CONSTRAINT presence_connections_pkey PRIMARY KEY (account_id, member_id, session_id, gateway_id);

ALTER TABLE public.tickets
    ADD CONSTRAINT priority_is_known CHECK (((priority >= 0) AND (priority <= 3))) NOT VALID;

ALTER TABLE ONLY public.protocol_counters
    ADD CONSTRAINT protocol_counters_pkey1 PRIMARY KEY (account_id, counted_on, place);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT protocol_is_taken UNIQUE (account_id, protocol);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT public_key_is_taken UNIQUE (public_key);

ALTER TABLE ONLY public.push_sends
    ADD CONSTRAINT push_sends_pkey PRIMARY KEY (account_id, notice_id, subscription_id);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.queue_told
    ADD CONSTRAINT queue_told_pkey PRIMARY KEY (account_id, ticket_id);

ALTER TABLE ONLY public.queue_waits
    ADD CONSTRAINT queue_waits_pkey PRIMARY KEY (account_id, department_id, taken_at, ticket_id);

ALTER TABLE ONLY public.close_reasons
    ADD CONSTRAINT reason_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, number);

ALTER TABLE ONLY public.scheduled_messages
    ADD CONSTRAINT scheduled_messages_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.scheduled_messages
    ADD CONSTRAINT scheduled_once UNIQUE (account_id, ticket_id, client_key);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.search_months
    ADD CONSTRAINT search_months_pkey PRIMARY KEY (account_id, month);

ALTER TABLE ONLY public.search_state
    ADD CONSTRAINT search_state_pkey PRIMARY KEY (is_one);

ALTER TABLE ONLY public.service_periods
    ADD CONSTRAINT service_periods_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shift_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.signin_attempts
    ADD CONSTRAINT signin_attempts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.signin_throttle
    ADD CONSTRAINT signin_throttle_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.signin_tickets
    ADD CONSTRAINT signin_tickets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_policies
    ADD CONSTRAINT sla_policies_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.sla_results
    ADD CONSTRAINT sla_results_pkey PRIMARY KEY (account_id, ticket_id, kind, started_at);

ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT survey_is_asked_once UNIQUE (account_id, run_id, step);

ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT surveys_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.template_books
    ADD CONSTRAINT template_books_pkey PRIMARY KEY (account_id, waba_id);

ALTER TABLE ONLY public.ticket_clocks
    ADD CONSTRAINT ticket_clocks_pkey PRIMARY KEY (account_id, ticket_id, kind);

ALTER TABLE ONLY public.ticket_customers
    ADD CONSTRAINT ticket_customers_pkey PRIMARY KEY (account_id, ticket_id);

ALTER TABLE ONLY public.ticket_favourites
    ADD CONSTRAINT ticket_favourites_pkey PRIMARY KEY (account_id, member_id, ticket_id);

ALTER TABLE ONLY public.ticket_merges
    ADD CONSTRAINT ticket_merges_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.ticket_readers
    ADD CONSTRAINT ticket_readers_pkey PRIMARY KEY (account_id, member_id, ticket_id);

ALTER TABLE ONLY public.ticket_tags
    ADD CONSTRAINT ticket_tags_pkey PRIMARY KEY (account_id, ticket_id, tag_id);

ALTER TABLE ONLY public.ticket_timers
    ADD CONSTRAINT ticket_timers_pkey PRIMARY KEY (account_id, ticket_id);

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.timer_acts
    ADD CONSTRAINT timer_acts_pkey PRIMARY KEY (account_id, ticket_id, kind, stands_for, department_id);

ALTER TABLE ONLY public.timers_state
    ADD CONSTRAINT timers_state_pkey PRIMARY KEY (is_one);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT told_once UNIQUE (account_id, event_id, member_id, kind);

ALTER TABLE ONLY public.transfer_rules
    ADD CONSTRAINT transfer_rules_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX account_event_feed ON ONLY public.account_event USING btree (xid, id);

CREATE INDEX account_event_default_xid_id_idx ON public.account_event_default USING btree (xid, id);

CREATE INDEX answers_by_title ON public.answers USING btree (account_id, search_title, id);

CREATE INDEX attachments_of_message ON public.attachments USING btree (account_id, ticket_id, seq);

CREATE INDEX attachments_unsent ON public.attachments USING btree (account_id, created_at) WHERE (ticket_id IS NULL);

CREATE INDEX audit_events_by_action ON ONLY public.audit_events USING btree (account_id, action, at DESC, id DESC);

CREATE INDEX audit_events_by_actor ON ONLY public.audit_events USING btree (account_id, actor_id, at DESC, id DESC);

CREATE INDEX audit_events_by_subject ON ONLY public.audit_events USING btree (account_id, subject_kind, subject_id, at DESC, id DESC);

CREATE INDEX audit_events_by_time ON ONLY public.audit_events USING btree (account_id, at DESC, id DESC);

CREATE INDEX audit_events_default_account_id_action_at_id_idx ON public.audit_events_default USING btree (account_id, action, at DESC, id DESC);

CREATE INDEX audit_events_default_account_id_actor_id_at_id_idx ON public.audit_events_default USING btree (account_id, actor_id, at DESC, id DESC);

CREATE INDEX audit_events_default_account_id_at_id_idx ON public.audit_events_default USING btree (account_id, at DESC, id DESC);

CREATE INDEX audit_events_default_account_id_subject_kind_subject_id_at__idx ON public.audit_events_default USING btree (account_id, subject_kind, subject_id, at DESC, id DESC);

CREATE INDEX audit_events_unsealed ON ONLY public.audit_events USING btree (xid, id);

CREATE INDEX audit_events_default_xid_id_idx ON public.audit_events_default USING btree (xid, id);

CREATE INDEX blocked_messages_of_contact ON public.blocked_messages USING btree (account_id, contact_id, id DESC);

CREATE INDEX breaks_by_time ON public.breaks USING btree (account_id, started_at DESC, id DESC);

CREATE INDEX breaks_of_member ON public.breaks USING btree (account_id, member_id, started_at DESC, id DESC);

CREATE INDEX breaks_of_reason ON public.breaks USING btree (account_id, reason_id, started_at DESC, id DESC);

CREATE INDEX breaks_that_last ON public.breaks USING btree (account_id, member_id) WHERE (ended_at IS NULL);

CREATE INDEX chat_groups_of_department ON public.chat_group_departments USING btree (account_id, department_id);

CREATE INDEX chat_seats_of_chat ON public.chat_seats USING btree (account_id, chat_id);

CREATE INDEX clocks_to_look_at ON public.ticket_clocks USING btree (look_at) WHERE (look_at IS NOT NULL);

CREATE INDEX consent_events_of_contact ON public.consent_events USING btree (account_id, contact_id, id DESC);

CREATE INDEX contact_customers_of_customer ON public.contact_customers USING btree (account_id, customer_id, contact_id);

CREATE INDEX contact_exports_of_member ON public.contact_exports USING btree (account_id, member_id, id DESC);

CREATE INDEX contact_group_members_of_contact ON public.contact_group_members USING btree (account_id, contact_id);

CREATE INDEX contact_identities_by_ending ON public.contact_identities USING btree (account_id, ending) WHERE (ending IS NOT NULL);

CREATE INDEX contact_identities_by_key_part ON public.contact_identities USING gin (key ext.gin_trgm_ops);

CREATE INDEX contact_identities_by_tail ON public.contact_identities USING btree (account_id, tail) WHERE (tail IS NOT NULL);

CREATE INDEX contact_identities_of_contact ON public.contact_identities USING btree (account_id, contact_id);

CREATE INDEX contact_identities_of_first ON public.contact_identities USING btree (account_id, alias_of) WHERE (alias_of IS NOT NULL);

CREATE INDEX contact_import_lines_by_key ON public.contact_import_lines USING btree (account_id, import_id, key, line) WHERE (key <> ''::text);

CREATE INDEX contact_import_lines_made ON public.contact_import_lines USING btree (account_id, import_id, line) WHERE (contact_id IS NOT NULL);

CREATE INDEX contact_import_lines_todo ON public.contact_import_lines USING btree (account_id, import_id, line) WHERE ((outcome = ANY (ARRAY['new'::text, 'same'::text])) AND (NOT is_done));

CREATE INDEX contact_import_lines_untried ON public.contact_import_lines USING btree (account_id, import_id, line) WHERE (outcome IS NULL);

CREATE INDEX contact_import_lines_wrong ON public.contact_import_lines USING btree (account_id, import_id, line) WHERE (outcome = 'wrong'::text);

CREATE INDEX contact_merges_of_gone ON public.contact_merges USING btree (account_id, gone_id, id DESC);

CREATE INDEX contact_merges_of_kept ON public.contact_merges USING btree (account_id, kept_id, id DESC);

CREATE INDEX contact_reveals_of_member ON public.contact_reveals USING btree (account_id, member_id, at);

CREATE INDEX contact_values_of_field ON public.contact_values USING btree (account_id, field_id);

CREATE INDEX contacts_blocked ON public.contacts USING btree (account_id, id DESC) WHERE ((blocked_at IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX contacts_by_activity ON public.contacts USING btree (account_id, active_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND is_saved);

CREATE INDEX contacts_by_consent ON public.contacts USING btree (account_id, consent, id DESC) WHERE ((deleted_at IS NULL) AND is_saved);

CREATE INDEX contacts_by_email ON public.contacts USING btree (account_id, email_key) WHERE (email_key IS NOT NULL);

CREATE INDEX contacts_by_name ON public.contacts USING btree (account_id, search_name, id) WHERE ((deleted_at IS NULL) AND is_saved);

CREATE INDEX contacts_by_name_part ON public.contacts USING gin (search_name ext.gin_trgm_ops);

CREATE INDEX contacts_deleted ON public.contacts USING btree (account_id, id DESC) WHERE (deleted_at IS NOT NULL);

CREATE INDEX contacts_merged ON public.contacts USING btree (account_id, merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX contacts_of_creator ON public.contacts USING btree (account_id, created_by) WHERE (created_by IS NOT NULL);

CREATE INDEX contacts_of_tag ON public.contact_tags USING btree (account_id, tag_id, contact_id DESC);

CREATE INDEX contacts_unsaved ON public.contacts USING btree (account_id, id DESC) WHERE ((NOT is_saved) AND (deleted_at IS NULL));

CREATE INDEX customers_by_phone ON public.customers USING btree (account_id, regexp_replace(phone, '[^0-9]'::text, ''::text, 'g'::text)) WHERE (phone IS NOT NULL);

CREATE INDEX decisions_of_ticket ON public.distribution_decisions USING btree (account_id, ticket_id, id DESC);

CREATE INDEX department_members_of_member ON public.department_members USING btree (account_id, member_id);

CREATE INDEX devices_of_user ON public.devices USING btree (user_id);

CREATE UNIQUE INDEX draft_is_published_once ON public.flow_versions USING btree (account_id, flow_id, draft_revision) WHERE (draft_revision IS NOT NULL);

CREATE INDEX drafts_of_member ON public.drafts USING btree (account_id, member_id);

CREATE INDEX email_changes_by_token ON public.email_changes USING btree (token_hash);

CREATE INDEX email_changes_by_undo ON public.email_changes USING btree (undo_hash);

CREATE INDEX email_changes_of_person ON public.email_changes USING btree (user_id);

CREATE INDEX flow_agents_by_outside_flow ON public.flow_agents USING btree (account_id, outside_flow_id) WHERE (outside_flow_id IS NOT NULL);

CREATE INDEX flow_agents_by_period ON public.flow_agents USING btree (account_id, period_id) WHERE (period_id IS NOT NULL);

CREATE INDEX flow_counters_by_day ON public.flow_counters USING btree (began_on, account_id);

CREATE UNIQUE INDEX flow_file_of_attachment ON public.flow_files USING btree (account_id, attachment_id);

CREATE UNIQUE INDEX flow_file_of_voice ON public.flow_files USING btree (account_id, voice_id) WHERE (voice_id IS NOT NULL);

CREATE UNIQUE INDEX flow_has_one_pencil ON public.flow_pages USING btree (account_id, flow_id) WHERE (pencil_at IS NOT NULL);

CREATE UNIQUE INDEX flow_key_is_taken ON public.flows USING btree (account_id, key) WHERE (removed_at IS NULL);

CREATE INDEX flow_move_items_next ON public.flow_move_items USING btree (account_id, move_id, look_at, run_id) WHERE (state = 'pending'::text);

CREATE UNIQUE INDEX flow_moves_once ON public.flow_moves USING btree (account_id, flow_id) WHERE (state = 'running'::text);

CREATE INDEX flow_refs_of_thing ON public.flow_refs USING btree (account_id, ref);

CREATE INDEX flow_runs_begun ON public.flow_runs USING btree (account_id, flow_id, started_at) INCLUDE (id, number, phase, end_reason, ended_at);

CREATE INDEX flow_runs_by_begin ON public.flow_runs USING btree (account_id, started_at);

CREATE INDEX flow_runs_now ON public.flow_runs USING btree (account_id, flow_id) WHERE (phase <> 'ended'::text);

CREATE INDEX flow_runs_of_departments ON public.flow_runs USING btree (account_id, ticket_id, flow_id) WHERE (cause = 'department'::text);

CREATE INDEX flow_runs_of_ticket ON public.flow_runs USING btree (account_id, ticket_id, id);

CREATE INDEX flow_seals_by_age ON public.flow_seals USING btree (until);

CREATE INDEX flow_starts_by_agent ON public.flow_starts USING btree (account_id, agent_id) WHERE (agent_id IS NOT NULL);

CREATE INDEX flow_starts_of_flow ON public.flow_starts USING btree (account_id, flow_id);

CREATE INDEX flow_trace_answers ON ONLY public.flow_trace USING btree (account_id, flow_id, at) INCLUDE (run_id, number, card, type, answered_ms) WHERE ((event = 'leave'::text) AND (answered_ms IS NOT NULL));

CREATE INDEX flow_trace_turns ON ONLY public.flow_trace USING btree (account_id, at) INCLUDE (run_id, event, reason) WHERE ((event = 'interrupt'::text) OR (outlet = 'exhausted'::text));

CREATE INDEX flow_trace_default_account_id_at_run_id_event_reason_idx ON public.flow_trace_default USING btree (account_id, at) INCLUDE (run_id, event, reason) WHERE ((event = 'interrupt'::text) OR (outlet = 'exhausted'::text));

CREATE INDEX flow_trace_default_account_id_flow_id_at_run_id_number_card_idx ON public.flow_trace_default USING btree (account_id, flow_id, at) INCLUDE (run_id, number, card, type, answered_ms) WHERE ((event = 'leave'::text) AND (answered_ms IS NOT NULL));

CREATE INDEX flows_by_name ON public.flows USING btree (account_id, search_name, id) WHERE (removed_at IS NULL);

CREATE UNIQUE INDEX idle_rule_of_department ON public.idle_rules USING btree (account_id, COALESCE(department_id, (0)::bigint));

CREATE INDEX inbound_events_of_channel ON public.inbound_events USING btree (account_id, channel_id, id DESC);

CREATE INDEX inbound_events_pending ON public.inbound_events USING btree (received_at) WHERE ((state)::text = 'pending'::text);

CREATE INDEX invites_by_token ON public.invites USING btree (token_hash);

CREATE INDEX lanes_due ON public.lanes USING btree (queue, run_at) WHERE (run_at > '-infinity'::timestamp with time zone);

CREATE INDEX mails_waiting ON public.mails USING btree (id) WHERE (state <> 'sent'::text);

CREATE INDEX memberships_by_photo ON public.memberships USING btree (account_id, photo_id) WHERE (photo_id IS NOT NULL);

CREATE INDEX memberships_of_group ON public.memberships USING btree (account_id, group_id);

CREATE INDEX memberships_of_user ON public.memberships USING btree (user_id);

CREATE UNIQUE INDEX merged_into_one ON public.ticket_merges USING btree (account_id, source_id) WHERE (undone_at IS NULL);

CREATE INDEX merges_of_source ON public.ticket_merges USING btree (account_id, source_id, id DESC);

CREATE INDEX message_originals_of ON public.message_originals USING btree (account_id, ticket_id, seq, id);

CREATE INDEX message_provider_ids_of_message ON public.message_provider_ids USING btree (account_id, ticket_id, seq);

CREATE INDEX message_words_by_word ON ONLY public.message_words USING gin (account_id, month, words);

CREATE INDEX message_words_default_account_id_month_words_idx ON public.message_words_default USING gin (account_id, month, words);

CREATE INDEX messages_of_tag ON public.message_tags USING btree (account_id, tag_id, ticket_id DESC);

CREATE INDEX notices_by_age ON public.notices USING btree (created_at);

CREATE INDEX notices_of_member ON public.notices USING btree (account_id, member_id, id);

CREATE UNIQUE INDEX one_live_reset ON public.password_resets USING btree (user_id) WHERE ((used_at IS NULL) AND (ended_at IS NULL));

CREATE UNIQUE INDEX one_live_run ON public.flow_runs USING btree (account_id, ticket_id) WHERE (phase <> 'ended'::text);

CREATE UNIQUE INDEX one_live_session ON public.sessions USING btree (user_id) WHERE ((ended_at IS NULL) AND is_exclusive);

CREATE UNIQUE INDEX one_live_ticket ON public.tickets USING btree (account_id, channel_id, identity_id) WHERE ((state)::text <> 'closed'::text);

CREATE UNIQUE INDEX one_open_email_change ON public.email_changes USING btree (user_id) WHERE ((confirmed_at IS NULL) AND (ended_at IS NULL));

CREATE UNIQUE INDEX one_open_invite ON public.invites USING btree (account_id, email) WHERE ((accepted_at IS NULL) AND (ended_at IS NULL));

CREATE UNIQUE INDEX one_subscription_per_browser ON public.push_subscriptions USING btree (account_id, md5(endpoint));

CREATE INDEX operator_events_of_operator ON public.operator_events USING btree (operator_id, id);

CREATE INDEX operator_sessions_of_operator ON public.operator_sessions USING btree (operator_id) WHERE (ended_at IS NULL);

CREATE INDEX password_resets_by_token ON public.password_resets USING btree (token_hash);

CREATE UNIQUE INDEX policy_name_is_taken ON public.sla_policies USING btree (account_id, lower(name));

CREATE INDEX presence_connections_of_gateway ON public.presence_connections USING btree (gateway_id);

CREATE INDEX push_sends_of_subscription ON public.push_sends USING btree (account_id, subscription_id);

CREATE INDEX push_subscriptions_of_member ON public.push_subscriptions USING btree (account_id, member_id);

CREATE INDEX reset_asks_by_time ON public.reset_asks USING btree (at);

CREATE INDEX scheduled_of_attachment ON public.scheduled_messages USING btree (account_id, attachment_id) WHERE (attachment_id IS NOT NULL);

CREATE INDEX scheduled_of_ticket ON public.scheduled_messages USING btree (account_id, ticket_id, send_at) WHERE (state = ANY (ARRAY['pending'::text, 'failed'::text]));

CREATE INDEX sessions_ended ON public.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id) WHERE (ended_at IS NULL);

CREATE INDEX sessions_run_out ON public.sessions USING btree (LEAST(idles_at, expires_at)) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX shortcut_is_taken ON public.answers USING btree (account_id, shortcut, scope, COALESCE(member_id, department_id, (0)::bigint));

CREATE INDEX signin_attempts_by_time ON public.signin_attempts USING btree (at);

CREATE INDEX signin_attempts_of_user ON public.signin_attempts USING btree (user_id, id DESC) WHERE (user_id IS NOT NULL);

CREATE INDEX signin_tickets_expired ON public.signin_tickets USING btree (expires_at);

CREATE INDEX sla_results_of_time ON public.sla_results USING btree (account_id, started_at);

CREATE UNIQUE INDEX start_is_of_one_flow ON public.flow_starts USING btree (account_id, kind, COALESCE(channel_id, department_id, (0)::bigint), COALESCE(first_text, ad_id, lower((ref COLLATE "C")), ''::text));

CREATE INDEX surveys_by_time ON public.surveys USING btree (account_id, asked_at DESC);

CREATE INDEX surveys_of_member ON public.surveys USING btree (account_id, member_id, id DESC);

CREATE INDEX surveys_of_ticket ON public.surveys USING btree (account_id, ticket_id);

CREATE INDEX surveys_running ON public.surveys USING btree (account_id, run_id) WHERE (state = 'asked'::text);

CREATE UNIQUE INDEX tag_name_is_taken ON public.tags USING btree (account_id, lower(name)) WHERE (merged_into IS NULL);

CREATE UNIQUE INDEX template_is_one ON public.message_templates USING btree (account_id, waba_id, name, language);

CREATE INDEX templates_by_name ON public.message_templates USING btree (account_id, search_name, id);

CREATE INDEX ticket_readers_of_ticket ON public.ticket_readers USING btree (account_id, ticket_id);

CREATE INDEX tickets_asleep ON public.tickets USING btree (account_id, snoozed_until) WHERE (snoozed_until IS NOT NULL);

CREATE INDEX tickets_by_promise ON public.tickets USING btree (account_id, state, sla_due_at, id) WHERE (sla_due_at IS NOT NULL);

CREATE INDEX tickets_by_state ON public.tickets USING btree (account_id, state, last_activity_at DESC, id DESC);

CREATE INDEX tickets_in_queue ON public.tickets USING btree (account_id, department_id, priority, queued_at, id) WHERE (((state)::text = 'waiting'::text) AND (assignee_id IS NULL));

CREATE INDEX tickets_merged ON public.tickets USING btree (account_id, channel_id, identity_id, id DESC) WHERE (merged_into IS NOT NULL);

CREATE INDEX tickets_of_assignee ON public.tickets USING btree (account_id, assignee_id, state, last_activity_at DESC, id DESC);

CREATE INDEX tickets_of_branch ON public.tickets USING btree (account_id, branch_id, state, last_activity_at DESC, id DESC) WHERE (branch_id IS NOT NULL);

CREATE INDEX tickets_of_contact ON public.tickets USING btree (account_id, contact_id, id DESC);

CREATE INDEX tickets_of_department ON public.tickets USING btree (account_id, department_id, state, last_activity_at DESC, id DESC);

CREATE INDEX tickets_of_identity ON public.tickets USING btree (account_id, identity_id, id DESC);

CREATE INDEX tickets_of_tag ON public.ticket_tags USING btree (account_id, tag_id, ticket_id DESC);

CREATE INDEX tickets_out_of_hours ON public.tickets USING btree (account_id, state, last_activity_at DESC, id DESC) WHERE (out_of_hours_at IS NOT NULL);

CREATE UNIQUE INDEX told_once_of_an_instant ON public.notices USING btree (account_id, member_id, kind, ticket_id, of_at) WHERE (of_at IS NOT NULL);

CREATE UNIQUE INDEX transfer_rule_of_department ON public.transfer_rules USING btree (account_id, COALESCE(department_id, (0)::bigint));

CREATE UNIQUE INDEX type_name_is_taken ON public.ticket_types USING btree (account_id, lower(name));

CREATE UNIQUE INDEX waits_for_one_reason ON public.distribution_decisions USING btree (account_id, ticket_id) WHERE (member_id IS NULL);

ALTER INDEX public.account_event_feed ATTACH PARTITION public.account_event_default_xid_id_idx;

ALTER INDEX public.audit_events_by_action ATTACH PARTITION public.audit_events_default_account_id_action_at_id_idx;

ALTER INDEX public.audit_events_by_actor ATTACH PARTITION public.audit_events_default_account_id_actor_id_at_id_idx;

ALTER INDEX public.audit_events_by_time ATTACH PARTITION public.audit_events_default_account_id_at_id_idx;

ALTER INDEX public.audit_events_by_subject ATTACH PARTITION public.audit_events_default_account_id_subject_kind_subject_id_at__idx;

ALTER INDEX public.audit_events_unsealed ATTACH PARTITION public.audit_events_default_xid_id_idx;

ALTER INDEX public.flow_trace_turns ATTACH PARTITION public.flow_trace_default_account_id_at_run_id_event_reason_idx;

ALTER INDEX public.flow_trace_answers ATTACH PARTITION public.flow_trace_default_account_id_flow_id_at_run_id_number_card_idx;

ALTER INDEX public.flow_trace_pkey ATTACH PARTITION public.flow_trace_default_pkey;

ALTER INDEX public.message_words_by_word ATTACH PARTITION public.message_words_default_account_id_month_words_idx;

ALTER INDEX public.message_words_pkey ATTACH PARTITION public.message_words_default_pkey;

ALTER INDEX public.messages_pkey ATTACH PARTITION public.messages_default_pkey;

CREATE TRIGGER chat_follow_department AFTER INSERT OR DELETE ON public.department_members FOR EACH ROW EXECUTE FUNCTION public.chat_follow_department();

CREATE TRIGGER compile_access AFTER UPDATE OF state ON public.accounts FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION gate.on_account_state();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON public.department_members FOR EACH ROW EXECUTE FUNCTION gate.on_members_place();

CREATE TRIGGER compile_access AFTER UPDATE ON public.groups FOR EACH ROW EXECUTE FUNCTION gate.on_group();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON public.member_branches FOR EACH ROW EXECUTE FUNCTION gate.on_members_place();

CREATE TRIGGER compile_access AFTER INSERT OR UPDATE ON public.memberships FOR EACH ROW EXECUTE FUNCTION gate.on_member();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE OR UPDATE ON public.networks FOR EACH ROW EXECUTE FUNCTION gate.on_network();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON public.ticket_readers FOR EACH ROW EXECUTE FUNCTION gate.on_reader();

CREATE TRIGGER contact_groups_count_less AFTER DELETE ON public.contact_group_members REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.contact_groups_count();

CREATE TRIGGER contact_groups_count_more AFTER INSERT ON public.contact_group_members REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.contact_groups_count();

CREATE TRIGGER contacts_follow_new_ticket AFTER INSERT ON public.tickets FOR EACH ROW EXECUTE FUNCTION public.contacts_follow_ticket();

CREATE TRIGGER contacts_follow_ticket AFTER UPDATE OF state ON public.tickets FOR EACH ROW WHEN (((old.state)::text <> (new.state)::text)) EXECUTE FUNCTION public.contacts_follow_ticket();

CREATE TRIGGER distribution_follows_hours AFTER INSERT OR UPDATE ON public.hours_versions FOR EACH ROW EXECUTE FUNCTION public.distribution_follows_hours();

CREATE TRIGGER distribution_follows_limit AFTER INSERT OR DELETE OR UPDATE ON public.member_limits FOR EACH ROW EXECUTE FUNCTION public.distribution_follows_member();

CREATE TRIGGER distribution_follows_new_ticket AFTER INSERT ON public.tickets FOR EACH ROW WHEN (((new.state)::text = 'waiting'::text)) EXECUTE FUNCTION public.distribution_follows_ticket();

CREATE TRIGGER distribution_follows_people AFTER INSERT ON public.department_members FOR EACH ROW EXECUTE FUNCTION public.distribution_follows_settings();

CREATE TRIGGER distribution_follows_presence AFTER UPDATE OF state ON public.member_presence FOR EACH ROW WHEN ((((new.state)::text = 'online'::text) AND ((old.state)::text <> 'online'::text))) EXECUTE FUNCTION public.distribution_follows_member();

CREATE TRIGGER distribution_follows_settings AFTER INSERT OR UPDATE OF mode, returns_days, agent_limit, tells, tell_text, tell_again_min ON public.distributions FOR EACH ROW EXECUTE FUNCTION public.distribution_follows_settings();

CREATE TRIGGER distribution_follows_ticket AFTER UPDATE OF state, assignee_id, department_id, priority, snoozed_until ON public.tickets FOR EACH ROW WHEN (((((((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.assignee_id IS DISTINCT FROM new.assignee_id)) OR (old.department_id IS DISTINCT FROM new.department_id)) OR (old.priority IS DISTINCT FROM new.priority)) OR ((old.snoozed_until IS NULL) IS DISTINCT FROM (new.snoozed_until IS NULL)))) EXECUTE FUNCTION public.distribution_follows_ticket();

CREATE TRIGGER equip AFTER INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION gate.on_account();

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.account_hours FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER UPDATE OF time_zone ON public.accounts FOR EACH ROW WHEN ((old.time_zone <> new.time_zone)) EXECUTE FUNCTION public.hours_moved('id');

CREATE TRIGGER hours_moved AFTER UPDATE OF time_zone, uf ON public.branches FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER UPDATE OF period_id, away_text ON public.channels FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.city_holidays FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR UPDATE OF period_id, away_text ON public.departments FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.exception_ranges FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.holiday_switches FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.period_exceptions FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.period_ranges FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.service_periods FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER hours_moved AFTER INSERT OR DELETE OR UPDATE ON public.shifts FOR EACH ROW EXECUTE FUNCTION public.hours_moved('account_id');

CREATE TRIGGER intakes_follow_ticket AFTER UPDATE OF state ON public.tickets FOR EACH ROW WHEN ((((old.state)::text = 'bot'::text) AND ((new.state)::text <> 'bot'::text))) EXECUTE FUNCTION public.intakes_follow_ticket();

CREATE CONSTRAINT TRIGGER last_owner AFTER DELETE OR UPDATE OF group_id, is_active ON public.memberships DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gate.on_owner_left();

CREATE TRIGGER message_carries_tags AFTER INSERT OR DELETE ON public.message_tags FOR EACH ROW EXECUTE FUNCTION public.message_carries_tags();

CREATE TRIGGER presence_moved AFTER INSERT OR UPDATE OF ended_at ON public.breaks FOR EACH ROW EXECUTE FUNCTION gate.presence_moved();

CREATE TRIGGER presence_moved AFTER UPDATE OF chosen ON public.member_presence FOR EACH ROW WHEN ((old.chosen <> new.chosen)) EXECUTE FUNCTION gate.presence_moved();

CREATE TRIGGER presence_moved AFTER INSERT OR DELETE OR UPDATE OF idle_since ON public.presence_connections FOR EACH ROW EXECUTE FUNCTION gate.presence_moved();

CREATE TRIGGER ticket_carries_tags AFTER INSERT OR DELETE ON public.ticket_tags FOR EACH ROW EXECUTE FUNCTION public.ticket_carries_tags();

CREATE TRIGGER tickets_follow_contact AFTER UPDATE OF name ON public.contacts FOR EACH ROW WHEN ((old.name <> new.name)) EXECUTE FUNCTION public.tickets_follow_contact();

CREATE TRIGGER tickets_follow_identity AFTER UPDATE OF address ON public.contact_identities FOR EACH ROW WHEN ((old.address <> new.address)) EXECUTE FUNCTION public.tickets_follow_identity();

CREATE TRIGGER tokens_look_again AFTER UPDATE OF state ON public.accounts FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION gate.on_tokens_surroundings();

CREATE TRIGGER tokens_look_again AFTER INSERT OR DELETE OR UPDATE ON public.networks FOR EACH ROW EXECUTE FUNCTION gate.on_tokens_surroundings();

CREATE TRIGGER words_follow AFTER UPDATE OF body, deleted_at ON public.messages FOR EACH ROW WHEN (((old.body IS DISTINCT FROM new.body) OR ((old.deleted_at IS NULL) <> (new.deleted_at IS NULL)))) EXECUTE FUNCTION public.message_words_follow();

ALTER TABLE ONLY public.account_hours
    ADD CONSTRAINT account_hours_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.account_retention
    ADD CONSTRAINT account_retention_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.account_security
    ADD CONSTRAINT account_security_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.account_settings
    ADD CONSTRAINT account_settings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.flow_agents
    ADD CONSTRAINT agent_has_outside_flow FOREIGN KEY (account_id, outside_flow_id) REFERENCES public.flows(account_id, id);

ALTER TABLE ONLY public.flow_agents
    ADD CONSTRAINT agent_period_exists FOREIGN KEY (account_id, period_id) REFERENCES public.service_periods(account_id, id);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT alias_has_identity FOREIGN KEY (account_id, alias_of) REFERENCES public.contact_identities(account_id, id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answer_has_department FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answer_has_member FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.audit_checkpoints
    ADD CONSTRAINT audit_checkpoints_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.audit_heads
    ADD CONSTRAINT audit_heads_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.audit_starts
    ADD CONSTRAINT audit_starts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT block_has_member FOREIGN KEY (account_id, blocked_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.blocked_messages
    ADD CONSTRAINT blocked_messages_account_id_channel_id_fkey FOREIGN KEY (account_id, channel_id) REFERENCES public.channels(account_id, id);

ALTER TABLE ONLY public.blocked_messages
    ADD CONSTRAINT blocked_messages_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branch_has_company FOREIGN KEY (account_id, company_id) REFERENCES public.companies(account_id, id);

ALTER TABLE ONLY public.breaks
    ADD CONSTRAINT break_has_ender FOREIGN KEY (account_id, ended_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.break_limits
    ADD CONSTRAINT break_limits_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.breaks
    ADD CONSTRAINT break_reason_exists FOREIGN KEY (account_id, reason_id) REFERENCES public.break_reasons(account_id, id);

ALTER TABLE ONLY public.break_reasons
    ADD CONSTRAINT break_reasons_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.breaks
    ADD CONSTRAINT breaks_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_account_id_bulk_id_fkey FOREIGN KEY (account_id, bulk_id) REFERENCES public.bulks(account_id, id);

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulk_member_exists FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channel_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channel_has_department FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channel_period_exists FOREIGN KEY (account_id, period_id) REFERENCES public.service_periods(account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chat_has_member_a FOREIGN KEY (account_id, member_a) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chat_has_member_b FOREIGN KEY (account_id, member_b) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_message_has_author FOREIGN KEY (account_id, author_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_message_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES public.chats(account_id, id);

ALTER TABLE ONLY public.chat_messages
    ADD CONSTRAINT chat_message_has_file FOREIGN KEY (account_id, attachment_id) REFERENCES public.attachments(account_id, id);

ALTER TABLE ONLY public.chat_seats
    ADD CONSTRAINT chat_seat_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES public.chats(account_id, id);

ALTER TABLE ONLY public.chat_seats
    ADD CONSTRAINT chat_seat_has_member FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.city_holidays
    ADD CONSTRAINT city_holiday_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.city_holidays
    ADD CONSTRAINT city_holidays_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.close_reasons
    ADD CONSTRAINT close_reasons_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.consent_events
    ADD CONSTRAINT consent_channel_exists FOREIGN KEY (account_id, channel_id) REFERENCES public.channels(account_id, id);

ALTER TABLE ONLY public.consent_events
    ADD CONSTRAINT consent_events_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.consent_events
    ADD CONSTRAINT consent_member_exists FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.consent_events
    ADD CONSTRAINT consent_proof_exists FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.consent_wordings
    ADD CONSTRAINT consent_wordings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_customers
    ADD CONSTRAINT contact_customers_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_exports
    ADD CONSTRAINT contact_exports_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_exports
    ADD CONSTRAINT contact_exports_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_fields
    ADD CONSTRAINT contact_fields_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_group_members
    ADD CONSTRAINT contact_group_members_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_groups
    ADD CONSTRAINT contact_groups_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contact_has_creator FOREIGN KEY (account_id, created_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_import_lines
    ADD CONSTRAINT contact_import_lines_account_id_import_id_fkey FOREIGN KEY (account_id, import_id) REFERENCES public.contact_imports(account_id, id);

ALTER TABLE ONLY public.contact_imports
    ADD CONSTRAINT contact_imports_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_imports
    ADD CONSTRAINT contact_imports_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_merge_moves
    ADD CONSTRAINT contact_merge_moves_account_id_merge_id_fkey FOREIGN KEY (account_id, merge_id) REFERENCES public.contact_merges(account_id, id);

ALTER TABLE ONLY public.contact_merges
    ADD CONSTRAINT contact_merges_account_id_gone_id_fkey FOREIGN KEY (account_id, gone_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_merges
    ADD CONSTRAINT contact_merges_account_id_kept_id_fkey FOREIGN KEY (account_id, kept_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_merges
    ADD CONSTRAINT contact_merges_account_id_merged_by_fkey FOREIGN KEY (account_id, merged_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_merges
    ADD CONSTRAINT contact_merges_account_id_undone_by_fkey FOREIGN KEY (account_id, undone_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_pairs_apart
    ADD CONSTRAINT contact_pairs_apart_account_id_higher_id_fkey FOREIGN KEY (account_id, higher_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_pairs_apart
    ADD CONSTRAINT contact_pairs_apart_account_id_lower_id_fkey FOREIGN KEY (account_id, lower_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_pairs_apart
    ADD CONSTRAINT contact_pairs_apart_account_id_said_by_fkey FOREIGN KEY (account_id, said_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_reveals
    ADD CONSTRAINT contact_reveals_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_reveals
    ADD CONSTRAINT contact_reveals_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_tags
    ADD CONSTRAINT contact_tags_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contact_tags
    ADD CONSTRAINT contact_tags_account_id_tag_id_fkey FOREIGN KEY (account_id, tag_id) REFERENCES public.tags(account_id, id);

ALTER TABLE ONLY public.contact_values
    ADD CONSTRAINT contact_values_account_id_contact_id_fkey FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.flow_counters
    ADD CONSTRAINT counter_has_version FOREIGN KEY (account_id, flow_id, number) REFERENCES public.flow_versions(account_id, flow_id, number);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customer_has_creator FOREIGN KEY (account_id, created_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT deletion_has_member FOREIGN KEY (account_id, deleted_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT department_has_company FOREIGN KEY (account_id, company_id) REFERENCES public.companies(account_id, id);

ALTER TABLE ONLY public.department_members
    ADD CONSTRAINT department_members_account_id_department_id_fkey FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.department_members
    ADD CONSTRAINT department_members_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT department_period_exists FOREIGN KEY (account_id, period_id) REFERENCES public.service_periods(account_id, id);

ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.distribution_decisions
    ADD CONSTRAINT distribution_decisions_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.distribution_decisions
    ADD CONSTRAINT distribution_decisions_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.distribution_turns
    ADD CONSTRAINT distribution_turns_account_id_department_id_fkey FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.distribution_turns
    ADD CONSTRAINT distribution_turns_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.distributions
    ADD CONSTRAINT distributions_account_id_department_id_fkey FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.flow_drafts
    ADD CONSTRAINT draft_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES public.flows(account_id, id);

ALTER TABLE ONLY public.flow_drafts
    ADD CONSTRAINT draft_saver_exists FOREIGN KEY (account_id, saved_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.exception_ranges
    ADD CONSTRAINT exception_ranges_account_id_period_id_on_date_fkey FOREIGN KEY (account_id, period_id, on_date) REFERENCES public.period_exceptions(account_id, period_id, on_date) ON DELETE CASCADE;

ALTER TABLE ONLY public.factors
    ADD CONSTRAINT factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.flow_files
    ADD CONSTRAINT file_adder_exists FOREIGN KEY (account_id, added_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.answer_files
    ADD CONSTRAINT file_has_answer FOREIGN KEY (account_id, answer_id) REFERENCES public.answers(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.answer_files
    ADD CONSTRAINT file_has_attachment FOREIGN KEY (account_id, attachment_id) REFERENCES public.attachments(account_id, id);

ALTER TABLE ONLY public.flow_files
    ADD CONSTRAINT file_is_attachment FOREIGN KEY (account_id, attachment_id) REFERENCES public.attachments(account_id, id);

ALTER TABLE ONLY public.first_steps_dismissals
    ADD CONSTRAINT first_steps_dismissals_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.flows
    ADD CONSTRAINT flow_maker_exists FOREIGN KEY (account_id, created_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.flow_secrets
    ADD CONSTRAINT flow_secrets_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.flows
    ADD CONSTRAINT flows_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.chat_group_departments
    ADD CONSTRAINT group_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.chat_group_departments
    ADD CONSTRAINT group_department_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES public.chats(account_id, id);

ALTER TABLE ONLY public.chat_group_people
    ADD CONSTRAINT group_person_has_chat FOREIGN KEY (account_id, chat_id) REFERENCES public.chats(account_id, id);

ALTER TABLE ONLY public.chat_group_people
    ADD CONSTRAINT group_person_has_member FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.holiday_switches
    ADD CONSTRAINT holiday_switches_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.hours_versions
    ADD CONSTRAINT hours_versions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT identity_has_contact FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.idle_rules
    ADD CONSTRAINT idle_reason_exists FOREIGN KEY (account_id, reason_id) REFERENCES public.close_reasons(account_id, id);

ALTER TABLE ONLY public.idle_rules
    ADD CONSTRAINT idle_rule_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.idle_rules
    ADD CONSTRAINT idle_rules_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_imports
    ADD CONSTRAINT import_group_exists FOREIGN KEY (account_id, group_id) REFERENCES public.contact_groups(account_id, id) ON DELETE SET NULL (group_id);

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT inbound_events_account_id_channel_id_fkey FOREIGN KEY (account_id, channel_id) REFERENCES public.channels(account_id, id);

ALTER TABLE ONLY public.flow_run_inputs
    ADD CONSTRAINT input_has_run FOREIGN KEY (account_id, run_id) REFERENCES public.flow_runs(account_id, id);

ALTER TABLE ONLY public.intakes
    ADD CONSTRAINT intake_ender_exists FOREIGN KEY (account_id, ended_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.intakes
    ADD CONSTRAINT intakes_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invite_group_exists FOREIGN KEY (account_id, group_id) REFERENCES public.groups(account_id, id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invite_has_inviter FOREIGN KEY (account_id, invited_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.flow_move_items
    ADD CONSTRAINT item_has_move FOREIGN KEY (account_id, move_id) REFERENCES public.flow_moves(account_id, id);

ALTER TABLE ONLY public.flow_move_items
    ADD CONSTRAINT item_has_run FOREIGN KEY (account_id, run_id) REFERENCES public.flow_runs(account_id, id);

ALTER TABLE ONLY public.contact_keys
    ADD CONSTRAINT key_is_of_a_contact FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.break_limits
    ADD CONSTRAINT limited_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_customers
    ADD CONSTRAINT link_has_customer FOREIGN KEY (account_id, customer_id) REFERENCES public.customers(account_id, id);

ALTER TABLE ONLY public.flows
    ADD CONSTRAINT live_version_exists FOREIGN KEY (account_id, id, live_number) REFERENCES public.flow_versions(account_id, flow_id, number);

ALTER TABLE ONLY public.member_access
    ADD CONSTRAINT member_access_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.member_branches
    ADD CONSTRAINT member_branches_account_id_branch_id_fkey FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.member_branches
    ADD CONSTRAINT member_branches_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.contact_group_members
    ADD CONSTRAINT member_has_contact_group FOREIGN KEY (account_id, group_id) REFERENCES public.contact_groups(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT member_has_group FOREIGN KEY (account_id, group_id) REFERENCES public.groups(account_id, id);

ALTER TABLE ONLY public.member_limits
    ADD CONSTRAINT member_limits_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.member_presence
    ADD CONSTRAINT member_presence_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.ticket_merges
    ADD CONSTRAINT merge_member_exists FOREIGN KEY (account_id, merged_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.ticket_merges
    ADD CONSTRAINT merge_source_exists FOREIGN KEY (account_id, source_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.ticket_merges
    ADD CONSTRAINT merge_target_exists FOREIGN KEY (account_id, target_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT merged_into_contact FOREIGN KEY (account_id, merged_into) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT merged_tag_exists FOREIGN KEY (account_id, merged_into) REFERENCES public.tags(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT merged_ticket_exists FOREIGN KEY (account_id, merged_into) REFERENCES public.tickets(account_id, id) NOT VALID;

ALTER TABLE public.messages
    ADD CONSTRAINT message_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.message_originals
    ADD CONSTRAINT message_originals_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.message_originals
    ADD CONSTRAINT message_originals_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.message_tags
    ADD CONSTRAINT message_tags_account_id_tag_id_fkey FOREIGN KEY (account_id, tag_id) REFERENCES public.tags(account_id, id);

ALTER TABLE ONLY public.message_tags
    ADD CONSTRAINT message_tags_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.flow_moves
    ADD CONSTRAINT move_has_version FOREIGN KEY (account_id, flow_id, number) REFERENCES public.flow_versions(account_id, flow_id, number);

ALTER TABLE ONLY public.flow_moves
    ADD CONSTRAINT move_member_exists FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT network_group_exists FOREIGN KEY (account_id, group_id) REFERENCES public.groups(account_id, id);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT networks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.notice_choices
    ADD CONSTRAINT notice_choices_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.operator_events
    ADD CONSTRAINT operator_events_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(id);

ALTER TABLE ONLY public.operator_factors
    ADD CONSTRAINT operator_factors_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(id);

ALTER TABLE ONLY public.operator_recovery_codes
    ADD CONSTRAINT operator_recovery_codes_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(id);

ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_sessions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(id);

ALTER TABLE ONLY public.message_originals
    ADD CONSTRAINT original_author_exists FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.flow_pages
    ADD CONSTRAINT page_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES public.flows(account_id, id);

ALTER TABLE ONLY public.flow_pages
    ADD CONSTRAINT page_is_somebodys FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.password_resets
    ADD CONSTRAINT password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.service_periods
    ADD CONSTRAINT period_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.period_exceptions
    ADD CONSTRAINT period_exceptions_account_id_period_id_fkey FOREIGN KEY (account_id, period_id) REFERENCES public.service_periods(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_hours
    ADD CONSTRAINT period_is_followed FOREIGN KEY (account_id, period_id) REFERENCES public.service_periods(account_id, id);

ALTER TABLE ONLY public.period_ranges
    ADD CONSTRAINT period_ranges_account_id_period_id_fkey FOREIGN KEY (account_id, period_id) REFERENCES public.service_periods(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT photo_exists FOREIGN KEY (account_id, photo_id) REFERENCES public.attachments(account_id, id);

ALTER TABLE ONLY public.presence_connections
    ADD CONSTRAINT presence_connections_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.presence_connections
    ADD CONSTRAINT presence_connections_gateway_id_fkey FOREIGN KEY (gateway_id) REFERENCES public.live_gateways(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.protocol_counters
    ADD CONSTRAINT protocol_counters_account_id_fkey1 FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.push_sends
    ADD CONSTRAINT push_sends_account_id_notice_id_fkey FOREIGN KEY (account_id, notice_id) REFERENCES public.notices(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.push_sends
    ADD CONSTRAINT push_sends_account_id_subscription_id_fkey FOREIGN KEY (account_id, subscription_id) REFERENCES public.push_subscriptions(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.queue_told
    ADD CONSTRAINT queue_told_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.flow_refs
    ADD CONSTRAINT ref_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES public.flows(account_id, id);

ALTER TABLE ONLY public.flow_runs
    ADD CONSTRAINT run_has_channel FOREIGN KEY (account_id, channel_id) REFERENCES public.channels(account_id, id);

ALTER TABLE ONLY public.flow_runs
    ADD CONSTRAINT run_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.flow_runs
    ADD CONSTRAINT run_has_version FOREIGN KEY (account_id, flow_id, number) REFERENCES public.flow_versions(account_id, flow_id, number);

ALTER TABLE ONLY public.scheduled_messages
    ADD CONSTRAINT scheduled_has_attachment FOREIGN KEY (account_id, attachment_id) REFERENCES public.attachments(account_id, id);

ALTER TABLE ONLY public.scheduled_messages
    ADD CONSTRAINT scheduled_has_member FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.scheduled_messages
    ADD CONSTRAINT scheduled_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.flow_seals
    ADD CONSTRAINT seal_has_run FOREIGN KEY (account_id, run_id) REFERENCES public.flow_runs(account_id, id);

ALTER TABLE ONLY public.search_months
    ADD CONSTRAINT search_months_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.flow_secrets
    ADD CONSTRAINT secret_setter_exists FOREIGN KEY (account_id, set_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.service_periods
    ADD CONSTRAINT service_periods_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.sla_policies
    ADD CONSTRAINT sla_policies_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.sla_results
    ADD CONSTRAINT sla_results_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.flow_starts
    ADD CONSTRAINT start_channel_exists FOREIGN KEY (account_id, channel_id) REFERENCES public.channels(account_id, id);

ALTER TABLE ONLY public.flow_starts
    ADD CONSTRAINT start_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.flow_starts
    ADD CONSTRAINT start_has_agent FOREIGN KEY (account_id, agent_id) REFERENCES public.flow_agents(account_id, id);

ALTER TABLE ONLY public.flow_starts
    ADD CONSTRAINT start_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES public.flows(account_id, id);

ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT survey_agent_exists FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT survey_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT survey_has_run FOREIGN KEY (account_id, run_id) REFERENCES public.flow_runs(account_id, id);

ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT survey_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tag_maker_exists FOREIGN KEY (account_id, created_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.template_books
    ADD CONSTRAINT template_books_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.message_templates
    ADD CONSTRAINT template_has_book FOREIGN KEY (account_id, waba_id) REFERENCES public.template_books(account_id, waba_id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_assignee_exists FOREIGN KEY (account_id, assignee_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.ticket_clocks
    ADD CONSTRAINT ticket_clocks_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.ticket_customers
    ADD CONSTRAINT ticket_customer_exists FOREIGN KEY (account_id, customer_id) REFERENCES public.customers(account_id, id);

ALTER TABLE ONLY public.ticket_customers
    ADD CONSTRAINT ticket_customers_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.ticket_favourites
    ADD CONSTRAINT ticket_favourites_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.ticket_favourites
    ADD CONSTRAINT ticket_favourites_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_has_channel FOREIGN KEY (account_id, channel_id) REFERENCES public.channels(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_has_contact FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_has_identity FOREIGN KEY (account_id, identity_id) REFERENCES public.contact_identities(account_id, id);

ALTER TABLE ONLY public.ticket_readers
    ADD CONSTRAINT ticket_readers_account_id_invited_by_fkey FOREIGN KEY (account_id, invited_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.ticket_readers
    ADD CONSTRAINT ticket_readers_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.ticket_readers
    ADD CONSTRAINT ticket_readers_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_reason_exists FOREIGN KEY (account_id, reason_id) REFERENCES public.close_reasons(account_id, id);

ALTER TABLE ONLY public.ticket_tags
    ADD CONSTRAINT ticket_tags_account_id_tag_id_fkey FOREIGN KEY (account_id, tag_id) REFERENCES public.tags(account_id, id);

ALTER TABLE ONLY public.ticket_tags
    ADD CONSTRAINT ticket_tags_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_taken_from_exists FOREIGN KEY (account_id, taken_from_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.ticket_timers
    ADD CONSTRAINT ticket_timers_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_type_exists FOREIGN KEY (account_id, type_id) REFERENCES public.ticket_types(account_id, id);

ALTER TABLE ONLY public.ticket_types
    ADD CONSTRAINT ticket_types_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.timer_acts
    ADD CONSTRAINT timer_acts_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT token_maker_exists FOREIGN KEY (account_id, created_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT token_member_exists FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT token_revoker_exists FOREIGN KEY (account_id, revoked_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.transfer_rules
    ADD CONSTRAINT transfer_rule_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.transfer_rules
    ADD CONSTRAINT transfer_rules_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.transfer_rules
    ADD CONSTRAINT transfer_target_department_exists FOREIGN KEY (account_id, to_department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.transfer_rules
    ADD CONSTRAINT transfer_target_member_exists FOREIGN KEY (account_id, to_member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT upload_token_exists FOREIGN KEY (account_id, token_id) REFERENCES public.api_tokens(account_id, id);

ALTER TABLE ONLY public.contact_values
    ADD CONSTRAINT value_has_field FOREIGN KEY (account_id, field_id) REFERENCES public.contact_fields(account_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.flow_versions
    ADD CONSTRAINT version_author_exists FOREIGN KEY (account_id, published_by) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.flow_versions
    ADD CONSTRAINT version_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES public.flows(account_id, id);

ALTER TABLE ONLY public.flow_files
    ADD CONSTRAINT voice_is_attachment FOREIGN KEY (account_id, voice_id) REFERENCES public.attachments(account_id, id);

CREATE POLICY account ON public.account_event FOR INSERT TO balcao_api, balcao_worker WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.account_hours TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.account_retention TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.account_security TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.account_settings TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.accounts TO balcao_api, balcao_worker USING ((id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting)));

CREATE POLICY account ON public.answer_files TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.answers TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.api_tokens TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.attachments TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.audit_chain TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.audit_checkpoints TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.audit_events TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.audit_heads TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.audit_starts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.blocked_messages TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.branches TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.break_limits TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.break_reasons TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.breaks TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.bulk_items TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.bulks TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.channels TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.chat_group_departments TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.chat_group_people TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.chat_messages TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.chat_seats TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.chats TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.city_holidays TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.close_reasons TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.companies TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.consent_events TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.consent_wordings TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_customers TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_exports TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_fields TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_group_members TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_groups TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_identities TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_import_lines TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_imports TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_keys TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_merge_moves TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_merges TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_pairs_apart TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_reveals TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_tags TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_values TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contacts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.customers TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.department_members TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.departments TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.distribution_decisions TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.distribution_turns TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.distributions TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.drafts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.early_statuses TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.exception_ranges TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.first_steps_dismissals TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_agents TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_counters TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_drafts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_files TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_move_items TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_moves TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_pages TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_refs TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_run_inputs TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_runs TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_seals TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_secrets TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_starts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_trace TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flow_versions TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.flows TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.groups TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.holiday_switches TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.hours_versions TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.idle_rules TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.inbound_events TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.intakes TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.invites TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.member_branches TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.member_limits TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.member_presence TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.memberships TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_client_keys TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_originals TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_provider_ids TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_tags TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_templates TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_words TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.messages TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.networks TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.notice_choices TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.notices TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.period_exceptions TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.period_ranges TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.presence_connections TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.protocol_counters TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.push_sends TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.push_subscriptions TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.queue_told TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.queue_waits TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.scheduled_messages TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.search_months TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.service_periods TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.shifts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.sla_policies TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.sla_results TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.surveys TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.tags TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.template_books TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_clocks TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_customers TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_favourites TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_merges TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_readers TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_tags TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_timers TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_types TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.tickets TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.timer_acts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.transfer_rules TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

ALTER TABLE public.account_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_event_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_hours ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_read ON public.account_event FOR SELECT TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting)));

ALTER TABLE public.account_retention ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_security ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

CREATE POLICY add_own ON public.jobs FOR INSERT TO balcao_api WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

ALTER TABLE public.answer_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.attachments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_chain ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_checkpoints ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_events_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_heads ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_starts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.blocked_messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.branches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.break_limits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.break_reasons ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.breaks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bulk_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bulks ENABLE ROW LEVEL SECURITY;

CREATE POLICY by_operator ON public.audit_events FOR INSERT TO balcao_operator WITH CHECK (((account_id = (current_setting('balcao.account'::text))::bigint) AND ((actor_kind)::text = 'operator'::text)));

ALTER TABLE public.channels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.chat_group_departments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.chat_group_people ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.chat_messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.chat_seats ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.chats ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.city_holidays ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.close_reasons ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.companies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consent_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consent_wordings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_customers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_exports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_fields ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_group_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_import_lines ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_imports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_merge_moves ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_merges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_pairs_apart ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_reveals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_tags ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_values ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.customers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dead_jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.department_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.departments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.distribution_decisions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.distribution_turns ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.distributions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.early_statuses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.exception_ranges ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed ON public.account_event FOR SELECT TO balcao_live USING (true);

ALTER TABLE public.first_steps_dismissals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_agents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_counters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_move_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_moves ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_pages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_refs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_run_inputs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_seals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_starts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_trace ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_trace_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flow_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.flows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.holiday_switches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.hours_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.idle_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.intakes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invites ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.member_access ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.member_branches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.member_limits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.member_presence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_client_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_originals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_provider_ids ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_tags ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_templates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_words_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.networks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notice_choices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.period_exceptions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.period_ranges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.presence_connections ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.protocol_counters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.push_sends ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.push_subscriptions ENABLE ROW LEVEL SECURITY;

CREATE POLICY queue ON public.dead_jobs TO balcao_worker USING (true) WITH CHECK (true);

CREATE POLICY queue ON public.jobs TO balcao_worker USING (true) WITH CHECK (true);

ALTER TABLE public.queue_told ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.queue_waits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.scheduled_messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.search_months ENABLE ROW LEVEL SECURITY;

CREATE POLICY see_own ON public.dead_jobs FOR SELECT TO balcao_api USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting)));

ALTER TABLE public.service_periods ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shifts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sla_policies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.sla_results ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.surveys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tags ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.template_books ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_clocks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_customers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_favourites ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_merges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_readers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_tags ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_timers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ticket_types ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tickets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.timer_acts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.transfer_rules ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA ext TO balcao_gate;
GRANT USAGE ON SCHEMA ext TO balcao_api;
GRANT USAGE ON SCHEMA ext TO balcao_worker;

GRANT USAGE ON SCHEMA gate TO balcao_api;
GRANT USAGE ON SCHEMA gate TO balcao_worker;
GRANT USAGE ON SCHEMA gate TO balcao_live;
GRANT USAGE ON SCHEMA gate TO balcao_owner;
GRANT USAGE ON SCHEMA gate TO balcao_operator;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO balcao_api;
GRANT USAGE ON SCHEMA public TO balcao_worker;
GRANT USAGE ON SCHEMA public TO balcao_live;
GRANT USAGE ON SCHEMA public TO balcao_gate;
GRANT USAGE ON SCHEMA public TO balcao_operator;

REVOKE ALL ON FUNCTION gate.account_figures(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.account_figures(at timestamp with time zone) TO balcao_operator;

REVOKE ALL ON FUNCTION gate.account_open(account_name text, account_slug text, owner_email text, owner_name text, owner_hash text, OUT account bigint, OUT is_known boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.account_open(account_name text, account_slug text, owner_email text, owner_name text, owner_hash text, OUT account bigint, OUT is_known boolean) TO balcao_operator;

REVOKE ALL ON FUNCTION gate.account_set_state(account bigint, new_state text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.account_set_state(account bigint, new_state text) TO balcao_operator;

REVOKE ALL ON FUNCTION gate.ask_again() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.ask_again() TO balcao_api;
GRANT ALL ON FUNCTION gate.ask_again() TO balcao_worker;

REVOKE ALL ON FUNCTION gate.attempt_note(at timestamp with time zone, person bigint, email_hash bigint, account bigint, address text, agent text, step text, reason text, request_id text, retry_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.attempt_note(at timestamp with time zone, person bigint, email_hash bigint, account bigint, address text, agent text, step text, reason text, request_id text, retry_at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.attempt_note(at timestamp with time zone, person bigint, email_hash bigint, account bigint, address text, agent text, step text, reason text, request_id text, retry_at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.attempts_of(account bigint, person bigint, n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.attempts_of(account bigint, person bigint, n integer) TO balcao_api;
GRANT ALL ON FUNCTION gate.attempts_of(account bigint, person bigint, n integer) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_backlog() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_backlog() TO balcao_api;

REVOKE ALL ON FUNCTION gate.audit_inserted(account bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_inserted(account bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_oldest_unsealed() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_oldest_unsealed() TO balcao_api;

REVOKE ALL ON FUNCTION gate.audit_person(person bigint, at timestamp with time zone, action text, session bigint, address text, request_id text, subject_kind text, detail text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_person(person bigint, at timestamp with time zone, action text, session bigint, address text, request_id text, subject_kind text, detail text) TO balcao_api;
GRANT ALL ON FUNCTION gate.audit_person(person bigint, at timestamp with time zone, action text, session bigint, address text, request_id text, subject_kind text, detail text) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_seal(accounts bigint[], seqs bigint[], ats timestamp with time zone[], ids bigint[], hashes text[], last_xid xid8, last_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_seal(accounts bigint[], seqs bigint[], ats timestamp with time zone[], ids bigint[], hashes text[], last_xid xid8, last_id bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_sign(account bigint, at_seq bigint, signed text, key bytea, proof bytea, now_is timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_sign(account bigint, at_seq bigint, signed text, key bytea, proof bytea, now_is timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_unsealed(n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_unsealed(n integer) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_unsigned(now_is timestamp with time zone, n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_unsigned(now_is timestamp with time zone, n integer) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_unverified(now_is timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_unverified(now_is timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.audit_verified(account bigint, until_seq bigint, found text, found_at bigint, now_is timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.audit_verified(account bigint, until_seq bigint, found text, found_at bigint, now_is timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.channel_silence(n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.channel_silence(n integer) TO balcao_api;

REVOKE ALL ON FUNCTION gate.compile_access(account bigint, member bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.compile_accesses(account bigint, grp bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.compile_everything() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.compile_everything() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.dead_jobs() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.dead_jobs() TO balcao_api;

REVOKE ALL ON FUNCTION gate.dead_jobs_by_kind() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.dead_jobs_by_kind() TO balcao_operator;

REVOKE ALL ON FUNCTION gate.device_keep(person bigint, device bigint, next bytea, agent text, address text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.device_keep(person bigint, device bigint, next bytea, agent text, address text, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.device_keep(person bigint, device bigint, next bytea, agent text, address text, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.device_trust(person bigint, device bigint, next bytea, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.device_trust(person bigint, device bigint, next bytea, until timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.device_trust(person bigint, device bigint, next bytea, until timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.device_trusted(person bigint, device bigint, presented bytea, next bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.device_trusted(person bigint, device bigint, presented bytea, next bytea, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.device_trusted(person bigint, device bigint, presented bytea, next bytea, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.email_ask(person bigint, email text, good_for interval, lane bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.email_ask(person bigint, email text, good_for interval, lane bigint, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.email_confirm(hash bytea, undo bytea, undo_for interval, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.email_confirm(hash bytea, undo bytea, undo_for interval, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.email_link(wish bigint, hash bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.email_link(wish bigint, hash bytea, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.email_undo(undo bytea, lane bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.email_undo(undo bytea, lane bigint, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.equip_account(account bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.factor_confirm_reset(person bigint, account bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.factor_confirm_reset(person bigint, account bigint) TO balcao_api;
GRANT ALL ON FUNCTION gate.factor_confirm_reset(person bigint, account bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.factor_enrol(person bigint, version bigint, secret bytea, step bigint, drift integer, at timestamp with time zone, codes text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.factor_enrol(person bigint, version bigint, secret bytea, step bigint, drift integer, at timestamp with time zone, codes text[]) TO balcao_api;
GRANT ALL ON FUNCTION gate.factor_enrol(person bigint, version bigint, secret bytea, step bigint, drift integer, at timestamp with time zone, codes text[]) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.factor_find(person bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.factor_find(person bigint) TO balcao_api;
GRANT ALL ON FUNCTION gate.factor_find(person bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.factor_remove(person bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.factor_remove(person bigint) TO balcao_api;
GRANT ALL ON FUNCTION gate.factor_remove(person bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.factor_reset(person bigint, account bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.factor_reset(person bigint, account bigint) TO balcao_api;
GRANT ALL ON FUNCTION gate.factor_reset(person bigint, account bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.factor_use(person bigint, version bigint, step bigint, drift integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.factor_use(person bigint, version bigint, step bigint, drift integer) TO balcao_api;
GRANT ALL ON FUNCTION gate.factor_use(person bigint, version bigint, step bigint, drift integer) TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.groups TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.groups TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.groups TO balcao_gate;

REVOKE ALL ON FUNCTION gate.group_permissions(grp public.groups) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.group_permissions(grp public.groups) TO balcao_api;

REVOKE ALL ON FUNCTION gate.has_permission(permissions bit, permission text) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.ids_in_both(a bigint[], b bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.inbound_backlog() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.inbound_backlog() TO balcao_api;
GRANT ALL ON FUNCTION gate.inbound_backlog() TO balcao_operator;

REVOKE ALL ON FUNCTION gate.invite_find(hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.invite_find(hash bytea) TO balcao_api;
GRANT ALL ON FUNCTION gate.invite_find(hash bytea) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.mail_add(recipient text, locale text, template text, params bytea, lane bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.mail_add(recipient text, locale text, template text, params bytea, lane bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.mail_add(recipient text, locale text, template text, params bytea, lane bigint, at timestamp with time zone) TO balcao_worker;
GRANT ALL ON FUNCTION gate.mail_add(recipient text, locale text, template text, params bytea, lane bigint, at timestamp with time zone) TO balcao_operator;

REVOKE ALL ON FUNCTION gate.mail_again(mail bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.mail_again(mail bigint, at timestamp with time zone) TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.member_access TO balcao_gate;

REVOKE ALL ON FUNCTION gate.member_access_now(account bigint, member bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.networks_in_both(a cidr[], b cidr[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.notices_follow(n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.notices_follow(n integer) TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.account_event TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.account_event TO balcao_worker;
GRANT SELECT ON TABLE public.account_event TO balcao_live;
GRANT SELECT,INSERT ON TABLE public.account_event TO balcao_gate;

REVOKE ALL ON FUNCTION gate.notices_of(e public.account_event) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.notices_of(e public.account_event) TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO balcao_worker;
GRANT SELECT ON TABLE public.messages TO balcao_gate;

REVOKE ALL ON FUNCTION gate.offered_words(m public.messages) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.oldest_transaction() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.oldest_transaction() TO balcao_api;

REVOKE ALL ON FUNCTION gate.on_account() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_account() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_account_state() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_account_state() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_group() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_group() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_member() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_member() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_members_place() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_members_place() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_network() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_network() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_owner_left() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_owner_left() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_reader() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_reader() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.on_tokens_surroundings() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_tokens_surroundings() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.password_context(person bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.password_context(person bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.password_context(person bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.password_rehash(user_id bigint, hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.password_rehash(user_id bigint, hash text) TO balcao_api;

REVOKE ALL ON FUNCTION gate.password_set(person bigint, hash text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.password_set(person bigint, hash text, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.password_set(person bigint, hash text, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.people_of_account() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.people_of_account() TO balcao_api;
GRANT ALL ON FUNCTION gate.people_of_account() TO balcao_worker;

REVOKE ALL ON FUNCTION gate.person_add(email text, name text, locale text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.person_add(email text, name text, locale text, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.person_add(email text, name text, locale text, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.person_devices(person bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.person_devices(person bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.person_devices(person bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.person_devices_forget(person bigint, device bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.person_devices_forget(person bigint, device bigint) TO balcao_api;
GRANT ALL ON FUNCTION gate.person_devices_forget(person bigint, device bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.person_name(session bigint, name text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.person_name(session bigint, name text) TO balcao_api;
GRANT ALL ON FUNCTION gate.person_name(session bigint, name text) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.person_notices(person bigint, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.person_notices(person bigint, since timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.person_sessions(person bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.person_sessions(person bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.person_sessions(person bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.person_sessions_end(person bigint, session bigint, except_session bigint, reason text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.person_sessions_end(person bigint, session bigint, except_session bigint, reason text, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.person_sessions_end(person bigint, session bigint, except_session bigint, reason text, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.preferences_save(session bigint, locale text, theme text, enter_sends boolean, plays_sound boolean, density text, keys text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.preferences_save(session bigint, locale text, theme text, enter_sends boolean, plays_sound boolean, density text, keys text[]) TO balcao_api;

REVOKE ALL ON FUNCTION gate.presence_moved() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.presence_moved() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.queue_depths() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.queue_depths() TO balcao_api;
GRANT ALL ON FUNCTION gate.queue_depths() TO balcao_operator;

REVOKE ALL ON FUNCTION gate.recovery_find(person bigint, number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.recovery_find(person bigint, number integer) TO balcao_api;
GRANT ALL ON FUNCTION gate.recovery_find(person bigint, number integer) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.recovery_replace(person bigint, codes text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.recovery_replace(person bigint, codes text[]) TO balcao_api;
GRANT ALL ON FUNCTION gate.recovery_replace(person bigint, codes text[]) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.recovery_use(person bigint, number integer, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.recovery_use(person bigint, number integer, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.recovery_use(person bigint, number integer, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.refuse(status text, slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.refuse(status text, slug text) TO balcao_api;
GRANT ALL ON FUNCTION gate.refuse(status text, slug text) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.refuse_request(account bigint, session bigint, token_gen integer, held_epoch bigint, verdict text, needs_factor boolean, needs_step_up boolean, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.refuse_request(account bigint, session bigint, token_gen integer, held_epoch bigint, verdict text, needs_factor boolean, needs_step_up boolean, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.refuse_token(account bigint, token bigint, hash bytea, held_epoch bigint, verdict text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.refuse_token(account bigint, token bigint, hash bytea, held_epoch bigint, verdict text, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.report_presence(gateway bigint, come_accounts bigint[], come_members bigint[], come_sessions bigint[], gone_accounts bigint[], gone_members bigint[], gone_sessions bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.report_presence(gateway bigint, come_accounts bigint[], come_members bigint[], come_sessions bigint[], gone_accounts bigint[], gone_members bigint[], gone_sessions bigint[]) TO balcao_live;

REVOKE ALL ON FUNCTION gate.reset_ask(email text, email_key bigint, address_key bigint, lane bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.reset_ask(email text, email_key bigint, address_key bigint, lane bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.reset_ask(email text, email_key bigint, address_key bigint, lane bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.reset_find(hash bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.reset_find(hash bytea, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.reset_find(hash bytea, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.reset_start(email text, hash bytea, at timestamp with time zone, good_for interval) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.reset_start(email text, hash bytea, at timestamp with time zone, good_for interval) TO balcao_api;
GRANT ALL ON FUNCTION gate.reset_start(email text, hash bytea, at timestamp with time zone, good_for interval) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.reset_use(reset bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.reset_use(reset bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.reset_use(reset bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.search_again() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.search_again() TO balcao_owner;
GRANT ALL ON FUNCTION gate.search_again() TO balcao_worker;

GRANT SELECT,UPDATE ON TABLE public.search_state TO balcao_gate;

REVOKE ALL ON FUNCTION gate.search_catch_up(place public.search_state, most integer, OUT account bigint, OUT ticket bigint, OUT at integer, OUT n integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.search_contacts(q text, n integer, by_part_of_phone boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.search_contacts(q text, n integer, by_part_of_phone boolean) TO balcao_api;
GRANT ALL ON FUNCTION gate.search_contacts(q text, n integer, by_part_of_phone boolean) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.search_follow(accounts bigint[], tickets bigint[], most integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.search_index(n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.search_index(n integer) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.search_is_whole() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.search_is_whole() TO balcao_api;
GRANT ALL ON FUNCTION gate.search_is_whole() TO balcao_worker;

REVOKE ALL ON FUNCTION gate.search_messages(typed text, one_ticket bigint, since timestamp with time zone, before_at timestamp with time zone, before_ticket bigint, before_seq integer, n integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.search_messages(typed text, one_ticket bigint, since timestamp with time zone, before_at timestamp with time zone, before_ticket bigint, before_seq integer, n integer) TO balcao_api;
GRANT ALL ON FUNCTION gate.search_messages(typed text, one_ticket bigint, since timestamp with time zone, before_at timestamp with time zone, before_ticket bigint, before_seq integer, n integer) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.search_words_of(m public.messages) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.session_accounts(session bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_accounts(session bigint) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_activity(session bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_activity(session bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.session_activity(session bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.session_end(session bigint, reason text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_end(session bigint, reason text, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_person(session bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_person(session bigint) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_renew(session bigint, next bytea, at timestamp with time zone, steps_up boolean, shows_factor boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_renew(session bigint, next bytea, at timestamp with time zone, steps_up boolean, shows_factor boolean) TO balcao_api;
GRANT ALL ON FUNCTION gate.session_renew(session bigint, next bytea, at timestamp with time zone, steps_up boolean, shows_factor boolean) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.session_start(person bigint, refresh_hash bytea, at timestamp with time zone, address text, agent text, device bigint, has_factor boolean, takes_over boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_start(person bigint, refresh_hash bytea, at timestamp with time zone, address text, agent text, device bigint, has_factor boolean, takes_over boolean) TO balcao_api;
GRANT ALL ON FUNCTION gate.session_start(person bigint, refresh_hash bytea, at timestamp with time zone, address text, agent text, device bigint, has_factor boolean, takes_over boolean) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.session_touch(session bigint, token_gen integer, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_touch(session bigint, token_gen integer, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.settle_presence(account bigint, member bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.signin_person(email text, device bigint, device_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.signin_person(email text, device bigint, device_hash bytea) TO balcao_api;
GRANT ALL ON FUNCTION gate.signin_person(email text, device bigint, device_hash bytea) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.signin_policy(person bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.signin_policy(person bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.signin_policy(person bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.signin_state(person bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.signin_state(person bigint) TO balcao_api;
GRANT ALL ON FUNCTION gate.signin_state(person bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.signin_sweep(now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.signin_sweep(now timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION gate.signin_sweep(now timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.sweep_presence() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.sweep_presence() TO balcao_worker;

REVOKE ALL ON FUNCTION gate.timers_due(at timestamp with time zone, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.timers_due(at timestamp with time zone, most integer) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.token_access(account bigint, token bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.token_access(account bigint, token bigint) TO balcao_api;

REVOKE ALL ON FUNCTION gate.token_ends(accounts bigint[], tokens bigint[], epochs bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.token_ends(accounts bigint[], tokens bigint[], epochs bigint[]) TO balcao_live;

REVOKE ALL ON FUNCTION gate.token_touch(account bigint, token bigint, at timestamp with time zone, address text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.token_touch(account bigint, token bigint, at timestamp with time zone, address text) TO balcao_api;

REVOKE ALL ON PROCEDURE public.add_partition(IN parent text, IN suffix text, IN lower timestamp with time zone, IN upper timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.add_partitions(IN today date) FROM PUBLIC;
GRANT ALL ON PROCEDURE public.add_partitions(IN today date) TO balcao_worker;

REVOKE ALL ON FUNCTION public.audit_forget(account bigint, until_seq bigint, signed text, key bytea, proof bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_forget(account bigint, until_seq bigint, signed text, key bytea, proof bytea) TO balcao_worker;

REVOKE ALL ON FUNCTION public.audit_kept_from(account bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_kept_from(account bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION public.audit_outlived() FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_outlived() TO balcao_worker;

REVOKE ALL ON FUNCTION public.chat_follow_department() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.chat_seat_group(account bigint, chat bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.chat_seat_group(account bigint, chat bigint) TO balcao_api;
GRANT ALL ON FUNCTION public.chat_seat_group(account bigint, chat bigint) TO balcao_worker;

REVOKE ALL ON FUNCTION public.contact_groups_count() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.contacts_follow_ticket() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.departments_of(account bigint, member bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.distribution_follows_hours() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.distribution_follows_member() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.distribution_follows_settings() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.distribution_follows_ticket() FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.drop_empty_months(IN today date) FROM PUBLIC;
GRANT ALL ON PROCEDURE public.drop_empty_months(IN today date) TO balcao_worker;

REVOKE ALL ON FUNCTION public.flow_counters_place(account bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.flow_counters_place(account bigint) TO balcao_worker;

REVOKE ALL ON PROCEDURE public.forget_old(IN today date) FROM PUBLIC;
GRANT ALL ON PROCEDURE public.forget_old(IN today date) TO balcao_worker;

REVOKE ALL ON PROCEDURE public.forget_operator_sessions(IN today date) FROM PUBLIC;
GRANT ALL ON PROCEDURE public.forget_operator_sessions(IN today date) TO balcao_worker;

REVOKE ALL ON FUNCTION public.hours_moved() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.intakes_follow_ticket() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.like_part(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.like_part(words text) TO balcao_api;
GRANT ALL ON FUNCTION public.like_part(words text) TO balcao_worker;

REVOKE ALL ON FUNCTION public.mask_document(document text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mask_document(document text) TO balcao_api;
GRANT ALL ON FUNCTION public.mask_document(document text) TO balcao_worker;
GRANT ALL ON FUNCTION public.mask_document(document text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.mask_email(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mask_email(email text) TO balcao_api;
GRANT ALL ON FUNCTION public.mask_email(email text) TO balcao_worker;
GRANT ALL ON FUNCTION public.mask_email(email text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.mask_phone(phone text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mask_phone(phone text) TO balcao_api;
GRANT ALL ON FUNCTION public.mask_phone(phone text) TO balcao_worker;
GRANT ALL ON FUNCTION public.mask_phone(phone text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.message_carries_tags() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.message_words_follow() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.notice_defaults(way text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.notice_defaults(way text) TO balcao_api;
GRANT ALL ON FUNCTION public.notice_defaults(way text) TO balcao_worker;
GRANT ALL ON FUNCTION public.notice_defaults(way text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.notice_kinds() FROM PUBLIC;
GRANT ALL ON FUNCTION public.notice_kinds() TO balcao_api;
GRANT ALL ON FUNCTION public.notice_kinds() TO balcao_worker;
GRANT ALL ON FUNCTION public.notice_kinds() TO balcao_gate;

REVOKE ALL ON FUNCTION public.plain(t text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.plain(t text) TO balcao_api;
GRANT ALL ON FUNCTION public.plain(t text) TO balcao_worker;
GRANT ALL ON FUNCTION public.plain(t text) TO balcao_gate;

REVOKE ALL ON PROCEDURE public.protect(IN t regclass, IN verbs text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.queue_place_seconds(account bigint, department bigint, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.queue_place_seconds(account bigint, department bigint, at timestamp with time zone) TO balcao_api;
GRANT ALL ON FUNCTION public.queue_place_seconds(account bigint, department bigint, at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION public.ring_distribution(account bigint, departments bigint[], at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ring_distribution(account bigint, departments bigint[], at timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION public.search_query(typed text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_query(typed text) TO balcao_api;
GRANT ALL ON FUNCTION public.search_query(typed text) TO balcao_worker;
GRANT ALL ON FUNCTION public.search_query(typed text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.search_text(t text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_text(t text) TO balcao_api;
GRANT ALL ON FUNCTION public.search_text(t text) TO balcao_worker;
GRANT ALL ON FUNCTION public.search_text(t text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.search_words(t text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_words(t text) TO balcao_api;
GRANT ALL ON FUNCTION public.search_words(t text) TO balcao_worker;
GRANT ALL ON FUNCTION public.search_words(t text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.sweep_uploads(before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sweep_uploads(before timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) TO balcao_api;
GRANT ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) TO balcao_worker;
GRANT ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) TO balcao_gate;

REVOKE ALL ON FUNCTION public.ticket_carries_tags() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tickets_follow_contact() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tickets_follow_identity() FROM PUBLIC;

GRANT SELECT ON TABLE gate.access TO balcao_api;
GRANT SELECT ON TABLE gate.access TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channels TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channels TO balcao_worker;
GRANT SELECT ON TABLE public.channels TO balcao_gate;

GRANT SELECT ON TABLE gate.channel_tokens TO balcao_api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO balcao_gate;

GRANT SELECT ON TABLE gate.session TO balcao_api;
GRANT SELECT ON TABLE gate.session TO balcao_worker;

GRANT SELECT ON TABLE gate.session_ends TO balcao_live;

GRANT SELECT,INSERT,UPDATE ON TABLE public.api_tokens TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.api_tokens TO balcao_worker;
GRANT SELECT,UPDATE ON TABLE public.api_tokens TO balcao_gate;

GRANT SELECT ON TABLE gate.token TO balcao_api;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_hours TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_hours TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.account_retention TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.account_retention TO balcao_worker;

GRANT SELECT,UPDATE ON TABLE public.account_security TO balcao_api;
GRANT SELECT,UPDATE ON TABLE public.account_security TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.account_security TO balcao_gate;

GRANT SELECT,UPDATE ON TABLE public.account_settings TO balcao_api;
GRANT SELECT,UPDATE ON TABLE public.account_settings TO balcao_worker;
GRANT INSERT ON TABLE public.account_settings TO balcao_gate;

GRANT SELECT ON TABLE public.accounts TO balcao_api;
GRANT SELECT ON TABLE public.accounts TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.accounts TO balcao_gate;

GRANT UPDATE(name) ON TABLE public.accounts TO balcao_api;
GRANT UPDATE(name) ON TABLE public.accounts TO balcao_worker;
GRANT UPDATE(name) ON TABLE public.accounts TO balcao_gate;

GRANT UPDATE(locale) ON TABLE public.accounts TO balcao_api;
GRANT UPDATE(locale) ON TABLE public.accounts TO balcao_worker;

GRANT UPDATE(time_zone) ON TABLE public.accounts TO balcao_api;
GRANT UPDATE(time_zone) ON TABLE public.accounts TO balcao_worker;

GRANT UPDATE(state) ON TABLE public.accounts TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.answer_files TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.answer_files TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.answers TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.answers TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attachments TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attachments TO balcao_worker;
GRANT SELECT ON TABLE public.attachments TO balcao_gate;

GRANT SELECT ON TABLE public.audit_chain TO balcao_api;
GRANT SELECT ON TABLE public.audit_chain TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.audit_chain TO balcao_gate;

GRANT SELECT ON TABLE public.audit_checkpoints TO balcao_api;
GRANT SELECT ON TABLE public.audit_checkpoints TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.audit_checkpoints TO balcao_gate;

GRANT SELECT,UPDATE ON TABLE public.audit_cursor TO balcao_gate;

GRANT SELECT,INSERT ON TABLE public.audit_events TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.audit_events TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.audit_events TO balcao_gate;
GRANT INSERT ON TABLE public.audit_events TO balcao_operator;

GRANT SELECT ON TABLE public.audit_heads TO balcao_api;
GRANT SELECT ON TABLE public.audit_heads TO balcao_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.audit_heads TO balcao_gate;

GRANT SELECT ON TABLE public.audit_starts TO balcao_api;
GRANT SELECT ON TABLE public.audit_starts TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.blocked_messages TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.blocked_messages TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.branches TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.branches TO balcao_worker;
GRANT SELECT ON TABLE public.branches TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.break_limits TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.break_limits TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.break_reasons TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.break_reasons TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.breaks TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.breaks TO balcao_worker;
GRANT SELECT ON TABLE public.breaks TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.bulk_items TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bulk_items TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.bulks TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bulks TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_group_departments TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_group_departments TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_group_people TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_group_people TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.chat_messages TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.chat_messages TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_seats TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_seats TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.chats TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.chats TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.city_holidays TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.city_holidays TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.close_reasons TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.close_reasons TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.close_reasons TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.companies TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.companies TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.companies TO balcao_gate;

GRANT SELECT,INSERT ON TABLE public.consent_events TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.consent_events TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.consent_wordings TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.consent_wordings TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_customers TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_customers TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.contact_exports TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contact_exports TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_fields TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_fields TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_group_members TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_group_members TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_groups TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_groups TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_identities TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_identities TO balcao_worker;
GRANT SELECT ON TABLE public.contact_identities TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_import_lines TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_import_lines TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_imports TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_imports TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.contact_keys TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.contact_keys TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.contact_merge_moves TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.contact_merge_moves TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.contact_merges TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contact_merges TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.contact_pairs_apart TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.contact_pairs_apart TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.contact_reveals TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.contact_reveals TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_tags TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_tags TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_values TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_values TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO balcao_worker;
GRANT SELECT ON TABLE public.contacts TO balcao_gate;

GRANT USAGE ON SEQUENCE public.contacts_id_seq TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.customers TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.customers TO balcao_worker;

GRANT SELECT ON TABLE public.dead_jobs TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.dead_jobs TO balcao_worker;
GRANT SELECT ON TABLE public.dead_jobs TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.department_members TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.department_members TO balcao_worker;
GRANT SELECT ON TABLE public.department_members TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.departments TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.departments TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.departments TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.devices TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.distribution_decisions TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.distribution_decisions TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.distribution_turns TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.distribution_turns TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.distributions TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.distributions TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drafts TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drafts TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_statuses TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_statuses TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.email_changes TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exception_ranges TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exception_ranges TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.factors TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.invites TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invites TO balcao_worker;
GRANT SELECT ON TABLE public.invites TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO balcao_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.memberships TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_periods TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_periods TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tickets TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tickets TO balcao_worker;
GRANT SELECT ON TABLE public.tickets TO balcao_gate;

GRANT SELECT ON TABLE public.first_steps TO balcao_api;

GRANT SELECT,INSERT ON TABLE public.first_steps_dismissals TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.first_steps_dismissals TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.flow_agents TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.flow_agents TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_counters TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_counters TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_drafts TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_drafts TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.flow_files TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.flow_files TO balcao_worker;

GRANT UPDATE(sound) ON TABLE public.flow_files TO balcao_api;
GRANT UPDATE(sound) ON TABLE public.flow_files TO balcao_worker;

GRANT UPDATE(duration_s) ON TABLE public.flow_files TO balcao_api;
GRANT UPDATE(duration_s) ON TABLE public.flow_files TO balcao_worker;

GRANT UPDATE(voice_id) ON TABLE public.flow_files TO balcao_api;
GRANT UPDATE(voice_id) ON TABLE public.flow_files TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_move_items TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_move_items TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_moves TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_moves TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.flow_pages TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.flow_pages TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.flow_refs TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.flow_refs TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.flow_run_inputs TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.flow_run_inputs TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_runs TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flow_runs TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.flow_seals TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.flow_seals TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.flow_secrets TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.flow_secrets TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.flow_starts TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.flow_starts TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.flow_trace TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.flow_trace TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.flow_versions TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.flow_versions TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.flows TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flows TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.holiday_switches TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.holiday_switches TO balcao_worker;

GRANT SELECT ON TABLE public.hours_versions TO balcao_api;
GRANT SELECT ON TABLE public.hours_versions TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.idle_rules TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.idle_rules TO balcao_worker;
GRANT SELECT ON TABLE public.idle_rules TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_events TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_events TO balcao_worker;
GRANT SELECT ON TABLE public.inbound_events TO balcao_gate;

GRANT USAGE ON SEQUENCE public.inbound_events_id_seq TO balcao_api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.intakes TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.intakes TO balcao_worker;

GRANT INSERT ON TABLE public.jobs TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.jobs TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.lanes TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lanes TO balcao_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lanes TO balcao_gate;

GRANT SELECT ON TABLE public.live_gateways TO balcao_api;
GRANT SELECT ON TABLE public.live_gateways TO balcao_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.live_gateways TO balcao_gate;

GRANT SELECT,DELETE,UPDATE ON TABLE public.mails TO balcao_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mails TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_branches TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_branches TO balcao_worker;
GRANT SELECT ON TABLE public.member_branches TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_limits TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_limits TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.member_presence TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.member_presence TO balcao_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_presence TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_client_keys TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_client_keys TO balcao_worker;

GRANT SELECT,INSERT ON TABLE public.message_originals TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.message_originals TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_provider_ids TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_provider_ids TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_tags TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_tags TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.message_templates TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.message_templates TO balcao_worker;

GRANT SELECT ON TABLE public.message_words TO balcao_api;
GRANT SELECT ON TABLE public.message_words TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.message_words TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.networks TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.networks TO balcao_worker;
GRANT SELECT ON TABLE public.networks TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.notice_choices TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.notice_choices TO balcao_worker;
GRANT SELECT ON TABLE public.notice_choices TO balcao_gate;

GRANT SELECT,UPDATE ON TABLE public.notice_state TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.notices TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.notices TO balcao_worker;
GRANT SELECT,INSERT,DELETE ON TABLE public.notices TO balcao_gate;

GRANT INSERT ON TABLE public.operator_events TO balcao_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.operator_factors TO balcao_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.operator_recovery_codes TO balcao_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.operator_sessions TO balcao_operator;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operator_throttle TO balcao_operator;

GRANT SELECT ON TABLE public.operators TO balcao_operator;

GRANT UPDATE(password_hash) ON TABLE public.operators TO balcao_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.password_resets TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.period_exceptions TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.period_exceptions TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.period_ranges TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.period_ranges TO balcao_worker;

GRANT SELECT ON TABLE public.permissions TO balcao_api;
GRANT SELECT ON TABLE public.permissions TO balcao_worker;
GRANT SELECT ON TABLE public.permissions TO balcao_gate;

GRANT SELECT,UPDATE ON TABLE public.presence_connections TO balcao_api;
GRANT SELECT,UPDATE ON TABLE public.presence_connections TO balcao_worker;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.presence_connections TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.protocol_counters TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.protocol_counters TO balcao_worker;
GRANT SELECT ON TABLE public.protocol_counters TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.push_sends TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.push_sends TO balcao_worker;
GRANT SELECT,DELETE ON TABLE public.push_sends TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_subscriptions TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_subscriptions TO balcao_worker;
GRANT SELECT ON TABLE public.push_subscriptions TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.queue_told TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.queue_told TO balcao_worker;

GRANT SELECT ON TABLE public.queue_waits TO balcao_api;
GRANT SELECT ON TABLE public.queue_waits TO balcao_worker;

GRANT SELECT ON TABLE public.receiving_members TO balcao_api;
GRANT SELECT ON TABLE public.receiving_members TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_codes TO balcao_gate;

GRANT SELECT,INSERT,DELETE ON TABLE public.reset_asks TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheduled_messages TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheduled_messages TO balcao_worker;

GRANT SELECT ON TABLE public.schema_migrations TO balcao_api;
GRANT SELECT ON TABLE public.schema_migrations TO balcao_worker;
GRANT SELECT ON TABLE public.schema_migrations TO balcao_live;

GRANT SELECT ON TABLE public.search_months TO balcao_api;
GRANT SELECT ON TABLE public.search_months TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.search_months TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shifts TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shifts TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.signin_attempts TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signin_throttle TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signin_throttle TO balcao_worker;
GRANT SELECT,DELETE ON TABLE public.signin_throttle TO balcao_gate;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signin_throttle TO balcao_operator;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signin_tickets TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signin_tickets TO balcao_gate;
GRANT SELECT,INSERT,UPDATE ON TABLE public.signin_tickets TO balcao_operator;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sla_policies TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sla_policies TO balcao_worker;
GRANT SELECT ON TABLE public.sla_policies TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.sla_results TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.sla_results TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.surveys TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.surveys TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.tags TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tags TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.template_books TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.template_books TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_clocks TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_clocks TO balcao_worker;
GRANT SELECT,UPDATE ON TABLE public.ticket_clocks TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_customers TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_customers TO balcao_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.ticket_favourites TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.ticket_favourites TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_merges TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_merges TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_readers TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_readers TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_tags TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_tags TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_timers TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_timers TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_types TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.ticket_types TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.timer_acts TO balcao_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.timer_acts TO balcao_worker;

GRANT SELECT,UPDATE ON TABLE public.timers_state TO balcao_gate;

GRANT SELECT,INSERT,DELETE ON TABLE public.transfer_rules TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.transfer_rules TO balcao_worker;
GRANT SELECT ON TABLE public.transfer_rules TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.users TO balcao_gate;

ALTER DEFAULT PRIVILEGES FOR ROLE balcao_gate REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE balcao_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

