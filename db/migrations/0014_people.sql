-- locks: brief
-- How people come to an account and leave it: invitations, links for a new password, the owner who
-- must remain. Persons are global, so whatever touches them is a function of the gate.
SET ROLE balcao_owner;

-- An invitation is bound to an e-mail, an account, a group and whoever gave it.
CREATE TABLE invites (
    account_id    bigint NOT NULL REFERENCES accounts,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    email         text NOT NULL, -- trimmed, lower case
    display_name  text NOT NULL DEFAULT '', -- empty: the name the person gives
    group_id      bigint NOT NULL,
    departments   bigint[] NOT NULL,
    branches      bigint[] NOT NULL,
    channels      bigint[], -- NULL: all of the group's
    is_agent      boolean NOT NULL,
    token_hash    bytea NOT NULL, -- SHA-256
    invited_by    bigint NOT NULL,
    created_at    timestamptz NOT NULL,
    sent_at       timestamptz NOT NULL, -- of the link that is good
    expires_at    timestamptz NOT NULL,
    accepted_at   timestamptz,
    ended_at      timestamptz, -- taken back
    PRIMARY KEY (account_id, id),
    CONSTRAINT invite_group_exists FOREIGN KEY (account_id, group_id) REFERENCES groups,
    CONSTRAINT invite_has_inviter FOREIGN KEY (account_id, invited_by) REFERENCES memberships
);
CREATE UNIQUE INDEX one_open_invite ON invites (account_id, email) WHERE accepted_at IS NULL AND ended_at IS NULL;
CREATE INDEX invites_by_token ON invites (token_hash);
CALL protect('invites', 'SELECT, INSERT, UPDATE');

-- Links for a new password: one live for each person.
CREATE TABLE password_resets (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint NOT NULL REFERENCES users,
    token_hash  bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz,
    ended_at    timestamptz -- a later one took its place
);
CREATE UNIQUE INDEX one_live_reset ON password_resets (user_id) WHERE used_at IS NULL AND ended_at IS NULL;
CREATE INDEX password_resets_by_token ON password_resets (token_hash);

-- Who asked for a link lately, known or not. Keys are keyed hashes: the table names nobody.
CREATE UNLOGGED TABLE reset_asks (
    at           timestamptz NOT NULL,
    email_key    bigint NOT NULL,
    address_key  bigint NOT NULL
);
CREATE INDEX reset_asks_by_time ON reset_asks (at);

-- What a contact's fields were shown in full for, to hold somebody to thirty an hour.
CREATE TABLE contact_reveals (
    account_id  bigint NOT NULL,
    member_id   bigint NOT NULL,
    contact_id  bigint NOT NULL,
    field       text NOT NULL,
    at          timestamptz NOT NULL,
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CREATE INDEX contact_reveals_of_member ON contact_reveals (account_id, member_id, at);
CALL protect('contact_reveals', 'SELECT, INSERT');

-- A line that an operator added in an emergency, for a while.
ALTER TABLE networks ADD COLUMN expires_at timestamptz;

GRANT SELECT, INSERT ON users TO balcao_gate;
GRANT SELECT, UPDATE (name) ON accounts TO balcao_gate; -- to lock a row
GRANT SELECT ON invites TO balcao_gate;
GRANT SELECT, INSERT, UPDATE ON password_resets TO balcao_gate;
GRANT SELECT, INSERT, DELETE ON reset_asks TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;

-- One active owner must remain. Judged at the end of the transaction, one account at a time: two who
-- demote each other at once are served in order, and the second finds nobody else.
CREATE FUNCTION gate.on_owner_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
GRANT EXECUTE ON FUNCTION gate.on_owner_left() TO balcao_owner;

-- The persons behind the members of the account in force: what its people's list shows of them.
CREATE FUNCTION gate.people_of_account() RETURNS TABLE (member_id bigint, user_id bigint, email text, name text, locale text,
    has_password boolean, has_factor boolean, last_seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 200 AS $$
    SELECT m.id, u.id, u.email, u.name, u.locale, u.password_hash IS NOT NULL,
           EXISTS (SELECT FROM public.factors f WHERE f.user_id = u.id),
           (SELECT max(s.seen_at) FROM public.sessions s WHERE s.user_id = u.id)
      FROM public.memberships m JOIN public.users u ON u.id = m.user_id
     WHERE m.account_id = current_setting('balcao.account')::bigint
$$;

-- What the holder of a link may know of an invitation, and what accepting it asks for.
CREATE FUNCTION gate.invite_find(hash bytea)
RETURNS TABLE (account_id bigint, id bigint, account_name text, account_state text, email text, display_name text,
               group_id bigint, group_name text, group_builtin text, departments text, branches text, channels text,
               is_agent boolean, expires_at timestamptz, accepted_at timestamptz, ended_at timestamptz,
               inviter_user bigint, inviter_name text, person bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT i.account_id, i.id, a.name, a.state, i.email, i.display_name, i.group_id, g.name, g.builtin,
           i.departments::text, i.branches::text, i.channels::text, i.is_agent, i.expires_at, i.accepted_at, i.ended_at,
           m.user_id, m.display_name, (SELECT u.id FROM public.users u WHERE u.email = i.email)
      FROM public.invites i
      JOIN public.accounts a ON a.id = i.account_id
      JOIN public.groups g ON g.account_id = i.account_id AND g.id = i.group_id
      JOIN public.memberships m ON m.account_id = i.account_id AND m.id = i.invited_by
     WHERE i.token_hash = hash
$$;

-- A person nobody knew; NULL when somebody was faster.
CREATE FUNCTION gate.person_add(email text, name text, locale text, at timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.users (email, name, locale, created_at)
    VALUES (person_add.email, person_add.name, person_add.locale, at)
        ON CONFLICT ON CONSTRAINT email_is_taken DO NOTHING RETURNING id
$$;

CREATE FUNCTION gate.person_name(session bigint, name text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.users u SET name = person_name.name
      FROM public.sessions s WHERE s.id = session AND s.ended_at IS NULL AND u.id = s.user_id
$$;

-- Somebody asks for a link: remembered, and a job looks whether there is such a person. The same work
-- for everybody, so that time tells nothing. Too many lately: remembered, and no job.
CREATE FUNCTION gate.reset_ask(email text, email_key bigint, address_key bigint, lane bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- A new link for the person behind an e-mail; the former one is good no longer. No row: nobody.
CREATE FUNCTION gate.reset_start(email text, hash bytea, at timestamptz, good_for interval)
RETURNS TABLE (user_id bigint, name text, locale text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- Locks a link for use. outcome: good, used, expired (also: unknown, or a later one took its place).
CREATE FUNCTION gate.reset_find(hash bytea, at timestamptz)
RETURNS TABLE (outcome text, id bigint, user_id bigint, email text, name text, locale text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN r.used_at IS NOT NULL THEN 'used'
                WHEN r.ended_at IS NOT NULL OR r.expires_at <= at THEN 'expired' ELSE 'good' END,
           r.id, u.id, u.email, u.name, u.locale
      FROM public.password_resets r JOIN public.users u ON u.id = r.user_id
     WHERE r.token_hash = hash FOR UPDATE OF r
$$;

-- The password was set: the link is used, and everybody who was in as this person is out.
CREATE FUNCTION gate.reset_use(reset bigint, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.password_resets SET used_at = at WHERE id = reset;
    UPDATE public.sessions s SET ended_at = at, end_reason = 'password_changed'
      FROM public.password_resets r WHERE r.id = reset AND s.user_id = r.user_id AND s.ended_at IS NULL;
$$;

GRANT EXECUTE ON FUNCTION gate.group_permissions(public.groups) TO balcao_api;
GRANT EXECUTE ON FUNCTION gate.people_of_account(), gate.invite_find(bytea), gate.person_add(text, text, text, timestamptz),
    gate.person_name(bigint, text), gate.reset_ask(text, bigint, bigint, bigint, timestamptz),
    gate.reset_start(text, bytea, timestamptz, interval), gate.reset_find(bytea, timestamptz),
    gate.reset_use(bigint, timestamptz) TO balcao_api, balcao_worker;
RESET ROLE;

SET ROLE balcao_owner;
CREATE CONSTRAINT TRIGGER last_owner AFTER UPDATE OF group_id, is_active OR DELETE ON memberships
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gate.on_owner_left();
RESET ROLE;
