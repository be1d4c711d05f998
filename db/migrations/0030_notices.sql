-- locks: brief
-- What a member is told about, by which ways, and the browsers that are told while no page of ours is open. Nothing of
-- this is paid for where messages are written: a chore follows the account's log of what happened, as search does.
SET ROLE balcao_owner;

-- What is told, and by which ways until a member says otherwise.
CREATE FUNCTION notice_kinds() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{queue,assigned,reply,mention,sla,channel,chat}'::pg_catalog.text[]
$$;
CREATE FUNCTION notice_defaults(way text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE way WHEN 'page' THEN '{assigned,mention,sla,channel,chat}'
                    WHEN 'sound' THEN '{queue,assigned,reply,mention,sla,channel,chat}'
                    ELSE '{assigned,reply,mention,sla,channel,chat}' END::pg_catalog.text[]
$$;
GRANT EXECUTE ON FUNCTION notice_kinds(), notice_defaults(text) TO balcao_api, balcao_worker, balcao_gate;

-- Of members who chose anything; of the others the defaults hold.
CREATE TABLE notice_choices (
    account_id      bigint NOT NULL,
    member_id       bigint NOT NULL,
    page            text[] NOT NULL,
    sound           text[] NOT NULL,
    system          text[] NOT NULL,
    push            text[] NOT NULL,
    tune            text NOT NULL CHECK (tune IN ('soft', 'bell', 'wood')),
    volume          int NOT NULL CHECK (volume BETWEEN 0 AND 100),
    repeats         boolean NOT NULL, -- until it is opened
    only_away       boolean NOT NULL, -- no sound while the page is in front
    quiet_from_min  int CHECK (quiet_from_min BETWEEN 0 AND 1439), -- of the account's day; past midnight when the end is less
    quiet_until_min int CHECK (quiet_until_min BETWEEN 0 AND 1439),
    PRIMARY KEY (account_id, member_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT known_kinds CHECK (page || sound || system || push <@ notice_kinds()),
    CONSTRAINT quiet_has_both_ends CHECK ((quiet_from_min IS NULL) = (quiet_until_min IS NULL))
);
CALL protect('notice_choices', 'SELECT, INSERT, UPDATE');

-- A browser that may be told. Whoever subscribes in it last is told: a shared computer rings for one person.
CREATE TABLE push_subscriptions (
    account_id    bigint NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    member_id     bigint NOT NULL,
    endpoint      text NOT NULL, -- of the browser's push service
    agent         text NOT NULL,
    created_at    timestamptz NOT NULL,
    sent_at       timestamptz, -- the service took the last one
    problem       text,        -- slug: why the last one did not go
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CREATE UNIQUE INDEX one_subscription_per_browser ON push_subscriptions (account_id, md5(endpoint));
CREATE INDEX push_subscriptions_of_member ON push_subscriptions (account_id, member_id);
CALL protect('push_subscriptions');

-- Something to tell one member: number and kind, never what was said nor by whom.
CREATE TABLE notices (
    account_id    bigint NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    member_id     bigint NOT NULL,
    kind          text NOT NULL,
    ticket_id     bigint,
    protocol      text,
    channel_id    bigint,
    event_id      bigint, -- of the log; NULL: a test that somebody asked for
    created_at    timestamptz NOT NULL,
    told_at       timestamptz, -- handed to the first push service; NULL: not yet, or the member may not know it
    is_late       boolean NOT NULL DEFAULT false, -- of a promise: broken, not only short
    of_at         timestamptz, -- the instant of the ticket that it is about; NULL: its event says enough
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT told_once UNIQUE (account_id, event_id, member_id, kind)
);
CREATE INDEX notices_of_member ON notices (account_id, member_id, id);
CREATE INDEX notices_by_age ON notices (created_at);
-- One act is told by several events, and they may be read in two steps.
CREATE UNIQUE INDEX told_once_of_an_instant ON notices (account_id, member_id, kind, ticket_id, of_at) WHERE of_at IS NOT NULL;
CALL protect('notices', 'SELECT, INSERT, UPDATE');

-- One notice for one browser goes once: a row is claimed before the call, and what may have arrived is not repeated.
CREATE TABLE push_sends (
    account_id       bigint NOT NULL,
    notice_id        bigint NOT NULL,
    subscription_id  bigint NOT NULL,
    state            text NOT NULL CHECK (state IN ('calling', 'waiting', 'sent', 'lost')),
    PRIMARY KEY (account_id, notice_id, subscription_id),
    FOREIGN KEY (account_id, notice_id) REFERENCES notices ON DELETE CASCADE,
    FOREIGN KEY (account_id, subscription_id) REFERENCES push_subscriptions ON DELETE CASCADE
);
CREATE INDEX push_sends_of_subscription ON push_sends (account_id, subscription_id);
CALL protect('push_sends', 'SELECT, INSERT, UPDATE');

-- How far the chore is in the log.
CREATE TABLE notice_state (
    is_one      boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    xid         xid8 NOT NULL,
    event_id    bigint NOT NULL,
    looked_at   timestamptz NOT NULL
);
INSERT INTO notice_state (xid, event_id, looked_at) VALUES ('0', 0, '-infinity');
REVOKE ALL ON notice_state FROM PUBLIC;

GRANT SELECT ON notice_choices, push_subscriptions TO balcao_gate;
GRANT SELECT, INSERT, DELETE ON notices TO balcao_gate;
GRANT SELECT, DELETE ON push_sends TO balcao_gate;
GRANT SELECT, UPDATE ON notice_state TO balcao_gate;

INSERT INTO lanes (queue, lane, run_at) VALUES ('chores', 30, now());
INSERT INTO jobs (queue, lane, kind, subject_id) VALUES ('chores', 30, 'notices.follow', 0);
RESET ROLE;

SET ROLE balcao_gate;

-- Whom an event is for, and as what: the one place that says so. Whether they may see it is asked later, of the ticket
-- as it is then. Facts are "ticket channel branch department assignee state".
CREATE FUNCTION gate.notices_of(e public.account_event)
RETURNS TABLE (member_id bigint, kind text, ticket_id bigint, protocol text, channel_id bigint, is_late boolean, of_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- One step along the log: what it says becomes notices of members who have a browser to be told by. The last row is
-- none: how much was read; 0: all of it.
CREATE FUNCTION gate.notices_follow(n int)
RETURNS TABLE (account_id bigint, notice_id bigint, done int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- What a person was told lately, in whichever account: a worker in a browser asks before it knows of any.
CREATE FUNCTION gate.person_notices(person bigint, since timestamptz)
RETURNS TABLE (id bigint, account_id bigint, slug text, kind text, ticket_id bigint, protocol text, channel_id bigint,
               told_at timestamptz, is_late boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT n.id, a.id, a.slug, n.kind, n.ticket_id, n.protocol, n.channel_id, n.told_at, n.is_late
      FROM public.memberships m
      JOIN public.accounts a ON a.id = m.account_id AND a.state = 'active'
     CROSS JOIN LATERAL (SELECT o.* FROM public.notices o
                          WHERE o.account_id = m.account_id AND o.member_id = m.id AND o.told_at >= since
                          ORDER BY o.id DESC LIMIT 20) n
     WHERE m.user_id = person AND m.is_active
     ORDER BY n.id DESC LIMIT 20
$$;

GRANT EXECUTE ON FUNCTION gate.notices_follow(int), gate.notices_of(public.account_event) TO balcao_worker;
GRANT EXECUTE ON FUNCTION gate.person_notices(bigint, timestamptz) TO balcao_api;
RESET ROLE;
