-- locks: brief
-- Who is there. The gateways know who has a page open and say so here; people choose to be away and take
-- breaks; what follows of it is written down for each member in the transaction of the change, so that one
-- row answers "may they be given a ticket now?" and a break stops new ones at once.
CREATE EXTENSION btree_gist SCHEMA ext;
SET ROLE balcao_owner;

-- A running balcao-live. It says every few seconds that it lives: one row, however many people it holds.
-- When it says so no more, whom it held is not there through it.
CREATE TABLE live_gateways (
    id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    alive_until  timestamptz NOT NULL
) WITH (fillfactor = 50);
GRANT SELECT ON live_gateways TO balcao_api, balcao_worker;

-- Who has a page open, by gateway and session: written when somebody comes or goes, never in between.
CREATE TABLE presence_connections (
    account_id    bigint NOT NULL,
    member_id     bigint NOT NULL,
    session_id    bigint NOT NULL,
    gateway_id    bigint NOT NULL REFERENCES live_gateways ON DELETE CASCADE,
    connected_at  timestamptz NOT NULL DEFAULT now(),
    idle_since    timestamptz, -- nobody touches that browser
    PRIMARY KEY (account_id, member_id, session_id, gateway_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CREATE INDEX presence_connections_of_gateway ON presence_connections (gateway_id);
CALL protect('presence_connections', 'SELECT, UPDATE');

-- What follows, for each member who was ever there (no row: offline). Kept by gate.settle_presence and nobody else.
CREATE DOMAIN presence_state AS text CHECK (VALUE IN ('online', 'away', 'break', 'offline'));
CREATE TABLE member_presence (
    account_id  bigint NOT NULL,
    member_id   bigint NOT NULL,
    chosen      text NOT NULL DEFAULT 'available' CHECK (chosen IN ('available', 'away')), -- by hand
    state       presence_state NOT NULL DEFAULT 'offline',
    since       timestamptz NOT NULL DEFAULT now(), -- of state
    PRIMARY KEY (account_id, member_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
) WITH (fillfactor = 80);
CALL protect('member_presence', 'SELECT, INSERT, UPDATE');

-- Why people take breaks, and for how long.
CREATE TABLE break_reasons (
    account_id   bigint NOT NULL REFERENCES accounts,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    name         text NOT NULL,
    planned_min  int NOT NULL CHECK (planned_min BETWEEN 1 AND 480),
    color        department_color NOT NULL DEFAULT 'sand',
    position     int NOT NULL DEFAULT 0,
    is_active    boolean NOT NULL DEFAULT true,
    PRIMARY KEY (account_id, id),
    CONSTRAINT break_reason_name_is_taken UNIQUE (account_id, name)
);
CALL protect('break_reasons');

-- How many may be on a break at once, of a department or of the whole account. Whoever starts one holds the
-- rows that limit them, so two at once are served in order.
CREATE TABLE break_limits (
    account_id     bigint NOT NULL REFERENCES accounts,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    department_id  bigint, -- NULL: the account
    max_people     int NOT NULL CHECK (max_people BETWEEN 1 AND 999),
    PRIMARY KEY (account_id, id),
    CONSTRAINT department_is_limited_once UNIQUE NULLS NOT DISTINCT (account_id, department_id),
    CONSTRAINT limited_department_exists FOREIGN KEY (account_id, department_id) REFERENCES departments ON DELETE CASCADE
);
CALL protect('break_limits');

CREATE TABLE breaks (
    account_id   bigint NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    member_id    bigint NOT NULL,
    reason_id    bigint NOT NULL,
    planned_min  int NOT NULL, -- as it was planned then
    started_at   timestamptz NOT NULL,
    ended_at     timestamptz, -- NULL: it lasts
    ended_by     bigint, -- member; NULL: nobody came back, and it was ended for them
    PRIMARY KEY (account_id, id),
    CONSTRAINT break_ends_after_it_starts CHECK (ended_at >= started_at),
    CONSTRAINT already_on_break EXCLUDE USING gist
        (account_id WITH =, member_id WITH =, tstzrange(started_at, ended_at) WITH &&),
    CONSTRAINT break_reason_exists FOREIGN KEY (account_id, reason_id) REFERENCES break_reasons,
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT break_has_ender FOREIGN KEY (account_id, ended_by) REFERENCES memberships
);
CREATE INDEX breaks_that_last ON breaks (account_id, member_id) WHERE ended_at IS NULL;
CREATE INDEX breaks_by_time ON breaks (account_id, started_at DESC, id DESC);
CREATE INDEX breaks_of_member ON breaks (account_id, member_id, started_at DESC, id DESC);
CREATE INDEX breaks_of_reason ON breaks (account_id, reason_id, started_at DESC, id DESC);
CALL protect('breaks', 'SELECT, INSERT, UPDATE');

GRANT SELECT, INSERT, UPDATE, DELETE ON live_gateways, presence_connections, member_presence TO balcao_gate;
GRANT SELECT ON breaks TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;
-- What follows for a member of everything above; told to the account's screens when it is another state than
-- before. A break goes before all: who takes one may close the page meanwhile.
CREATE FUNCTION gate.settle_presence(account bigint, member bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

CREATE FUNCTION gate.presence_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM gate.settle_presence(OLD.account_id, OLD.member_id);
    ELSE
        PERFORM gate.settle_presence(NEW.account_id, NEW.member_id);
    END IF;
    RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION gate.presence_moved() TO balcao_owner;

-- Whom gateways held that live no more is gone. Several may look at once. Members are always held in their
-- order, here and below, so that two cannot wait for one another.
CREATE FUNCTION gate.sweep_presence() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
GRANT EXECUTE ON FUNCTION gate.sweep_presence() TO balcao_worker;

-- A gateway lives, and these came to it or went. 0: it is new, and gets its number. NULL: it was thought dead
-- (the database was out of its reach), so it begins anew and says who is with it.
CREATE FUNCTION gate.report_presence(gateway bigint, come_accounts bigint[], come_members bigint[], come_sessions bigint[],
                                     gone_accounts bigint[], gone_members bigint[], gone_sessions bigint[])
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
GRANT EXECUTE ON FUNCTION gate.report_presence(bigint, bigint[], bigint[], bigint[], bigint[], bigint[], bigint[]) TO balcao_live;
RESET ROLE;

SET ROLE balcao_owner;
CREATE TRIGGER presence_moved AFTER INSERT OR DELETE OR UPDATE OF idle_since ON presence_connections
    FOR EACH ROW EXECUTE FUNCTION gate.presence_moved();
CREATE TRIGGER presence_moved AFTER UPDATE OF chosen ON member_presence
    FOR EACH ROW WHEN (OLD.chosen <> NEW.chosen) EXECUTE FUNCTION gate.presence_moved();
CREATE TRIGGER presence_moved AFTER INSERT OR UPDATE OF ended_at ON breaks
    FOR EACH ROW EXECUTE FUNCTION gate.presence_moved();

-- Who may be given tickets now, in each department they serve in: there (through a gateway that lives), not away,
-- not on a break. Whoever gives one to somebody holds their member_presence row first (presence.sql: presence_hold),
-- so that a break either comes before or waits.
CREATE VIEW receiving_members WITH (security_invoker = true) AS
SELECT d.account_id, d.department_id, d.member_id, p.since
  FROM department_members d
  JOIN member_presence p ON p.account_id = d.account_id AND p.member_id = d.member_id
  JOIN memberships m ON m.account_id = d.account_id AND m.id = d.member_id
 WHERE p.state = 'online' AND m.is_active AND m.is_agent
   AND EXISTS (SELECT FROM presence_connections c JOIN live_gateways g ON g.id = c.gateway_id
                WHERE c.account_id = d.account_id AND c.member_id = d.member_id AND g.alive_until > now());
GRANT SELECT ON receiving_members TO balcao_api, balcao_worker;

-- When no gateway is left to see that one died, the chores do.
INSERT INTO lanes (queue, lane, run_at) VALUES ('chores', 26, now());
INSERT INTO jobs (queue, lane, kind, subject_id) VALUES ('chores', 26, 'presence.sweep', 0);
RESET ROLE;
