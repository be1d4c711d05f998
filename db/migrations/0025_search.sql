-- locks: brief
-- Words inside conversations. They are not indexed where messages are written: an inverted index on the hottest
-- table would make every writer pay for every word. A chore follows the account's log of what happened, as the
-- screens do, and keeps the words of each message beside it; what was there before this version, or was brought in
-- past the log, is caught up on the way.
CREATE EXTENSION btree_gin SCHEMA ext;
SET ROLE balcao_owner;

-- Letters and digits of a text, without accents and marks: `contrato-2026.pdf` is three words. These two name
-- everything in full instead of setting a path, so that they are inlined: a third of their cost.
CREATE FUNCTION search_text(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.btrim(pg_catalog.regexp_replace(public.plain(t), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- No stemming: what is typed is found as the beginning of a word, in any language, and a phrase is a phrase.
CREATE FUNCTION search_words(t text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.to_tsvector('pg_catalog.simple', public.search_text(t))
$$;

-- What somebody typed: every word, "the words of a phrase in their order", -without. From three letters on a word is
-- the beginning of one; shorter ones would begin half of all. NULL: nothing to look for.
CREATE FUNCTION search_query(typed text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part   text[];
    word   text;
    one    tsquery;
    wanted tsquery;
    without tsquery;
BEGIN
    FOR part IN SELECT regexp_matches(typed, '(-?)(?:"([^"]*)"?|([^\s"]+))', 'g') LIMIT 12 LOOP
        word := public.search_text(coalesce(part[2], part[3]));
        CONTINUE WHEN word = '';
        IF part[2] IS NOT NULL OR length(word) < 3 THEN
            one := phraseto_tsquery('pg_catalog.simple', word);
        ELSE
            one := to_tsquery('pg_catalog.simple', replace(word, ' ', ' <-> ') || ':*');
        END IF;
        IF part[1] = '-' THEN
            without := coalesce(without || one, one);
        ELSE
            wanted := coalesce(wanted && one, one);
        END IF;
    END LOOP;
    RETURN CASE WHEN without IS NULL THEN wanted ELSE wanted && !!without END;
END $$;
GRANT EXECUTE ON FUNCTION search_text(text), search_words(text), search_query(text)
    TO balcao_api, balcao_worker, balcao_gate;

-- Only messages that hold a word are here. month counts from year 0: the index finds one of them, newest first.
CREATE TABLE message_words (
    account_id  bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    seq         int NOT NULL,
    created_at  timestamptz NOT NULL, -- of the message
    month       int NOT NULL GENERATED ALWAYS AS (
                    extract(year FROM created_at AT TIME ZONE 'UTC')::int * 12
                    + extract(month FROM created_at AT TIME ZONE 'UTC')::int - 1) STORED,
    words       tsvector NOT NULL,
    PRIMARY KEY (account_id, ticket_id, seq, created_at)
) PARTITION BY RANGE (created_at);
CREATE INDEX message_words_by_word ON message_words USING gin (account_id ext.int8_ops, month ext.int4_ops, words);
CALL protect('message_words', 'SELECT');
CREATE TABLE message_words_default PARTITION OF message_words DEFAULT;
ALTER TABLE message_words_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_words_default FORCE ROW LEVEL SECURITY;

-- The months of an account in which anything was said.
CREATE TABLE search_months (
    account_id  bigint NOT NULL REFERENCES accounts,
    month       int NOT NULL,
    PRIMARY KEY (account_id, month)
);
CALL protect('search_months', 'SELECT');

-- How far the chore is: in the log, and in what was there before it.
CREATE TABLE search_state (
    is_one      boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    xid         xid8 NOT NULL,
    event_id    bigint NOT NULL,
    looked_at   timestamptz NOT NULL,
    at_account  bigint NOT NULL DEFAULT 0, -- the last message caught up with
    at_ticket   bigint NOT NULL DEFAULT 0,
    at_seq      int NOT NULL DEFAULT 0,
    is_whole    boolean NOT NULL DEFAULT false
);
INSERT INTO search_state (xid, event_id, looked_at) VALUES ('0', 0, now());
REVOKE ALL ON search_state FROM PUBLIC;

-- Words follow their message: edited, or taken back by its sender.
CREATE FUNCTION message_words_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.deleted_at IS NULL THEN
        UPDATE public.message_words w SET words = public.search_words(NEW.body)
         WHERE w.account_id = NEW.account_id AND w.ticket_id = NEW.ticket_id AND w.seq = NEW.seq
           AND w.created_at = NEW.created_at;
    ELSE
        DELETE FROM public.message_words w
         WHERE w.account_id = NEW.account_id AND w.ticket_id = NEW.ticket_id AND w.seq = NEW.seq
           AND w.created_at = NEW.created_at;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER words_follow AFTER UPDATE OF body, deleted_at ON messages FOR EACH ROW
    WHEN (OLD.body IS DISTINCT FROM NEW.body OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL))
    EXECUTE FUNCTION message_words_follow();

CREATE OR REPLACE PROCEDURE add_partitions(today date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first date;
BEGIN
    FOR first IN SELECT generate_series(date_trunc('month', today::timestamp) - interval '2 months',
                                        date_trunc('month', today::timestamp) + interval '2 months', '1 month')
    LOOP
        CALL public.add_partition('messages', to_char(first, 'YYYYMM'), first, (first + interval '1 month')::date);
        CALL public.add_partition('message_words', to_char(first, 'YYYYMM'), first, (first + interval '1 month')::date);
        CALL public.add_partition('audit_events', to_char(first, 'YYYYMM'), first, (first + interval '1 month')::date);
    END LOOP;
    FOR first IN SELECT generate_series(today - 1, today + 7, '1 day') LOOP
        CALL public.add_partition('account_event', to_char(first, 'YYYYMMDD'), first, first + 1);
    END LOOP;
END $$;
CALL add_partitions(current_date);

GRANT SELECT ON messages, attachments, tickets, account_event, search_state TO balcao_gate;
GRANT SELECT, INSERT ON message_words, search_months TO balcao_gate;
GRANT UPDATE ON search_state TO balcao_gate;

-- The chore, and its first run.
INSERT INTO lanes (queue, lane, run_at) VALUES ('chores', 25, now());
INSERT INTO jobs (queue, lane, kind, subject_id) VALUES ('chores', 25, 'search.index', 0);
RESET ROLE;

SET ROLE balcao_gate;

-- What is said of a message: its text, and the names of its files.
CREATE FUNCTION gate.search_words_of(m public.messages) RETURNS tsvector
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.search_words(m.body || coalesce(
               (SELECT string_agg(' ' || f.filename, '') FROM public.attachments f
                 WHERE m.attachments > 0 AND f.account_id = m.account_id AND f.ticket_id = m.ticket_id AND f.seq = m.seq), ''))
     WHERE m.direction <> 'system' AND m.deleted_at IS NULL
$$;

-- The log names tickets: words of their messages behind the last that has any, `most` of them at a time. Messages of
-- one ticket are written one after the other, so nothing lies between. How many; fewer than most: all.
CREATE FUNCTION gate.search_follow(accounts bigint[], tickets bigint[], most int) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH added AS (
        INSERT INTO public.message_words (account_id, ticket_id, seq, created_at, words)
        SELECT m.account_id, m.ticket_id, m.seq, m.created_at, said.words
          FROM (SELECT DISTINCT x.a, x.t FROM unnest(accounts, tickets) x (a, t)) touched
          JOIN public.tickets k ON k.account_id = touched.a AND k.id = touched.t
         CROSS JOIN LATERAL (SELECT coalesce(max(w.seq), 0) AS seq FROM public.message_words w
                              WHERE w.account_id = k.account_id AND w.ticket_id = k.id
                                AND w.created_at >= k.opened_at) known
          JOIN public.messages m ON m.account_id = k.account_id AND m.ticket_id = k.id AND m.seq > known.seq
                                AND m.created_at >= k.opened_at
         CROSS JOIN LATERAL gate.search_words_of(m) said (words)
         WHERE said.words <> ''
         ORDER BY m.account_id, m.ticket_id, m.seq LIMIT most
            ON CONFLICT DO NOTHING
        RETURNING account_id, month),
    months AS (
        INSERT INTO public.search_months (account_id, month) SELECT DISTINCT account_id, month FROM added
            ON CONFLICT DO NOTHING)
    SELECT count(*)::int FROM added
$$;

-- What was there before the log, or came in past it: the next messages behind a place, in the order of the key.
CREATE FUNCTION gate.search_catch_up(place public.search_state, most int, OUT account bigint, OUT ticket bigint,
                                     OUT at int, OUT n int)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH next AS MATERIALIZED (
        SELECT m AS message, m.account_id, m.ticket_id, m.seq, m.created_at FROM public.messages m
         WHERE (m.account_id, m.ticket_id, m.seq) > (place.at_account, place.at_ticket, place.at_seq)
         ORDER BY m.account_id, m.ticket_id, m.seq LIMIT most),
    added AS (
        INSERT INTO public.message_words (account_id, ticket_id, seq, created_at, words)
        SELECT next.account_id, next.ticket_id, next.seq, next.created_at, said.words
          FROM next CROSS JOIN LATERAL gate.search_words_of(next.message) said (words) WHERE said.words <> ''
            ON CONFLICT DO NOTHING
        RETURNING account_id, month),
    months AS (
        INSERT INTO public.search_months (account_id, month) SELECT DISTINCT account_id, month FROM added
            ON CONFLICT DO NOTHING)
    SELECT last.account_id, last.ticket_id, last.seq, (SELECT count(*)::int FROM next)
      FROM (SELECT account_id, ticket_id, seq FROM next ORDER BY account_id DESC, ticket_id DESC, seq DESC LIMIT 1) last
$$;

-- Everything again from the start: what came in past the log (a seed, an import of history) is found too.
CREATE FUNCTION gate.search_again() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.search_state SET at_account = 0, at_ticket = 0, at_seq = 0, is_whole = false
$$;

-- One step: the log's next n events, or the next n messages of before. How much was done; 0: all is found.
CREATE FUNCTION gate.search_index(n int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place    public.search_state;
    accounts bigint[];
    tickets  bigint[];
    xids     xid8[];
    ids      bigint[];
    done     int;
    reached  record;
BEGIN
    SELECT * INTO place FROM public.search_state FOR UPDATE;
    -- The log is kept for a week; and transactions of another cluster (a restore) are not of this log.
    IF place.looked_at < now() - interval '5 days' OR place.xid > pg_snapshot_xmax(pg_current_snapshot()) THEN
        PERFORM gate.search_again();
        UPDATE public.search_state SET xid = '0', event_id = 0 RETURNING * INTO place;
    END IF;

    SELECT array_agg(e.account_id), array_agg(e.ticket_id), array_agg(e.xid), array_agg(e.id), count(*)
      INTO accounts, tickets, xids, ids, done
      FROM (SELECT e.account_id, CASE WHEN e.kind = 'message.created' THEN e.ticket_id END AS ticket_id, e.xid, e.id
              FROM public.account_event e
             WHERE (e.xid, e.id) > (place.xid, place.event_id)
               AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
             ORDER BY e.xid, e.id LIMIT n) e;
    IF done > 0 THEN
        -- A ticket may hold more than the log said of it: then these events come again.
        IF gate.search_follow(accounts, tickets, 2 * n) < 2 * n THEN
            UPDATE public.search_state SET xid = xids[done], event_id = ids[done];
        END IF;
        UPDATE public.search_state SET looked_at = now();
        RETURN done;
    END IF;
    UPDATE public.search_state SET looked_at = now();
    IF place.is_whole THEN
        RETURN 0;
    END IF;

    SELECT * INTO reached FROM gate.search_catch_up(place, n);
    IF reached.n IS NULL THEN
        UPDATE public.search_state SET is_whole = true;
        RETURN 0;
    END IF;
    UPDATE public.search_state SET at_account = reached.account, at_ticket = reached.ticket, at_seq = reached.at;
    RETURN reached.n;
END $$;

CREATE FUNCTION gate.search_is_whole() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT is_whole FROM public.search_state
$$;

-- Places of what was typed, newest first, of one ticket or all, from `since` to before a place; whoever asks joins
-- the tickets and judges whether they are seen. It goes back month by month until n are found or a quarter of a
-- second is over. The last row is no place: down to where was looked (created_at; NULL: that is all there is).
CREATE FUNCTION gate.search_messages(typed text, one_ticket bigint, since timestamptz, before_at timestamptz,
                                     before_ticket bigint, before_seq int, n int)
RETURNS TABLE (ticket_id bigint, seq int, created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100 AS $$
DECLARE
    account bigint := current_setting('balcao.account')::bigint;
    wanted  tsquery := public.search_query(typed);
    began   timestamptz := clock_timestamp();
    reached timestamptz;
    got     int := 0;
    found   int;
    m       int;
    first   timestamptz;
BEGIN
    since := coalesce(since, '-infinity');
    before_at := coalesce(before_at, 'infinity');
    IF one_ticket IS NOT NULL THEN
        RETURN QUERY SELECT w.ticket_id, w.seq, w.created_at FROM public.message_words w
            WHERE w.account_id = account AND w.ticket_id = one_ticket AND w.words @@ wanted
              AND w.created_at >= since AND (w.created_at, w.ticket_id, w.seq) < (before_at, before_ticket, before_seq)
            ORDER BY w.created_at DESC, w.seq DESC LIMIT n;
        GET DIAGNOSTICS found = ROW_COUNT;
        RETURN QUERY SELECT NULL::bigint, NULL::int, CASE WHEN found = n THEN before_at END;
        RETURN;
    END IF;
    FOR m IN SELECT s.month FROM public.search_months s WHERE s.account_id = account ORDER BY s.month DESC LOOP
        first := make_timestamptz(m / 12, m % 12 + 1, 1, 0, 0, 0, 'UTC');
        CONTINUE WHEN first > before_at;
        EXIT WHEN first + interval '1 month' <= since;
        IF got >= n OR clock_timestamp() - began > interval '250 ms' THEN
            RETURN QUERY SELECT NULL::bigint, NULL::int, reached;
            RETURN;
        END IF;
        RETURN QUERY SELECT w.ticket_id, w.seq, w.created_at FROM public.message_words w
            WHERE w.account_id = account AND w.month = m AND w.words @@ wanted
              AND w.created_at >= greatest(first, since) AND w.created_at < first + interval '1 month'
              AND (w.created_at, w.ticket_id, w.seq) < (before_at, before_ticket, before_seq)
            ORDER BY w.created_at DESC, w.ticket_id DESC, w.seq DESC LIMIT n - got;
        GET DIAGNOSTICS found = ROW_COUNT;
        got := got + found;
        reached := first;
    END LOOP;
    RETURN QUERY SELECT NULL::bigint, NULL::int, CASE WHEN got >= n THEN reached END;
END $$;

GRANT EXECUTE ON FUNCTION gate.search_index(int) TO balcao_worker;
GRANT EXECUTE ON FUNCTION gate.search_again() TO balcao_owner, balcao_worker;
GRANT EXECUTE ON FUNCTION gate.search_is_whole() TO balcao_api, balcao_worker;
GRANT EXECUTE ON FUNCTION gate.search_messages(text, bigint, timestamptz, timestamptz, bigint, int, int) TO balcao_api, balcao_worker;
RESET ROLE;
