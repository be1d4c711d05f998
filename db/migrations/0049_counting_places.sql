-- locks: brief
-- A transaction counts in a place of its own. By the run's number two workers met in the same places in different orders: each
-- waited for the other until one was sent back as deadlocked, a second later.
SET ROLE balcao_owner;
-- Held to the transaction's end, and the same as often as it asks. When all are taken, one that has to be waited for.
-- PL/pgSQL, because a function in SQL is planned anew by each statement that calls it.
CREATE FUNCTION public.flow_counters_place(account bigint) RETURNS int LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    FOR place IN 0 .. 63 LOOP
        IF pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('flow_counters|' || account, place)) THEN
            RETURN place;
        END IF;
    END LOOP;
    RETURN pg_catalog.pg_backend_pid() % 64;
END $$;
GRANT EXECUTE ON FUNCTION flow_counters_place(bigint) TO balcao_worker;
RESET ROLE;
