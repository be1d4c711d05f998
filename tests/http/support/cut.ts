/** For a transaction that holds a lock: waits until somebody waits for it and cuts them off, and the same once more. */
export const CUT_TWO = `
DO $$
DECLARE
    waiting int;
    cut int[] := '{}';
BEGIN
    WHILE cardinality(cut) < 2 LOOP
        IF clock_timestamp() > now() + interval '15 s' THEN
            RAISE 'nobody waited: % cut', cut;
        END IF;
        SELECT pid INTO waiting FROM pg_locks
         WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)) AND pid <> ALL (cut);
        IF FOUND THEN
            PERFORM pg_terminate_backend(waiting);
            cut := cut || waiting;
        END IF;
        PERFORM pg_sleep(0.01);
    END LOOP;
END $$;`;
