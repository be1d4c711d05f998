-- name: distribution_row(d) :text
d.department_id, d.mode, d.returns_days, d.agent_limit, d.tells, d.tell_text, d.tell_again_min;

-- name: distribution_list :many
-- Every department that tickets may wait in; how long its queue is is no secret inside an account.
-- unscoped: counts only
-- $1 account  $2 now
SELECT p.id, d.mode, d.returns_days, d.agent_limit, d.tells, d.tell_text, d.tell_again_min,
       (SELECT count(*) FROM (SELECT FROM tickets t WHERE t.account_id = $1::bigint AND t.department_id = p.id
           AND t.state = 'waiting' AND t.assignee_id IS NULL AND t.snoozed_until IS NULL LIMIT 1000) x),
       (SELECT min(x.queued_at) FROM (SELECT t.queued_at FROM tickets t WHERE t.account_id = $1
           AND t.department_id = p.id AND t.state = 'waiting' AND t.assignee_id IS NULL AND t.snoozed_until IS NULL
         LIMIT 1000) x),
       round(queue_place_seconds($1, p.id, $2::timestamptz) * 1000)::bigint
  FROM departments p LEFT JOIN distributions d ON d.account_id = p.account_id AND d.department_id = p.id
 WHERE p.account_id = $1 AND p.is_active AND p.serves ORDER BY p.position, p.name LIMIT 500;

-- name: distribution_get :one
-- $1 account  $2 department
SELECT p.id, d.mode, d.returns_days, d.agent_limit, d.tells, d.tell_text, d.tell_again_min
  FROM departments p LEFT JOIN distributions d ON d.account_id = p.account_id AND d.department_id = p.id
 WHERE p.account_id = $1::bigint AND p.id = $2::bigint;

-- name: distribution_save :exec
-- $1 account  $2 department  $3 mode  $4 returns  $5 agent limit  $6 tells  $7 text  $8 again  $9 lane
INSERT INTO distributions (account_id, department_id, mode, returns_days, agent_limit, tells, tell_text,
                           tell_again_min, lane)
VALUES ($1::bigint, $2::bigint, $3::text, $4::int, $5::int, $6::boolean, $7::text, $8::int, $9::bigint)
    ON CONFLICT (account_id, department_id) DO UPDATE
   SET mode = excluded.mode, returns_days = excluded.returns_days, agent_limit = excluded.agent_limit,
       tells = excluded.tells, tell_text = excluded.tell_text, tell_again_min = excluded.tell_again_min;

-- name: distribution_lock :opt
-- $1 account  $2 department
SELECT @distribution_row(d), d.turn, d.wakes_at FROM distributions d
 WHERE d.account_id = $1::bigint AND d.department_id = $2::bigint AND d.acts FOR NO KEY UPDATE;

-- name: distribution_turned :exec
-- $1 account  $2 department  $3 turn  $4 planned run
UPDATE distributions SET turn = $3::bigint, wakes_at = $4::timestamptz
 WHERE account_id = $1::bigint AND department_id = $2::bigint;

-- name: distribution_ring :exec
-- $1 account  $2 department  $3 now
SELECT ring_distribution($1::bigint, ARRAY[$2::bigint], $3::timestamptz);

-- name: candidates_hold :exec
-- Who is there stays there until the transaction ends, and what they hold is counted by one run at a time: they
-- may serve in departments that give at this moment too. In their order, so that two runs cannot wait for one another.
-- $1 account  $2 department
SELECT FROM member_presence p
 WHERE p.account_id = $1::bigint
   AND p.member_id = ANY (ARRAY(SELECT d.member_id FROM department_members d
                                 WHERE d.account_id = $1 AND d.department_id = $2::bigint))
 ORDER BY p.member_id FOR NO KEY UPDATE;

-- name: candidates_list :many
-- What somebody put aside for later is in nobody's way.
-- unscoped: what people hold is counted, whoever sees it
-- $1 account  $2 department
SELECT m.id, m.is_active AND m.is_agent, coalesce(p.state, 'offline'),
       EXISTS (SELECT FROM receiving_members r
                WHERE r.account_id = d.account_id AND r.department_id = d.department_id AND r.member_id = d.member_id),
       held.n, held.here, l.ticket_limit, w.turn, a.channels
  FROM department_members d
  JOIN memberships m ON m.account_id = d.account_id AND m.id = d.member_id
  LEFT JOIN member_presence p ON p.account_id = d.account_id AND p.member_id = d.member_id
  LEFT JOIN member_limits l ON l.account_id = d.account_id AND l.member_id = d.member_id
  LEFT JOIN distribution_turns w
    ON w.account_id = d.account_id AND w.department_id = d.department_id AND w.member_id = d.member_id
  LEFT JOIN gate.access a ON a.account_id = d.account_id AND a.member_id = d.member_id
 CROSS JOIN LATERAL (
       SELECT count(*) AS n, count(*) FILTER (WHERE x.department_id = $2::bigint) AS here
         FROM (SELECT t.department_id FROM tickets t
                WHERE t.account_id = $1::bigint AND t.assignee_id = d.member_id AND t.state = 'serving'
                  AND t.snoozed_until IS NULL LIMIT 1000) x) held
 WHERE d.account_id = $1 AND d.department_id = $2 ORDER BY m.id LIMIT 500;

-- name: queue_list :many
-- In its order; who served them last, where that counts; why it waited so far, in this stay; what was told.
-- unscoped: the queue is the department's
-- $1 account  $2 department  $3 served since (NULL: it does not count)  $4 limit
SELECT t.id, t.channel_id, t.queued_at,
       CASE WHEN $3::timestamptz IS NOT NULL THEN
            (SELECT b.assignee_id FROM tickets b
              WHERE b.account_id = t.account_id AND b.contact_id = t.contact_id AND b.state = 'closed'
                AND b.assignee_id IS NOT NULL AND b.closed_at >= $3 ORDER BY b.id DESC LIMIT 1) END,
       (SELECT w.outcome FROM distribution_decisions w
         WHERE w.account_id = t.account_id AND w.ticket_id = t.id AND w.member_id IS NULL AND w.queued_at = t.queued_at),
       q.place, q.told_at
  FROM tickets t
  LEFT JOIN queue_told q ON q.account_id = t.account_id AND q.ticket_id = t.id AND q.queued_at = t.queued_at
 WHERE t.account_id = $1::bigint AND t.department_id = $2::bigint AND t.state = 'waiting' AND t.assignee_id IS NULL
   AND t.snoozed_until IS NULL
 ORDER BY t.priority, t.queued_at, t.id LIMIT $4::int;

-- name: turn_save :exec
-- $1 account  $2 department  $3 member  $4 turn
INSERT INTO distribution_turns (account_id, department_id, member_id, turn)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint)
    ON CONFLICT (account_id, department_id, member_id) DO UPDATE SET turn = excluded.turn;

-- name: decision_given :exec
-- $1 account  $2 ticket  $3 department  $4 member  $5 outcome  $6 now  $7 queued  $8 why
INSERT INTO distribution_decisions (account_id, ticket_id, department_id, member_id, outcome, decided_at, queued_at, why)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::text, $6::timestamptz, $7::timestamptz, $8::json);

-- name: decision_waits :exec
-- $1 account  $2 ticket  $3 department  $4 outcome  $5 now  $6 queued  $7 why
INSERT INTO distribution_decisions (account_id, ticket_id, department_id, outcome, decided_at, queued_at, why)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::timestamptz, $6::timestamptz, $7::json)
    ON CONFLICT (account_id, ticket_id) WHERE member_id IS NULL DO UPDATE
   SET department_id = excluded.department_id, outcome = excluded.outcome, decided_at = excluded.decided_at,
       queued_at = excluded.queued_at, why = excluded.why;

-- name: decision_list :many
-- $1 account  $2 ticket
SELECT w.id, w.department_id, w.member_id, w.outcome, w.decided_at, w.why::text
  FROM tickets t JOIN distribution_decisions w ON w.account_id = t.account_id AND w.ticket_id = t.id
 WHERE @visible(t) AND t.id = $2::bigint ORDER BY w.decided_at DESC, w.id DESC LIMIT 50;

-- name: queue_told_save :exec
-- $1 account  $2 ticket  $3 queued  $4 place  $5 now
INSERT INTO queue_told (account_id, ticket_id, queued_at, place, told_at)
VALUES ($1::bigint, $2::bigint, $3::timestamptz, $4::int, $5::timestamptz)
    ON CONFLICT (account_id, ticket_id) DO UPDATE
   SET queued_at = excluded.queued_at, place = excluded.place, told_at = excluded.told_at;

-- name: limit_find :many
-- $1 account  $2 members
SELECT m.id, m.user_id, l.ticket_limit FROM memberships m
  LEFT JOIN member_limits l ON l.account_id = m.account_id AND l.member_id = m.id
 WHERE m.account_id = $1::bigint AND m.id = ANY ($2::bigint[]) ORDER BY m.id;

-- name: limit_save :exec
-- $1 account  $2 member  $3 limit
INSERT INTO member_limits (account_id, member_id, ticket_limit) VALUES ($1::bigint, $2::bigint, $3::int)
    ON CONFLICT (account_id, member_id) DO UPDATE SET ticket_limit = excluded.ticket_limit;

-- name: limit_remove :exec
-- $1 account  $2 member
DELETE FROM member_limits WHERE account_id = $1::bigint AND member_id = $2::bigint;
