-- Tickets of account 1, as many as a plan needs to matter: of ten three are served, one waits, six are closed.
-- Foreign keys do not hold: nobody reads these rows, the planner counts them.
SET session_replication_role = replica;

INSERT INTO tickets (account_id, protocol, channel_id, identity_id, contact_id, contact_name, contact_kind,
                     contact_address, department_id, branch_id, assignee_id, state, controller, unread_count,
                     last_activity_at, opened_at, closed_at)
SELECT 1, 'p' || n, 1 + n % 3, n, n, 'Cliente', 'phone', n::text, 1 + n % 4, 1 + n % 2,
       CASE WHEN n % 10 <> 3 THEN 1 + n % 50 END, s.state,
       CASE s.state WHEN 'serving' THEN 'user' WHEN 'waiting' THEN 'queue' ELSE 'none' END, n % 4,
       now() - n * interval '1 second', now() - interval '9 days', CASE WHEN s.state = 'closed' THEN now() END
  FROM generate_series(1, 10000) n
 CROSS JOIN LATERAL (SELECT CASE WHEN n % 10 < 3 THEN 'serving' WHEN n % 10 = 3 THEN 'waiting' ELSE 'closed' END) s (state);

ANALYZE tickets;

-- Refuses a plan in which this word stands, with the line.
CREATE FUNCTION require_plan(question text, never text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
    FOR line IN EXECUTE question LOOP
        IF strpos(line, never) > 0 THEN
            RAISE EXCEPTION '%', ltrim(line, ' ->');
        END IF;
    END LOOP;
END $$;
