-- locks: brief
-- What makes the counter comfortable: notices of promises that run short, each act told once, and how a person likes
-- their keys and lists.
SET ROLE balcao_owner;

ALTER TABLE notices
    ADD COLUMN is_late  boolean NOT NULL DEFAULT false, -- of a promise: broken, not only short
    ADD COLUMN of_at    timestamptz;                    -- the instant of the ticket that it is about; NULL: its event says enough
-- One act is told by several events, and they may be read in two steps.
CREATE UNIQUE INDEX told_once_of_an_instant ON notices (account_id, member_id, kind, ticket_id, of_at) WHERE of_at IS NOT NULL;
RESET ROLE;

SET ROLE balcao_gate;

DROP FUNCTION gate.notices_of(public.account_event);

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

-- As before (0030), and of the kinds of event that are made for it.
CREATE OR REPLACE FUNCTION gate.notices_follow(n int)
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

DROP FUNCTION gate.person_notices(bigint, timestamptz);

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

GRANT EXECUTE ON FUNCTION gate.notices_of(public.account_event) TO balcao_worker;
GRANT EXECUTE ON FUNCTION gate.person_notices(bigint, timestamptz) TO balcao_api;
RESET ROLE;

SET ROLE balcao_owner;

-- How a person likes it, at whichever counter.
ALTER TABLE users
    ADD COLUMN density  text NOT NULL DEFAULT 'comfortable' CHECK (density IN ('comfortable', 'compact')),
    ADD COLUMN keys     text[] NOT NULL DEFAULT '{}'; -- "reply=q": of the shortcuts that are not as they came

-- What a new account has of what it needs, read off it and never ticked by hand. A column for each step, in their order.
CREATE VIEW first_steps WITH (security_invoker = true) AS
SELECT a.id AS account_id,
       EXISTS (SELECT FROM channels c WHERE c.account_id = a.id AND c.is_active) AS channel,
       EXISTS (SELECT FROM department_members x JOIN departments d ON d.account_id = x.account_id AND d.id = x.department_id
                WHERE x.account_id = a.id AND d.is_active) AS departments,
       (SELECT count(*) FROM (SELECT FROM memberships m WHERE m.account_id = a.id LIMIT 2) m) > 1
           OR EXISTS (SELECT FROM invites i WHERE i.account_id = a.id) AS people,
       EXISTS (SELECT FROM service_periods p WHERE p.account_id = a.id) AS hours,
       EXISTS (SELECT FROM answers s WHERE s.account_id = a.id AND s.scope <> 'own') AS answers,
       EXISTS (SELECT FROM tickets t WHERE t.account_id = a.id AND t.state IN ('serving', 'surveying', 'closed')
                  AND t.first_reply_at IS NOT NULL) AS served
  FROM accounts a;
GRANT SELECT ON first_steps TO balcao_api;

-- Who wants to see them no more.
CREATE TABLE first_steps_dismissals (
    account_id    bigint NOT NULL,
    member_id     bigint NOT NULL,
    dismissed_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, member_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CALL protect('first_steps_dismissals', 'SELECT, INSERT');
RESET ROLE;

SET ROLE balcao_gate;

DROP FUNCTION gate.session_person(bigint);
CREATE FUNCTION gate.session_person(session bigint)
RETURNS TABLE (user_id bigint, email text, name text, locale text, theme text, enter_sends boolean, plays_sound boolean,
               density text, keys json)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.id, u.email, u.name, u.locale, u.theme, u.enter_sends, u.plays_sound, u.density, to_json(u.keys)
      FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.id = session
$$;

DROP FUNCTION gate.preferences_save(bigint, text, text, boolean, boolean);
CREATE FUNCTION gate.preferences_save(session bigint, locale text, theme text, enter_sends boolean, plays_sound boolean,
                                      density text, keys text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.users u
       SET locale = coalesce(preferences_save.locale, u.locale),
           theme = coalesce(preferences_save.theme, u.theme),
           enter_sends = coalesce(preferences_save.enter_sends, u.enter_sends),
           plays_sound = coalesce(preferences_save.plays_sound, u.plays_sound),
           density = coalesce(preferences_save.density, u.density),
           keys = coalesce(preferences_save.keys, u.keys)
      FROM public.sessions s WHERE s.id = session AND u.id = s.user_id
$$;
GRANT EXECUTE ON FUNCTION gate.session_person(bigint),
    gate.preferences_save(bigint, text, text, boolean, boolean, text, text[]) TO balcao_api;
RESET ROLE;
