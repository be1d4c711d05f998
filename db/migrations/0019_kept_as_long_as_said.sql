-- locks: brief
-- The trail is kept for as long as an account says, and no longer. What is older than that is forgotten in the
-- order of the chain; where the chain then begins is a signed statement of its own kind, so that the rest is
-- proven as before. A month in which no row is left goes as a whole.
SET ROLE balcao_owner;

CREATE TABLE account_retention (
    account_id   bigint PRIMARY KEY REFERENCES accounts, -- no row: the defaults
    audit_years  int NOT NULL DEFAULT 5 CHECK (audit_years BETWEEN 1 AND 10)
);
CALL protect('account_retention', 'SELECT, INSERT, UPDATE');

-- Where a chain begins now. An hourly checkpoint cannot stand in for one: it says nothing of forgetting, or
-- whoever removes the oldest rows could call any hour the beginning.
CREATE TABLE audit_starts (
    account_id  bigint NOT NULL REFERENCES accounts,
    seq         bigint NOT NULL, -- of the last row that was forgotten
    statement   text NOT NULL, -- that of a checkpoint, with "kept_from" beside it: the signed bytes
    public_key  bytea NOT NULL,
    signature   bytea NOT NULL,
    PRIMARY KEY (account_id, seq)
);
CALL protect('audit_starts', 'SELECT');

-- Whole months: everything before this may go. Asked here, never told: a program that may forget can only
-- forget what is old.
CREATE FUNCTION audit_kept_from(account bigint) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT date_trunc('month', now()) - make_interval(years => coalesce(
               (SELECT r.audit_years FROM public.account_retention r WHERE r.account_id = account), 5))
$$;

-- An account whose oldest row is to be forgotten.
CREATE FUNCTION audit_outlived() RETURNS TABLE (account_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.account_id FROM public.audit_heads h
     CROSS JOIN LATERAL (SELECT c.event_at FROM public.audit_chain c
                          WHERE c.account_id = h.account_id ORDER BY c.seq LIMIT 1) oldest
     WHERE oldest.event_at < public.audit_kept_from(h.account_id) LIMIT 1
$$;

-- Everything up to this link of the chain, which has to be old itself and have only old ones before it.
CREATE FUNCTION audit_forget(account bigint, until_seq bigint, signed text, key bytea, proof bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept_from timestamptz := public.audit_kept_from(account);
    gone      bigint;
BEGIN
    IF EXISTS (SELECT FROM public.audit_chain c
                WHERE c.account_id = account AND c.seq <= until_seq AND c.event_at >= kept_from) THEN
        RAISE EXCEPTION 'audit_forget: account % keeps what is younger than %', account, kept_from;
    END IF;
    INSERT INTO public.audit_starts (account_id, seq, statement, public_key, signature)
    VALUES (account, until_seq, signed, key, proof);
    WITH links AS (DELETE FROM public.audit_chain c WHERE c.account_id = account AND c.seq <= until_seq
                   RETURNING c.event_at, c.event_id)
    DELETE FROM public.audit_events e USING links
     WHERE e.account_id = account AND e.at < kept_from AND e.at = links.event_at AND e.id = links.event_id;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM public.audit_checkpoints c WHERE c.account_id = account AND c.seq <= until_seq;
    DELETE FROM public.audit_starts s WHERE s.account_id = account AND s.seq < until_seq;
    RETURN gone;
END $$;

-- Months older than anybody may keep less than, with nothing left in them.
CREATE PROCEDURE drop_empty_months(today date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month     record;
    is_empty  boolean;
BEGIN
    FOR month IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                  WHERE i.inhparent = 'public.audit_events'::regclass AND c.relname ~ '^audit_events_[0-9]{6}$'
                    AND to_date(right(c.relname, 6), 'YYYYMM') < date_trunc('month', today) - interval '1 year'
    LOOP
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM public.%I)', month.relname) INTO is_empty;
        IF is_empty THEN
            EXECUTE format('DROP TABLE public.%I', month.relname);
        END IF;
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION audit_kept_from(bigint), audit_outlived(),
    audit_forget(bigint, bigint, text, bytea, bytea) TO balcao_worker;
GRANT EXECUTE ON PROCEDURE drop_empty_months(date) TO balcao_worker;

INSERT INTO lanes (queue, lane, run_at) VALUES ('chores', 19, now());
INSERT INTO jobs (queue, lane, kind, subject_id) VALUES ('chores', 19, 'audit.forget', 0);
RESET ROLE;

-- What the trail says of a contact's fields is sealed with a key of the contact's own, made when it is first
-- needed. Whoever erases a contact erases the key: the chain stays whole, and what it said is dead.
SET ROLE balcao_owner;
CREATE TABLE contact_keys (
    account_id  bigint NOT NULL,
    contact_id  bigint NOT NULL,
    sealed      bytea NOT NULL,
    PRIMARY KEY (account_id, contact_id),
    CONSTRAINT key_is_of_a_contact FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CALL protect('contact_keys', 'SELECT, INSERT, DELETE');
RESET ROLE;
