-- locks: brief
-- The trail can be trusted: every row is sealed into a chain of its account, in the order of commits,
-- and the chain's head is signed now and then and kept outside of the database as well.
SET ROLE balcao_owner;

ALTER TABLE audit_events
    ADD COLUMN token_id bigint, -- the API token that asked
    ADD COLUMN port int;        -- of the address, where providers share one among many
ALTER DOMAIN audit_actor DROP CONSTRAINT audit_actor_check;
ALTER DOMAIN audit_actor ADD CONSTRAINT audit_actor_check CHECK (VALUE IN
    ('system', 'user', 'token', 'job', 'provider', 'visitor', 'operator', 'ctl'));

-- One for each filter of the screen, in its order; the last is how the sealer reads.
CREATE INDEX audit_events_by_action ON audit_events (account_id, action, at DESC, id DESC);
CREATE INDEX audit_events_by_actor ON audit_events (account_id, actor_id, at DESC, id DESC);
CREATE INDEX audit_events_by_subject ON audit_events (account_id, subject_kind, subject_id, at DESC, id DESC);
CREATE INDEX audit_events_unsealed ON audit_events (xid, id);

-- How far the sealer came, over all accounts. (xid, id) follows commits: everything below the horizon
-- of running transactions is final, so nothing can appear behind the cursor any more. After a restore
-- into another cluster the counter of transactions starts anew, so those of old mean nothing: what came
-- before the restore is known by its id alone (balcaoctl audit rebase).
CREATE TABLE audit_cursor (
    is_only   boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    xid       xid8 NOT NULL DEFAULT '0',
    event_id  bigint NOT NULL DEFAULT 0,
    base_id   bigint NOT NULL DEFAULT 0 -- everything up to here is sealed, whatever its xid says
);
INSERT INTO audit_cursor DEFAULT VALUES;

CREATE TABLE audit_chain (
    account_id  bigint NOT NULL,
    seq         bigint NOT NULL, -- 1, 2, 3 … without a gap
    event_at    timestamptz NOT NULL, -- finds the event's partition
    event_id    bigint NOT NULL,
    hash        bytea NOT NULL, -- SHA-256 of the hash before and this row's bytes
    PRIMARY KEY (account_id, seq),
    CONSTRAINT event_is_sealed_once UNIQUE (account_id, event_id)
);
CALL protect('audit_chain', 'SELECT');

CREATE TABLE audit_heads (
    account_id      bigint PRIMARY KEY REFERENCES accounts,
    seq             bigint NOT NULL,
    hash            bytea NOT NULL,
    event_at        timestamptz NOT NULL, -- of the last sealed row
    checkpoint_seq  bigint NOT NULL DEFAULT 0,
    checkpoint_at   timestamptz,
    verified_seq    bigint NOT NULL DEFAULT 0, -- the last walk over the whole chain came this far
    verified_at     timestamptz,               -- when it was
    fault           text CHECK (fault IN ('missing', 'removed', 'changed', 'inserted', 'cut', 'rewritten')),
    fault_seq       bigint,
    CONSTRAINT fault_has_place CHECK ((fault IS NULL) = (fault_seq IS NULL))
) WITH (fillfactor = 70);
CALL protect('audit_heads', 'SELECT');

CREATE TABLE audit_checkpoints (
    account_id  bigint NOT NULL REFERENCES accounts,
    seq         bigint NOT NULL,
    statement   text NOT NULL, -- {"account":…,"at":…,"count":…,"hash":"…","seq":…}, the signed bytes
    public_key  bytea NOT NULL,
    signature   bytea NOT NULL, -- Ed25519
    PRIMARY KEY (account_id, seq)
);
CALL protect('audit_checkpoints', 'SELECT');

GRANT SELECT ON audit_events, audit_chain, audit_heads, audit_cursor, audit_checkpoints TO balcao_gate;
GRANT UPDATE ON audit_cursor, audit_heads TO balcao_gate;
GRANT INSERT ON audit_chain, audit_heads, audit_checkpoints TO balcao_gate;
RESET ROLE;

-- The sealer works for all accounts: it takes what is final, hashes it, and puts the links down.
-- Chain and checkpoints can be added to and never changed, by nobody who logs in.
SET ROLE balcao_gate;

-- Holds the cursor until the transaction ends: two sealers take turns.
CREATE FUNCTION gate.audit_unsealed(n int)
RETURNS TABLE (account_id bigint, id bigint, at timestamptz, action text, actor_kind text, actor_id bigint,
               session_id bigint, token_id bigint, address text, port int, request_id text, subject_kind text,
               subject_id bigint, detail text, xid text, head_seq bigint, head_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- Links in order; the cursor moves to the last of them. Heads once per account: per row it was quadratic.
CREATE FUNCTION gate.audit_seal(accounts bigint[], seqs bigint[], ats timestamptz[], ids bigint[],
                                hashes text[], last_xid xid8, last_id bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

-- Chains that grew since they were last signed, an hour ago or never.
CREATE FUNCTION gate.audit_unsigned(now_is timestamptz, n int)
RETURNS TABLE (account_id bigint, seq bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT h.account_id, h.seq, h.hash FROM public.audit_heads h
     WHERE h.seq > h.checkpoint_seq AND coalesce(h.checkpoint_at <= now_is - interval '1 hour', true)
     ORDER BY h.account_id LIMIT n
$$;

CREATE FUNCTION gate.audit_sign(account bigint, at_seq bigint, signed text, key bytea, proof bytea, now_is timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.audit_checkpoints (account_id, seq, statement, public_key, signature)
    VALUES (account, at_seq, signed, key, proof);
    UPDATE public.audit_heads SET checkpoint_seq = at_seq, checkpoint_at = now_is WHERE account_id = account;
$$;

-- The chain that was looked over longest ago, when that is a day or more.
CREATE FUNCTION gate.audit_unverified(now_is timestamptz) RETURNS TABLE (account_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT h.account_id FROM public.audit_heads h
     WHERE coalesce(h.verified_at <= now_is - interval '1 day', true)
     ORDER BY h.verified_at NULLS FIRST, h.account_id LIMIT 1
$$;

-- An account without a head has no chain to speak of.
CREATE FUNCTION gate.audit_verified(account bigint, until_seq bigint, found text, found_at bigint, now_is timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.audit_heads SET verified_seq = until_seq, verified_at = now_is, fault = found, fault_seq = found_at
     WHERE account_id = account
$$;

-- Events of the account behind the cursor that are in no chain: put there by somebody else's hand.
CREATE FUNCTION gate.audit_inserted(account bigint) RETURNS TABLE (event_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.id FROM public.audit_events e CROSS JOIN public.audit_cursor p
     WHERE e.account_id = account
       AND (e.id <= p.base_id OR (e.xid, e.id) <= (p.xid, p.event_id))
       AND NOT EXISTS (SELECT FROM public.audit_chain c WHERE c.account_id = account AND c.event_id = e.id)
     ORDER BY e.id LIMIT 1
$$;

-- Figures for the operator and for the screen: what still waits, and chains that do not hold.
CREATE FUNCTION gate.audit_backlog() RETURNS TABLE (oldest_s bigint, broken bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT extract(epoch FROM now() - e.at)::bigint
                       FROM public.audit_cursor p
                      CROSS JOIN LATERAL (SELECT x.at FROM public.audit_events x
                                           WHERE (x.xid, x.id) > (p.xid, p.event_id) AND x.id > p.base_id
                                           ORDER BY x.xid, x.id LIMIT 1) e), 0),
           (SELECT count(*) FROM public.audit_heads h WHERE h.fault IS NOT NULL)
$$;

-- The oldest row of the account in force that the sealer has not reached.
CREATE FUNCTION gate.audit_oldest_unsealed() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT min(e.at) FROM public.audit_events e CROSS JOIN public.audit_cursor p
     WHERE (e.xid, e.id) > (p.xid, p.event_id) AND e.id > p.base_id
       AND e.account_id = current_setting('balcao.account')::bigint
$$;

GRANT EXECUTE ON FUNCTION gate.audit_unsealed(int),
    gate.audit_seal(bigint[], bigint[], timestamptz[], bigint[], text[], xid8, bigint),
    gate.audit_unsigned(timestamptz, int), gate.audit_sign(bigint, bigint, text, bytea, bytea, timestamptz),
    gate.audit_unverified(timestamptz), gate.audit_verified(bigint, bigint, text, bigint, timestamptz),
    gate.audit_inserted(bigint) TO balcao_worker;
GRANT EXECUTE ON FUNCTION gate.audit_backlog(), gate.audit_oldest_unsealed() TO balcao_api;
RESET ROLE;

-- The sealer's and the verifier's chores; each queues its successor itself.
SET ROLE balcao_owner;
INSERT INTO lanes (queue, lane, run_at) VALUES ('chores', 1, now()), ('chores', 2, now());
INSERT INTO jobs (queue, lane, kind, subject_id) VALUES ('chores', 1, 'audit.seal', 0), ('chores', 2, 'audit.verify', 0);
RESET ROLE;
