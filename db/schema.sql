-- The sum of db/migrations: written by make -C backend schema, checked by schema-check.

CREATE SCHEMA ext;

CREATE SCHEMA gate;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA ext;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA ext;

CREATE DOMAIN public.audit_actor AS text
	CONSTRAINT audit_actor_check CHECK ((VALUE = ANY (ARRAY['system'::text, 'user'::text, 'token'::text, 'job'::text, 'provider'::text, 'visitor'::text, 'operator'::text, 'ctl'::text])));

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

CREATE FUNCTION gate.equip_account(account bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.groups (account_id, builtin, name, scope, masks)
    SELECT account, b.word, b.word, b.scope, b.masks
      FROM (VALUES ('owner', 'account', 0), ('administrator', 'account', 0), ('manager', 'department', 0),
                   ('agent', 'own', 4), ('finance', 'account', 0), ('integrator', 'account', 4)) b (word, scope, masks);
    INSERT INTO public.account_security (account_id) VALUES (account);
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

CREATE FUNCTION gate.inbound_backlog() RETURNS TABLE(pending bigint, oldest_s bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT count(*), coalesce(extract(epoch FROM now() - min(received_at))::bigint, 0)
      FROM public.inbound_events WHERE state = 'pending'
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
           a.state, g.factor_from, NULL
      FROM public.memberships m
      JOIN public.accounts a ON a.id = m.account_id
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

CREATE FUNCTION gate.password_rehash(user_id bigint, hash text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.users SET password_hash = hash WHERE id = user_id
$$;

CREATE FUNCTION gate.preferences_save(session bigint, locale text, theme text, enter_sends boolean, plays_sound boolean) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.users u
       SET locale = coalesce(preferences_save.locale, u.locale),
           theme = coalesce(preferences_save.theme, u.theme),
           enter_sends = coalesce(preferences_save.enter_sends, u.enter_sends),
           plays_sound = coalesce(preferences_save.plays_sound, u.plays_sound)
      FROM public.sessions s WHERE s.id = session AND u.id = s.user_id
$$;

CREATE FUNCTION gate.queue_depths() RETURNS TABLE(queue text, waiting bigint, oldest_s bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT j.queue, count(*), coalesce(extract(epoch FROM now() - min(j.created_at))::bigint, 0)
      FROM (SELECT * FROM public.jobs LIMIT 100000) j JOIN public.lanes l USING (queue, lane)
     WHERE l.run_at <= now() GROUP BY j.queue ORDER BY j.queue
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

CREATE FUNCTION gate.session_accounts(session bigint) RETURNS TABLE(account_id bigint, name text, slug text, locale text, time_zone text, member_id bigint, display_name text, group_id bigint, group_name text, builtin text, permissions text, scope text, masks integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT a.id, a.name, a.slug, a.locale, a.time_zone, m.id, m.display_name, g.id, g.name, g.builtin,
           x.permissions::text, x.scope, x.masks
      FROM public.sessions s
      JOIN public.memberships m ON m.user_id = s.user_id AND m.is_active
      JOIN public.accounts a ON a.id = m.account_id AND a.state <> 'closed'
      JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
      JOIN public.member_access x ON x.account_id = m.account_id AND x.user_id = m.user_id
     WHERE s.id = session ORDER BY a.name, a.id
$$;

CREATE FUNCTION gate.session_end(session bigint, reason text, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    UPDATE public.sessions SET ended_at = at, end_reason = reason
     WHERE id = session AND ended_at IS NULL
$$;

CREATE FUNCTION gate.session_person(session bigint) RETURNS TABLE(user_id bigint, email text, name text, locale text, theme text, enter_sends boolean, plays_sound boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT u.id, u.email, u.name, u.locale, u.theme, u.enter_sends, u.plays_sound
      FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.id = session
$$;

CREATE FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamp with time zone) RETURNS TABLE(outcome text, user_id bigint, gen integer, expires_at timestamp with time zone)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION gate.session_start(user_id bigint, refresh_hash bytea, expires timestamp with time zone, address text, agent text) RETURNS TABLE(id bigint, gen integer)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    INSERT INTO public.sessions (user_id, refresh_hash, expires_at, address, agent)
    VALUES (session_start.user_id, session_start.refresh_hash, expires, session_start.address,
            left(session_start.agent, 200))
    RETURNING sessions.id, sessions.gen
$$;

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

CREATE FUNCTION gate.signin_person(email text) RETURNS TABLE(user_id bigint, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT u.id, u.password_hash FROM (VALUES (1)) one
      LEFT JOIN public.users u ON u.email = signin_person.email
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
BEGIN
    FOR first IN SELECT generate_series(date_trunc('month', today::timestamp) - interval '2 months',
                                        date_trunc('month', today::timestamp) + interval '2 months', '1 month')
    LOOP
        CALL public.add_partition('messages', to_char(first, 'YYYYMM'), first, (first + interval '1 month')::date);
        CALL public.add_partition('audit_events', to_char(first, 'YYYYMM'), first, (first + interval '1 month')::date);
    END LOOP;
    FOR first IN SELECT generate_series(today - 1, today + 7, '1 day') LOOP
        CALL public.add_partition('account_event', to_char(first, 'YYYYMMDD'), first, first + 1);
    END LOOP;
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

CREATE FUNCTION public.sweep_uploads(before timestamp with time zone) RETURNS SETOF text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    DELETE FROM public.attachments WHERE ctid = ANY (ARRAY(
        SELECT a.ctid FROM public.attachments a
         WHERE a.ticket_id IS NULL AND a.created_at < before LIMIT 5000))
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
  WHERE (sessions.ended_at IS NOT NULL);

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
    CONSTRAINT attachments_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'audio'::text, 'video'::text, 'document'::text, 'sticker'::text]))),
    CONSTRAINT attachments_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text, 'expired'::text]))),
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
    detail text
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
    detail text
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

CREATE TABLE public.branches (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    company_id bigint NOT NULL,
    name text NOT NULL,
    city text
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

ALTER TABLE public.channels ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.channels_id_seq
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
    is_active boolean DEFAULT true NOT NULL
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
    document text
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

CREATE TABLE public.contact_identities (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    contact_id bigint NOT NULL,
    alias_of bigint,
    kind text NOT NULL,
    key text NOT NULL,
    address text NOT NULL,
    is_verified boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
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

CREATE TABLE public.contacts (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    is_name_edited boolean DEFAULT false NOT NULL,
    email text,
    notes text DEFAULT ''::text NOT NULL,
    search_name text GENERATED ALWAYS AS (public.plain(name)) STORED,
    created_at timestamp with time zone DEFAULT now() NOT NULL
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
    member_id bigint NOT NULL
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
    is_confidential boolean DEFAULT false NOT NULL
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

ALTER TABLE public.groups ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.groups_id_seq
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

CREATE TABLE public.jobs (
    id bigint NOT NULL,
    queue text NOT NULL,
    lane bigint NOT NULL,
    kind text NOT NULL,
    account_id bigint,
    subject_id bigint NOT NULL,
    arg text DEFAULT ''::text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
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
    is_backing_off boolean DEFAULT false NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_cost_delay='0');

CREATE TABLE public.member_branches (
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    branch_id bigint NOT NULL
);

ALTER TABLE ONLY public.member_branches FORCE ROW LEVEL SECURITY;

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
    factor_epoch integer DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.memberships FORCE ROW LEVEL SECURITY;

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

CREATE TABLE public.message_provider_ids (
    account_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    provider_id text NOT NULL,
    ticket_id bigint NOT NULL,
    seq integer NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.message_provider_ids FORCE ROW LEVEL SECURITY;

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
    CONSTRAINT failed_has_error CHECK ((((state)::text <> 'failed'::text) OR (error_slug IS NOT NULL)))
)
PARTITION BY RANGE (created_at);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;

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
    CONSTRAINT failed_has_error CHECK ((((state)::text <> 'failed'::text) OR (error_slug IS NOT NULL)))
);

ALTER TABLE ONLY public.messages_default FORCE ROW LEVEL SECURITY;

CREATE TABLE public.networks (
    account_id bigint NOT NULL,
    id bigint NOT NULL,
    group_id bigint,
    network cidr NOT NULL,
    note text DEFAULT ''::text NOT NULL
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
    factor bytea,
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

CREATE TABLE public.permissions (
    number integer NOT NULL,
    name text NOT NULL,
    builtins text[] NOT NULL,
    CONSTRAINT permissions_number_check CHECK (((number >= 0) AND (number <= 255)))
);

CREATE TABLE public.protocol_counters (
    account_id bigint NOT NULL,
    counted_on date NOT NULL,
    place integer NOT NULL,
    next integer NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.protocol_counters FORCE ROW LEVEL SECURITY;

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    hash text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.sessions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sessions_id_seq
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
    updated_at timestamp with time zone NOT NULL
);

CREATE TABLE public.ticket_readers (
    account_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    member_id bigint NOT NULL,
    invited_by bigint NOT NULL,
    invited_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.ticket_readers FORCE ROW LEVEL SECURITY;

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
    CONSTRAINT ticket_agrees CHECK (public.ticket_agrees((state)::text, (controller)::text, closed_at, assignee_id))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.tickets FORCE ROW LEVEL SECURITY;

ALTER TABLE public.tickets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tickets_id_seq
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

ALTER TABLE ONLY public.messages ATTACH PARTITION public.messages_default DEFAULT;

ALTER TABLE ONLY public.account_security
    ADD CONSTRAINT account_security_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT account_slug_is_taken UNIQUE (slug);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branches_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.close_reasons
    ADD CONSTRAINT close_reasons_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT contact_identities_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.dead_jobs
    ADD CONSTRAINT dead_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.department_members
    ADD CONSTRAINT department_members_pkey PRIMARY KEY (account_id, department_id, member_id);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT department_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT departments_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (account_id, ticket_id, member_id, mode);

ALTER TABLE ONLY public.early_statuses
    ADD CONSTRAINT early_statuses_pkey PRIMARY KEY (account_id, channel_id, provider_id, state);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT email_is_taken UNIQUE (email);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT group_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT hook_token_is_taken UNIQUE (hook_token);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT identity_is_known_once UNIQUE (account_id, kind, key);

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT inbound_events_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (queue, lane, id);

ALTER TABLE ONLY public.lanes
    ADD CONSTRAINT lanes_pkey PRIMARY KEY (queue, lane);

ALTER TABLE ONLY public.member_access
    ADD CONSTRAINT member_access_pkey PRIMARY KEY (account_id, user_id);

ALTER TABLE ONLY public.member_branches
    ADD CONSTRAINT member_branches_pkey PRIMARY KEY (account_id, member_id, branch_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT member_is_in_account_once UNIQUE (account_id, user_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.message_client_keys
    ADD CONSTRAINT message_client_keys_pkey PRIMARY KEY (account_id, ticket_id, client_key);

ALTER TABLE ONLY public.message_provider_ids
    ADD CONSTRAINT message_provider_ids_pkey PRIMARY KEY (account_id, channel_id, provider_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (account_id, ticket_id, seq, created_at);

ALTER TABLE ONLY public.messages_default
    ADD CONSTRAINT messages_default_pkey PRIMARY KEY (account_id, ticket_id, seq, created_at);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT network_is_listed_once UNIQUE NULLS NOT DISTINCT (account_id, group_id, network);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT networks_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT one_group_per_builtin UNIQUE (account_id, builtin);

ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operator_email_is_taken UNIQUE (email);

ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.operator_throttle
    ADD CONSTRAINT operator_throttle_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_token_is_new UNIQUE (token_hash);

ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.permissions
    ADD CONSTRAINT permissions_name_key UNIQUE (name);

ALTER TABLE ONLY public.permissions
    ADD CONSTRAINT permissions_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.protocol_counters
    ADD CONSTRAINT protocol_counters_pkey1 PRIMARY KEY (account_id, counted_on, place);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT protocol_is_taken UNIQUE (account_id, protocol);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT public_key_is_taken UNIQUE (public_key);

ALTER TABLE ONLY public.close_reasons
    ADD CONSTRAINT reason_name_is_taken UNIQUE (account_id, name);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.signin_throttle
    ADD CONSTRAINT signin_throttle_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.ticket_readers
    ADD CONSTRAINT ticket_readers_pkey PRIMARY KEY (account_id, member_id, ticket_id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX account_event_feed ON ONLY public.account_event USING btree (xid, id);

CREATE INDEX account_event_default_xid_id_idx ON public.account_event_default USING btree (xid, id);

CREATE INDEX attachments_of_message ON public.attachments USING btree (account_id, ticket_id, seq);

CREATE INDEX attachments_unsent ON public.attachments USING btree (account_id, created_at) WHERE (ticket_id IS NULL);

CREATE INDEX audit_events_by_time ON ONLY public.audit_events USING btree (account_id, at DESC, id DESC);

CREATE INDEX audit_events_default_account_id_at_id_idx ON public.audit_events_default USING btree (account_id, at DESC, id DESC);

CREATE INDEX contact_identities_by_key_part ON public.contact_identities USING gin (key ext.gin_trgm_ops);

CREATE INDEX contact_identities_of_contact ON public.contact_identities USING btree (account_id, contact_id);

CREATE INDEX contacts_by_name_part ON public.contacts USING gin (search_name ext.gin_trgm_ops);

CREATE INDEX department_members_of_member ON public.department_members USING btree (account_id, member_id);

CREATE INDEX drafts_of_member ON public.drafts USING btree (account_id, member_id);

CREATE INDEX inbound_events_of_channel ON public.inbound_events USING btree (account_id, channel_id, id DESC);

CREATE INDEX inbound_events_pending ON public.inbound_events USING btree (received_at) WHERE ((state)::text = 'pending'::text);

CREATE INDEX lanes_due ON public.lanes USING btree (queue, run_at) WHERE (run_at > '-infinity'::timestamp with time zone);

CREATE INDEX memberships_of_group ON public.memberships USING btree (account_id, group_id);

CREATE INDEX memberships_of_user ON public.memberships USING btree (user_id);

CREATE INDEX message_provider_ids_of_message ON public.message_provider_ids USING btree (account_id, ticket_id, seq);

CREATE UNIQUE INDEX one_live_ticket ON public.tickets USING btree (account_id, channel_id, identity_id) WHERE ((state)::text <> 'closed'::text);

CREATE INDEX operator_sessions_of_operator ON public.operator_sessions USING btree (operator_id) WHERE (ended_at IS NULL);

CREATE INDEX sessions_ended ON public.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id) WHERE (ended_at IS NULL);

CREATE INDEX ticket_readers_of_ticket ON public.ticket_readers USING btree (account_id, ticket_id);

CREATE INDEX tickets_by_state ON public.tickets USING btree (account_id, state, last_activity_at DESC, id DESC);

CREATE INDEX tickets_of_assignee ON public.tickets USING btree (account_id, assignee_id, state, last_activity_at DESC, id DESC);

CREATE INDEX tickets_of_branch ON public.tickets USING btree (account_id, branch_id, state, last_activity_at DESC, id DESC) WHERE (branch_id IS NOT NULL);

CREATE INDEX tickets_of_contact ON public.tickets USING btree (account_id, contact_id, id DESC);

CREATE INDEX tickets_of_department ON public.tickets USING btree (account_id, department_id, state, last_activity_at DESC, id DESC);

CREATE INDEX tickets_of_identity ON public.tickets USING btree (account_id, identity_id, id DESC);

ALTER INDEX public.account_event_feed ATTACH PARTITION public.account_event_default_xid_id_idx;

ALTER INDEX public.audit_events_by_time ATTACH PARTITION public.audit_events_default_account_id_at_id_idx;

ALTER INDEX public.messages_pkey ATTACH PARTITION public.messages_default_pkey;

CREATE TRIGGER compile_access AFTER UPDATE OF state ON public.accounts FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION gate.on_account_state();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON public.department_members FOR EACH ROW EXECUTE FUNCTION gate.on_members_place();

CREATE TRIGGER compile_access AFTER UPDATE ON public.groups FOR EACH ROW EXECUTE FUNCTION gate.on_group();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON public.member_branches FOR EACH ROW EXECUTE FUNCTION gate.on_members_place();

CREATE TRIGGER compile_access AFTER INSERT OR UPDATE ON public.memberships FOR EACH ROW EXECUTE FUNCTION gate.on_member();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE OR UPDATE ON public.networks FOR EACH ROW EXECUTE FUNCTION gate.on_network();

CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON public.ticket_readers FOR EACH ROW EXECUTE FUNCTION gate.on_reader();

CREATE TRIGGER equip AFTER INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION gate.on_account();

CREATE TRIGGER tickets_follow_contact AFTER UPDATE OF name ON public.contacts FOR EACH ROW WHEN ((old.name <> new.name)) EXECUTE FUNCTION public.tickets_follow_contact();

CREATE TRIGGER tickets_follow_identity AFTER UPDATE OF address ON public.contact_identities FOR EACH ROW WHEN ((old.address <> new.address)) EXECUTE FUNCTION public.tickets_follow_identity();

ALTER TABLE ONLY public.account_security
    ADD CONSTRAINT account_security_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT alias_has_identity FOREIGN KEY (account_id, alias_of) REFERENCES public.contact_identities(account_id, id);

ALTER TABLE ONLY public.branches
    ADD CONSTRAINT branch_has_company FOREIGN KEY (account_id, company_id) REFERENCES public.companies(account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channel_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channel_has_department FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.close_reasons
    ADD CONSTRAINT close_reasons_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.departments
    ADD CONSTRAINT department_has_company FOREIGN KEY (account_id, company_id) REFERENCES public.companies(account_id, id);

ALTER TABLE ONLY public.department_members
    ADD CONSTRAINT department_members_account_id_department_id_fkey FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

ALTER TABLE ONLY public.department_members
    ADD CONSTRAINT department_members_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_account_id_ticket_id_fkey FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.groups
    ADD CONSTRAINT groups_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.contact_identities
    ADD CONSTRAINT identity_has_contact FOREIGN KEY (account_id, contact_id) REFERENCES public.contacts(account_id, id);

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT inbound_events_account_id_channel_id_fkey FOREIGN KEY (account_id, channel_id) REFERENCES public.channels(account_id, id);

ALTER TABLE ONLY public.member_access
    ADD CONSTRAINT member_access_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.member_branches
    ADD CONSTRAINT member_branches_account_id_branch_id_fkey FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.member_branches
    ADD CONSTRAINT member_branches_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT member_has_group FOREIGN KEY (account_id, group_id) REFERENCES public.groups(account_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE public.messages
    ADD CONSTRAINT message_has_ticket FOREIGN KEY (account_id, ticket_id) REFERENCES public.tickets(account_id, id);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT network_group_exists FOREIGN KEY (account_id, group_id) REFERENCES public.groups(account_id, id);

ALTER TABLE ONLY public.networks
    ADD CONSTRAINT networks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.operator_sessions
    ADD CONSTRAINT operator_sessions_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES public.operators(id);

ALTER TABLE ONLY public.protocol_counters
    ADD CONSTRAINT protocol_counters_account_id_fkey1 FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_assignee_exists FOREIGN KEY (account_id, assignee_id) REFERENCES public.memberships(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES public.branches(account_id, id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT ticket_department_exists FOREIGN KEY (account_id, department_id) REFERENCES public.departments(account_id, id);

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

CREATE POLICY account ON public.account_event FOR INSERT TO balcao_api, balcao_worker WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.account_security TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.accounts TO balcao_api, balcao_worker USING ((id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting)));

CREATE POLICY account ON public.attachments TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.audit_events TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.branches TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.channels TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.close_reasons TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.companies TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contact_identities TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.contacts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.department_members TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.departments TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.drafts TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.early_statuses TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.groups TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.inbound_events TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.member_branches TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.memberships TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_client_keys TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.message_provider_ids TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.messages TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.networks TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.protocol_counters TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.ticket_readers TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

CREATE POLICY account ON public.tickets TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting))) WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

ALTER TABLE public.account_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_event_default ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_read ON public.account_event FOR SELECT TO balcao_api, balcao_worker USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting)));

ALTER TABLE public.account_security ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

CREATE POLICY add_own ON public.jobs FOR INSERT TO balcao_api WITH CHECK ((account_id = (current_setting('balcao.account'::text))::bigint));

ALTER TABLE public.attachments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_events_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.branches ENABLE ROW LEVEL SECURITY;

CREATE POLICY by_operator ON public.audit_events FOR INSERT TO balcao_operator WITH CHECK (((account_id = (current_setting('balcao.account'::text))::bigint) AND ((actor_kind)::text = 'operator'::text)));

ALTER TABLE public.channels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.close_reasons ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.companies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dead_jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.department_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.departments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.drafts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.early_statuses ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed ON public.account_event FOR SELECT TO balcao_live USING (true);

ALTER TABLE public.groups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.member_access ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.member_branches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_client_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_provider_ids ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_default ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.networks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.protocol_counters ENABLE ROW LEVEL SECURITY;

CREATE POLICY queue ON public.dead_jobs TO balcao_worker USING (true) WITH CHECK (true);

CREATE POLICY queue ON public.jobs TO balcao_worker USING (true) WITH CHECK (true);

CREATE POLICY see_own ON public.dead_jobs FOR SELECT TO balcao_api USING ((account_id = ( SELECT (current_setting('balcao.account'::text))::bigint AS current_setting)));

ALTER TABLE public.ticket_readers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tickets ENABLE ROW LEVEL SECURITY;

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

REVOKE ALL ON FUNCTION gate.equip_account(account bigint) FROM PUBLIC;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.groups TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.groups TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.groups TO balcao_gate;

REVOKE ALL ON FUNCTION gate.group_permissions(grp public.groups) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.has_permission(permissions bit, permission text) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.inbound_backlog() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.inbound_backlog() TO balcao_api;
GRANT ALL ON FUNCTION gate.inbound_backlog() TO balcao_operator;

GRANT SELECT,INSERT,UPDATE ON TABLE public.member_access TO balcao_gate;

REVOKE ALL ON FUNCTION gate.member_access_now(account bigint, member bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION gate.networks_in_both(a cidr[], b cidr[]) FROM PUBLIC;

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

REVOKE ALL ON FUNCTION gate.on_reader() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.on_reader() TO balcao_owner;

REVOKE ALL ON FUNCTION gate.password_rehash(user_id bigint, hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.password_rehash(user_id bigint, hash text) TO balcao_api;

REVOKE ALL ON FUNCTION gate.preferences_save(session bigint, locale text, theme text, enter_sends boolean, plays_sound boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.preferences_save(session bigint, locale text, theme text, enter_sends boolean, plays_sound boolean) TO balcao_api;

REVOKE ALL ON FUNCTION gate.queue_depths() FROM PUBLIC;
GRANT ALL ON FUNCTION gate.queue_depths() TO balcao_api;
GRANT ALL ON FUNCTION gate.queue_depths() TO balcao_operator;

REVOKE ALL ON FUNCTION gate.refuse(status text, slug text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.refuse(status text, slug text) TO balcao_api;
GRANT ALL ON FUNCTION gate.refuse(status text, slug text) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.refuse_request(account bigint, session bigint, token_gen integer, held_epoch bigint, verdict text, needs_factor boolean, needs_step_up boolean, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.refuse_request(account bigint, session bigint, token_gen integer, held_epoch bigint, verdict text, needs_factor boolean, needs_step_up boolean, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.search_contacts(q text, n integer, by_part_of_phone boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.search_contacts(q text, n integer, by_part_of_phone boolean) TO balcao_api;
GRANT ALL ON FUNCTION gate.search_contacts(q text, n integer, by_part_of_phone boolean) TO balcao_worker;

REVOKE ALL ON FUNCTION gate.session_accounts(session bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_accounts(session bigint) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_end(session bigint, reason text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_end(session bigint, reason text, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_person(session bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_person(session bigint) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_rotate(session bigint, presented bytea, next bytea, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_start(user_id bigint, refresh_hash bytea, expires timestamp with time zone, address text, agent text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_start(user_id bigint, refresh_hash bytea, expires timestamp with time zone, address text, agent text) TO balcao_api;

REVOKE ALL ON FUNCTION gate.session_touch(session bigint, token_gen integer, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.session_touch(session bigint, token_gen integer, at timestamp with time zone) TO balcao_api;

REVOKE ALL ON FUNCTION gate.signin_person(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION gate.signin_person(email text) TO balcao_api;

REVOKE ALL ON PROCEDURE public.add_partition(IN parent text, IN suffix text, IN lower timestamp with time zone, IN upper timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.add_partitions(IN today date) FROM PUBLIC;
GRANT ALL ON PROCEDURE public.add_partitions(IN today date) TO balcao_worker;

REVOKE ALL ON PROCEDURE public.forget_old(IN today date) FROM PUBLIC;
GRANT ALL ON PROCEDURE public.forget_old(IN today date) TO balcao_worker;

REVOKE ALL ON PROCEDURE public.forget_operator_sessions(IN today date) FROM PUBLIC;
GRANT ALL ON PROCEDURE public.forget_operator_sessions(IN today date) TO balcao_worker;

REVOKE ALL ON FUNCTION public.mask_email(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mask_email(email text) TO balcao_api;
GRANT ALL ON FUNCTION public.mask_email(email text) TO balcao_worker;
GRANT ALL ON FUNCTION public.mask_email(email text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.mask_phone(phone text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mask_phone(phone text) TO balcao_api;
GRANT ALL ON FUNCTION public.mask_phone(phone text) TO balcao_worker;
GRANT ALL ON FUNCTION public.mask_phone(phone text) TO balcao_gate;

REVOKE ALL ON FUNCTION public.plain(t text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.plain(t text) TO balcao_api;
GRANT ALL ON FUNCTION public.plain(t text) TO balcao_worker;
GRANT ALL ON FUNCTION public.plain(t text) TO balcao_gate;

REVOKE ALL ON PROCEDURE public.protect(IN t regclass, IN verbs text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.sweep_uploads(before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sweep_uploads(before timestamp with time zone) TO balcao_worker;

REVOKE ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) TO balcao_api;
GRANT ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) TO balcao_worker;
GRANT ALL ON FUNCTION public.ticket_agrees(state text, controller text, closed_at timestamp with time zone, assignee_id bigint) TO balcao_gate;

REVOKE ALL ON FUNCTION public.tickets_follow_contact() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tickets_follow_identity() FROM PUBLIC;

GRANT SELECT ON TABLE gate.access TO balcao_api;
GRANT SELECT ON TABLE gate.access TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channels TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channels TO balcao_worker;
GRANT SELECT ON TABLE public.channels TO balcao_gate;

GRANT SELECT ON TABLE gate.channel_tokens TO balcao_api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.sessions TO balcao_gate;

GRANT SELECT ON TABLE gate.session TO balcao_api;
GRANT SELECT ON TABLE gate.session TO balcao_worker;

GRANT SELECT ON TABLE gate.session_ends TO balcao_live;

GRANT SELECT,INSERT ON TABLE public.account_event TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.account_event TO balcao_worker;
GRANT SELECT ON TABLE public.account_event TO balcao_live;
GRANT INSERT ON TABLE public.account_event TO balcao_gate;

GRANT SELECT,UPDATE ON TABLE public.account_security TO balcao_api;
GRANT SELECT,UPDATE ON TABLE public.account_security TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.account_security TO balcao_gate;

GRANT SELECT ON TABLE public.accounts TO balcao_api;
GRANT SELECT ON TABLE public.accounts TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.accounts TO balcao_gate;

GRANT UPDATE(name) ON TABLE public.accounts TO balcao_api;
GRANT UPDATE(name) ON TABLE public.accounts TO balcao_worker;

GRANT UPDATE(locale) ON TABLE public.accounts TO balcao_api;
GRANT UPDATE(locale) ON TABLE public.accounts TO balcao_worker;

GRANT UPDATE(time_zone) ON TABLE public.accounts TO balcao_api;
GRANT UPDATE(time_zone) ON TABLE public.accounts TO balcao_worker;

GRANT UPDATE(state) ON TABLE public.accounts TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attachments TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.attachments TO balcao_worker;
GRANT SELECT ON TABLE public.attachments TO balcao_gate;

GRANT SELECT,INSERT ON TABLE public.audit_events TO balcao_api;
GRANT SELECT,INSERT ON TABLE public.audit_events TO balcao_worker;
GRANT INSERT ON TABLE public.audit_events TO balcao_operator;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.branches TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.branches TO balcao_worker;
GRANT SELECT ON TABLE public.branches TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.close_reasons TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.close_reasons TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.close_reasons TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.companies TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.companies TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.companies TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_identities TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_identities TO balcao_worker;
GRANT SELECT ON TABLE public.contact_identities TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO balcao_worker;
GRANT SELECT ON TABLE public.contacts TO balcao_gate;

GRANT SELECT ON TABLE public.dead_jobs TO balcao_api;
GRANT SELECT,INSERT,DELETE ON TABLE public.dead_jobs TO balcao_worker;
GRANT SELECT ON TABLE public.dead_jobs TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.department_members TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.department_members TO balcao_worker;
GRANT SELECT ON TABLE public.department_members TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.departments TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.departments TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.departments TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drafts TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drafts TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_statuses TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.early_statuses TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_events TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_events TO balcao_worker;
GRANT SELECT ON TABLE public.inbound_events TO balcao_gate;

GRANT USAGE ON SEQUENCE public.inbound_events_id_seq TO balcao_api;

GRANT INSERT ON TABLE public.jobs TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO balcao_worker;
GRANT SELECT ON TABLE public.jobs TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.lanes TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lanes TO balcao_worker;
GRANT SELECT ON TABLE public.lanes TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_branches TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.member_branches TO balcao_worker;
GRANT SELECT ON TABLE public.member_branches TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO balcao_worker;
GRANT SELECT,INSERT ON TABLE public.memberships TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_client_keys TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_client_keys TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_provider_ids TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_provider_ids TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.networks TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.networks TO balcao_worker;
GRANT SELECT ON TABLE public.networks TO balcao_gate;

GRANT SELECT,INSERT,UPDATE ON TABLE public.operator_sessions TO balcao_operator;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operator_throttle TO balcao_operator;

GRANT SELECT ON TABLE public.operators TO balcao_operator;

GRANT UPDATE(password_hash) ON TABLE public.operators TO balcao_operator;

GRANT SELECT ON TABLE public.permissions TO balcao_api;
GRANT SELECT ON TABLE public.permissions TO balcao_worker;
GRANT SELECT ON TABLE public.permissions TO balcao_gate;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.protocol_counters TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.protocol_counters TO balcao_worker;
GRANT SELECT ON TABLE public.protocol_counters TO balcao_gate;

GRANT SELECT ON TABLE public.schema_migrations TO balcao_api;
GRANT SELECT ON TABLE public.schema_migrations TO balcao_worker;
GRANT SELECT ON TABLE public.schema_migrations TO balcao_live;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signin_throttle TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.signin_throttle TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_readers TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ticket_readers TO balcao_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tickets TO balcao_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tickets TO balcao_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.users TO balcao_gate;

ALTER DEFAULT PRIVILEGES FOR ROLE balcao_gate REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE balcao_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

