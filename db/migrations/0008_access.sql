-- locks: brief
-- What members may do and which rows they see. Groups, networks and departments are what people
-- edit; member_access is what a request is judged by: compiled from them, by triggers, in the
-- transaction of the change, so it can never say anything else.
SET ROLE balcao_owner;

-- The permissions that this version of the programs knows. Their table is in C; balcaoctl copies it
-- here on each migrate, so that built-in groups mean the same to both.
CREATE TABLE permissions (
    number    int PRIMARY KEY CHECK (number BETWEEN 0 AND 255), -- bit of member_access.permissions; never given twice
    name      text NOT NULL UNIQUE,
    builtins  text[] NOT NULL -- built-in groups that hold it; the owner holds everything anyway
);
GRANT SELECT ON permissions TO balcao_api, balcao_worker, balcao_gate;

CREATE TABLE groups (
    account_id     bigint NOT NULL REFERENCES accounts,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    builtin        text CHECK (builtin IN ('owner', 'administrator', 'manager', 'agent', 'finance', 'integrator')),
    name           text NOT NULL, -- of a built-in one: the same word, which screens translate
    description    text NOT NULL DEFAULT '',
    permissions    text[] NOT NULL DEFAULT '{}', -- names; of a built-in one: empty, the table above says
    scope          text NOT NULL CHECK (scope IN ('own', 'department', 'branch', 'account')),
    channels       bigint[], -- only these; NULL: all
    masks          int NOT NULL DEFAULT 0 CHECK (masks BETWEEN 0 AND 31), -- 1 phone, 2 e-mail, 4 document, 8 birth, 16 address
    factor_from    timestamptz, -- a second factor is demanded from then on; NULL: it is not
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    CONSTRAINT group_name_is_taken UNIQUE (account_id, name),
    CONSTRAINT one_group_per_builtin UNIQUE (account_id, builtin)
);
CALL protect('groups');

ALTER TABLE departments ADD COLUMN is_confidential boolean NOT NULL DEFAULT false;
ALTER TABLE channels ADD COLUMN branch_id bigint,
    ADD CONSTRAINT channel_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES branches;

ALTER TABLE memberships
    ADD COLUMN group_id     bigint,
    ADD COLUMN channels     bigint[], -- only these, within those of the group; NULL: all of them
    ADD COLUMN signature    text NOT NULL DEFAULT '',
    ADD COLUMN factor_epoch int NOT NULL DEFAULT 0, -- of the person, as this account trusts it
    ADD CONSTRAINT member_has_group FOREIGN KEY (account_id, group_id) REFERENCES groups;

CREATE TABLE member_branches (
    account_id  bigint NOT NULL,
    member_id   bigint NOT NULL,
    branch_id   bigint NOT NULL,
    PRIMARY KEY (account_id, member_id, branch_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    FOREIGN KEY (account_id, branch_id) REFERENCES branches
);
CALL protect('member_branches');

-- Where people may come from. Lines of an account, and further ones of a group: who has both needs both.
CREATE TABLE networks (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    group_id    bigint, -- NULL: the whole account
    network     cidr NOT NULL,
    note        text NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, id),
    CONSTRAINT network_group_exists FOREIGN KEY (account_id, group_id) REFERENCES groups,
    CONSTRAINT network_is_listed_once UNIQUE NULLS NOT DISTINCT (account_id, group_id, network)
);
CALL protect('networks');

-- How an account wants its people to sign in. A row for each account, made with it.
CREATE TABLE account_security (
    account_id              bigint PRIMARY KEY REFERENCES accounts,
    password_min            int NOT NULL DEFAULT 12 CHECK (password_min BETWEEN 8 AND 64), -- code points
    session_idle_s          int NOT NULL DEFAULT 3600 CHECK (session_idle_s BETWEEN 300 AND 43200),
    session_absolute_s      int NOT NULL DEFAULT 43200 CHECK (session_absolute_s BETWEEN 3600 AND 86400),
    allows_several_sessions boolean NOT NULL DEFAULT false,
    trusted_device_days     int NOT NULL DEFAULT 30 CHECK (trusted_device_days BETWEEN 0 AND 90)
);
CALL protect('account_security', 'SELECT, UPDATE');

-- What a member may do and see. Requests are judged by this row alone; epoch tells a process that
-- remembers it whether it still holds. Read through the gate only.
CREATE TABLE member_access (
    account_id       bigint NOT NULL,
    user_id          bigint NOT NULL,
    member_id        bigint NOT NULL,
    epoch            bigint NOT NULL DEFAULT 1,
    is_active        boolean NOT NULL,
    permissions      bit(256) NOT NULL,
    scope            text NOT NULL,
    departments      bigint[] NOT NULL, -- whose tickets I see whoever holds them
    branches         bigint[] NOT NULL, -- the same
    pick_departments bigint[] NOT NULL, -- whose queue I see
    channels         bigint[],          -- NULL: all
    sees_account     boolean NOT NULL,
    sees_bot         boolean NOT NULL,  -- the bot's tickets without department
    sees_history     boolean NOT NULL,  -- closed tickets of whom I serve
    sees_contacts    boolean NOT NULL,  -- all of them
    masks            int NOT NULL,
    networks         cidr[],            -- NULL: from anywhere; empty: from nowhere
    account_state    text NOT NULL,
    factor_from      timestamptz,
    block            text,              -- slug: may not enter although all else is well
    PRIMARY KEY (account_id, user_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
) WITH (fillfactor = 80);
ALTER TABLE member_access ENABLE ROW LEVEL SECURITY;
ALTER TABLE member_access FORCE ROW LEVEL SECURITY;

-- Who was invited to read one ticket although it is out of their scope.
CREATE TABLE ticket_readers (
    account_id  bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    member_id   bigint NOT NULL,
    invited_by  bigint NOT NULL,
    invited_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, member_id, ticket_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    FOREIGN KEY (account_id, invited_by) REFERENCES memberships
);
CREATE INDEX ticket_readers_of_ticket ON ticket_readers (account_id, ticket_id);
CALL protect('ticket_readers');

ALTER TABLE tickets
    ADD COLUMN branch_id       bigint, -- its channel's when it was opened
    ADD COLUMN is_confidential boolean NOT NULL DEFAULT false, -- its department's: never part of anybody's history
    ADD CONSTRAINT ticket_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES branches;
CREATE INDEX tickets_of_branch ON tickets (account_id, branch_id, state, last_activity_at DESC, id DESC)
    WHERE branch_id IS NOT NULL;

-- What decides who may see an event: the facts of its ticket after it, and before it when they
-- changed. "ticket channel branch department assignee state" (0: none); of access.changed: the epoch.
ALTER TABLE account_event ADD COLUMN facts text, ADD COLUMN was text;

ALTER TABLE sessions
    ADD COLUMN is_exclusive   boolean NOT NULL DEFAULT false, -- the person's only one
    ADD COLUMN confirmed_gen  int NOT NULL DEFAULT 0,  -- of which some request was seen
    ADD COLUMN confirmed_at   timestamptz,
    ADD COLUMN dead_hashes    bytea[] NOT NULL DEFAULT '{}', -- refresh tokens of former times, the last eight
    ADD COLUMN active_at      timestamptz NOT NULL DEFAULT now(), -- the person themselves did something
    ADD COLUMN idle_s         int NOT NULL DEFAULT 43200,
    ADD COLUMN idles_at       timestamptz NOT NULL DEFAULT now() + interval '12 hours', -- active_at + idle_s
    ADD COLUMN factor_at      timestamptz, -- a second factor was shown
    ADD COLUMN stepped_up_at  timestamptz, -- shown once more, for something dangerous
    ADD COLUMN port           int,
    ADD COLUMN device_id      bigint;
UPDATE sessions SET idles_at = expires_at WHERE ended_at IS NULL;

GRANT SELECT ON departments, department_members, member_branches, groups, networks, account_security,
    permissions, branches TO balcao_gate;
GRANT SELECT, INSERT, UPDATE ON member_access TO balcao_gate;
GRANT INSERT ON groups, account_security, account_event TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;

-- Which of two lists let somebody through: NULL is everywhere, and who has both needs both.
CREATE FUNCTION gate.networks_in_both(a cidr[], b cidr[]) RETURNS cidr[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a ELSE
        ARRAY(SELECT DISTINCT CASE WHEN x <<= y THEN x ELSE y END
                FROM unnest(a) x, unnest(b) y WHERE x <<= y OR y <<= x ORDER BY 1) END
$$;

-- The bits of a group: its own names, or for a built-in one what the table of permissions says.
CREATE FUNCTION gate.group_permissions(grp public.groups) RETURNS bit(256)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN grp.builtin = 'owner' THEN ~ 0::bit(256)
                ELSE coalesce(bit_or(set_bit(0::bit(256), p.number, 1)), 0::bit(256)) END
      FROM public.permissions p
     WHERE CASE WHEN grp.builtin IS NULL THEN p.name = ANY (grp.permissions)
                ELSE grp.builtin = ANY (p.builtins) END
$$;

CREATE FUNCTION gate.has_permission(permissions bit(256), permission text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT get_bit(permissions, p.number) = 1 FROM public.permissions p WHERE p.name = permission), false)
$$;

-- What the tables say of a member now.
CREATE FUNCTION gate.member_access_now(account bigint, member bigint) RETURNS SETOF public.member_access
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

-- Writes it down, with a new epoch when it changed, and tells the member's own screens.
CREATE FUNCTION gate.compile_access(account bigint, member bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- Always in the order of members: two changes at once wait for one another and cannot deadlock.
CREATE FUNCTION gate.compile_accesses(account bigint, grp bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT gate.compile_access(m.account_id, m.id)
      FROM (SELECT account_id, id FROM public.memberships
             WHERE account_id = account AND (grp IS NULL OR group_id = grp) ORDER BY id) m
$$;

-- After the programs' table of permissions was copied.
CREATE FUNCTION gate.compile_everything() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT gate.compile_accesses(a.id, NULL) FROM (SELECT id FROM public.accounts ORDER BY id) a
$$;

CREATE FUNCTION gate.on_member() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gate.compile_access(NEW.account_id, NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION gate.on_members_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gate.compile_access(coalesce(NEW.account_id, OLD.account_id), coalesce(NEW.member_id, OLD.member_id));
    RETURN NULL;
END $$;
CREATE FUNCTION gate.on_group() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gate.compile_accesses(NEW.account_id, NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION gate.on_network() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gate.compile_accesses(coalesce(NEW.account_id, OLD.account_id), coalesce(NEW.group_id, OLD.group_id));
    RETURN NULL;
END $$;
CREATE FUNCTION gate.on_account_state() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gate.compile_accesses(NEW.id, NULL);
    RETURN NULL;
END $$;
-- An invitation changes what its reader's screens hear.
CREATE FUNCTION gate.on_reader() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- What every account is born with.
CREATE FUNCTION gate.equip_account(account bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.groups (account_id, builtin, name, scope, masks)
    SELECT account, b.word, b.word, b.scope, b.masks
      FROM (VALUES ('owner', 'account', 0), ('administrator', 'account', 0), ('manager', 'department', 0),
                   ('agent', 'own', 4), ('finance', 'account', 0), ('integrator', 'account', 4)) b (word, scope, masks);
    INSERT INTO public.account_security (account_id) VALUES (account);
$$;
CREATE FUNCTION gate.on_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gate.equip_account(NEW.id);
    RETURN NULL;
END $$;

GRANT EXECUTE ON FUNCTION gate.on_member(), gate.on_members_place(), gate.on_group(), gate.on_network(),
    gate.on_account_state(), gate.on_reader(), gate.on_account(), gate.compile_everything() TO balcao_owner;

SELECT gate.equip_account(id) FROM public.accounts;
RESET ROLE;

SET ROLE balcao_owner;
UPDATE memberships m SET group_id = g.id FROM groups g WHERE g.account_id = m.account_id AND g.builtin = m.role;
ALTER TABLE memberships ALTER COLUMN group_id SET NOT NULL;
RESET ROLE;

SET ROLE balcao_gate;
DROP FUNCTION gate.refuse_request(bigint, bigint, int, text[], timestamptz);
DROP FUNCTION gate.session_accounts(bigint);
DROP VIEW gate.session, gate.access;
RESET ROLE;
SET ROLE balcao_owner;
ALTER TABLE memberships DROP COLUMN role;
CREATE INDEX memberships_of_group ON memberships (account_id, group_id);

CREATE TRIGGER compile_access AFTER INSERT OR UPDATE ON memberships
    FOR EACH ROW EXECUTE FUNCTION gate.on_member();
CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON department_members
    FOR EACH ROW EXECUTE FUNCTION gate.on_members_place();
CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON member_branches
    FOR EACH ROW EXECUTE FUNCTION gate.on_members_place();
CREATE TRIGGER compile_access AFTER UPDATE ON groups
    FOR EACH ROW EXECUTE FUNCTION gate.on_group();
CREATE TRIGGER compile_access AFTER INSERT OR UPDATE OR DELETE ON networks
    FOR EACH ROW EXECUTE FUNCTION gate.on_network();
CREATE TRIGGER compile_access AFTER UPDATE OF state ON accounts
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION gate.on_account_state();
CREATE TRIGGER compile_access AFTER INSERT OR DELETE ON ticket_readers
    FOR EACH ROW EXECUTE FUNCTION gate.on_reader();
CREATE TRIGGER equip AFTER INSERT ON accounts
    FOR EACH ROW EXECUTE FUNCTION gate.on_account();
RESET ROLE;

SET ROLE balcao_gate;
CREATE VIEW gate.session AS
    SELECT id, user_id, gen, confirmed_gen, seen_at, expires_at, idles_at, factor_at, stepped_up_at, ended_at, end_reason
      FROM public.sessions;
CREATE VIEW gate.access AS SELECT * FROM public.member_access;
GRANT SELECT ON gate.session, gate.access TO balcao_api, balcao_worker;

-- Why a request was not admitted, in the order in which nothing is given away: the session, the
-- account, then what the asking process judged by the row it remembers (verdict; its epoch says
-- whether that was still true), then what only the session knows.
CREATE FUNCTION gate.refuse_request(account bigint, session bigint, token_gen int, held_epoch bigint,
                                    verdict text, needs_factor boolean, needs_step_up boolean, at timestamptz)
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
GRANT EXECUTE ON FUNCTION gate.refuse_request(bigint, bigint, int, bigint, text, boolean, boolean, timestamptz)
    TO balcao_api;

-- A request of this generation was seen: the browser has the cookies of the last refresh.
CREATE FUNCTION gate.session_touch(session bigint, token_gen int, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.sessions s
       SET seen_at = at, confirmed_gen = greatest(s.confirmed_gen, token_gen),
           confirmed_at = CASE WHEN s.confirmed_gen < token_gen THEN at ELSE s.confirmed_at END
     WHERE s.id = session AND s.ended_at IS NULL AND s.gen >= token_gen
       AND (s.seen_at < at - interval '50 s' OR s.confirmed_gen < token_gen)
$$;

-- The accounts a person may enter, with what they hold there.
CREATE FUNCTION gate.session_accounts(session bigint)
RETURNS TABLE (account_id bigint, name text, slug text, locale text, time_zone text, member_id bigint,
               display_name text, group_id bigint, group_name text, builtin text, permissions text,
               scope text, masks int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, a.name, a.slug, a.locale, a.time_zone, m.id, m.display_name, g.id, g.name, g.builtin,
           x.permissions::text, x.scope, x.masks
      FROM public.sessions s
      JOIN public.memberships m ON m.user_id = s.user_id AND m.is_active
      JOIN public.accounts a ON a.id = m.account_id AND a.state <> 'closed'
      JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
      JOIN public.member_access x ON x.account_id = m.account_id AND x.user_id = m.user_id
     WHERE s.id = session ORDER BY a.name, a.id
$$;
GRANT EXECUTE ON FUNCTION gate.session_touch(bigint, int, timestamptz), gate.session_accounts(bigint) TO balcao_api;
RESET ROLE;

SET ROLE balcao_owner;
-- +5549988412076 → +55 49 •••••-2076: enough to tell two apart, too little to call.
CREATE FUNCTION mask_phone(phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN length(d) >= 12 AND d LIKE '55%' THEN '+55 ' || substr(d, 3, 2) || ' •••••-' || right(d, 4)
                WHEN length(d) >= 8 THEN '+' || left(d, 2) || ' •••••-' || right(d, 4)
                ELSE '•••••' END
      FROM regexp_replace(phone, '\D', '', 'g') d
$$;
-- marina@dominio.com.br → m•••@d•••.br
CREATE FUNCTION mask_email(email text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN email !~ '^.+@.+$' THEN '•••'
                ELSE left(email, 1) || '•••@' || left(split_part(email, '@', 2), 1) || '•••'
                     || coalesce(substring(email FROM '\.[^.@]+$'), '') END
$$;
GRANT EXECUTE ON FUNCTION mask_phone(text), mask_email(text) TO balcao_api, balcao_worker, balcao_gate;
RESET ROLE;

-- Candidates by part of a name or of a phone. A member who is shown no phones finds one only by all
-- of it: else it could be guessed digit by digit.
SET ROLE balcao_gate;
DROP FUNCTION gate.search_contacts(text, int);
CREATE FUNCTION gate.search_contacts(q text, n int, by_part_of_phone boolean) RETURNS TABLE (contact_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100 AS $$
    (SELECT c.id FROM public.contacts c
      WHERE c.account_id = current_setting('balcao.account')::bigint
        AND (by_part_of_phone OR c.name !~ '^[+0-9 ().-]{8,}$')
        AND c.search_name OPERATOR(pg_catalog.~~) ('%' || replace(replace(replace(public.plain(q), '\', '\\'), '%', '\%'), '_', '\_') || '%')
      ORDER BY c.id DESC LIMIT least(n, 500))
    UNION
    (SELECT i.contact_id FROM public.contact_identities i
      WHERE by_part_of_phone AND i.account_id = current_setting('balcao.account')::bigint
        AND length(regexp_replace(q, '\D', '', 'g')) >= 4
        AND i.key OPERATOR(pg_catalog.~~) ('%' || regexp_replace(q, '\D', '', 'g') || '%')
      LIMIT least(n, 500))
    UNION
    (SELECT i.contact_id FROM public.contact_identities i
      WHERE NOT by_part_of_phone AND i.account_id = current_setting('balcao.account')::bigint AND i.kind = 'phone'
        AND i.key IN (regexp_replace(q, '\D', '', 'g'), '55' || regexp_replace(q, '\D', '', 'g')))
$$;
GRANT EXECUTE ON FUNCTION gate.search_contacts(text, int, boolean) TO balcao_api, balcao_worker;
RESET ROLE;
