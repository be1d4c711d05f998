-- locks: brief
-- Credentials of programs: made by people who may, never wider than they, judged at each request like a
-- member. What a token may do now is made of its own row and, of a personal one, of its member's.
SET ROLE balcao_owner;

CREATE TABLE api_tokens (
    account_id    bigint NOT NULL REFERENCES accounts,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    kind          text NOT NULL CHECK (kind IN ('personal', 'service', 'chatbot')),
    name          text NOT NULL,
    secret_hash   bytea NOT NULL, -- SHA-256 of the secret part, which nobody keeps
    member_id     bigint, -- whose: a personal one lives and weakens with them
    created_by    bigint NOT NULL,
    permissions   text[] NOT NULL,
    departments   bigint[], -- NULL: every one that its kind reaches
    channels      bigint[], -- the same; of a chatbot exactly one
    masks         int NOT NULL CHECK (masks BETWEEN 0 AND 31),
    networks      cidr[], -- NULL: those of the account, of a personal one those of its member
    expires_at    timestamptz, -- NULL: never
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz, -- to the minute
    last_address  text,
    revoked_at    timestamptz,
    revoked_by    bigint,
    epoch         bigint NOT NULL DEFAULT 1, -- rises with what is outside of this row and of the member's
    PRIMARY KEY (account_id, id),
    CONSTRAINT personal_has_member CHECK ((kind = 'personal') = (member_id IS NOT NULL)),
    CONSTRAINT chatbot_has_channel CHECK (kind <> 'chatbot' OR coalesce(cardinality(channels) = 1, false)),
    CONSTRAINT token_member_exists FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT token_maker_exists FOREIGN KEY (account_id, created_by) REFERENCES memberships,
    CONSTRAINT token_revoker_exists FOREIGN KEY (account_id, revoked_by) REFERENCES memberships
);
CALL protect('api_tokens', 'SELECT, INSERT, UPDATE');
GRANT SELECT, UPDATE ON api_tokens TO balcao_gate;
RESET ROLE;

SET ROLE balcao_gate;

-- What both lists hold; NULL is everything.
CREATE FUNCTION gate.ids_in_both(a bigint[], b bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a
                ELSE ARRAY(SELECT unnest(a) INTERSECT SELECT unnest(b) ORDER BY 1) END
$$;

-- A token as requests are judged by it. is_live: neither it nor its member was sent away.
CREATE VIEW gate.token AS
    SELECT t.account_id, t.id, t.kind, t.secret_hash, t.expires_at, t.last_used_at,
           t.epoch + coalesce(m.epoch, 0) AS epoch,
           t.revoked_at IS NULL AND (t.member_id IS NULL OR coalesce(m.is_active, false)) AS is_live
      FROM public.api_tokens t
      LEFT JOIN public.member_access m ON m.account_id = t.account_id AND m.member_id = t.member_id;
GRANT SELECT ON gate.token TO balcao_api;

-- The columns of gate.access, in the order of access_find, then whose it is and whether it is a bot.
CREATE FUNCTION gate.token_access(account bigint, token bigint)
RETURNS TABLE (member_id bigint, epoch bigint, is_active boolean, permissions text, scope text, departments text,
               branches text, pick_departments text, channels text, sees_account boolean, sees_bot boolean,
               sees_history boolean, sees_contacts boolean, masks int, networks text, account_state text,
               factor_from timestamptz, block text, user_id bigint, is_bot boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- Why a token was not admitted. Nothing is said about tokens to somebody who does not hold this one.
CREATE FUNCTION gate.refuse_token(account bigint, token bigint, hash bytea, held_epoch bigint, verdict text, at timestamptz)
RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
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

CREATE FUNCTION gate.token_touch(account bigint, token bigint, at timestamptz, address text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.api_tokens t SET last_used_at = at, last_address = address
     WHERE t.account_id = account AND t.id = token AND coalesce(t.last_used_at < at - interval '50 s', true)
$$;

-- What a token without a member depends on and its row does not say.
CREATE FUNCTION gate.on_tokens_surroundings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.api_tokens t SET epoch = t.epoch + 1
     WHERE t.revoked_at IS NULL
       AND t.account_id = CASE TG_TABLE_NAME WHEN 'accounts' THEN (to_jsonb(NEW) ->> 'id')::bigint
                               ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'account_id')::bigint END;
    RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION gate.on_tokens_surroundings() TO balcao_owner;
GRANT EXECUTE ON FUNCTION gate.token_access(bigint, bigint), gate.token_touch(bigint, bigint, timestamptz, text),
    gate.refuse_token(bigint, bigint, bytea, bigint, text, timestamptz) TO balcao_api;
RESET ROLE;

SET ROLE balcao_owner;
CREATE TRIGGER tokens_look_again AFTER INSERT OR UPDATE OR DELETE ON networks
    FOR EACH ROW EXECUTE FUNCTION gate.on_tokens_surroundings();
CREATE TRIGGER tokens_look_again AFTER UPDATE OF state ON accounts
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION gate.on_tokens_surroundings();
RESET ROLE;
