-- locks: brief
-- What people change of themselves: the e-mail they come in with, and a photo.
SET ROLE balcao_owner;

-- Nothing changes before the link in the letter to the new address is used. Who lost the old one to a
-- stranger has three days to take it back.
CREATE TABLE email_changes (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint NOT NULL REFERENCES users,
    email         text NOT NULL,        -- the new one; trimmed, lower case
    token_hash    bytea,                -- SHA-256; NULL: no letter went there (yet, or it is somebody's)
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    ended_at      timestamptz,          -- a later wish took its place, or it was undone before
    confirmed_at  timestamptz,
    old_email     text,
    undo_hash     bytea,
    undo_until    timestamptz,
    undone_at     timestamptz,
    CONSTRAINT confirmed_can_be_undone CHECK ((confirmed_at IS NULL) = (old_email IS NULL)
        AND (confirmed_at IS NULL) = (undo_hash IS NULL) AND (confirmed_at IS NULL) = (undo_until IS NULL))
);
CREATE UNIQUE INDEX one_open_email_change ON email_changes (user_id) WHERE confirmed_at IS NULL AND ended_at IS NULL;
CREATE INDEX email_changes_of_person ON email_changes (user_id);
CREATE INDEX email_changes_by_token ON email_changes (token_hash);
CREATE INDEX email_changes_by_undo ON email_changes (undo_hash);
GRANT SELECT, INSERT, UPDATE ON email_changes TO balcao_gate;

-- How colleagues see a member: one of the account's files, so another account never has it.
ALTER TABLE memberships ADD COLUMN photo_id bigint,
    ADD CONSTRAINT photo_exists FOREIGN KEY (account_id, photo_id) REFERENCES attachments;
CREATE INDEX memberships_by_photo ON memberships (account_id, photo_id) WHERE photo_id IS NOT NULL;

-- Uploads that were never sent, unless somebody is seen by one.
CREATE OR REPLACE FUNCTION sweep_uploads(before timestamptz) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM public.attachments WHERE ctid = ANY (ARRAY(
        SELECT a.ctid FROM public.attachments a
         WHERE a.ticket_id IS NULL AND a.created_at < before
           AND NOT EXISTS (SELECT FROM public.memberships m WHERE m.account_id = a.account_id AND m.photo_id = a.id)
         LIMIT 5000))
    RETURNING path
$$;
RESET ROLE;

SET ROLE balcao_gate;

-- A wish, the latest one only, and a job that writes to the new address if it is nobody's: the same
-- work for every address.
CREATE FUNCTION gate.email_ask(person bigint, email text, good_for interval, lane bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- The link that the letter will hold. No row: the wish is over, or the address is somebody's.
CREATE FUNCTION gate.email_link(wish bigint, hash bytea, at timestamptz) RETURNS TABLE (email text, name text, locale text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.email_changes c SET token_hash = hash FROM public.users u
     WHERE c.id = wish AND c.ended_at IS NULL AND c.confirmed_at IS NULL AND c.expires_at > at AND u.id = c.user_id
       AND NOT EXISTS (SELECT FROM public.users o WHERE o.email = c.email)
    RETURNING c.email, u.name, u.locale
$$;

-- The new address is theirs: they come in with it from now on, and links that went to the old one are
-- good no longer. outcome: good, used, expired (also: unknown, or meanwhile somebody else's).
CREATE FUNCTION gate.email_confirm(hash bytea, undo bytea, undo_for interval, at timestamptz)
RETURNS TABLE (outcome text, user_id bigint, name text, locale text, old_email text, email text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- Whoever holds the old address takes it back: the password goes with the new one, as does every other
-- link of theirs, and a job mails one for a new password.
CREATE FUNCTION gate.email_undo(undo bytea, lane bigint, at timestamptz)
RETURNS TABLE (outcome text, user_id bigint, lost_email text, email text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- The same as before, and how they are seen there.
DROP FUNCTION gate.session_accounts(bigint);
CREATE FUNCTION gate.session_accounts(session bigint)
RETURNS TABLE (account_id bigint, name text, slug text, locale text, time_zone text, member_id bigint, display_name text,
               group_id bigint, group_name text, builtin text, permissions text, scope text, masks int, photo_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, a.name, a.slug, a.locale, a.time_zone, m.id, m.display_name, g.id, g.name, g.builtin,
           x.permissions::text, x.scope, x.masks, m.photo_id
      FROM public.sessions s
      JOIN public.memberships m ON m.user_id = s.user_id AND m.is_active
      JOIN public.accounts a ON a.id = m.account_id AND a.state <> 'closed'
      JOIN public.groups g ON g.account_id = m.account_id AND g.id = m.group_id
      JOIN public.member_access x ON x.account_id = m.account_id AND x.user_id = m.user_id
     WHERE s.id = session ORDER BY a.name, a.id
$$;

GRANT EXECUTE ON FUNCTION gate.session_accounts(bigint) TO balcao_api;
GRANT EXECUTE ON FUNCTION gate.email_ask(bigint, text, interval, bigint, timestamptz),
    gate.email_confirm(bytea, bytea, interval, timestamptz), gate.email_undo(bytea, bigint, timestamptz) TO balcao_api;
GRANT EXECUTE ON FUNCTION gate.email_link(bigint, bytea, timestamptz) TO balcao_worker;
RESET ROLE;
