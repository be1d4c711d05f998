-- Plans of this file are made once per connection, often while a queue is empty, and kept while
-- it fills: a plan that is made for one row must do for a hundred thousand. So there is one index
-- that finds a job by its lane and one that finds a lane by its key (0006), what is looked up is a
-- subquery of its own (LATERAL, or OFFSET 0 where the planner would join), and what was found is
-- changed by its ctid. Otherwise ending one job may walk through the whole backlog.

-- name: job_add :exec
-- The upsert locks the lane until commit, so within a lane the order of ids is the
-- order of commits; DO NOTHING would leave a job behind when a worker is just letting
-- the lane go. A lane that backs off is not hurried by what comes after.
-- $1 account  $2 queue  $3 lane  $4 kind  $5 subject  $6 arg  $7 not before
WITH mine AS (
    INSERT INTO lanes AS l (queue, lane, run_at)
    VALUES ($2::text, $3::bigint, $7::timestamptz)
    ON CONFLICT (queue, lane) DO UPDATE
       SET run_at = CASE WHEN l.is_backing_off THEN l.run_at
                         ELSE least(l.run_at, excluded.run_at) END
    RETURNING queue, lane
)
INSERT INTO jobs (account_id, queue, lane, kind, subject_id, arg)
SELECT $1::bigint, queue, lane, $4::text, $5::bigint, $6::text
  FROM mine;

-- name: lanes_claim :many
-- The next lanes that are due, for a lease, with their first jobs in order. A lane whose
-- lease ran out was somebody's who died: its first job counts one attempt more, so that
-- a job which kills its worker does not do so for ever. The CTE is a fence: the planner
-- may not run the LIMIT again.
-- no account: a worker serves them all.
-- $1 queue  $2 lanes  $3 jobs per lane  $4 lease in seconds  $5 now (NULL: the server's clock)  $6 whose place
WITH due AS MATERIALIZED (
    SELECT ctid, lease_until IS NOT NULL AS was_abandoned
      FROM lanes
     WHERE queue = $1::text
       AND run_at > '-infinity' AND run_at <= coalesce($5::timestamptz, now())
       AND (lease_until IS NULL OR lease_until <= coalesce($5::timestamptz, now()))
     ORDER BY run_at
     LIMIT $2::int
       FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE lanes
       SET lease_until = coalesce($5::timestamptz, now()) + $4::int * interval '1 second',
           fence = lanes.fence + 1, is_backing_off = false, holder = $6::bigint
      FROM due
     WHERE lanes.ctid = due.ctid
    RETURNING lanes.lane, lanes.fence, due.was_abandoned
), counted AS (
    UPDATE jobs
       SET attempt = jobs.attempt + 1
     WHERE ctid = ANY (ARRAY(
           SELECT first.ctid
             FROM taken
            CROSS JOIN LATERAL (
                  SELECT ctid FROM jobs
                   WHERE queue = $1::text AND lane = taken.lane ORDER BY id LIMIT 1) first
            WHERE taken.was_abandoned))
)
SELECT taken.lane, taken.fence, taken.was_abandoned,
       job.id, job.kind, job.account_id, job.subject_id, job.arg, job.attempt, job.unknown_since
  FROM taken
  LEFT JOIN LATERAL (
       SELECT id, kind, account_id, subject_id, arg, attempt, unknown_since
         FROM jobs
        WHERE queue = $1::text AND lane = taken.lane
        ORDER BY id
        LIMIT $3::int) job ON true
 ORDER BY taken.lane, job.id;

-- name: lanes_disclaim :exec
-- Lanes that are leased to a place and that whoever stands there does not know: anybody's again, at once. Those that were
-- abandoned as if their leases were over, so that the first job counts one attempt more.
-- no account: leases belong to workers.
-- $1 queue  $2 place  $3 lanes that are known  $4 their fences  $5 abandoned
UPDATE lanes
   SET lease_until = CASE WHEN $5::boolean THEN '-infinity'::timestamptz END, fence = fence + 1
 WHERE queue = $1::text AND holder = $2::bigint AND lease_until IS NOT NULL
   AND NOT EXISTS (SELECT FROM unnest($3::bigint[], $4::bigint[]) known (lane, fence)
                    WHERE known.lane = lanes.lane AND known.fence = lanes.fence);

-- name: lanes_renew :many
-- Lanes that somebody is adding to at this moment are renewed next time.
-- no account: leases belong to workers.
-- $1 queue  $2 lanes  $3 fences  $4 lease in seconds  $5 now
UPDATE lanes
   SET lease_until = coalesce($5::timestamptz, now()) + $4::int * interval '1 second'
 WHERE ctid = ANY (ARRAY(
       SELECT mine.ctid
         FROM unnest($2::bigint[], $3::bigint[]) held (lane, fence)
        CROSS JOIN LATERAL (
              SELECT ctid FROM lanes
               WHERE queue = $1::text AND lane = held.lane AND fence = held.fence
                 FOR UPDATE SKIP LOCKED) mine))
RETURNING lane, fence;

-- name: lanes_lock :many
-- First half of letting lanes go. Whether a lane is empty is asked by a later statement,
-- which sees what was committed before this lock. Never waits, so it never deadlocks.
-- no account: leases belong to workers.
-- $1 queue  $2 lanes  $3 fences
SELECT mine.lane, mine.fence
  FROM unnest($2::bigint[], $3::bigint[]) held (lane, fence)
 CROSS JOIN LATERAL (
       SELECT lane, fence FROM lanes
        WHERE queue = $1::text AND lane = held.lane AND fence = held.fence
          FOR UPDATE SKIP LOCKED) mine;

-- name: lanes_let_go :exec
-- Second half, of lanes that we locked: the empty ones go, the others are anybody's.
-- no account: leases belong to workers.
-- $1 queue  $2 lanes
WITH mine AS MATERIALIZED (
    SELECT place.ctid,
           EXISTS (SELECT FROM jobs WHERE jobs.queue = $1::text AND jobs.lane = held.lane OFFSET 0) AS has_jobs
      FROM unnest($2::bigint[]) held (lane)
     CROSS JOIN LATERAL (
           SELECT ctid FROM lanes WHERE queue = $1 AND lane = held.lane OFFSET 0) place
), gone AS (
    DELETE FROM lanes WHERE ctid = ANY (ARRAY(SELECT ctid FROM mine WHERE NOT has_jobs))
)
UPDATE lanes
   SET lease_until = NULL, fence = fence + 1
 WHERE ctid = ANY (ARRAY(SELECT ctid FROM mine WHERE has_jobs));

-- name: commit_lazily :exec
-- For claims and releases: lost in a crash of the server, they are only made again.
-- no account: a setting of the transaction.
SELECT set_config('synchronous_commit', 'off', true);

-- name: jobs_done :exec
-- Jobs go in the transaction that holds their effects, and only while they are still ours:
-- whoever deletes the row did the work, everybody else rolls back.
-- no account: the worker's own tables.
-- $1 queue  $2 lanes  $3 fences  $4 jobs
WITH gone AS (
    DELETE FROM jobs
     WHERE ctid = ANY (ARRAY(
           SELECT job.ctid
             FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) done (lane, fence, id)
            CROSS JOIN LATERAL (
                  SELECT jobs.ctid FROM jobs, lanes
                   WHERE jobs.queue = $1::text AND jobs.lane = done.lane AND jobs.id = done.id
                     AND lanes.queue = $1 AND lanes.lane = done.lane AND lanes.fence = done.fence
                  OFFSET 0) job))
    RETURNING id
)
SELECT CASE WHEN (SELECT count(*) FROM gone) < cardinality($4) THEN gate.refuse('409', 'lease_lost') END;

-- name: job_again :exec
-- The whole lane waits: what comes after may not overtake. The fence rises with the lease's
-- end: when the answer to our commit is lost, we would otherwise do the same once more with
-- the rights of a lease that we gave back. Who knows the job's kind ends the time in which it was unknown.
-- no account: the worker's own tables.
-- $1 queue  $2 lane  $3 fence  $4 job  $5 when, or NULL and …  $6 … µs from now  $7 attempts to add  $8 now
-- $9 whether its kind is unknown
WITH waits AS (
    UPDATE lanes
       SET lease_until = NULL, fence = fence + 1, is_backing_off = true,
           run_at = coalesce($5::timestamptz,
                             coalesce($8::timestamptz, now()) + $6::bigint * interval '1 microsecond')
     WHERE queue = $1::text AND lane = $2::bigint AND fence = $3::bigint
    RETURNING lane
), counted AS (
    UPDATE jobs
       SET attempt = attempt + $7::int,
           unknown_since = CASE WHEN $9::boolean THEN coalesce(unknown_since, $8, now()) END
     WHERE queue = $1 AND lane = $2 AND id = $4::bigint AND EXISTS (SELECT FROM waits)
)
SELECT CASE WHEN NOT EXISTS (SELECT FROM waits) THEN gate.refuse('409', 'lease_lost') END;

-- name: job_bury :exec
-- With its heir, if its kind has one, in a lane of its own.
-- no account: the worker's own tables.
-- $1 queue  $2 lane  $3 fence  $4 job  $5 attempts  $6 why  $7 now  $8 heir's queue  $9 heir's kind (NULL: none)  $10 its lane
WITH gone AS (
    DELETE FROM jobs
     USING lanes
     WHERE jobs.queue = $1::text AND jobs.lane = $2::bigint AND jobs.id = $4::bigint
       AND lanes.queue = $1 AND lanes.lane = $2 AND lanes.fence = $3::bigint
    RETURNING jobs.*
), buried AS (
    INSERT INTO dead_jobs (id, queue, lane, kind, account_id, subject_id, arg, attempts, why,
                           created_at, died_at)
    SELECT id, queue, lane, kind, account_id, subject_id, arg, $5::int, $6::text,
           created_at, coalesce($7::timestamptz, now())
      FROM gone
), waits AS (
    INSERT INTO lanes (queue, lane, run_at)
    SELECT $8::text, $10::bigint, coalesce($7::timestamptz, now()) FROM gone WHERE $9::text IS NOT NULL
), heir AS (
    INSERT INTO jobs (account_id, queue, lane, kind, subject_id, arg)
    SELECT account_id, $8, $10, $9, subject_id, concat_ws(':', id, $6, arg) FROM gone WHERE $9 IS NOT NULL
)
SELECT CASE WHEN NOT EXISTS (SELECT FROM gone) THEN gate.refuse('409', 'lease_lost') END;

-- name: dead_jobs_list :many
-- no account: for the operator's command line.
-- $1 at most
SELECT id, kind, account_id, subject_id, attempts, why, died_at
  FROM dead_jobs
 ORDER BY died_at DESC, id DESC
 LIMIT $1::int;

-- name: dead_job_replay :opt
-- Back to the end of its lane, as a new job.
-- no account: for the operator's command line.
-- $1 dead job
WITH dead AS (
    DELETE FROM dead_jobs WHERE id = $1::bigint
    RETURNING queue, lane, kind, account_id, subject_id, arg
), mine AS (
    INSERT INTO lanes AS l (queue, lane, run_at)
    SELECT queue, lane, now() FROM dead
    ON CONFLICT (queue, lane) DO UPDATE SET run_at = least(l.run_at, excluded.run_at)
    RETURNING queue, lane
)
INSERT INTO jobs (account_id, queue, lane, kind, subject_id, arg)
SELECT dead.account_id, mine.queue, mine.lane, dead.kind, dead.subject_id, dead.arg
  FROM dead JOIN mine USING (queue, lane)
RETURNING id, queue;

-- name: queues_status :many
-- no account: for the operator's command line.
SELECT l.queue,
       count(*),
       count(*) FILTER (WHERE l.lease_until > now()),
       count(*) FILTER (WHERE l.is_backing_off),
       (SELECT count(*) FROM jobs WHERE jobs.queue = l.queue),
       extract(epoch FROM now() - min(l.run_at) FILTER (WHERE l.lease_until IS NULL AND l.run_at < now()))::bigint
  FROM lanes l
 GROUP BY l.queue
 ORDER BY l.queue;
