-- locks: brief
-- What makes the counter comfortable: the first day's steps, and how a person likes their keys and lists.
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
       -- Person by person, in the order of their index: an account full of tickets that nobody took is not walked through.
       EXISTS (SELECT FROM memberships m CROSS JOIN LATERAL (
                   SELECT FROM tickets t WHERE t.account_id = m.account_id AND t.assignee_id = m.id AND t.first_reply_at IS NOT NULL
                    ORDER BY t.state LIMIT 1) mine
                WHERE m.account_id = a.id) AS served
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
