-- locks: none
-- What an operator has to be woken for, beside the depth of the queues: jobs that died, channels that
-- have gone silent, a transaction that holds the clean-up back. Numbers, never whose words.
GRANT SELECT ON dead_jobs, channels, inbound_events TO balcao_gate;
-- Without it pg_stat_activity shows nobody's but one's own.
GRANT pg_read_all_stats TO balcao_gate;

SET ROLE balcao_gate;
CREATE FUNCTION gate.dead_jobs() RETURNS TABLE (queue text, dead bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.queue, count(*) FROM public.dead_jobs d GROUP BY d.queue ORDER BY d.queue
$$;

-- Since when nothing came, of the channels that had ever been heard: the most silent ones first.
CREATE FUNCTION gate.channel_silence(n integer) RETURNS TABLE (channel_id bigint, kind text, silent_s bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.id, c.kind, extract(epoch FROM now() - e.received_at)::bigint
      FROM public.channels c
     CROSS JOIN LATERAL (SELECT i.received_at FROM public.inbound_events i
                          WHERE i.account_id = c.account_id AND i.channel_id = c.id
                          ORDER BY i.id DESC LIMIT 1) e
     WHERE c.is_active ORDER BY e.received_at LIMIT n
$$;

-- The transaction that keeps dead rows alive the longest: a forgotten session, a dump, a stuck program.
CREATE FUNCTION gate.oldest_transaction() RETURNS TABLE (age_s bigint, xmin_age bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(max(extract(epoch FROM now() - xact_start)::bigint), 0), coalesce(max(age(backend_xmin)), 0)
      FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type <> 'walsender' AND xact_start IS NOT NULL
$$;
GRANT EXECUTE ON FUNCTION gate.dead_jobs(), gate.channel_silence(integer), gate.oldest_transaction() TO balcao_api;
RESET ROLE;
