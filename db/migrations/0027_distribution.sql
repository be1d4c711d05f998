-- locks: brief
-- Who gets which ticket next. A department says how (by hand, in turn, to whom has least, to whom the customer
-- knows), a run in its lane gives, and each decision is kept with its reasons. Nobody looks for work: what could
-- make a decision possible rings, below.
SET ROLE balcao_owner;

-- Queues are ordered by it, then by who waits longest.
ALTER TABLE tickets ADD COLUMN priority smallint NOT NULL DEFAULT 2; -- 0 urgent, 1 high, 2 normal, 3 low
ALTER TABLE tickets ADD CONSTRAINT priority_is_known CHECK (priority BETWEEN 0 AND 3) NOT VALID;
CREATE INDEX tickets_in_queue ON tickets (account_id, department_id, priority, queued_at, id)
    WHERE state = 'waiting' AND assignee_id IS NULL;

-- How a department gives its tickets; no row: by hand, and nothing is told.
CREATE TABLE distributions (
    account_id      bigint NOT NULL,
    department_id   bigint NOT NULL,
    mode            text NOT NULL DEFAULT 'manual' CHECK (mode IN ('manual', 'round_robin', 'least_busy')),
    returns_days    int NOT NULL DEFAULT 0 CHECK (returns_days BETWEEN 0 AND 365), -- to the last agent within; 0: no
    agent_limit     int CHECK (agent_limit BETWEEN 1 AND 999), -- of its tickets in one hand; NULL: as many as come
    tells           boolean NOT NULL DEFAULT false, -- who waits is told so
    tell_text       text NOT NULL DEFAULT '',
    tell_again_min  int NOT NULL DEFAULT 0 CHECK (tell_again_min BETWEEN 0 AND 240), -- when the place improved; 0: once
    lane            bigint NOT NULL, -- its runs come one after the other
    turn            bigint NOT NULL DEFAULT 0, -- how often it gave
    wakes_at        timestamptz, -- a run is planned for then
    acts            boolean NOT NULL GENERATED ALWAYS AS (mode <> 'manual' OR returns_days > 0 OR tells) STORED,
    PRIMARY KEY (account_id, department_id),
    CONSTRAINT told_in_words CHECK (NOT tells OR tell_text <> ''),
    FOREIGN KEY (account_id, department_id) REFERENCES departments ON DELETE CASCADE
);
CALL protect('distributions');

-- When somebody last got one of a department, counted in its turns: whose is longest ago comes first.
CREATE TABLE distribution_turns (
    account_id     bigint NOT NULL,
    department_id  bigint NOT NULL,
    member_id      bigint NOT NULL,
    turn           bigint NOT NULL,
    PRIMARY KEY (account_id, department_id, member_id),
    FOREIGN KEY (account_id, department_id) REFERENCES departments ON DELETE CASCADE,
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CALL protect('distribution_turns');

-- How many tickets somebody has in hand at most, whatever departments they are of; no row: as many as come.
CREATE TABLE member_limits (
    account_id    bigint NOT NULL,
    member_id     bigint NOT NULL,
    ticket_limit  int NOT NULL CHECK (ticket_limit BETWEEN 1 AND 999),
    PRIMARY KEY (account_id, member_id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CALL protect('member_limits');

-- Why somebody got a ticket and the others did not; or (member NULL, the latest only) why it waits.
CREATE TABLE distribution_decisions (
    account_id     bigint NOT NULL,
    id             bigint GENERATED ALWAYS AS IDENTITY,
    ticket_id      bigint NOT NULL,
    department_id  bigint NOT NULL,
    member_id      bigint,
    outcome        text NOT NULL, -- a word of distribution/chooser.c
    decided_at     timestamptz NOT NULL,
    queued_at      timestamptz NOT NULL, -- the stay in the queue that it is about
    why            json NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CREATE INDEX decisions_of_ticket ON distribution_decisions (account_id, ticket_id, id DESC);
CREATE UNIQUE INDEX waits_for_one_reason ON distribution_decisions (account_id, ticket_id) WHERE member_id IS NULL;
CALL protect('distribution_decisions', 'SELECT, INSERT, UPDATE');

-- What a customer in a queue was last told of their place.
CREATE TABLE queue_told (
    account_id  bigint NOT NULL,
    ticket_id   bigint NOT NULL,
    queued_at   timestamptz NOT NULL, -- in this stay
    place       int NOT NULL,
    told_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, ticket_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CALL protect('queue_told', 'SELECT, INSERT, UPDATE');

-- How long those waited who were taken out of a queue, for a day.
CREATE TABLE queue_waits (
    account_id     bigint NOT NULL,
    department_id  bigint NOT NULL,
    taken_at       timestamptz NOT NULL,
    ticket_id      bigint NOT NULL,
    waited         interval NOT NULL,
    PRIMARY KEY (account_id, department_id, taken_at, ticket_id)
);
CALL protect('queue_waits', 'SELECT');

-- Seconds that a place in a queue costs, as the last hour had it: what they waited on average, but no more than the
-- hour divided by all who were served in it. NULL: fewer than three were, and nobody can say.
CREATE FUNCTION queue_place_seconds(account bigint, department bigint, at timestamptz) RETURNS numeric
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN count(*) >= 3 THEN least(avg(extract(epoch FROM w.waited)), 3600.0 / count(*)) END
      FROM public.queue_waits w
     WHERE w.account_id = account AND w.department_id = department AND w.taken_at > at - interval '1 hour'
       AND w.taken_at <= at
$$;
GRANT EXECUTE ON FUNCTION queue_place_seconds(bigint, bigint, timestamptz) TO balcao_api, balcao_worker;

-- A run for each of these departments that gives by itself or tells something. Lanes are held in their order, so that
-- two who ring the same cannot wait for one another. `at` is the clock of who rings.
CREATE FUNCTION ring_distribution(account bigint, departments bigint[], at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH rung AS MATERIALIZED (
        SELECT d.department_id, d.lane FROM public.distributions d
         WHERE d.account_id = account AND d.department_id = ANY (departments) AND d.acts ORDER BY d.lane),
    lanes AS (
        INSERT INTO public.lanes AS l (queue, lane, run_at) SELECT 'flow', lane, at FROM rung
            ON CONFLICT (queue, lane) DO UPDATE
           SET run_at = CASE WHEN l.is_backing_off THEN l.run_at ELSE least(l.run_at, excluded.run_at) END
        RETURNING lane)
    INSERT INTO public.jobs (account_id, queue, lane, kind, subject_id)
    SELECT account, 'flow', lane, 'distribution.run', department_id FROM rung JOIN lanes USING (lane)
$$;
GRANT EXECUTE ON FUNCTION ring_distribution(bigint, bigint[], timestamptz) TO balcao_worker;

-- Whoever serves in them.
CREATE FUNCTION departments_of(account bigint, member bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(d.department_id), '{}') FROM public.department_members d
     WHERE d.account_id = account AND d.member_id = member
$$;

-- A ticket came into a queue or moves in one; or a hand got free.
CREATE FUNCTION distribution_follows_ticket() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    places bigint[] := '{}';
BEGIN
    IF NEW.state = 'waiting' AND NEW.department_id IS NOT NULL THEN
        places := ARRAY[NEW.department_id];
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'serving' AND OLD.assignee_id IS NOT NULL
           AND (NEW.state <> 'serving' OR NEW.assignee_id IS DISTINCT FROM OLD.assignee_id OR NEW.snoozed_until IS NOT NULL) THEN
            places := places || public.departments_of(OLD.account_id, OLD.assignee_id);
        END IF;
        IF OLD.state = 'waiting' AND NEW.state = 'serving' AND OLD.department_id IS NOT NULL THEN
            INSERT INTO public.queue_waits (account_id, department_id, taken_at, ticket_id, waited)
            VALUES (OLD.account_id, OLD.department_id, NEW.assigned_at, OLD.id,
                    greatest(NEW.assigned_at - OLD.queued_at, interval '0'))
                ON CONFLICT DO NOTHING;
            DELETE FROM public.queue_waits w
             WHERE w.account_id = OLD.account_id AND w.department_id = OLD.department_id
               AND w.taken_at < NEW.assigned_at - interval '1 day';
        END IF;
        -- Who stands behind moves up, and may be told so.
        IF OLD.state = 'waiting' AND (NEW.state <> 'waiting' OR NEW.department_id IS DISTINCT FROM OLD.department_id) THEN
            places := places || ARRAY(SELECT d.department_id FROM public.distributions d
                                       WHERE d.account_id = OLD.account_id AND d.department_id = OLD.department_id
                                         AND d.tells AND d.tell_again_min > 0);
        END IF;
    END IF;
    IF places <> '{}' THEN
        PERFORM public.ring_distribution(NEW.account_id, places, NEW.last_activity_at);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER distribution_follows_new_ticket AFTER INSERT ON tickets
    FOR EACH ROW WHEN (NEW.state = 'waiting') EXECUTE FUNCTION distribution_follows_ticket();
CREATE TRIGGER distribution_follows_ticket AFTER UPDATE OF state, assignee_id, department_id, priority, snoozed_until ON tickets
    FOR EACH ROW WHEN ((OLD.state, OLD.assignee_id, OLD.department_id, OLD.priority, OLD.snoozed_until IS NULL)
                       IS DISTINCT FROM (NEW.state, NEW.assignee_id, NEW.department_id, NEW.priority, NEW.snoozed_until IS NULL))
    EXECUTE FUNCTION distribution_follows_ticket();

-- The department gives in another way now.
CREATE FUNCTION distribution_follows_settings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.ring_distribution(NEW.account_id, ARRAY[NEW.department_id], now());
    RETURN NULL;
END $$;
CREATE TRIGGER distribution_follows_settings
    AFTER INSERT OR UPDATE OF mode, returns_days, agent_limit, tells, tell_text, tell_again_min ON distributions
    FOR EACH ROW EXECUTE FUNCTION distribution_follows_settings();

-- Somebody came to serve in it.
CREATE TRIGGER distribution_follows_people AFTER INSERT ON department_members
    FOR EACH ROW EXECUTE FUNCTION distribution_follows_settings();

-- Somebody is there again, or may hold more.
CREATE FUNCTION distribution_follows_member() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moved  record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    PERFORM public.ring_distribution(moved.account_id, public.departments_of(moved.account_id, moved.member_id), now());
    RETURN NULL;
END $$;
CREATE TRIGGER distribution_follows_limit AFTER INSERT OR UPDATE OR DELETE ON member_limits
    FOR EACH ROW EXECUTE FUNCTION distribution_follows_member();
CREATE TRIGGER distribution_follows_presence AFTER UPDATE OF state ON member_presence
    FOR EACH ROW WHEN (NEW.state = 'online' AND OLD.state <> 'online') EXECUTE FUNCTION distribution_follows_member();

-- The account opens at other times now.
CREATE FUNCTION distribution_follows_hours() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.ring_distribution(NEW.account_id, ARRAY(SELECT d.department_id FROM public.distributions d
                                                            WHERE d.account_id = NEW.account_id), now());
    RETURN NULL;
END $$;
CREATE TRIGGER distribution_follows_hours AFTER INSERT OR UPDATE ON hours_versions
    FOR EACH ROW EXECUTE FUNCTION distribution_follows_hours();
RESET ROLE;
